"""What changed between two versions: nothing between equals, and whatever was done is named."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exercises.linkage.snapshots.differences import difference
from app.exercises.linkage.snapshots.keeping import canonical, hash_of
from tests.exercises.linkage.documents import document, documents, item, link, sample

any_document = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def shuffled(found: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same document with its rows in another order."""
    dice, copied = random.Random(seed), json.loads(json.dumps(found))
    for name in ("items", "links", "reviews", "levels", "areas", "groups", "chains"):
        dice.shuffle(copied[name])
    return copied


@any_document
@given(documents(cycles=True), st.integers(0, 1000))
def test_equal_versions_do_not_differ_whatever_their_order(found, seed):
    assert difference(found, copy.deepcopy(found)).is_empty
    assert difference(found, shuffled(found, seed)).is_empty


@any_document
@given(documents(cycles=True), documents(cycles=True))
def test_what_one_way_came_the_other_way_went(old, new):
    there, back = difference(old, new), difference(new, old)
    for one, other in ((there.items, back.items), (there.links, back.links)):
        assert [part["id"] for part in one.added] == [part["id"] for part in other.removed]
        assert [part.before["id"] for part in one.changed] == [part.after["id"] for part in other.changed]
    assert there.others == back.others
    assert there.is_empty == back.is_empty


@any_document
@given(documents(most=6, projects=1), st.sampled_from(["title_th", "kind", "status", "objective"]))
def test_any_changed_value_is_named_with_before_and_after(old, name):
    new = copy.deepcopy(old)
    new["items"][0][name] = "อย่างอื่น"
    [changed] = difference(old, new).items.changed
    assert [(f.name, f.before, f.after) for f in changed.fields] == [(name, old["items"][0].get(name), "อย่างอื่น")]


def test_an_indicator_is_compared_by_its_name():
    old = document([item("a", "DIS", "goal", indicators=[{"name": "รายได้", "target": 5, "unit": "บาท"}])])
    new = document(
        [item("a", "DIS", "goal", indicators=[{"name": "รายได้", "target": 8, "unit": "บาท"}, {"name": "ใหม่"}])]
    )
    [changed] = difference(old, new).items.changed
    assert [(f.name, f.part, f.before, f.after) for f in changed.fields] == [
        ("indicators.target", "รายได้", 5, 8),
        ("indicators", "ใหม่", None, {"name": "ใหม่"}),
    ]


def test_rows_without_a_name_are_compared_as_a_whole():
    rows = [{"type": "statistic"}, {"type": "report"}]
    old = document([item("a", "VIL", "need", evidence=rows)])
    new = document([item("a", "VIL", "need", evidence=rows[:1])])
    [changed] = difference(old, new).items.changed
    assert [(f.name, f.after) for f in changed.fields] == [("evidence", rows[:1])]


def test_settings_and_votes_are_named_when_they_differ():
    old = sample()
    new = {**old, "settings": {**old["settings"], "max_data_age_years": 5}, "dot_votes": {"by_group": {}}}
    assert difference(old, new).others == ["dot_votes", "settings"]


def test_links_come_go_and_change():
    old = document([item("a", "LOC", "project"), item("b", "DIS", "goal")], [link("a", "b", strength=1)])
    new = {**old, "links": [{**old["links"][0], "strength": 2}, link("b", "a")]}
    found = difference(old, new).links
    assert [part["source"] for part in found.added] == ["b"]
    assert [(f.name, f.before, f.after) for f in found.changed[0].fields] == [("strength", 1, 2)]


def test_the_hash_is_of_the_text_and_the_text_has_one_spelling():
    found = {"b": 1, "ก": ["x"], "a": None}
    assert canonical(found) == '{"a":null,"b":1,"ก":["x"]}'
    assert canonical(dict(reversed(found.items()))) == canonical(found)
    assert hash_of("สัมมนา") == "5ae6f5ef4b8bfc52c5c0af88bba6afc7a2fe5c0b1c39ca96df041ce1d0aa0c3e"
