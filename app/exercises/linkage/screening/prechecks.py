"""What can be told of a project before anybody judges it: shown beside the five criteria, never a score. Pure.

Only C4 offers one: the strength with which the project reaches its best provincial issue, because that is what
its four anchors say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.exercises.linkage.analysis import LinkageGraph
from app.exercises.linkage.analysis.coverage import reach_of
from app.exercises.linkage.analysis.evidence import age_allowed
from app.exercises.linkage.rule_tables import RATIONALE_LENGTH, TOO_MANY_UPWARD_LINKS

REQUIRED = ("objective", "output_target", "lead_agency", "budget", "indicators")


@dataclass(frozen=True)
class Check:
    """One finding: a code with its numbers (words.py has the sentence), and whether it speaks for the project."""

    code: str
    good: bool
    params: dict[str, Any]


@dataclass(frozen=True)
class Findings:
    """The findings by criterion, and the score that C4 offers."""

    checks: dict[str, list[Check]]
    c4: int


def findings(graph: LinkageGraph, item_id: str) -> Findings:
    """Look at one project of the graph."""
    best = max((reach_of(graph, anchor).get(item_id, 0) for anchor in graph.anchors), default=0)
    checks = {code: look(graph, item_id) for code, look in _LOOKS.items()}
    checks["C4"] = [Check("reaches", best > 0, {"strength": best})]
    return Findings(checks, best)


def _clear(graph: LinkageGraph, item_id: str) -> list[Check]:
    item = graph.nodes[item_id]
    filled = sum(bool(item.get(name)) or (name == "budget" and bool(item.get("no_budget"))) for name in REQUIRED)
    checks = [Check("filled", filled == len(REQUIRED), {"filled": filled, "of": len(REQUIRED)})]
    has_number = bool(re.search(r"\d", item.get("output_target") or ""))
    checks.append(Check("output_number" if has_number else "output_no_number", has_number, {}))
    for indicator in item.get("indicators") or ():
        lacking = [n for n in ("unit", "baseline", "target", "target_year_be") if indicator.get(n) in (None, "")]
        checks.append(Check("indicator_partial" if lacking else "indicator_whole", not lacking,
                            {"name": indicator.get("name") or ""}))  # fmt: skip
    return checks


def _logical(graph: LinkageGraph, item_id: str) -> list[Check]:
    needs = sum(graph.nodes[one]["kind"] == "need" for one in graph.ancestors(item_id))
    upward = [link for link in graph.links if link["source"] == item_id and graph.is_alignment(link)]
    reasoned = sum(len((link.get("rationale") or "").strip()) >= RATIONALE_LENGTH for link in upward)
    checks = [Check("needs", needs > 0, {"count": needs})]
    checks.append(
        Check("reasons", bool(upward) and reasoned == len(upward), {"count": reasoned, "of": len(upward)})
    )
    if len(upward) >= TOO_MANY_UPWARD_LINKS:
        checks.append(Check("over_linked", False, {"count": len(upward)}))
    return checks


def _current(graph: LinkageGraph, item_id: str) -> list[Check]:
    rows = [row for row in graph.nodes[item_id].get("evidence") or () if row.get("data_year_be")]
    if not rows:
        return [Check("no_data", False, {})]
    newest = max(rows, key=lambda row: row["data_year_be"])
    fresh = age_allowed(graph, newest) is True
    return [Check("data_year", fresh, {"year": newest["data_year_be"], "title": newest.get("title") or ""})]


def _learned(graph: LinkageGraph, item_id: str) -> list[Check]:
    rows = graph.nodes[item_id].get("evidence") or ()
    past = [row for row in rows if row.get("type") == "past_evaluation"]
    return [
        Check("past" if past else "no_past", bool(past), {"title": (past[0].get("title") or "") if past else ""})
    ]


_LOOKS: dict[str, Callable[[LinkageGraph, str], list[Check]]] = {
    "C1": _clear,
    "C2": _logical,
    "C3": _current,
    "C5": _learned,
}
