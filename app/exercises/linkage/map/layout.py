"""Where the boxes of a layered drawing stand: columns are given, order and height are found.

The usual three steps: links that skip columns get a lane (an invisible node) in each column they pass, the
columns are ordered by the barycentre of their neighbours until nothing crosses less, and every node is moved
as near to its neighbours as its own column allows.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

SWEEPS = 8
LANE_HEIGHT = 10.0
BOX_GAP = 14.0
LANE_GAP = 6.0
LANE_WEIGHT = 4.0


class Edge(NamedTuple):
    """A link between two boxes."""

    source: str
    target: str


class Lane(NamedTuple):
    """The place of one link in a column it only passes."""

    source: str
    target: str
    column: int


Node = Hashable


@dataclass(frozen=True)
class Layout:
    """Centres of boxes and lanes, the tops of all at 0; `order` holds the columns from top to bottom."""

    order: list[list[Node]]
    centres: Mapping[Node, float]
    height: float

    @cached_property
    def _lanes(self) -> dict[tuple[str, str], list[tuple[int, float]]]:
        found: dict[tuple[str, str], list[tuple[int, float]]] = {}
        for column, nodes in enumerate(self.order):
            for node in nodes:
                if isinstance(node, Lane):
                    found.setdefault((node.source, node.target), []).append((column, self.centres[node]))
        return found

    def lanes(self, edge: Edge) -> list[tuple[int, float]]:
        """(column, centre) of every column the link passes, left to right."""
        return self._lanes.get((edge.source, edge.target), [])


def arrange(columns: Sequence[Sequence[str]], heights: Mapping[str, float], edges: Sequence[Edge]) -> Layout:
    """Order the columns and place their boxes; links that do not run to the right have no say."""
    layers, segments = _with_lanes(columns, edges)
    order = _fewest_crossings(layers, segments)
    centres = _place(order, segments, heights)
    sizes = {node: heights.get(node, LANE_HEIGHT) for layer in order for node in layer}  # type: ignore[call-overload]
    top = min((y - sizes[n] / 2 for n, y in centres.items()), default=0.0)
    centres = {node: y - top for node, y in centres.items()}
    height = max((y + sizes[n] / 2 for n, y in centres.items()), default=0.0)
    return Layout(order, centres, height)


def _with_lanes(
    columns: Sequence[Sequence[str]], edges: Sequence[Edge]
) -> tuple[list[list[Node]], list[tuple[Node, Node]]]:
    layers: list[list[Node]] = [list(column) for column in columns]
    place = {node: number for number, column in enumerate(columns) for node in column}
    segments: list[tuple[Node, Node]] = []
    for edge in dict.fromkeys(edges):
        first, last = place[edge.source], place[edge.target]
        if last <= first:
            continue
        between: list[Node] = [Lane(edge.source, edge.target, n) for n in range(first + 1, last)]
        for lane, number in zip(between, range(first + 1, last), strict=True):
            layers[number].append(lane)
        way = [edge.source, *between, edge.target]
        segments += list(zip(way, way[1:], strict=False))
    return layers, segments


def _neighbours(segments: Sequence[tuple[Node, Node]]) -> tuple[dict[Node, list[Node]], dict[Node, list[Node]]]:
    left: dict[Node, list[Node]] = {}
    right: dict[Node, list[Node]] = {}
    for source, target in segments:
        right.setdefault(source, []).append(target)
        left.setdefault(target, []).append(source)
    return left, right


def _fewest_crossings(layers: list[list[Node]], segments: list[tuple[Node, Node]]) -> list[list[Node]]:
    left, right = _neighbours(segments)
    best, fewest = [list(layer) for layer in layers], crossings(layers, right)
    now = best
    for sweep in range(SWEEPS):
        now = [list(layer) for layer in now]
        forward = sweep % 2 == 0
        numbers = range(1, len(now)) if forward else range(len(now) - 2, -1, -1)
        for number in numbers:
            beside = now[number - 1] if forward else now[number + 1]
            now[number] = _by_barycentre(now[number], beside, left if forward else right)
        count = crossings(now, right)
        if count < fewest:
            best, fewest = now, count
    return best


def _by_barycentre(layer: list[Node], beside: list[Node], neighbours: Mapping[Node, list[Node]]) -> list[Node]:
    """Sort by the mean place of the neighbours; a node without any keeps its relative place."""
    place = {node: number / max(len(beside), 1) for number, node in enumerate(beside)}
    own = {node: number / max(len(layer), 1) for number, node in enumerate(layer)}

    def centre(node: Node) -> float:
        places = [place[other] for other in neighbours.get(node, ())]
        return sum(places) / len(places) if places else own[node]

    return sorted(layer, key=lambda node: (centre(node), own[node]))


def crossings(layers: Sequence[Sequence[Node]], right: Mapping[Node, Sequence[Node]]) -> int:
    """How often links between neighbouring columns cross."""
    total = 0
    for layer, following in zip(layers, layers[1:], strict=False):
        place = {node: number for number, node in enumerate(following)}
        seen: list[int] = []
        for node in layer:
            ends = sorted(place[other] for other in right.get(node, ()))
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _place(
    order: list[list[Node]], segments: list[tuple[Node, Node]], heights: Mapping[str, float]
) -> dict[Node, float]:
    left, right = _neighbours(segments)
    size = {node: heights.get(node, LANE_HEIGHT) for layer in order for node in layer}  # type: ignore[call-overload]
    centres = {node: y for layer in order for node, y in zip(layer, _stack(layer, size), strict=True)}
    for sweep in range(SWEEPS):
        for layer in order if sweep % 2 == 0 else order[::-1]:
            wanted = [_wish(node, left, right, centres) for node in layer]
            weights = [LANE_WEIGHT if isinstance(node, Lane) else 1.0 for node in layer]
            centres.update(zip(layer, _settle(wanted, weights, _stack(layer, size)), strict=True))
    return centres


def _stack(layer: list[Node], size: Mapping[Node, float]) -> list[float]:
    """Centres when the layer is packed as tightly as it may be, the first at half its height."""
    centres: list[float] = []
    edge = 0.0
    for before, node in zip([None, *layer], layer, strict=False):
        lanes = isinstance(before, Lane) and isinstance(node, Lane)
        gap = 0.0 if before is None else LANE_GAP if lanes else BOX_GAP
        centres.append(edge + gap + size[node] / 2)
        edge = centres[-1] + size[node] / 2
    return centres


def _wish(
    node: Node, left: Mapping[Node, list[Node]], right: Mapping[Node, list[Node]], centres: Mapping[Node, float]
) -> float:
    beside = [centres[other] for other in (*left.get(node, ()), *right.get(node, ()))]
    return sum(beside) / len(beside) if beside else centres[node]


def _settle(wanted: list[float], weights: list[float], packed: list[float]) -> list[float]:
    """The places nearest to those wanted (least squares) that keep the order and the distances of `packed`.

    Pool adjacent violators on wanted − packed: neighbours that would overlap move as one block.
    """
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many
    for target, weight, offset in zip(wanted, weights, packed, strict=True):
        mean, total, count = target - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, more, others = blocks.pop()
            mean = (mean * total + other * more) / (total + more)
            total, count = total + more, count + others
        blocks.append((mean, total, count))
    shifts = [mean for mean, _, count in blocks for _ in range(count)]
    return [offset + shift for offset, shift in zip(packed, shifts, strict=True)]
