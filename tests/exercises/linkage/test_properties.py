"""What must hold of the analyses for any exercise at all."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.exercises.linkage.analysis import LinkageGraph, analyse
from app.exercises.linkage.analysis.budget import allocate
from app.exercises.linkage.analysis.coverage import coverage_matrix
from app.exercises.linkage.rules import block_problems, check_link, cycle_path

from .documents import LEVELS, UPWARD, documents, link, with_link

any_document = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def _covered(found: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(i, g): c for i, row in found["coverage_matrix"].items() for g, c in row.items()}


@any_document
@given(documents(cycles=True, projects=2), st.data())
def test_an_added_alignment_link_never_lowers_coverage_or_the_full_chain_rates(before, data):
    ids = [i["id"] for i in before["items"]]
    source, target = data.draw(st.permutations(ids))[:2]
    added = link(source, target, data.draw(st.sampled_from(UPWARD)), data.draw(st.integers(1, 3)), id="new")
    old, new = analyse(before), analyse(with_link(before, added))
    covered = _covered(new)
    assert all(covered.get(cell, 0) >= value for cell, value in _covered(old).items())
    for figure in ("loose_rate", "strict_rate", "national_rate", "anchor_rate"):
        assert new["full_chain"][figure] >= old["full_chain"][figure]
    for anchor, column in old["coverage_by_anchor"].items():
        assert new["coverage_by_anchor"][anchor]["projects"] >= column["projects"]
        assert new["coverage_by_anchor"][anchor]["needs"] >= column["needs"]


@any_document
@given(documents(cycles=True))
def test_shares_by_anchor_and_the_unaligned_rest_are_the_counted_total_exactly(any_exercise):
    graph = LinkageGraph.from_document(any_exercise)
    shares, unaligned = allocate(graph, coverage_matrix(graph))
    assert sum(shares.values()) + unaligned == sum(graph.counted_budgets.values(), Fraction(0))
    figures = analyse(any_exercise)["budget"]
    printed = sum(figures["by_anchor"].values()) + figures["unaligned"]
    assert abs(printed - figures["counted_total"]) < 0.0001
    assert abs(sum(figures["by_source"].values()) - figures["counted_total"]) < 0.0001


@any_document
@given(documents(cycles=True))
def test_orphans_and_detached_items_are_different_items(any_exercise):
    figures = analyse(any_exercise)["orphans"]
    assert set(figures["all"]).isdisjoint(figures["detached"])
    assert figures["break_points"].keys() == set(figures["detached"])
    assert 0 <= figures["rate"] <= figures["not_reaching_rate"] <= 1


@any_document
@given(documents(cycles=True))
def test_a_strict_chain_is_a_loose_one(any_exercise):
    figures = analyse(any_exercise)["full_chain"]
    assert set(figures["strict"]) <= set(figures["loose"])
    assert figures["strict_rate"] <= figures["loose_rate"] <= 1


@any_document
@given(documents(cycles=True))
def test_the_matrix_holds_one_to_three(any_exercise):
    assert set(_covered(analyse(any_exercise)).values()) <= {1, 2, 3}


@any_document
@given(documents(projects=2))
def test_merging_two_projects_never_lowers_a_coverage_value(before):
    one, two = "i0", "i1"
    for one_item in before["items"]:
        if one_item["id"] in (one, two):
            one_item["status"] = "submitted"
    after = _merged(before, one, two)
    old, new = _covered(analyse(before)), _covered(analyse(after))
    for (item_id, anchor), value in old.items():
        now = "merged" if item_id in (one, two) else item_id
        assert new.get((now, anchor), 0) >= value


def _merged(before: dict[str, Any], one: str, two: str) -> dict[str, Any]:
    """Both projects out, a new one in with the union of their links at their greatest strength."""
    first = next(i for i in before["items"] if i["id"] == one)
    made = {**first, "id": "merged", "origin": "merged", "group": None}
    items = [{**i, "status": "merged"} if i["id"] in (one, two) else i for i in before["items"]]
    links: dict[tuple[str, str, str], dict[str, Any]] = {}
    for old in before["links"]:
        source = "merged" if old["source"] in (one, two) else old["source"]
        target = "merged" if old["target"] in (one, two) else old["target"]
        key = (source, target, old["type"])
        if source != target and ("merged" not in key or links.get(key, old)["strength"] <= old["strength"]):
            links[key] = link(*key, old["strength"])
    return {**before, "items": [*items, made], "links": list(links.values())}


@any_document
@given(documents(cycles=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(any_exercise, dice: random.Random):
    shuffled = json.loads(json.dumps(any_exercise))
    for name in ("items", "links", "reviews", "levels", "areas", "groups", "chains"):
        dice.shuffle(shuffled[name])
    assert analyse(shuffled) == analyse(any_exercise)


@any_document
@given(documents(cycles=True))
def test_every_answer_is_plain_json(any_exercise):
    found = analyse(any_exercise)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


@any_document
@given(documents(), st.data())
def test_a_link_that_closes_a_circle_is_refused_with_its_path(before, data):
    """Take any upward path and close it with a link back: the answer names every item on the way."""
    upward = [k for k in before["links"] if k["type"] in UPWARD]
    assume(upward)
    path = [data.draw(st.sampled_from(upward))["source"]]
    while onward := sorted({k["target"] for k in upward if k["source"] == path[-1]}):
        path.append(data.draw(st.sampled_from(onward)))
    found = cycle_path(path[-1], path[0], before["links"])
    assert found[0] == found[-1] == path[-1]
    steps = {(k["source"], k["target"]) for k in upward} | {(path[-1], path[0])}
    assert all(step in steps for step in zip(found, found[1:], strict=False))


@any_document
@given(documents())
def test_accepted_one_by_one_links_never_make_a_circle(before):
    """Whatever check_link lets through, in any order, leaves the graph without a circle."""
    items = {i["id"]: i for i in before["items"]}
    accepted: list[dict[str, Any]] = []
    for wanted in before["links"]:
        for source, target in (
            (wanted["source"], wanted["target"]),
            (wanted["target"], wanted["source"]),
        ):
            candidate = link(source, target, wanted["type"])
            if check_link(items[source], items[target], wanted["type"], LEVELS, accepted) is None:
                accepted.append(candidate)
    kept = {**before, "links": accepted}
    assert not [p for p in block_problems(kept) if p.code == "cycle"]
    assert not any(
        cycle_path(k["source"], k["target"], [o for o in accepted if o is not k])
        for k in accepted
        if k["type"] in UPWARD
    )
