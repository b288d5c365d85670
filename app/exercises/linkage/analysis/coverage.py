"""A1: how strongly each item reaches each provincial issue.

C[i, g] is the greatest, over all alignment paths from i to g, of the least strength on the path: a
chain is as strong as its weakest link, and many weak links do not make a strong one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from .graph import Edge, LinkageGraph

STRENGTHS = (3, 2, 1)

Matrix = dict[str, dict[str, int]]


def reach_of(graph: LinkageGraph, anchor: str) -> dict[str, int]:
    """Every node that reaches the anchor, with its bottleneck strength."""
    found: dict[str, int] = {}
    for least in STRENGTHS:
        seen, stack = {anchor}, [anchor]
        while stack:
            for edge in graph.down[stack.pop()]:
                if edge.strength >= least and edge.other not in seen:
                    seen.add(edge.other)
                    stack.append(edge.other)
        for item_id in seen - {anchor}:
            found.setdefault(item_id, least)
    return found


def coverage_matrix(graph: LinkageGraph) -> Matrix:
    """Rows are the group items that reach any anchor; cells without a path are left out."""
    rows: Matrix = defaultdict(dict)
    for anchor in graph.anchors:
        for item_id, least in reach_of(graph, anchor).items():
            if item_id in graph.items:
                rows[item_id][anchor] = least
    return {item_id: rows[item_id] for item_id in graph.items if item_id in rows}


def direct_matrix(graph: LinkageGraph) -> Matrix:
    """The same from links straight into an anchor only; ways over other items are left out."""
    rows: Matrix = defaultdict(dict)
    for anchor in graph.anchors:
        for edge in graph.down[anchor]:
            if edge.other in graph.items:
                rows[edge.other][anchor] = max(edge.strength, rows[edge.other].get(anchor, 0))
    return {item_id: rows[item_id] for item_id in graph.items if item_id in rows}


def coverage_by_anchor(graph: LinkageGraph, matrix: Matrix) -> dict[str, dict[str, Any]]:
    """For each anchor: the projects, needs and districts whose projects reach it, and the links into it."""
    return {anchor: _column(graph, matrix, anchor) for anchor in graph.anchors}


def _column(graph: LinkageGraph, matrix: Matrix, anchor: str) -> dict[str, Any]:
    def reaching(ids: list[str]) -> list[str]:
        return [i for i in ids if anchor in matrix.get(i, ())]

    projects = reaching(graph.projects)
    return {
        "projects": len(projects),
        "needs": len(reaching(graph.needs)),
        "direct_links": sum(edge.other in graph.items for edge in graph.down[anchor]),
        "districts": sorted({d for i in projects for d in graph.districts(i)}),
    }


def district_matrix(graph: LinkageGraph, matrix: Matrix) -> dict[str, dict[str, int]]:
    """The matrix folded to district × anchor: the best strength any project of the district reaches."""
    folded: dict[str, dict[str, int]] = {}
    for district, projects in sorted(graph.by_district(graph.projects).items()):
        row = folded.setdefault(district, {})
        for anchor in graph.anchors:
            best = max((matrix.get(i, {}).get(anchor, 0) for i in projects), default=0)
            if best:
                row[anchor] = best
    return folded


class Step(NamedTuple):
    """One link of a path: where it leads, how strong it is and which link it is."""

    target: str
    strength: int
    link: str


def best_path(graph: LinkageGraph, item_id: str, anchor: str) -> list[Step]:
    """The strongest path, and of those the shortest; empty when there is none."""
    for least in STRENGTHS:
        found = _shortest(graph, item_id, anchor, least)
        if found:
            return found
    return []


def _shortest(graph: LinkageGraph, item_id: str, anchor: str, least: int) -> list[Step]:
    came: dict[str, tuple[str, Edge] | None] = {item_id: None}
    queue = [item_id]
    for here in queue:
        for edge in graph.up[here]:
            if edge.strength >= least and edge.other not in came:
                came[edge.other] = (here, edge)
                queue.append(edge.other)
    steps: list[Step] = []
    here = anchor
    while (before := came.get(here)) is not None:
        here, edge = before
        steps.append(Step(edge.other, edge.strength, edge.link))
    return steps[::-1]
