"""What a group must still fill in before it hands in, and what deserves a yellow mark. Pure.

The submit gate is short on purpose: an hour in a hall is not spent on forms. All else warns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .analysis import LinkageGraph
from .analysis.evidence import age_allowed
from .analysis.graph import STAGES, Item, Link, Scope, is_reference, strength
from .rule_tables import (
    LARGE_BUDGET,
    MINIMUM,
    MOST_ANCHORS_OF_A_GOAL,
    RATIONALE_LENGTH,
    TOO_MANY_UPWARD_LINKS,
)
from .rules import Problem, chain_pairs, feed_steps, title_of

EVERY_STATUS = frozenset(
    {"draft", "submitted", "returned", "passed", "conditional", "rejected", "merged", "locked"}
)
STILL_THERE = EVERY_STATUS - {"rejected", "merged"}
_NO_NUMBER_CONFIRMED = "ไม่มีตัวเลข"


def submit_gate(
    document: Mapping[str, Any], group: str, minimum: Mapping[str, int] | None = None
) -> list[Problem]:
    """What keeps the group from handing in: too few cards, or projects without their three essentials."""
    least = {**MINIMUM, **(minimum or {})}
    graph = _graph_of_everyone(document)
    own = {i: item for i, item in graph.items.items() if item.get("group") == group}
    have = {kind: sum(item["kind"] == kind for item in own.values()) for kind in ("need", "project")}
    have["upward_link"] = sum(link["source"] in own and graph.is_alignment(link) for link in graph.links)
    problems = [
        Problem(f"too_few_{what}s", params={"least": least[what], "have": have[what]})
        for what in ("need", "project", "upward_link")
        if have[what] < least[what]
    ]
    for item in own.values():
        if item["kind"] == "project":
            problems.extend(Problem(code, item["id"], params=_title(item)) for code in missing_in(item))
    return problems


def missing_in(project: Item) -> Iterator[str]:
    """Which of the three essentials a project still lacks: lead agency, money or none, an output target."""
    if not (project.get("lead_agency") or {}).get("name"):
        yield "lead_agency_missing"
    if not project.get("no_budget") and not project.get("budget"):
        yield "budget_missing"
    target = project.get("output_target") or ""
    if not target.strip():
        yield "output_target_missing"
    elif not re.search(r"\d", target) and not (
        project.get("output_without_number") or _NO_NUMBER_CONFIRMED in target
    ):
        yield "output_target_without_number"


def warnings(document: Mapping[str, Any], group: str | None = None) -> list[Problem]:
    """Yellow marks on the cards and links of one group, or of all."""
    view = _View.of(document)
    items = [item for item in view.graph.items.values() if group is None or item.get("group") == group]
    own = {item["id"] for item in items}
    found = [problem for item in items for problem in _item_warnings(view, item)]
    links = (link for link in view.graph.group_links if link["source"] in own)
    return found + [problem for link in links for problem in _link_warnings(view, link)]


@dataclass(frozen=True)
class _View:
    """What the warnings look at: the graph, the links out of each item, and the plan's years."""

    graph: LinkageGraph
    out: Mapping[str, list[Link]]
    plan_years: tuple[int, int] | None

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> _View:
        graph = _graph_of_everyone(document)
        out: dict[str, list[Link]] = defaultdict(list)
        for link in graph.links:
            out[link["source"]].append(link)
        years = (document.get("meta") or {}).get("plan_period_be") or ()
        return cls(graph, out, (years[0], years[-1]) if years else None)


def _graph_of_everyone(document: Mapping[str, Any]) -> LinkageGraph:
    """Drafts too: a group is told about its cards before anybody else sees them."""
    return LinkageGraph.from_document(document, Scope(statuses=STILL_THERE))


def _title(item: Item) -> dict[str, Any]:
    return {"title": title_of(item)}


def _item_warnings(view: _View, item: Item) -> list[Problem]:
    codes: list[str] = []
    if item["kind"] == "project":
        codes += _project_codes(view, item)
    if item["kind"] == "goal":
        codes += _goal_codes(view, item)
    if any(age_allowed(view.graph, row) is False for row in item.get("evidence") or ()):
        codes.append("evidence_old")
    upward = [link for link in view.out[item["id"]] if view.graph.is_alignment(link)]
    if len(upward) >= TOO_MANY_UPWARD_LINKS:
        codes.append("too_many_upward_links")
    return [Problem(code, item["id"], params={**_title(item), "links": len(upward)}) for code in codes]


def _project_codes(view: _View, item: Item) -> Iterator[str]:
    kinds = {view.graph.nodes[i]["kind"] for i in view.graph.ancestors(item["id"])}
    if "need" not in kinds:
        yield "project_without_need"
    if not (item.get("objective") or "").strip():
        yield "objective_missing"
    if any(chain and stage not in (*STAGES, "support") for chain, stage in chain_pairs(item)):
        yield "stage_missing"
    if any((line.get("amount") or 0) > LARGE_BUDGET for line in item.get("budget") or ()):
        yield "budget_very_large"
    if view.plan_years and _outside(view.plan_years, item):
        yield "budget_year_outside_plan"
    if item.get("beyond_capacity") and not item.get("not_escalated_because"):
        types = {link["type"] for link in view.out[item["id"]]}
        if "escalated_to" not in types:
            yield "beyond_capacity_not_passed_on"


def _outside(plan_years: tuple[int, int], item: Item) -> bool:
    years = (line.get("fy_be") for line in item.get("budget") or ())
    return any(year is not None and not plan_years[0] - 1 <= year <= plan_years[1] + 1 for year in years)


def _goal_codes(view: _View, item: Item) -> Iterator[str]:
    if not item.get("indicators"):
        yield "goal_without_indicator"
    anchors = set(view.graph.anchors)
    reached = {link["target"] for link in view.out[item["id"]] if view.graph.is_alignment(link)} & anchors
    if len(reached) > MOST_ANCHORS_OF_A_GOAL:
        yield "goal_with_many_anchors"


def _link_warnings(view: _View, link: Link) -> Iterable[Problem]:
    source, target = view.graph.nodes[link["source"]], view.graph.nodes[link["target"]]
    params = {"source_title": title_of(source), "target_title": title_of(target), "type": link["type"]}
    codes = []
    reason = (link.get("rationale") or "").strip()
    if strength(link) >= 2 and source["level"] != target["level"] and len(reason) < RATIONALE_LENGTH:
        codes.append("rationale_missing")
    if strength(link) == 3 and not link.get("evidence") and not source.get("evidence"):
        codes.append("strong_without_evidence")
    if link["type"] == "feeds" and not is_reference(target) and feed_steps(source, target) == {0}:
        codes.append("feeds_on_one_stage")
    return [Problem(code, link["source"], link["id"], params) for code in codes]
