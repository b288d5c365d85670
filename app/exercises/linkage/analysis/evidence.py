"""A15: how current the data under the plans are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from .figures import rate
from .graph import LinkageGraph
from .settings import exact


def evidence(graph: LinkageGraph) -> dict[str, Any]:
    """How much evidence is recent enough, whose is not, and who has none."""
    rows = [(i, row) for i, item in graph.items.items() for row in item.get("evidence") or ()]
    with_evidence = {i for i, _ in rows}
    current = sum(age_allowed(graph, row) is True for _, row in rows)
    return {
        "n": len(rows),
        "current": current,
        "current_rate": rate(current, len(rows)),
        "items_with_evidence": len(with_evidence),
        "stale_items": sorted({i for i, row in rows if age_allowed(graph, row) is False}),
        "past_evaluation_items": sorted({i for i, row in rows if row.get("type") == "past_evaluation"}),
        "needs_without_evidence": [i for i in graph.of_kind("need") if i not in with_evidence],
    }


def age_allowed(graph: LinkageGraph, row: Mapping[str, Any]) -> bool | None:
    """Whether the data are no older than the exercise allows; None when a year is unknown."""
    year = row.get("data_year_be")
    if year is None or graph.event_year is None:
        return None
    return exact(graph.event_year) - exact(year) <= graph.settings.max_data_age_years


def by_year(graph: LinkageGraph) -> dict[int, int]:
    """Data year → pieces of evidence, oldest first."""
    years = Counter(
        row["data_year_be"]
        for item in graph.items.values()
        for row in item.get("evidence") or ()
        if row.get("data_year_be") is not None
    )
    return dict(sorted(years.items()))
