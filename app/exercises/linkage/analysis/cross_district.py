"""A10: what joins districts, and where they could join but do not."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

from .graph import STAGES, Link, LinkageGraph
from .value_chain import stage_members


def cross_district(graph: LinkageGraph) -> dict[str, Any]:
    """Links between places with no district in common, counted by (from, to), and items of several."""
    crossing = [link for link in graph.group_links if _crosses(graph, link)]
    cells = Counter(
        f"{a}->{b}"
        for link in crossing
        for a in graph.districts(link["source"])
        for b in graph.districts(link["target"])
    )
    return {
        "links": sorted(link["id"] for link in crossing),
        "matrix": dict(sorted(cells.items())),
        "multi_district_items": sorted(i for i in graph.items if len(graph.districts(i)) > 1),
    }


def _crosses(graph: LinkageGraph, link: Link) -> bool:
    here, there = graph.districts(link["source"]), graph.districts(link["target"])
    return bool(here and there) and here.isdisjoint(there)


class Opportunity(NamedTuple):
    """One district has a stage of a chain, another the next stage, and nothing feeds between them."""

    chain: str
    source: str
    stage: str
    target: str
    next_stage: str


def opportunities(graph: LinkageGraph) -> list[Opportunity]:
    """Hand-overs between districts that a value chain suggests and nobody has linked."""
    feeds = [(link["source"], link["target"]) for link in graph.links if link["type"] == "feeds"]
    found = []
    for chain in graph.chains:
        stages = stage_members(graph, chain)
        for early, late in pairwise(STAGES):
            joined = {
                (a, b)
                for s, t in feeds
                if s in stages[early] and t in stages[late]
                for a in graph.districts(s)
                for b in graph.districts(t)
            }
            for a in graph.by_district(stages[early]):
                for b in graph.by_district(stages[late]):
                    if a != b and (a, b) not in joined:
                        found.append(Opportunity(chain, a, early, b, late))
    return sorted(found)
