"""A5: how many village needs reach the province, and how many pass every level on the way."""

from __future__ import annotations

from typing import Any

from .coverage import Matrix
from .figures import rate
from .graph import Link, LinkageGraph
from .settings import NATIONAL_LEVEL


def full_chain(graph: LinkageGraph, matrix: Matrix) -> dict[str, Any]:
    """Loose: any path to an anchor. Strict: a path with an item on each of the strict levels."""
    needs = graph.needs
    arrivals = {need: strict_anchors(graph, need) for need in needs}
    loose = [need for need in needs if need in matrix]
    strict = [need for need in needs if arrivals[need]]
    served = sorted(set().union(*arrivals.values()))
    return {
        "needs": len(needs),
        "loose": loose,
        "strict": strict,
        "loose_rate": rate(len(loose), len(needs)),
        "strict_rate": rate(len(strict), len(needs)),
        "national_rate": rate(sum(_reaches_nation(graph, need) for need in needs), len(needs)),
        "anchors_with_strict_chain": served,
        "anchor_rate": rate(len(served), len(graph.anchors)),
        "skip_level_links": sorted(k["id"] for k in graph.group_links if skips_level(graph, k)),
    }


def strict_anchors(graph: LinkageGraph, need: str) -> set[str]:
    """Anchors the need reaches by a path that visits every strict level.

    A breadth-first search over (node, levels visited so far as a bit mask).
    """
    bit = {level: 1 << n for n, level in enumerate(dict.fromkeys(graph.settings.strict_levels))}
    everything = (1 << len(bit)) - 1
    anchors = set(graph.anchors)

    def mask(node: str) -> int:
        return bit.get(graph.nodes[node]["level"], 0)

    start = (need, mask(need))
    seen, stack = {start}, [start]
    found: set[str] = set()
    while stack:
        node, visited = stack.pop()
        for edge in graph.up[node]:
            state = (edge.other, visited | mask(edge.other))
            if state in seen:
                continue
            seen.add(state)
            stack.append(state)
            if state[1] == everything and edge.other in anchors:
                found.add(edge.other)
    return found


def _reaches_nation(graph: LinkageGraph, need: str) -> bool:
    return any(graph.nodes[i]["level"] == NATIONAL_LEVEL for i in graph.descendants(need))


def skips_level(graph: LinkageGraph, link: Link) -> bool:
    """Whether an alignment link passes over a level in use."""
    if not graph.is_alignment(link):
        return False
    low, high = graph.rank(link["source"]), graph.rank(link["target"])
    return any(low < graph.ranks[level] < high for level in graph.levels_in_use)


def funnel(graph: LinkageGraph) -> dict[str, int]:
    """Level in use → how many village needs get at least that far, the needs themselves first."""
    heights = []
    for need in graph.needs:
        ranks = {graph.rank(i) for i in graph.descendants(need)} | {graph.rank(need)}
        heights.append(max(ranks))
    return {level: sum(h >= graph.ranks[level] for h in heights) for level in graph.levels_in_use}
