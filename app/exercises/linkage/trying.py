"""What if a link were there, or were not: the rates with links added and taken away. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .analysis import LinkageGraph, Scope
from .analysis.budget import allocate
from .analysis.coverage import Matrix, coverage_matrix
from .analysis.full_chain import full_chain
from .analysis.goal_support import goal_support, unsupported_goals
from .analysis.graph import Item
from .analysis.needs import projects_without_need
from .analysis.orphans import orphans
from .rules import Problem, check_link

ADD, CUT = "+", "-"
# The kind of link that two items suggest, tried in this order.
_LIKELY = ("answered_by", "supports", "included_in", "part_of", "escalated_to")


@dataclass(frozen=True)
class Step:
    """One thing to try: a link to add with a strength, or a link to cut (then `kind` is its type)."""

    sign: str
    source: str
    target: str
    strength: int = 0
    kind: str = ""


@dataclass(frozen=True)
class Rates:
    """What a change of links can change."""

    needs: int
    strict: int
    loose: int
    lost: int
    unsupported: int
    without_need: int
    unaligned: Fraction
    reaching: frozenset[str]


@dataclass(frozen=True)
class Trial:
    """The rates before and after, what was refused and why, and which items changed their fate."""

    before: Rates
    after: Rates
    refused: Mapping[int, Problem]  # place of the step → why it cannot be

    @property
    def now_reaching(self) -> list[str]:
        """Items that reach the province only with the steps."""
        return sorted(self.after.reaching - self.before.reaching)

    @property
    def no_longer_reaching(self) -> list[str]:
        """Items that the steps cut off."""
        return sorted(self.before.reaching - self.after.reaching)


def try_steps(document: Mapping[str, Any], scope: Scope, steps: Sequence[Step]) -> Trial:
    """The document with the steps taken in their order; a step that the rules refuse is left out and named."""
    links = list(document["links"])
    refused: dict[int, Problem] = {}
    for place, step in enumerate(steps):
        if step.sign == CUT:
            links = [link for link in links if not _is_cut(link, step)]
            continue
        added = _link_for(document, links, step, f"try-{place}")
        if isinstance(added, Problem):
            refused[place] = added
        else:
            links.append(added)
    changed = {**document, "links": links}
    return Trial(_rates(document, scope), _rates(changed, scope), refused)


def _is_cut(link: Mapping[str, Any], step: Step) -> bool:
    return (link["source"], link["target"], link["type"]) == (step.source, step.target, step.kind)


def _link_for(
    document: Mapping[str, Any], links: Sequence[Mapping[str, Any]], step: Step, link_id: str
) -> dict[str, Any] | Problem:
    items = {item["id"]: item for item in document["items"]}
    ranks = {level["code"]: level["rank"] for level in document["levels"]}
    found = fitting_type(items[step.source], items[step.target], ranks, links)
    if isinstance(found, Problem):
        return found
    return {
        "id": link_id,
        "source": step.source,
        "target": step.target,
        "type": found,
        "strength": step.strength,
    }


def fitting_type(
    source: Item, target: Item, ranks: Mapping[str, int], links: Iterable[Mapping[str, Any]]
) -> str | Problem:
    """The kind of link that may join the two, or why none may."""
    links = list(links)
    order = sorted(_LIKELY, key=lambda kind: (kind != "escalated_to" or not source.get("beyond_capacity"),))
    problems = []
    for kind in order:
        problem = check_link(source, target, kind, ranks, links)
        if problem is None:
            return kind
        problems.append(problem)
    telling = [p for p in problems if p.code in ("cycle", "link_repeated", "link_to_itself")]
    return (telling or problems)[0]


def _rates(document: Mapping[str, Any], scope: Scope) -> Rates:
    graph = LinkageGraph.from_document(document, scope)
    matrix: Matrix = coverage_matrix(graph)
    chain, gaps = full_chain(graph, matrix), orphans(graph, matrix)
    _shares, unaligned = allocate(graph, matrix)
    return Rates(
        needs=chain["needs"],
        strict=len(chain["strict"]),
        loose=len(chain["loose"]),
        lost=len(gaps["all"]) + len(gaps["detached"]),
        unsupported=len(unsupported_goals(goal_support(graph))),
        without_need=len(projects_without_need(graph)),
        unaligned=unaligned,
        reaching=frozenset(matrix),
    )
