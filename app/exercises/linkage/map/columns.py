"""Which items share a column: one column a level, and one a kind where kinds of one level are linked."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ..analysis import LinkageGraph

KIND_ORDER = ("need", "activity", "project", "programme", "approach", "goal", "issue")


@dataclass(frozen=True)
class Column:
    """A level, or the part of it that holds some kinds, with its items from top to bottom."""

    level: str
    items: list[str]


def columns_by_level(graph: LinkageGraph, shown: Collection[str]) -> list[Column]:
    """Columns from the village to the nation; levels without an item to show are left out."""
    columns: list[Column] = []
    for level in sorted(graph.ranks, key=lambda code: (graph.ranks[code], code)):
        here = [i for i in shown if graph.nodes[i]["level"] == level]
        columns += [Column(level, sorted(ids, key=lambda i: _place(graph, i))) for ids in _parts(graph, here)]
    return columns


def _parts(graph: LinkageGraph, here: list[str]) -> list[list[str]]:
    """The level's items in one part, or by kind when links run between kinds of the level."""
    if not here:
        return []
    kind = {i: graph.nodes[i]["kind"] for i in here}
    joined = {
        frozenset((kind[i], kind[edge.other]))
        for i in here
        for edge in graph.up[i]
        if edge.other in kind and kind[edge.other] != kind[i]
    }
    if not joined:
        return [here]
    order = {name: number for number, name in enumerate(KIND_ORDER)}
    kinds = sorted(set(kind.values()), key=lambda name: (order.get(name, len(order)), name))
    return [[i for i in here if kind[i] == name] for name in kinds]


def _place(graph: LinkageGraph, item_id: str) -> tuple[Any, ...]:
    item = graph.nodes[item_id]
    return sorted(graph.districts(item_id)), item.get("group") or "", natural_key(item_id)


_NUMBER = re.compile(r"(\d+)")


def natural_key(item_id: str) -> list[tuple[int, int, str]]:
    """Sort key that puts L9 before L10."""
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in _NUMBER.split(item_id) if p]
