"""What several items are as one: nothing is lost, no figure falls, no circle is closed."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from app.exercises.linkage.analysis import LinkageGraph, analyse
from app.exercises.linkage.analysis.graph import total_budget
from app.exercises.linkage.merging.united import (
    Choice,
    Surroundings,
    money,
    united_budget,
    united_item,
    united_links,
)
from app.exercises.linkage.rules import block_problems
from tests.exercises.linkage.documents import LEVELS, document, documents, item, link, reference

any_document = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def around(doc: dict[str, Any]) -> Surroundings:
    """The surroundings a document gives."""
    names = {group["id"]: group["name"] for group in doc["groups"]}
    return Surroundings({i["id"]: i for i in doc["items"]}, doc["links"], LEVELS, names)


def merged(doc: dict[str, Any], *ids: str, budget: str = "sum") -> tuple[dict[str, Any] | None, list[str]]:
    """The document after the items became one, or None and the circle that it would close."""
    items = {i["id"]: i for i in doc["items"]}
    sources = [items[one] for one in ids]
    homes = {group["id"]: group["district"] for group in doc["groups"]}
    choice = Choice("ใหม่", sources[0]["level"], sources[0]["kind"], budget)
    new = united_item("new", sources, choice, homes)
    plan = united_links(new, sources, around(doc))
    if plan.circle:
        return None, plan.circle
    kept = [{**i, "status": "merged"} if i["id"] in ids else i for i in doc["items"]]
    added = [{"id": f"n{n}", **part} for n, part in enumerate(plan.links)]
    return {**doc, "items": [*kept, new], "links": [*doc["links"], *added]}, []


def in_play(doc: dict[str, Any]) -> dict[str, Any]:
    """The first two projects on one level, handed in."""
    found = copy.deepcopy(doc)
    for one in found["items"][:2]:
        one |= {"status": "submitted", "level": "LOC"}
    return found


@any_document
@given(documents(projects=2))
def test_merging_never_lowers_a_coverage_value_and_never_closes_a_circle(drawn):
    before = in_play(drawn)
    assume(not [p for p in block_problems(before) if p.code == "cycle"])
    after, circle = merged(before, "i0", "i1")
    if after is None:
        assert circle[0] == circle[-1]
        return
    assert not [p for p in block_problems(after) if p.code == "cycle"]
    old, new = analyse(before)["coverage_matrix"], analyse(after)["coverage_matrix"]
    for item_id, row in old.items():
        now = new.get("new" if item_id in ("i0", "i1") else item_id, {})
        assert all(now.get(anchor, 0) >= value for anchor, value in row.items()), item_id


@any_document
@given(documents(projects=2))
def test_the_sum_keeps_every_baht_and_the_greatest_is_one_of_them(drawn):
    sources = drawn["items"][:2]
    total = [total_budget({"budget": united_budget(sources, rule)}) for rule in ("sum", "max")]
    # Odd fractions of a satang that a file may hold are rounded line by line.
    assert abs(total[0] - money(sources)) <= Fraction(len(sources) * 3, 100)
    assert total[1] == max(total_budget(one) for one in sources)


@any_document
@given(documents(projects=2))
def test_no_area_chain_evidence_or_partner_is_lost(drawn):
    before = in_play(drawn)
    after, _ = merged(before, "i0", "i1")
    assume(after is not None)
    old = LinkageGraph.from_document(before)
    new = LinkageGraph.from_document(after)
    for one in ("i0", "i1"):
        assert old.areas(one) <= new.areas("new")
        assert old.chain_stages(one) <= new.chain_stages("new")
        rows = old.nodes[one].get("evidence") or []
        assert all(row in new.nodes["new"].get("evidence", []) for row in rows)
        sectors = {row.get("sector") for row in old.nodes[one].get("partners") or ()}
        held = {row.get("sector") for row in new.nodes["new"].get("partners") or ()}
        assert sectors <= held | {(new.nodes["new"].get("lead_agency") or {}).get("sector")}


def test_a_path_from_one_source_to_the_other_is_a_circle_and_is_named():
    doc = document(
        [item("a", "LOC", "project"), item("b", "DIS", "project"), item("c", "DIS", "goal"), reference("P1")],
        [link("a", "b", "included_in"), link("c", "P1"), link("b", "c"), link("a", "P1")],
    )
    doc["items"].append(item("d", "PRO", "project"))
    doc["links"] += [link("b", "d", "included_in")]
    whole, circle = merged(doc, "a", "d")
    assert whole is None
    assert circle == ["เรื่องb", "ใหม่", "เรื่องb"]


def test_links_between_the_sources_are_dropped_and_their_neighbours_stay_joined():
    doc = document(
        [item("n", "VIL", "need"), item("a", "LOC", "project"), item("b", "LOC", "project"), reference("P1")],
        [link("n", "a", "answered_by", 1), link("b", "P1", strength=2), link("a", "b", "joint_with")],
    )
    whole, _ = merged(doc, "a", "b")
    assert [(k["source"], k["target"], k["type"], k["strength"]) for k in whole["links"][3:]] == [
        ("n", "new", "answered_by", 1),
        ("new", "P1", "supports", 2),
    ]
    assert analyse(whole)["coverage_matrix"]["n"] == {"P1": 1}


def test_two_links_to_one_goal_become_the_stronger_with_both_reasons_by_group():
    doc = document(
        [item("a", "LOC", "project", group="G1"), item("b", "LOC", "project", group="G2"), reference("P1")],
        [link("a", "P1", strength=1, rationale="น้ำพอ"), link("b", "P1", strength=3, rationale="ขายได้")],
    )
    whole, _ = merged(doc, "a", "b")
    [joined] = whole["links"][2:]
    assert joined["strength"] == 3
    assert joined["rationale"] == "กลุ่ม 1: น้ำพอ; กลุ่ม 2: ขายได้"


def test_a_link_that_does_not_fit_the_new_level_is_named_and_not_drawn():
    doc = document(
        [item("a", "LOC", "project"), item("b", "DIS", "project"), item("c", "DIS", "project")],
        [link("a", "c", "included_in")],
    )
    sources = [doc["items"][1], doc["items"][0]]
    new = united_item("new", sources, Choice("ใหม่", "DIS", "project", "sum"), {})
    plan = united_links(new, sources, around(doc))
    assert not plan.links
    assert [(old["target"], problem.code) for old, problem in plan.unfit] == [("c", "levels_do_not_join")]


def test_the_leads_of_the_others_become_partners_and_words_are_taken_as_chosen():
    one = item("a", "LOC", "project", lead_agency={"name": "อบต. หนึ่ง", "sector": "local"}, objective="ก")
    two = item("b", "LOC", "project", lead_agency={"name": "อบต. สอง", "sector": "local"}, objective="ข")
    choice = Choice("ใหม่", "LOC", "project", "sum", texts={"lead_agency": "b"})
    new = united_item("new", [one, two], choice, {})
    assert new["lead_agency"]["name"] == "อบต. สอง"
    assert [row["name"] for row in new["partners"]] == ["อบต. หนึ่ง"]
    assert new["objective"] == "ก"
