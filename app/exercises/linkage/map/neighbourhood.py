"""One item with what it hangs on: what a phone shows instead of the map."""

from __future__ import annotations

from dataclasses import dataclass

from ..analysis import LinkageGraph
from ..analysis.coverage import reach_of
from ..analysis.graph import Link, strength
from ..rules import title_of


@dataclass(frozen=True)
class Neighbour:
    """The item at the other end of a link, and the link."""

    item: str
    title: str
    level: str
    kind: str
    link: str
    link_type: str
    strength: int
    rationale: str


@dataclass(frozen=True)
class Neighbourhood:
    """What leads to an item, what it leads to, what lies beside it, and the anchors it reaches how strongly."""

    item: str
    title: str
    below: list[Neighbour]
    above: list[Neighbour]
    beside: list[Neighbour]
    reaches: list[tuple[str, int]]


def neighbourhood(graph: LinkageGraph, item_id: str) -> Neighbourhood:
    """The links of one item, the strongest first; KeyError when the item is not in scope."""
    node = graph.nodes[item_id]
    below: list[Neighbour] = []
    above: list[Neighbour] = []
    beside: list[Neighbour] = []
    for link in graph.links:
        if item_id not in (link["source"], link["target"]):
            continue
        outward = link["source"] == item_id
        found = _neighbour(graph, link, link["target"] if outward else link["source"])
        (beside if not graph.is_alignment(link) else above if outward else below).append(found)
    reached = [(anchor, reach_of(graph, anchor).get(item_id, 0)) for anchor in graph.anchors]
    for side in (below, above, beside):
        side.sort(key=lambda n: (-n.strength, n.item, n.link))
    reaches = sorted(((a, s) for a, s in reached if s), key=lambda pair: (-pair[1], pair[0]))
    return Neighbourhood(item_id, title_of(node), below, above, beside, reaches)


def _neighbour(graph: LinkageGraph, link: Link, other: str) -> Neighbour:
    node = graph.nodes[other]
    reason = link.get("rationale") or ""
    return Neighbour(
        other, title_of(node), node["level"], node["kind"], link["id"], link["type"], strength(link), reason
    )
