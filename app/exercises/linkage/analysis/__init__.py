"""The analyses of a linkage exercise: plain data in, plain data out, one file a question."""

from __future__ import annotations

from collections.abc import Mapping
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

__all__ = ["DEFAULT_STATUSES", "LinkageGraph", "Scope", "analyse", "analyse_graph"]


def analyse(document: Mapping[str, Any], scope: Scope | None = None) -> dict[str, Any]:
    """Every analysis of one exercise document (the shape that `document.load_document` returns)."""
    return analyse_graph(LinkageGraph.from_document(document, scope))


def analyse_graph(graph: LinkageGraph) -> dict[str, Any]:
    """The same from a graph already built."""
    matrix = coverage_matrix(graph)
    support = goal_support(graph)
    return {
        "counts": counts(graph),
        "coverage_matrix": matrix,
        "coverage_by_anchor": coverage_by_anchor(graph, matrix),
        "orphans": orphans(graph, matrix),
        "projects_without_need": projects_without_need(graph),
        "beyond_capacity_not_escalated": beyond_capacity_not_escalated(graph),
        "goal_support": support,
        "unsupported_goals": unsupported_goals(support),
        "full_chain": full_chain(graph, matrix),
        "value_chain": value_chain(graph),
        "overlap": overlap(graph),
        "cross_district": cross_district(graph),
        "budget": budget(graph, matrix),
        "evidence": evidence(graph),
        "pracharat": pracharat(graph),
        "screening": screening(graph),
        "dot_vote": dot_vote(graph),
    }
