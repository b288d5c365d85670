"""Counting a vote twice: every voter the same, every group the same."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.voting.tally import Cast, points_by_group, tally
from tests.exercises.linkage.documents import document, item

ITEMS = ["a", "b", "c", "d"]
quick = settings(max_examples=60, deadline=None)
groups = st.sampled_from(["G1", "G2", "G3", None])
dots = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 3))
places = st.permutations(ITEMS).map(lambda order: {order[n]: n + 1 for n in range(3)})
scores = st.dictionaries(
    st.sampled_from(ITEMS), st.fixed_dictionaries({"impact": st.integers(1, 3), "ease": st.integers(1, 3)})
)
BY_METHOD = {"dots": dots, "top3": places, "matrix": scores}


@st.composite
def votes(draw: st.DrawFn) -> tuple[str, list[Cast]]:
    method = draw(st.sampled_from(sorted(BY_METHOD)))
    return method, draw(st.lists(st.builds(Cast, groups, BY_METHOD[method]), max_size=12))


def plain(method: str, ballots: list[Cast], **weights: Any) -> dict[str, tuple[Fraction, Fraction, int, int]]:
    return {
        row.item: (row.raw, row.equal, row.raw_place, row.equal_place)
        for row in tally(method, ITEMS, ballots, weights)
    }


@quick
@given(votes(), st.integers(0, 1000))
def test_the_order_of_ballots_changes_nothing(vote, seed):
    method, ballots = vote
    mixed = list(ballots)
    random.Random(seed).shuffle(mixed)
    assert plain(method, mixed) == plain(method, ballots)


@quick
@given(votes())
def test_a_group_that_is_twice_as_large_and_thinks_the_same_weighs_the_same(vote):
    method, ballots = vote
    doubled = [*ballots, *(ballot for ballot in ballots if ballot.group == "G1")]
    before, after = plain(method, ballots), plain(method, doubled)
    assert {item: row[1] for item, row in before.items()} == {item: row[1] for item, row in after.items()}


@quick
@given(st.lists(st.builds(Cast, groups, dots), max_size=12))
def test_points_add_up_and_shares_are_one(ballots):
    rows = tally("dots", ITEMS, ballots, {})
    assert sum(row.raw for row in rows) == sum(sum(ballot.choices.values()) for ballot in ballots)
    shares = sum(row.equal for row in rows)
    assert shares == (1 if points_by_group("dots", ballots) else 0)
    assert all(row.raw_place == 1 + sum(other.raw > row.raw for other in rows) for row in rows)


@quick
@given(st.lists(st.builds(Cast, st.sampled_from(["G1", "G2"]), dots), max_size=12))
def test_the_analysis_that_reads_votes_says_the_same(ballots):
    doc = document([item(one, "LOC", "project") for one in ITEMS])
    doc["dot_votes"] = {"by_group": points_by_group("dots", ballots)}
    found = analyse(doc)["dot_vote"]
    rows = {row.item: row for row in tally("dots", ITEMS, ballots, {})}
    assert all(rows[one].raw == value for one, value in found["raw"])
    assert all(abs(float(rows[one].equal) - value) < 0.0001 for one, value in found["equal_group_weight"])


def test_the_larger_group_decides_raw_and_not_by_equal_weight():
    ballots = [Cast("G1", {"a": 3})] * 3 + [Cast("G2", {"b": 2}), Cast("G3", {"b": 1})]
    rows = {row.item: row for row in tally("dots", ITEMS, ballots, {})}
    assert (rows["a"].raw, rows["b"].raw) == (9, 3)
    assert (rows["a"].equal, rows["b"].equal) == (Fraction(1, 3), Fraction(2, 3))
    assert (rows["a"].equal_place, rows["b"].equal_place) == (2, 1)


def test_places_count_three_two_one():
    rows = {row.item: row.raw for row in tally("top3", ITEMS, [Cast(None, {"a": 1, "b": 2, "c": 3})], {})}
    assert rows == {"a": 3, "b": 2, "c": 1, "d": 0}


def test_criteria_weigh_as_they_were_given():
    ballots = [Cast("G1", {"a": {"K1": 3, "K2": 0}}), Cast("G1", {"a": {"K1": 1}})]
    [row] = [row for row in tally("criteria", ITEMS, ballots, {"K1": 2, "K2": 1}) if row.item == "a"]
    assert row.means == {"K1": 2, "K2": 0}
    assert row.raw == Fraction(100 * 4, 9)
    assert row.equal == row.raw


def test_impact_and_feasibility_make_four_corners():
    choices = {
        "a": {"impact": 3, "ease": 3},
        "b": {"impact": 3, "ease": 2},
        "c": {"impact": 2, "ease": 3},
        "d": {"impact": 1, "ease": 2},
    }
    rows = {row.item: (row.corner, row.raw) for row in tally("matrix", ITEMS, [Cast("G1", choices)], {})}
    assert rows == {"a": ("do", 9), "b": ("plan", 6), "c": ("easy", 6), "d": ("wait", 2)}


def test_a_place_that_depends_on_group_sizes_is_marked():
    ballots = [Cast("G1", {"d": 3})] * 9 + [Cast(f"X{n}", {one: 1}) for n, one in enumerate("aabbcc")]
    rows = {row.item: row for row in tally("dots", ITEMS, ballots, {})}
    assert (rows["d"].raw_place, rows["d"].equal_place, rows["d"].differs) == (1, 4, True)
    assert not rows["a"].differs
