"""Where the boxes and strands of the province's flow stand; see `map_flow` for what they mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..analysis import LinkageGraph
from . import style

NAME_WIDTH = 112.0
CELL_WIDTH = 72.0
GAP = 84.0
WIDE_GAP = 124.0  # where every district meets every issue
LEAST = 24.0  # the lowest box that still holds its number
ROW_GAP = 12.0
TALLEST = 1100.0
NOWHERE = ""

CLASSES = {
    "need": "need",
    "project": "work",
    "activity": "work",
    "programme": "work",
    "goal": "aim",
    "issue": "aim",
    "approach": "aim",
}
_CLASS_ORDER = ("need", "work", "aim")


class Bucket(NamedTuple):
    """A box: the items of one district and kind on one level, or one given item (then `item` is set)."""

    column: tuple[int, int, str, str]  # rank, order of the class, level, class
    district: str
    item: str = ""


class Strand(NamedTuple):
    """The links between two boxes that end at one anchor, or nowhere."""

    source: Bucket
    target: Bucket
    issue: str


def bucket_members(graph: LinkageGraph, level: str, kind: str, district: str) -> list[str]:
    """The items of one box: of a level, a class and a district ("" for those of none)."""
    return [
        code
        for code, item in graph.items.items()
        if item["level"] == level
        and CLASSES.get(item["kind"], "aim") == kind
        and min(graph.districts(code), default="") == district
    ]


@dataclass
class Box:
    """Where a bucket stands and how many items it holds."""

    left: float
    top: float
    width: float
    height: float
    count: int = 0
    broken: int = 0


@dataclass
class FlowLayout:
    """The buckets of an exercise, the strands between them, and a place for each."""

    graph: LinkageGraph
    analyses: Mapping[str, Any]

    def __post_init__(self) -> None:
        graph = self.graph
        self.top_rank = graph.ranks.get(graph.settings.anchor_level, 0)
        above = {i for anchor in graph.anchors for i in graph.descendants(anchor)} | set(graph.anchors)
        self.bucket_of = {i: self._bucket(i) for i in {*graph.items, *above}}
        self.strands = self._strands()
        self.members: dict[Bucket, list[str]] = defaultdict(list)
        for item_id, bucket in self.bucket_of.items():
            self.members[bucket].append(item_id)
        self.columns = sorted({bucket.column for bucket in self.members})
        self.districts = sorted({b.district for b in self.members if not b.item}, key=lambda d: (d == "", d))
        self.scale = self._scale()
        self.rows = self._row_heights()
        self.boxes = self._boxes()

    def _bucket(self, item_id: str) -> Bucket:
        node = self.graph.nodes[item_id]
        rank = self.graph.rank(item_id)
        kind = CLASSES.get(node["kind"], "aim")
        column = (rank, _CLASS_ORDER.index(kind), node["level"], kind)
        if rank >= self.top_rank:
            return Bucket((rank, 0, node["level"], "given"), "", item_id)
        return Bucket(column, min(self.graph.districts(item_id), default=""))

    def _strands(self) -> Counter[Strand]:
        """(from, to, anchor) → links; the anchor is the one the lower item reaches best."""
        found: Counter[Strand] = Counter()
        for link in self.graph.links:
            source, target = self.bucket_of.get(link["source"]), self.bucket_of.get(link["target"])
            if self.graph.is_alignment(link) and source and target and source.column < target.column:
                found[Strand(source, target, self._issue(link))] += 1
        return found

    def _issue(self, link: Mapping[str, Any]) -> str:
        for end in (link["target"], link["source"]):
            if end in self.graph.anchors:
                return end
        row = self.analyses["coverage_matrix"].get(link["target"], {})
        return min(row, key=lambda anchor: (-row[anchor], anchor)) if row else NOWHERE

    def _size(self, bucket: Bucket) -> int:
        """What the box must have room for: its items, its arrivals or its departures."""
        arriving = sum(n for strand, n in self.strands.items() if strand.target == bucket)
        leaving = sum(n for strand, n in self.strands.items() if strand.source == bucket)
        return max(arriving, leaving, len(self.members[bucket]))

    def _scale(self) -> float:
        self.sizes = {bucket: self._size(bucket) for bucket in self.members}
        totals = Counter[Any]()
        for bucket, size in self.sizes.items():
            totals[bucket.column] += size
        return min(TALLEST / max([*totals.values(), 1]), 6.0)

    def _height(self, bucket: Bucket) -> float:
        least = style.LINE * 2 + 2 * style.PADDING if bucket.item else LEAST
        return max(self.sizes[bucket] * self.scale, least)

    def _row_heights(self) -> dict[str, float]:
        return {
            d: max(self._height(b) for b in self.members if not b.item and b.district == d) for d in self.districts
        }

    def _boxes(self) -> dict[Bucket, Box]:
        broken = set(self.analyses["orphans"]["all"])
        boxes: dict[Bucket, Box] = {}
        self.width = 2 * style.MARGIN + NAME_WIDTH
        left = style.MARGIN + NAME_WIDTH
        last_own = max((c for c in self.columns if c[3] != "given"), default=None)
        tallest = sum(self.rows.values()) + ROW_GAP * max(len(self.rows) - 1, 0)
        for column in self.columns:
            here = sorted(b for b in self.members if b.column == column)
            width = style.BOX_WIDTH if column[3] == "given" else CELL_WIDTH
            for bucket, top in zip(here, self._tops(here, tallest), strict=True):
                lost = sum(i in broken for i in self.members[bucket])
                count = len(self.members[bucket])
                boxes[bucket] = Box(left, top, width, self._height(bucket), count, lost)
            self.width = left + width + style.MARGIN
            left += width + (WIDE_GAP if column == last_own else GAP)
        self.height = max((box.top + box.height for box in boxes.values()), default=0.0)
        return boxes

    def _tops(self, here: list[Bucket], tallest: float) -> list[float]:
        """Rows stand at their district's place; given items are spread over the whole height."""
        if not here[0].item:
            starts = {}
            edge = 0.0
            for district in self.districts:
                starts[district] = edge
                edge += self.rows[district] + ROW_GAP
            return [starts[bucket.district] for bucket in here]
        room = tallest - sum(self._height(bucket) for bucket in here)
        gap = max(room / (len(here) + 1), ROW_GAP)
        tops, edge = [], gap if room > 0 else 0.0
        for bucket in here:
            tops.append(edge)
            edge += self._height(bucket) + gap
        return tops

    def meeting(self, arriving: bool) -> dict[Strand, float]:
        """Where each strand meets its box, stacked from the top in the order of the other ends."""
        by_box: dict[Bucket, list[Strand]] = defaultdict(list)
        for strand in self.strands:
            by_box[strand.target if arriving else strand.source].append(strand)
        centres = {}
        for bucket, strands in by_box.items():
            edge = self.boxes[bucket].top
            for strand in sorted(strands, key=self._other_end(arriving)):
                width = self.strands[strand] * self.scale
                centres[strand] = edge + width / 2
                edge += width
        return centres

    def _other_end(self, arriving: bool) -> Callable[[Strand], tuple[Any, ...]]:
        return lambda s: (self.boxes[s.source if arriving else s.target].top, s.issue, s)
