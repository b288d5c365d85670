"""A17: what the room would do first, by dots as counted and with every group weighing the same."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from .figures import money, rounded
from .graph import LinkageGraph
from .settings import exact

DIFFERS_BY = 3


def dot_vote(graph: LinkageGraph) -> dict[str, Any]:
    """Both rankings as [item, value], highest first, equal values by id."""
    return {
        "raw": [[i, money(dots)] for i, dots in ranked(raw_dots(graph))],
        "equal_group_weight": [[i, rounded(share)] for i, share in ranked(equal_shares(graph))],
    }


def raw_dots(graph: LinkageGraph) -> dict[str, Fraction]:
    """Dots by item, all groups together."""
    found: dict[str, Fraction] = {}
    for votes in graph.dots_by_group.values():
        for item_id, dots in votes.items():
            if item_id in graph.items:
                found[item_id] = found.get(item_id, Fraction(0)) + exact(dots or 0)
    return found


def equal_shares(graph: LinkageGraph) -> dict[str, Fraction]:
    """Mean, over the groups that voted, of the item's share of the group's dots."""
    ballots = {
        group: {item_id: exact(dots or 0) for item_id, dots in votes.items()}
        for group, votes in graph.dots_by_group.items()
    }
    voting = [votes for votes in ballots.values() if sum(votes.values())]
    found: dict[str, Fraction] = {}
    for votes in voting:
        cast = sum(votes.values())
        for item_id, dots in votes.items():
            if item_id in graph.items:
                found[item_id] = found.get(item_id, Fraction(0)) + Fraction(dots) / cast / len(voting)
    return found


def ranked(values: Mapping[str, Fraction]) -> list[tuple[str, Fraction]]:
    """Highest first; equal values by id."""
    return sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))


class Shift(NamedTuple):
    """An item whose place depends on how groups are weighed; places count from 1."""

    item: str
    raw_place: int
    equal_place: int


def shifts(graph: LinkageGraph) -> list[Shift]:
    """Items whose two places differ by three or more."""
    raw = {i: n for n, (i, _) in enumerate(ranked(raw_dots(graph)), 1)}
    equal = {i: n for n, (i, _) in enumerate(ranked(equal_shares(graph)), 1)}
    moved = [Shift(i, raw[i], equal[i]) for i in raw if i in equal and abs(raw[i] - equal[i]) >= DIFFERS_BY]
    return sorted(moved, key=lambda s: (s.raw_place, s.item))
