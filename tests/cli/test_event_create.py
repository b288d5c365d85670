"""``flask event-create``."""

from __future__ import annotations

from datetime import date

import pytest

from app.audit.models import AuditEntry
from app.database import db
from app.events import provinces
from app.events.access import find_event
from app.events.creating import create_event


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def run(slug="kbo", province="21", first="2561-11-08", last="2561-11-09", name="โครงการ กบอ."):
        options = ["--name", name, "--province", province, "--from", first, "--to", last]
        return runner.invoke(args=["event-create", slug, *options])

    return run


def test_the_event_has_days_units_and_open_check_points(run):
    result = run()
    assert (result.exit_code, result.stdout) == (0, "kbo\n")
    event = find_event("kbo")
    assert [day.date for day in event.days] == [date(2018, 11, 8), date(2018, 11, 9)]
    assert len(event.units) == 9
    assert event.units[-1].name == "ส่วนราชการประจำจังหวัด"
    assert [(point.half, point.opens_at, point.closes_at) for point in event.check_points] == [
        ("morning", None, None),
        ("afternoon", None, None),
    ] * 2
    assert db.session.query(AuditEntry).filter_by(action="event.created").count() == 1


@pytest.mark.parametrize("written", ["2018-11-08", "2561-11-08", "8/11/2561", "8 พ.ย. 61", "๘ พฤศจิกายน ๒๕๖๑"])
def test_dates_come_in_both_eras(run, written):
    assert run(first=written, last=written).exit_code == 0
    assert find_event("kbo").first_day == date(2018, 11, 8)


def test_a_code_may_be_written_in_thai_digits(run):
    assert run(province="๒๑").exit_code == 0
    assert find_event("kbo").province_code == "21"


def test_every_province_makes_its_units(app):
    day = date(2018, 11, 8)
    for province in provinces.provinces():
        event = create_event(f"p{province.code}", "โครงการ", province.code, day, day)
        assert len(event.units) == len(provinces.districts(province.code)) + 1
        assert len(event.units) > 3
    assert len(provinces.provinces()) == 77


@pytest.mark.parametrize(
    "wrong",
    [
        *({"province": "00"}, {"first": "เมื่อวาน"}, {"last": "2561-11-01"}, {"slug": "ระยอง"}, {"name": " "}),
        *({"name": "ก" * 301}, {"name": "ก\udc80"}, {"first": "2561-02-29"}, {"first": "2561-10-01"}),
    ],
)
def test_what_cannot_be_made_ends_with_2_and_a_sentence(run, wrong):
    result = run(**wrong)
    assert (result.exit_code, result.stdout) == (2, "")
    assert any("\u0e00" < letter < "\u0e7f" for letter in result.stderr)


def test_a_slug_is_used_once(run):
    assert run().exit_code == 0
    assert run().exit_code == 2
