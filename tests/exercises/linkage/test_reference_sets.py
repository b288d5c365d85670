"""The lists of higher plans, and which of them hold on a day."""

from __future__ import annotations

from datetime import date

import pytest

from app.exercises.linkage.reference_sets import reference_set, reference_sets


def test_the_lists_have_as_many_entries_as_the_plans():
    sizes = {found.code: len(found.items) for found in reference_sets()}
    assert sizes == {"ns-2561": 6, "mp-2561": 23, "nesdp12": 10, "nesdp13": 13, "sdg": 17}


def test_the_two_events_of_one_year_stand_under_different_frames():
    august = {found.code for found in reference_sets(date(2018, 8, 7))}
    november = {found.code for found in reference_sets(date(2018, 11, 8))}
    assert november - august == {"ns-2561"}
    assert "nesdp13" not in november


def test_an_entry_is_in_both_languages():
    first = reference_set("ns-2561").items[0]
    assert (first.code, first.title_th) == ("NS1", "ยุทธศาสตร์ชาติด้านความมั่นคง")
    assert all(i.title_th and i.title_en for found in reference_sets() for i in found.items)


def test_a_list_nobody_ships_is_not_found():
    with pytest.raises(KeyError):
        reference_set("ns-2600")
