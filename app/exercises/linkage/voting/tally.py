"""Counting a vote, twice: every voter the same, and every group the same. Pure: ballots in, rows out.

A ballot's choices, by item: ``{item: dots}``; ``{item: place 1–3}``; ``{item: {criterion: 0–3}}``;
``{item: {"impact": 1–3, "ease": 1–3}}``. Equal group weight is the mean over the groups that said anything;
voters who sit at no table count in the raw figure only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

DIFFERS_BY = 3  # places between the two countings that deserve a word
PLACE_POINTS = {1: 3, 2: 2, 3: 1}
SCALE = 3
MIDDLE = Fraction(2)  # of 1 to 3: above it is high
AXES = ("impact", "ease")


@dataclass(frozen=True)
class Cast:
    """One ballot: the group of its voter, or None, and what was chosen."""

    group: str | None
    choices: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One item's result in both countings. ``means`` are the raw means of a scored vote, by criterion or axis."""

    item: str
    raw: Fraction
    equal: Fraction
    raw_place: int
    equal_place: int
    means: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Whether the groups' sizes decide where the item stands."""
        return abs(self.raw_place - self.equal_place) >= DIFFERS_BY

    @property
    def corner(self) -> str:
        """Where an impact × feasibility vote puts the item: do, plan, easy, wait; empty when nobody judged it."""
        if not self.means:
            return ""
        impact, ease = (self.means.get(axis, Fraction(0)) > MIDDLE for axis in AXES)
        return {(True, True): "do", (True, False): "plan", (False, True): "easy", (False, False): "wait"}[
            impact, ease
        ]


def tally(method: str, items: Sequence[str], ballots: Iterable[Cast], weights: Mapping[str, Any]) -> list[Row]:
    """Every item, the raw winner first; equal ones in the order they were asked in."""
    cast = list(ballots)
    if method in ("dots", "top3"):
        raw, equal, means = _points(method, items, cast)
    elif method == "criteria":
        raw, equal, means = _scores(
            items, cast, {code: Fraction(str(w)) for code, w in weights.items()}, _weighted
        )
    else:
        raw, equal, means = _scores(items, cast, dict.fromkeys(AXES, Fraction(1)), _product)
    raw_places, equal_places = _places(raw), _places(equal)
    rows = [Row(i, raw[i], equal[i], raw_places[i], equal_places[i], means.get(i, {})) for i in items]
    return sorted(rows, key=lambda row: row.raw_place)


def _places(values: Mapping[str, Fraction]) -> dict[str, int]:
    """1 for the highest; equal values share a place and the next is left out."""
    return {item: 1 + sum(other > value for other in values.values()) for item, value in values.items()}


# -- points --------------------------------------------------------------------------------------------


def points_of(method: str, choices: Mapping[str, Any]) -> dict[str, int]:
    """The points of one ballot: dots as they are, 3–2–1 for the places."""
    if method == "dots":
        return {item: int(dots) for item, dots in choices.items() if dots}
    return {item: PLACE_POINTS[int(place)] for item, place in choices.items() if place}


def points_by_group(method: str, ballots: Iterable[Cast]) -> dict[str, dict[str, int]]:
    """Every group's points together: what analysis A17 reads. Voters of no table are in none."""
    found: dict[str, dict[str, int]] = {}
    for ballot in ballots:
        if ballot.group is not None:
            row = found.setdefault(ballot.group, {})
            for item, points in points_of(method, ballot.choices).items():
                row[item] = row.get(item, 0) + points
    return {group: row for group, row in found.items() if row}


_Counted = tuple[dict[str, Fraction], dict[str, Fraction], dict[str, dict[str, Fraction]]]


def _points(method: str, items: Sequence[str], cast: Sequence[Cast]) -> _Counted:
    raw = dict.fromkeys(items, Fraction(0))
    for ballot in cast:
        for item, points in points_of(method, ballot.choices).items():
            if item in raw:
                raw[item] += points
    equal = dict.fromkeys(items, Fraction(0))
    groups = points_by_group(method, cast)
    for row in groups.values():
        whole = sum(row.values())
        for item, points in row.items():
            if item in equal:
                equal[item] += Fraction(points, whole) / len(groups)
    return raw, equal, {}


# -- scores --------------------------------------------------------------------------------------------


def _scores(items: Sequence[str], cast: Sequence[Cast], weights: Mapping[str, Fraction], value: Any) -> _Counted:
    means = {item: _means(item, cast, weights) for item in items}
    raw = {item: value(means[item], weights) for item in items}
    by_group: dict[str, list[Cast]] = defaultdict(list)
    for ballot in cast:
        if ballot.group is not None:
            by_group[ballot.group].append(ballot)
    equal = {}
    for item in items:
        each = [found for ballots in by_group.values() if (found := _means(item, ballots, weights))]
        values = [value(found, weights) for found in each]
        equal[item] = sum(values, Fraction(0)) / len(values) if values else Fraction(0)
    return raw, equal, means


def _means(item: str, cast: Iterable[Cast], weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The mean of each criterion over those who scored it."""
    given: dict[str, list[int]] = defaultdict(list)
    for ballot in cast:
        for code, score in (ballot.choices.get(item) or {}).items():
            if code in weights and score is not None:
                given[code].append(int(score))
    return {code: Fraction(sum(scores), len(scores)) for code, scores in given.items()}


def _weighted(means: Mapping[str, Fraction], weights: Mapping[str, Fraction]) -> Fraction:
    """100 · Σ w·mean / (3 · Σ w) over the criteria that anyone scored, as screening counts."""
    full = SCALE * sum((weights[code] for code in means), Fraction(0))
    return (
        100 * sum((weights[code] * mean for code, mean in means.items()), Fraction(0)) / full
        if full
        else Fraction(0)
    )


def _product(means: Mapping[str, Fraction], _weights: Mapping[str, Fraction]) -> Fraction:
    """Impact times feasibility, 1 to 9; 0 where nobody judged both."""
    return means["impact"] * means["ease"] if len(means) == len(AXES) else Fraction(0)
