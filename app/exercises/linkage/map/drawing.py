"""The map of how plans link: one column per level, left to right, made on the server as SVG.

It works without scripts, prints, and goes into documents. Width of a link is its strength, dashes mark what was
passed on for plan coordination, a red ring an item where the way upward ends too early. Beyond some 150 items
nobody can read it: `draw_map` then hands over to `map_flow.draw_flow`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.text import display_width

from ..analysis import LinkageGraph
from ..analysis.goal_support import UNSUPPORTED
from ..analysis.graph import is_reference
from ..rules import title_of
from ..vocabulary import KINDS, STRENGTHS, SUPPORT
from . import style, svg
from .broken import REASONS, broken_items
from .columns import columns_by_level
from .flow import LinkToBox, draw_flow
from .labels import BreakLabel, break_label, short_label
from .layout import Edge, Layout, arrange
from .legend import draw_legend, legend_rows
from .words import area_name, level_label

LinkTo = Callable[[str], str | None]

READABLE = 150


def draw_map(
    graph: LinkageGraph,
    analyses: Mapping[str, Any],
    *,
    link_to: LinkTo,
    district: str | None = None,
    link_to_district: LinkTo | None = None,
    link_to_box: LinkToBox | None = None,
    breaker: BreakLabel = break_label,
    readable: int = READABLE,
) -> Markup:
    """The items as boxes, or the aggregated flow when they are too many.

    `analyses` is what `analyse` gave for the same graph. `link_to` and `link_to_district` give the address of an
    item and of a district, or None. With `district`, its items and all they lead to are drawn.
    """
    shown = items_shown(graph, district)
    if is_flow(shown, readable):
        return draw_flow(
            graph,
            analyses,
            link_to=link_to,
            link_to_district=link_to_district,
            link_to_box=link_to_box,
            breaker=breaker,
        )
    return _Drawing(graph, analyses, shown, link_to, breaker).draw()


def is_flow(shown: set[str], readable: int = READABLE) -> bool:
    """Whether so many items are shown that the drawing sums them up."""
    return len(shown) > readable


def items_shown(graph: LinkageGraph, district: str | None = None) -> set[str]:
    """Group items (of one district with what they lead to), all anchors, and reference items linked to any."""
    own = {i for i in graph.items if district is None or district in graph.districts(i)}
    shown = own | set(graph.anchors)
    for item_id in sorted(shown):
        shown |= graph.descendants(item_id)
    return shown


@dataclass
class _Drawing:
    """One map in the making."""

    graph: LinkageGraph
    analyses: Mapping[str, Any]
    shown: set[str]
    link_to: LinkTo
    breaker: BreakLabel

    def __post_init__(self) -> None:
        graph = self.graph
        self.columns = columns_by_level(graph, self.shown)
        self.labels = {
            i: short_label(self._words(i), style.LABEL_UNITS, style.LABEL_LINES, self.breaker) for i in self.shown
        }
        self.heights = {i: len(lines) * style.LINE + 2 * style.PADDING for i, lines in self.labels.items()}
        self.edges = [
            (Edge(link["source"], link["target"]), link)
            for link in sorted(graph.links, key=lambda one: one["id"])
            if graph.is_alignment(link) and link["source"] in self.shown and link["target"] in self.shown
        ]
        self.layout: Layout = arrange(
            [ids for column in self.columns for ids in [column.items]],
            self.heights,
            [e for e, _link in self.edges],
        )
        self.lefts = self._lefts()
        self.column_of = {i: n for n, column in enumerate(self.columns) for i in column.items}
        districts = sorted({d for i in self.shown if i in graph.items for d in graph.districts(i)})
        self.colours = style.district_colours(districts)
        self.broken = broken_items(self.analyses)

    def _words(self, item_id: str) -> str:
        return title_of(self.graph.nodes[item_id]) or item_id

    def _lefts(self) -> list[float]:
        lefts: list[float] = []
        edge = style.MARGIN
        for before, column in zip([None, *self.columns], self.columns, strict=False):
            if before is not None:
                edge += style.INNER_GAP if before.level == column.level else style.COLUMN_GAP
            lefts.append(edge)
            edge += style.BOX_WIDTH
        return lefts

    def draw(self) -> Markup:
        top = style.MARGIN + style.HEADER
        width = (self.lefts[-1] if self.lefts else style.MARGIN) + style.BOX_WIDTH + style.MARGIN + 12
        legend = legend_rows(self.colours, self.graph, width)
        height = top + self.layout.height + 28 + len(legend) * 24 + style.MARGIN
        root = svg.picture(width, height, self._summary(), "linkage-map")
        self._headers(root)
        body = svg.add(root, "g", transform=f"translate(0 {top:g})")
        self._draw_edges(svg.add(body, "g", class_="map-links", fill="none"))
        for item_id in (node for layer in self.layout.order for node in layer if isinstance(node, str)):
            self._box(body, item_id)
        draw_legend(root, legend, top + self.layout.height + 40)
        return svg.finished(root)

    def _summary(self) -> str:
        counts = self.analyses["counts"]
        return _(
            "แผนผังความเชื่อมโยงของแผน %(items)s รายการ %(links)s ข้อเชื่อม ยังไม่มีการเชื่อมขึ้น %(orphans)s รายการ",
            items=len(self.shown),
            links=len(self.edges),
            orphans=len(self.analyses["orphans"]["all"]) if counts else 0,
        )

    def _headers(self, root: svg.Element) -> None:
        """The level's name over its columns, on one or two lines."""
        for level in dict.fromkeys(column.level for column in self.columns):
            numbers = [n for n, column in enumerate(self.columns) if column.level == level]
            left, right = self.lefts[numbers[0]], self.lefts[numbers[-1]] + style.BOX_WIDTH
            units = round((right - left) / style.BOX_WIDTH * 22)
            lines = self._header_lines(level, units)
            first = style.MARGIN + 14 + (0 if len(lines) > 1 else 10)
            for number, line in enumerate(lines):
                svg.add(
                    root,
                    "text",
                    line,
                    x=(left + right) / 2,
                    y=first + number * 20,
                    text_anchor="middle",
                    font_size=14,
                    font_weight=700,
                    fill=style.INK,
                )
            y = style.MARGIN + style.HEADER - 6
            svg.add(root, "line", x1=left, x2=right, y1=y, y2=y, stroke=style.STRONG_RULE, stroke_width=1)

    def _header_lines(self, level: str, units: int) -> list[str]:
        label = level_label(self.graph, level)
        if display_width(label) > units:  # what stands in brackets goes to a line of its own
            label = label.replace(" (", "\n(", 1)
        return short_label(label, units, 2, self.breaker)

    # -- boxes ---------------------------------------------------------------------------------------------

    def _box(self, body: svg.Element, item_id: str) -> None:
        item = self.graph.nodes[item_id]
        left, centre, height = self._left(item_id), self.layout.centres[item_id], self.heights[item_id]
        top = centre - height / 2
        group = svg.link(body, self.link_to(item_id), self._full_text(item_id), "map-item")
        reason = self.broken.get(item_id)
        given = is_reference(item)
        svg.add(
            group,
            "rect",
            class_="map-box map-broken" if reason else "map-box",
            x=left,
            y=top,
            width=style.BOX_WIDTH,
            height=height,
            rx=5,
            fill=style.GIVEN if given else "#ffffff",
            stroke=style.RED if reason else style.STRONG_RULE,
            stroke_width=3 if reason else 1,
            stroke_dasharray="5 3" if reason == "detached" else None,
        )
        if not given:
            colour = self.colour(item_id)
            svg.add(group, "rect", x=left + 2, y=top + 3, width=5, height=height - 6, rx=2, fill=colour)
        for number, line in enumerate(self.labels[item_id]):
            svg.add(
                group,
                "text",
                line,
                x=left + 13,
                y=top + style.PADDING + 14 + number * style.LINE,
                font_size=style.FONT_SIZE,
                fill=style.INK,
            )
        if self.analyses["goal_support"].get(item_id) in UNSUPPORTED:
            svg.add(group, "circle", cx=left, cy=centre, r=7, fill="#ffffff", stroke=style.RED, stroke_width=2.5)
        if reason:
            self._mark(group, left + style.BOX_WIDTH - 2, top + 2)

    def _mark(self, group: svg.Element, x: float, y: float) -> None:
        """A red disc with an exclamation mark: the ring must not rest on colour alone."""
        svg.add(group, "circle", cx=x, cy=y, r=8, fill=style.RED)
        svg.add(
            group, "text", "!", x=x, y=y + 4.5, text_anchor="middle", font_size=13, font_weight=700, fill="#ffffff"
        )

    def _left(self, item_id: str) -> float:
        return self.lefts[self.column_of[item_id]]

    def colour(self, item_id: str) -> str:
        """The colour of the item's (first) district."""
        homes = sorted(self.graph.districts(item_id))
        return self.colours.get(homes[0], style.NO_DISTRICT) if homes else style.NO_DISTRICT

    def _full_text(self, item_id: str) -> str:
        item = self.graph.nodes[item_id]
        parts = [f"{item_id} {KINDS.get(item['kind'], item['kind'])}: {self._words(item_id)}"]
        parts += [
            area_name(self.graph, d) for d in sorted(self.graph.districts(item_id)) if item_id in self.graph.items
        ]
        if reason := self.broken.get(item_id):
            parts.append(REASONS[reason]())
        if (support := self.analyses["goal_support"].get(item_id)) in UNSUPPORTED:
            parts.append(str(SUPPORT[support]))
        return " · ".join(parts)

    # -- links ---------------------------------------------------------------------------------------------

    def _draw_edges(self, layer: svg.Element) -> None:
        leaving = self._ports(0)
        arriving = self._ports(1)
        # weak links first, so that strong ones lie on top
        for edge, link in sorted(self.edges, key=lambda pair: strength_of(pair[1])):
            strength = strength_of(link)
            path = svg.add(
                layer,
                "path",
                class_=f"map-link strength-{strength}",
                d=self._way(edge, leaving[link["id"]], arriving[link["id"]]),
                stroke=style.STRONG_RULE
                if is_reference(self.graph.nodes[edge.source])
                else self.colour(edge.source),
                stroke_width=style.EDGE_WIDTHS[strength],
                stroke_opacity=0.75,
                stroke_dasharray=style.DASHED if link["type"] == "escalated_to" else None,
            )
            svg.add(
                path, "title", f"{self._words(edge.source)} → {self._words(edge.target)} · {STRENGTHS[strength]}"
            )

    def _ports(self, end: int) -> dict[str, float]:
        """Link id → height at which it meets the box, spread over the side in the order of the other ends."""
        by_box: dict[str, list[tuple[float, str]]] = {}
        for edge, link in self.edges:
            other = self.layout.centres[edge[1 - end]]
            lanes = self.layout.lanes(edge)
            beside = lanes[0 if end == 0 else -1][1] if lanes else other
            by_box.setdefault(edge[end], []).append((beside, link["id"]))
        ports: dict[str, float] = {}
        for box, ends in by_box.items():
            room = self.heights[box] - 2 * style.PADDING
            step = min(room / max(len(ends) - 1, 1), 9.0)
            first = self.layout.centres[box] - step * (len(ends) - 1) / 2
            for number, (_beside, link_id) in enumerate(sorted(ends)):
                ports[link_id] = first + number * step
        return ports

    def _way(self, edge: Edge, start: float, end: float) -> str:
        source, target = self.column_of[edge.source], self.column_of[edge.target]
        x, stop = self.lefts[source] + style.BOX_WIDTH, self.lefts[target]
        if target <= source:
            return _bulge(x, start, stop + style.BOX_WIDTH, end)
        steps = [f"M{x:.1f} {start:.1f}"]
        y = start
        for column, lane in self.layout.lanes(edge):
            left = self.lefts[column]
            steps += [_curve(x, y, left, lane), f"H{left + style.BOX_WIDTH:.1f}"]
            x, y = left + style.BOX_WIDTH, lane
        return "".join([*steps, _curve(x, y, stop, end)])


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"


def _bulge(x: float, y: float, to_x: float, to_y: float) -> str:
    """From side to side of one column, round the outside."""
    out = max(x, to_x) + 34
    return f"M{x:.1f} {y:.1f}C{out:.1f} {y:.1f} {out:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"


def strength_of(link: Mapping[str, Any]) -> int:
    """1 to 3, for drawing."""
    given = link.get("strength")
    return given if given in style.EDGE_WIDTHS else 1
