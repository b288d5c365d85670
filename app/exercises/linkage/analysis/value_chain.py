"""A8: whether each product has something at every stage, in the province and in each district."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from itertools import pairwise
from math import log
from typing import Any

from .figures import money, rounded
from .graph import STAGES, LinkageGraph


def value_chain(graph: LinkageGraph) -> dict[str, dict[str, Any]]:
    """Per chain: stage counts, budgets, balance, missing stages and neighbours nobody linked."""
    return {chain: _one_chain(graph, chain) for chain in graph.chains}


def _one_chain(graph: LinkageGraph, chain: str) -> dict[str, Any]:
    stages = stage_members(graph, chain)
    members = set().union(*stages.values())
    return {
        "all": _province(graph, chain, stages),
        "by_district": {
            district: _counts_and_gaps({stage: ids & here for stage, ids in stages.items()})
            for district, here in sorted(graph.by_district(members).items())
        },
    }


def stage_members(graph: LinkageGraph, chain: str) -> dict[str, set[str]]:
    """Stage → the items that stand on it; the supporting stage is not one of the three."""
    return {stage: {i for i in graph.items if (chain, stage) in graph.chain_stages(i)} for stage in STAGES}


def _province(graph: LinkageGraph, chain: str, stages: dict[str, set[str]]) -> dict[str, Any]:
    counted = graph.counted_budgets
    baht = {s: sum((counted.get(i, Fraction(0)) for i in ids), Fraction(0)) for s, ids in stages.items()}
    facts = _counts_and_gaps(stages)
    return {
        "count": facts["count"],
        "budget": {stage: money(amount) for stage, amount in baht.items()},
        "missing": facts["missing"],
        "balance_count": balance(facts["count"].values()),
        "balance_budget": balance(baht.values()),
        "unlinked_adjacent": [list(pair) for pair in unlinked_adjacent(graph, stages)],
    }


def _counts_and_gaps(stages: dict[str, set[str]]) -> dict[str, Any]:
    return {
        "count": {stage: len(ids) for stage, ids in stages.items()},
        "missing": [stage for stage, ids in stages.items() if not ids],
    }


def balance(amounts: Collection[int | Fraction]) -> float:
    """Evenness of the stages, −Σ p ln p / ln 3: 1 is even, 0 is all on one stage or nothing at all."""
    whole = sum(amounts)
    shares = [p for a in amounts if a and (p := float(Fraction(a) / whole))]  # what is next to nothing counts as 0
    return rounded(abs(sum(p * log(p) for p in shares)) / log(len(STAGES)))


def unlinked_adjacent(graph: LinkageGraph, stages: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Neighbouring stages that both exist while nothing feeds from the one into the other."""
    feeds = {(link["source"], link["target"]) for link in graph.links if link["type"] == "feeds"}
    return [
        (early, late)
        for early, late in pairwise(STAGES)
        if stages[early]
        and stages[late]
        and not any(source in stages[early] and target in stages[late] for source, target in feeds)
    ]
