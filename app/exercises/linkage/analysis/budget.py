"""A13 and A14: where the money goes, to the satang, and how far it is concentrated.

A project's baht are shared among the anchors it reaches in proportion to its coverage of each. All sums
are fractions, so that the shares and the unaligned rest add up to the counted total exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from .coverage import Matrix
from .figures import money, rate, rounded
from .graph import STAGES, LinkageGraph
from .settings import exact

NO_SOURCE = "ไม่ระบุ"


def budget(graph: LinkageGraph, matrix: Matrix) -> dict[str, Any]:
    """Gross and counted totals, shares by anchor and by source, and how concentrated they are."""
    counted = sum(graph.counted_budgets.values(), Fraction(0))
    shares, unaligned = allocate(graph, matrix)
    return {
        "gross_total": money(sum(graph.budgets.values(), Fraction(0))),
        "counted_total": money(counted),
        "not_counted": sorted(graph.passed_on),
        "by_anchor": {anchor: float(baht) for anchor, baht in shares.items()},
        "unaligned": float(unaligned),
        "unaligned_share": rate(unaligned, counted),
        **concentration(shares.values()),
        "by_source": {source: money(baht) for source, baht in sorted(by_source(graph).items())},
    }


def allocate(graph: LinkageGraph, matrix: Matrix) -> tuple[dict[str, Fraction], Fraction]:
    """Counted baht by anchor, and those of projects that reach none."""
    shares = dict.fromkeys(graph.anchors, Fraction(0))
    unaligned = Fraction(0)
    for item_id, baht in graph.counted_budgets.items():
        row = matrix.get(item_id)
        if not row:
            unaligned += baht
            continue
        weight = sum(row.values())
        for anchor, covered in row.items():
            shares[anchor] += baht * covered / weight
    return shares, unaligned


def allocate_by_source(graph: LinkageGraph, matrix: Matrix) -> dict[str, dict[str, Fraction]]:
    """Anchor (or "" for none) → source of money → counted baht; the columns of `allocate`, cut by source."""
    found: dict[str, dict[str, Fraction]] = {}
    for item_id in graph.counted_budgets:
        row = matrix.get(item_id) or {"": 1}
        weight = sum(row.values())
        for line in graph.items[item_id].get("budget") or ():
            source = line.get("source") or NO_SOURCE
            for anchor, covered in row.items():
                column = found.setdefault(anchor, {})
                part = Fraction(exact(line.get("amount") or 0)) * covered / weight
                column[source] = column.get(source, Fraction(0)) + part
    return found


def concentration(amounts: Collection[Fraction]) -> dict[str, float]:
    """Herfindahl's index Σ s², the number of equal shares it corresponds to, and the largest share."""
    total = sum(amounts, Fraction(0))
    if not total:
        return {"hhi": 0.0, "effective_goals": 0.0, "top_share": 0.0}
    shares = [amount / total for amount in amounts]
    index = sum((share * share for share in shares), Fraction(0))
    return {"hhi": rounded(index), "effective_goals": rounded(1 / index), "top_share": rounded(max(shares))}


def by_source(graph: LinkageGraph) -> dict[str, Fraction]:
    """Counted baht by source of money."""
    found: dict[str, Fraction] = {}
    for item_id in graph.counted_budgets:
        for line in graph.items[item_id].get("budget") or ():
            source = line.get("source") or NO_SOURCE
            found[source] = found.get(source, Fraction(0)) + exact(line.get("amount") or 0)
    return found


def by_district(graph: LinkageGraph) -> dict[str, Fraction]:
    """Counted baht by district; a project of several districts is shared evenly among them."""
    found: dict[str, Fraction] = {}
    for item_id, baht in graph.counted_budgets.items():
        homes = graph.districts(item_id)
        for home in homes:
            found[home] = found.get(home, Fraction(0)) + baht / len(homes)
    return dict(sorted(found.items()))


def by_stage(graph: LinkageGraph) -> Mapping[str, Fraction]:
    """Counted baht by stage, all chains together; a project on several stages is shared evenly."""
    found = dict.fromkeys(STAGES, Fraction(0))
    for item_id, baht in graph.counted_budgets.items():
        stages = [stage for _, stage in graph.chain_stages(item_id) if stage in found]
        for stage in stages:
            found[stage] += baht / len(stages)
    return found
