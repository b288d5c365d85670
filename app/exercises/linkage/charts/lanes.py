"""A8 drawn: one chain, three stages side by side, a lane a district, arrows where one project feeds the next.

An empty stage is hatched and says ขาด. Where a cell holds more projects than can be drawn, it gives their number.
Arrows run through the gaps between the columns, see `lane_ways`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from flask_babel import gettext as _
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..analysis.graph import STAGES
from ..analysis.value_chain import stage_members
from ..map import style, svg
from ..map.columns import natural_key
from ..map.labels import break_label, short_label
from ..map.words import area_name
from ..rules import title_of
from ..vocabulary import STAGES as STAGE_WORDS
from . import lane_ways as ways

NAME = 118.0
BOX = 204.0
SIDE = 14.0  # of a cell beyond its boxes
CORRIDOR = 9.0
BOX_HEIGHT = 48.0
GAP = 8.0
HEAD = 34.0
MOST_BOXES = 5
READABLE = 60  # beyond so many projects a cell gives their number
LinkTo = Callable[[str], str | None]
LinkToCell = Callable[[str, str, str], str | None]  # chain, stage, district


def draw_lanes(
    graph: LinkageGraph,
    chain: str,
    link_to: LinkTo = lambda _code: None,
    link_to_cell: LinkToCell = lambda _chain, _stage, _district: None,
) -> Markup:
    """The lanes of one chain; a box opens its item, a number the items it counts."""
    return _Lanes(graph, chain, link_to, link_to_cell).draw()


def lane_edges(graph: LinkageGraph, chain: str) -> list[float]:
    """How far down one lane ends and the next begins."""
    return _Lanes(graph, chain, lambda _code: None, lambda _chain, _stage, _district: None).tops[1:-1]


@dataclass
class _Lanes:
    """One drawing in the making."""

    graph: LinkageGraph
    chain: str
    link_to: LinkTo
    link_to_cell: LinkToCell

    def __post_init__(self) -> None:
        stages = stage_members(self.graph, self.chain)
        self.is_counted = len(set().union(*stages.values())) > READABLE
        homes = {d for ids in stages.values() for i in ids for d in self.graph.districts(i)}
        self.districts = sorted(homes)
        if any(not self.graph.districts(i) for ids in stages.values() for i in ids):
            self.districts.append("")
        self.cells = {
            (district, stage): sorted((i for i in ids if self._lies(i, district)), key=natural_key)
            for district in self.districts
            for stage, ids in stages.items()
        }

    def _lies(self, item_id: str, district: str) -> bool:
        homes = self.graph.districts(item_id)
        return district in homes if district else not homes

    # -- where things stand

    def _shown(self, district: str, stage: str) -> list[str]:
        """The items drawn as boxes, or all of them where one box gives their number."""
        here = self.cells[district, stage]
        return here if self.is_counted else here[:MOST_BOXES]

    @cached_property
    def boxes(self) -> dict[str, list[ways.Place]]:
        """Item → its places; heights are counted from the top of its lane."""
        found: dict[str, list[ways.Place]] = {}
        for (lane, district), (column, stage) in product(enumerate(self.districts), enumerate(STAGES)):
            for row, item_id in enumerate(self._shown(district, stage)):
                y = GAP + (0 if self.is_counted else row * (BOX_HEIGHT + GAP)) + BOX_HEIGHT / 2
                found.setdefault(item_id, []).append(ways.Place(column, lane, y))
        return found

    @cached_property
    def feeds(self) -> list[ways.Way]:
        """One arrow a feed: between the boxes of its two ends that suit each other best."""
        found = {
            min(product(self.boxes[link["source"]], self.boxes[link["target"]]), key=_unlikeness): None
            for link in sorted(self.graph.links, key=lambda one: one["id"])
            if link["type"] == "feeds" and link["source"] in self.boxes and link["target"] in self.boxes
        }
        return [ways.Way(*ends) for ends in found if ends[0] != ends[1]]

    @cached_property
    def corridors(self) -> dict[int, list[ways.Corridor]]:
        """Lane → the level ways under its boxes."""
        return ways.corridors(self.feeds)

    @cached_property
    def tracks(self) -> list[dict[ways.Track, int]]:
        """The upright ways of each gap, ordered as the finished drawing has them."""
        return ways.tracks([self._laid(way) for way in self.feeds])

    @cached_property
    def lefts(self) -> list[float]:
        """Where the boxes of each stage begin."""
        lefts, edge = [], NAME + SIDE
        for gap in self.tracks:
            lefts.append(edge)
            edge += BOX + ways.gap_width(len(gap))
        return lefts

    @cached_property
    def tops(self) -> list[float]:
        """Where each lane begins, and where the last ends."""
        tops = [HEAD]
        for lane in range(len(self.districts)):
            tops.append(tops[-1] + self._height(lane))
        return tops

    def _boxes_height(self, lane: int) -> float:
        district = self.districts[lane]
        if self.is_counted:
            return BOX_HEIGHT + 2 * GAP
        most = max(len(self._shown(district, stage)) for stage in STAGES)
        more = any(len(self.cells[district, stage]) > MOST_BOXES for stage in STAGES)
        return max(most, 1) * (BOX_HEIGHT + GAP) + GAP + (20 if more else 0)

    def _height(self, lane: int) -> float:
        return self._boxes_height(lane) + CORRIDOR * len(self.corridors.get(lane, ()))

    def _laid(self, way: ways.Way) -> ways.Way:
        """The way with heights of the whole drawing."""
        start, end = (place._replace(y=self.tops[place.lane] + place.y) for place in way)
        return ways.Way(start, end)

    # -- drawing

    def draw(self) -> Markup:
        width = self.lefts[-1] + BOX + (ways.gap_width(len(self.tracks[-1])) if self.tracks[-1] else 4)
        root = svg.picture(width + 2, max(self.tops[-1] + 8, HEAD + 40), _("ห่วงโซ่คุณค่า"), "linkage-lanes")
        for left, stage in zip(self.lefts, STAGES, strict=True):
            self._text(root, str(STAGE_WORDS[stage]), left + BOX / 2, 22, "middle", 700, 15)
        for lane, district in enumerate(self.districts):
            self._lane(root, lane, district, width)
        self._arrows(root)
        return svg.finished(root)

    def _lane(self, root: svg.Element, lane: int, district: str, width: float) -> None:
        top, height = self.tops[lane], self._boxes_height(lane)
        name = area_name(self.graph, district) if district else _("ไม่ระบุอำเภอ")
        for number, line in enumerate(short_label(name, 14, 2, break_label)):
            self._text(root, line, 2, top + 24 + number * style.LINE, "start", 700, 14)
        svg.add(root, "line", x1=0, x2=width, y1=top, y2=top, stroke=style.RULE)
        for left, stage in zip(self.lefts, STAGES, strict=True):
            here = self.cells[district, stage]
            if not here:
                self._hatched(root, left - 4, top + GAP, BOX + 8, height - 2 * GAP)
            elif self.is_counted:
                self._number(root, district, stage, left, top + GAP)
            else:
                for place, item_id in enumerate(self._shown(district, stage)):
                    self._box(root, item_id, left, top + GAP + place * (BOX_HEIGHT + GAP))
                self._more(root, district, stage, left, top + height - 10)

    def _more(self, root: svg.Element, district: str, stage: str, left: float, y: float) -> None:
        rest = len(self.cells[district, stage]) - MOST_BOXES
        if rest > 0:
            words = _("และอีก %(n)d โครงการ", n=rest)
            group = svg.link(root, self.link_to_cell(self.chain, stage, district), words, "map-item")
            self._text(group, words, left, y, "start", None, 13)

    def _number(self, root: svg.Element, district: str, stage: str, left: float, top: float) -> None:
        """How many there are, in the place of their boxes; arrows lead from number to number."""
        words = _("%(n)d โครงการ", n=len(self.cells[district, stage]))
        label = f"{area_name(self.graph, district) if district else ''} {STAGE_WORDS[stage]}: {words}".strip()
        group = svg.link(root, self.link_to_cell(self.chain, stage, district), label, "map-item")
        self._frame(group, left, top)
        self._text(group, words, left + BOX / 2, top + BOX_HEIGHT / 2 + 5, "middle", 700, 14)

    def _box(self, root: svg.Element, item_id: str, left: float, top: float) -> None:
        title = title_of(self.graph.nodes[item_id]) or item_id
        group = svg.link(root, self.link_to(item_id), f"{item_id} {title}", "map-item")
        self._frame(group, left, top)
        lines = short_label(title, style.LABEL_UNITS + 2, 2, break_label)
        first = top + BOX_HEIGHT / 2 + 4.5 - (len(lines) - 1) / 2 * style.LINE
        for number, line in enumerate(lines):
            self._text(group, line, left + 9, first + number * style.LINE, "start", None, style.FONT_SIZE)

    @staticmethod
    def _frame(parent: svg.Element, left: float, top: float) -> None:
        svg.add(
            parent,
            "rect",
            class_="map-box",
            x=left,
            y=top,
            width=BOX,
            height=BOX_HEIGHT,
            rx=5,
            fill="#ffffff",
            stroke=style.STRONG_RULE,
        )

    def _hatched(self, root: svg.Element, x: float, y: float, width: float, height: float) -> None:
        """A cell where nothing is: slanting lines, and the word."""
        group = svg.add(root, "g", class_="map-missing")
        svg.add(group, "rect", x=x, y=y, width=width, height=height, fill="#fff6f5", stroke=style.RED)
        step = 14.0
        start = -height
        while start < width:
            first, last = max(start, 0.0), min(start + height, width)
            if last > first:
                low, high = y + height - (first - start), y + height - (last - start)
                svg.add(group, "line", x1=x + first, y1=low, x2=x + last, y2=high, stroke="#e9b5b0")
            start += step
        svg.add(group, "rect", x=x + width / 2 - 30, y=y + height / 2 - 14, width=60, height=28, fill="#ffffff")
        self._text(root, _("ขาด"), x + width / 2, y + height / 2 + 6, "middle", 700, 15, style.RED)

    def _arrows(self, root: svg.Element) -> None:
        """Feeds between drawn boxes, each ending in a head; the colour is that of the district it comes from."""
        layer = svg.add(root, "g", class_="map-links", fill="none")
        heights = {
            corridor: self.tops[lane] + self._boxes_height(lane) + CORRIDOR * number
            for lane, rows in self.corridors.items()
            for number, corridor in enumerate(rows)
        }
        laid = {
            ways.Corridor(c.lane, c.end._replace(y=self.tops[c.end.lane] + c.end.y)): y for c, y in heights.items()
        }
        ground = ways.Ground(self.lefts, BOX, self.tracks, laid)
        for way in map(self._laid, self.feeds):
            points = ground.points(way)
            (x, _y), (tip, y) = points[-2:]
            back = tip - ways.HEAD if x < tip else tip + ways.HEAD
            head = f"M{back:.1f} {y - 5:.1f}L{tip:.1f} {y:.1f}L{back:.1f} {y + 5:.1f}"
            colour = style.DISTRICTS[way.start.lane % len(style.DISTRICTS)]
            for path in (ways.path_of(points), head):
                svg.add(layer, "path", class_="map-feed", d=path, stroke=colour, stroke_width=2.2)

    @staticmethod
    def _text(
        parent: svg.Element,
        words: str,
        x: float,
        y: float,
        anchor: str,
        weight: int | None,
        size: float,
        fill: str = style.INK,
    ) -> None:
        svg.add(parent, "text", words, x=x, y=y, text_anchor=anchor, font_weight=weight, font_size=size, fill=fill)


def _unlikeness(ends: tuple[ways.Place, ways.Place]) -> tuple[int, int, float]:
    """How ill two boxes suit a feed: the next stage is best, then the same one; then what lies near."""
    start, end = ends
    stages = {1: 0, 0: 1}.get(end.column - start.column, 2)
    return stages, abs(end.lane - start.lane), abs(end.y - start.y)
