"""A2 and A3: what has no link upward, and what has one but never arrives.

An orphan has no alignment link out. A detached item has one, yet no path of it reaches an anchor; its
break points are the items on its paths that lead nowhere. Whoever owns the break point can mend it.
"""

from __future__ import annotations

from typing import Any

from .coverage import Matrix
from .figures import rate
from .graph import LinkageGraph


def orphans(graph: LinkageGraph, matrix: Matrix) -> dict[str, Any]:
    """Orphans by kind, detached items with their break points, and both as shares of items below P."""
    below = graph.below_anchor
    without = [i for i in below if not graph.up[i]]
    detached = [i for i in below if graph.up[i] and i not in matrix]

    def of_kind(kind: str) -> list[str]:
        return [i for i in without if graph.items[i]["kind"] == kind]

    return {
        "all": without,
        "unanswered_needs": of_kind("need"),
        "orphan_projects": of_kind("project"),
        "orphan_goals": of_kind("goal"),
        "detached": detached,
        "break_points": {i: break_points(graph, i) for i in detached},
        "rate": rate(len(without), len(below)),
        "not_reaching_rate": rate(len(without) + len(detached), len(below)),
    }


def break_points(graph: LinkageGraph, item_id: str) -> list[str]:
    """The ends of the item's paths: what it leads to that leads no further."""
    return sorted(i for i in graph.descendants(item_id) if not graph.up[i])
