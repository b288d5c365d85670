"""A8 drawn: one chain, three stages side by side, a lane a district, arrows where one project feeds the next.

An empty stage is hatched and says ขาด. Where a cell holds more projects than can be drawn, it gives their number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask_babel import gettext as _
from markupsafe import Markup

from .. import map_style as style
from .. import svg
from ..analysis import LinkageGraph
from ..analysis.graph import STAGES
from ..analysis.value_chain import stage_members
from ..map_columns import natural_key
from ..map_labels import break_label, short_label
from ..map_words import area_name
from ..rules import title_of
from ..vocabulary import STAGES as STAGE_WORDS

NAME = 118.0
CELL = 236.0
BOX = 204.0
BOX_HEIGHT = 48.0
GAP = 8.0
HEAD = 34.0
MOST_BOXES = 5
READABLE = 60  # beyond so many projects a cell gives their number
LinkTo = Callable[[str], str | None]


def draw_lanes(graph: LinkageGraph, chain: str, link_to: LinkTo = lambda _code: None) -> Markup:
    """The lanes of one chain."""
    return _Lanes(graph, chain, link_to).draw()


@dataclass
class _Lanes:
    """One drawing in the making."""

    graph: LinkageGraph
    chain: str
    link_to: LinkTo
    places: dict[tuple[str, str, str], tuple[float, float]] = field(default_factory=dict)

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

    def _height(self, district: str) -> float:
        if self.is_counted:
            return BOX_HEIGHT + 2 * GAP
        most = max(min(len(self.cells[district, stage]), MOST_BOXES) for stage in STAGES)
        more = any(len(self.cells[district, stage]) > MOST_BOXES for stage in STAGES)
        return max(most, 1) * (BOX_HEIGHT + GAP) + GAP + (20 if more else 0)

    def draw(self) -> Markup:
        width = NAME + 3 * CELL + 2
        height = HEAD + sum(map(self._height, self.districts)) + 8
        root = svg.picture(width, max(height, HEAD + 40), _("ห่วงโซ่คุณค่า"), "linkage-lanes")
        for n, stage in enumerate(STAGES):
            self._text(root, str(STAGE_WORDS[stage]), NAME + (n + 0.5) * CELL, 22, "middle", 700, 15)
        top = HEAD
        for district in self.districts:
            self._lane(root, district, top)
            top += self._height(district)
        self._arrows(root)
        return svg.finished(root)

    def _lane(self, root: svg.Element, district: str, top: float) -> None:
        height = self._height(district)
        name = area_name(self.graph, district) if district else _("ไม่ระบุอำเภอ")
        for number, line in enumerate(short_label(name, 14, 2, break_label)):
            self._text(root, line, 2, top + 24 + number * style.LINE, "start", 700, 14)
        svg.add(root, "line", x1=0, x2=NAME + 3 * CELL, y1=top, y2=top, stroke=style.RULE)
        for n, stage in enumerate(STAGES):
            left, here = NAME + n * CELL, self.cells[district, stage]
            if not here:
                self._hatched(root, left + 6, top + GAP, CELL - 12, height - 2 * GAP)
            if self.is_counted and here:
                self._number(root, district, stage, left, top + GAP)
                continue
            for place, item_id in enumerate(here[:MOST_BOXES]):
                self._box(root, item_id, district, stage, left, top + GAP + place * (BOX_HEIGHT + GAP))
            if len(here) > MOST_BOXES:
                words = _("และอีก %(n)d โครงการ", n=len(here) - MOST_BOXES)
                self._text(root, words, left + 16, top + height - 10, "start", None, 13)

    def _number(self, root: svg.Element, district: str, stage: str, left: float, top: float) -> None:
        """How many there are, in the place of their boxes; arrows lead from number to number."""
        here, x = self.cells[district, stage], left + (CELL - BOX) / 2
        svg.add(
            root,
            "rect",
            class_="map-box",
            x=x,
            y=top,
            width=BOX,
            height=BOX_HEIGHT,
            rx=5,
            fill="#ffffff",
            stroke=style.STRONG_RULE,
        )
        words = _("%(n)d โครงการ", n=len(here))
        self._text(root, words, x + BOX / 2, top + BOX_HEIGHT / 2 + 5, "middle", 700, 14)
        for item_id in here:
            self.places[item_id, district, stage] = (x, top + BOX_HEIGHT / 2)

    def _box(self, root: svg.Element, item_id: str, district: str, stage: str, left: float, top: float) -> None:
        title = title_of(self.graph.nodes[item_id]) or item_id
        group = svg.link(root, self.link_to(item_id), f"{item_id} {title}", "map-item")
        x = left + (CELL - BOX) / 2
        svg.add(
            group,
            "rect",
            class_="map-box",
            x=x,
            y=top,
            width=BOX,
            height=BOX_HEIGHT,
            rx=5,
            fill="#ffffff",
            stroke=style.STRONG_RULE,
        )
        for number, line in enumerate(short_label(title, style.LABEL_UNITS + 2, 2, break_label)):
            self._text(group, line, x + 9, top + 20 + number * style.LINE, "start", None, style.FONT_SIZE)
        self.places[item_id, district, stage] = (x, top + BOX_HEIGHT / 2)

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
        """Feeds between drawn boxes, each ending in a head."""
        layer = svg.add(root, "g", class_="map-links", fill="none")
        drawn: dict[str, list[tuple[float, float]]] = {}
        for (item_id, _district, _stage), place in self.places.items():
            drawn.setdefault(item_id, []).append(place)
        feeds = [link for link in self.graph.links if link["type"] == "feeds"]
        ways = {
            (start, end): None
            for link in sorted(feeds, key=lambda one: one["id"])
            for start in drawn.get(link["source"], ())
            for end in drawn.get(link["target"], ())
            if start != end
        }
        for start, end in ways:
            self._arrow(layer, start, end)

    def _arrow(self, layer: svg.Element, start: tuple[float, float], end: tuple[float, float]) -> None:
        x, y, stop, to = start[0] + BOX, start[1], end[0], end[1]
        if stop < x:  # within one stage: down the outside
            x, stop = start[0] + BOX, end[0] + BOX
            way = f"M{x:.1f} {y:.1f}C{x + 22:.1f} {y:.1f} {stop + 22:.1f} {to:.1f} {stop:.1f} {to:.1f}"
            head = f"M{stop + 8:.1f} {to - 5:.1f}L{stop:.1f} {to:.1f}L{stop + 8:.1f} {to + 5:.1f}"
        else:
            middle = (x + stop) / 2
            way = f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to:.1f} {stop:.1f} {to:.1f}"
            head = f"M{stop - 8:.1f} {to - 5:.1f}L{stop:.1f} {to:.1f}L{stop - 8:.1f} {to + 5:.1f}"
        for path in (way, head):
            svg.add(layer, "path", class_="map-feed", d=path, stroke=style.DISTRICTS[0], stroke_width=2.2)

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
