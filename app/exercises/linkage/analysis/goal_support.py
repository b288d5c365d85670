"""A4: what stands under each provincial issue and each district goal."""

from __future__ import annotations

from .graph import LinkageGraph, is_reference
from .settings import GOAL_LEVEL

UNSUPPORTED = frozenset({"none", "no_project"})


def goal_support(graph: LinkageGraph) -> dict[str, str]:
    """Goal → `none`, `no_project`, `no_need` or `grounded`."""
    return {goal: _support(graph, goal) for goal in supported_goals(graph)}


def supported_goals(graph: LinkageGraph) -> list[str]:
    """The anchors, then the goals of the district level."""
    district = {i for i, n in graph.nodes.items() if n["kind"] == "goal" and n["level"] == GOAL_LEVEL}
    return graph.anchors + sorted(district - set(graph.anchors))


def _support(graph: LinkageGraph, goal: str) -> str:
    under = {i for i in graph.ancestors(goal) if i in graph.items or is_reference(graph.nodes[i])}
    if not under:
        return "none"
    if under.isdisjoint(graph.projects):
        return "no_project"
    return "no_need" if under.isdisjoint(graph.needs) else "grounded"


def unsupported_goals(support: dict[str, str]) -> list[str]:
    """Goals that no project stands under yet (เป้าหมายที่ยังไม่มีโครงการรองรับ)."""
    return sorted(goal for goal, kind in support.items() if kind in UNSUPPORTED)
