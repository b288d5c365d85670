"""The analyses of a linkage exercise: plain data in, plain data out, one file a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .budget import budget
from .capacity import beyond_capacity_not_escalated
from .counts import counts
from .coverage import coverage_by_anchor, coverage_matrix
from .cross_district import cross_district
from .evidence import evidence
from .full_chain import full_chain
from .goal_support import goal_support, unsupported_goals
from .graph import DEFAULT_STATUSES, LinkageGraph, Scope
from .needs import projects_without_need
from .orphans import orphans
from .overlap import overlap
from .pracharat import pracharat
from .priority import dot_vote
from .screening import screening
from .value_chain import value_chain

__all__ = ["DEFAULT_STATUSES", "Analyses", "LinkageGraph", "Scope", "analyse", "analyse_graph"]


def analyse(document: Mapping[str, Any], scope: Scope | None = None) -> dict[str, Any]:
    """Every analysis of one exercise document (the shape that `document.load_document` returns)."""
    return analyse_graph(LinkageGraph.from_document(document, scope))


def analyse_graph(graph: LinkageGraph) -> dict[str, Any]:
    """The same from a graph already built."""
    found = Analyses(graph)
    return {name: found[name] for name in _QUESTIONS}


class Analyses(dict[str, Any]):
    """The answers about one graph, each worked out when it is first asked for (`found["coverage_matrix"]`)."""

    def __init__(self, graph: LinkageGraph) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, name: str) -> Any:
        answer = self[name] = _QUESTIONS[name](self._graph, self)
        return answer


# Some answers rest on others.
_QUESTIONS: dict[str, Callable[[LinkageGraph, Analyses], Any]] = {
    "counts": lambda graph, _found: counts(graph),
    "coverage_matrix": lambda graph, _found: coverage_matrix(graph),
    "coverage_by_anchor": lambda graph, found: coverage_by_anchor(graph, found["coverage_matrix"]),
    "orphans": lambda graph, found: orphans(graph, found["coverage_matrix"]),
    "projects_without_need": lambda graph, _found: projects_without_need(graph),
    "beyond_capacity_not_escalated": lambda graph, _found: beyond_capacity_not_escalated(graph),
    "goal_support": lambda graph, _found: goal_support(graph),
    "unsupported_goals": lambda _graph, found: unsupported_goals(found["goal_support"]),
    "full_chain": lambda graph, found: full_chain(graph, found["coverage_matrix"]),
    "value_chain": lambda graph, _found: value_chain(graph),
    "overlap": lambda graph, _found: overlap(graph),
    "cross_district": lambda graph, _found: cross_district(graph),
    "budget": lambda graph, found: budget(graph, found["coverage_matrix"]),
    "evidence": lambda graph, _found: evidence(graph),
    "pracharat": lambda graph, _found: pracharat(graph),
    "screening": lambda graph, _found: screening(graph),
    "dot_vote": lambda graph, _found: dot_vote(graph),
}
