"""The map of a whole province: district × kind × issue, where single items can no longer be read.

A row is a district, a column the needs, projects or goals of one level; then the anchors and what stands above
them. A strand is the links between two boxes that end at one provincial issue, as wide as they are many. What
has no link upward is the red foot of its box.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..rules import title_of
from . import style, svg
from .flow_layout import NOWHERE, Bucket, FlowLayout
from .labels import BreakLabel, break_label, short_label
from .words import area_name, level_label

LinkTo = Callable[[str], str | None]
LinkToBox = Callable[[str, str, str], str | None]  # level, class, district

GREY = "#9aa3af"


def draw_flow(
    graph: LinkageGraph,
    analyses: Mapping[str, Any],
    *,
    link_to: LinkTo,
    link_to_district: LinkTo | None = None,
    link_to_box: LinkToBox | None = None,
    breaker: BreakLabel = break_label,
) -> Markup:
    """The aggregated flow; `link_to_district` opens one district's map, `link_to_box` the items of a box."""
    to_district = link_to_district or (lambda _district: None)
    to_box = link_to_box or (lambda _level, _class, district: to_district(district) if district else None)
    return _Flow(graph, analyses, link_to, to_district, to_box, breaker).draw()


@dataclass
class _Flow:
    """One flow in the making."""

    graph: LinkageGraph
    analyses: Mapping[str, Any]
    link_to: LinkTo
    link_to_district: LinkTo
    link_to_box: LinkToBox
    breaker: BreakLabel

    def __post_init__(self) -> None:
        anchors = self.graph.anchors
        self.layout = FlowLayout(self.graph, self.analyses)
        self.boxes = self.layout.boxes
        self.colours = dict(zip(anchors, style.DISTRICTS * (len(anchors) // 8 + 1), strict=False))

    def draw(self) -> Markup:
        top = style.MARGIN + style.HEADER + 14
        legend = [*self.graph.anchors, NOWHERE]
        height = top + self.layout.height + 36 + (len(legend) + 1) * 22
        label = _(
            "แผนผังความเชื่อมโยงรวม %(districts)s อำเภอ %(items)s รายการ",
            districts=len(self.layout.districts),
            items=len(self.graph.items),
        )
        root = svg.picture(self.layout.width, height, label, "linkage-flow")
        self._headers(root)
        body = svg.add(root, "g", transform=f"translate(0 {top:g})")
        self._draw_strands(svg.add(body, "g", class_="map-links", fill="none"))
        for district in self.layout.districts:
            self._row_name(body, district)
        for bucket in sorted(self.boxes):
            (self._given_box if bucket.item else self._box)(body, bucket)
        self._draw_legend(root, legend, top + self.layout.height + 36)
        return svg.finished(root)

    def _headers(self, root: svg.Element) -> None:
        for column in self.layout.columns:
            box = next(box for bucket, box in self.boxes.items() if bucket.column == column)
            label = level_label(self.graph, column[2]) if column[3] == "given" else class_label(column[3])
            second = "" if column[3] == "given" else level_label(self.graph, column[2])
            lines = short_label(label, 24, 1, self.breaker) + (
                short_label(second, 22, 2, self.breaker) if second else []
            )
            for number, line in enumerate(lines):
                svg.add(
                    root,
                    "text",
                    line,
                    x=box.left + box.width / 2,
                    y=style.MARGIN + 12 + number * 18,
                    text_anchor="middle",
                    font_size=14 if number == 0 else 12,
                    font_weight=700 if number == 0 else None,
                    fill=style.INK if number == 0 else style.SOFT,
                )

    def _row_name(self, body: svg.Element, district: str) -> None:
        name = area_name(self.graph, district) if district else _("ไม่ระบุอำเภอ")
        row = [box for bucket, box in self.boxes.items() if not bucket.item and bucket.district == district]
        items, lost = sum(box.count for box in row), sum(box.broken for box in row)
        words = _("%(name)s: %(items)s รายการ ยังไม่มีการเชื่อมขึ้น %(lost)s รายการ", name=name, items=items, lost=lost)
        group = svg.link(body, self.link_to_district(district) if district else None, words, "map-district")
        svg.add(
            group,
            "text",
            short_label(name, 18, 1, self.breaker)[0],
            x=style.MARGIN,
            y=row[0].top + 17,
            font_size=14,
            fill=style.INK,
        )

    def _box(self, body: svg.Element, bucket: Bucket) -> None:
        box = self.boxes[bucket]
        name = area_name(self.graph, bucket.district) if bucket.district else _("ไม่ระบุอำเภอ")
        words = _(
            "%(name)s %(what)s: %(items)s รายการ ยังไม่มีการเชื่อมขึ้น %(lost)s รายการ",
            name=name,
            what=class_label(bucket.column[3]),
            items=box.count,
            lost=box.broken,
        )
        _rank, _order, level, kind = bucket.column
        group = svg.link(body, self.link_to_box(level, kind, bucket.district), words, "map-item")
        svg.add(
            group,
            "rect",
            x=box.left,
            y=box.top,
            width=box.width,
            height=box.height,
            rx=4,
            fill="#ffffff",
            stroke=style.STRONG_RULE,
        )
        foot = box.height * box.broken / max(box.count, 1)
        if foot:
            svg.add(
                group,
                "rect",
                class_="map-broken",
                x=box.left + box.width - 9,
                y=box.top + box.height - foot,
                width=9,
                height=foot,
                rx=2,
                fill=style.RED,
            )
        shown = f"{box.count} (-{box.broken})" if box.broken else str(box.count)
        svg.add(group, "text", shown, x=box.left + 8, y=box.top + 17, font_size=13, fill=style.INK)

    def _given_box(self, body: svg.Element, bucket: Bucket) -> None:
        box, item = self.boxes[bucket], self.graph.nodes[bucket.item]
        group = svg.link(body, self.link_to(bucket.item), f"{bucket.item} {title_of(item)}", "map-item")
        svg.add(
            group,
            "rect",
            x=box.left,
            y=box.top,
            width=box.width,
            height=box.height,
            rx=4,
            fill=style.GIVEN,
            stroke=style.STRONG_RULE,
        )
        if bucket.item in self.colours:
            colour = self.colours[bucket.item]
            svg.add(
                group, "rect", x=box.left + 2, y=box.top + 3, width=6, height=box.height - 6, rx=2, fill=colour
            )
        lines = short_label(title_of(item) or bucket.item, style.LABEL_UNITS, 2, self.breaker)
        for number, line in enumerate(lines):
            y = box.top + box.height / 2 + 4.5 + (number - (len(lines) - 1) / 2) * style.LINE
            svg.add(group, "text", line, x=box.left + 14, y=y, font_size=style.FONT_SIZE, fill=style.INK)

    def _draw_strands(self, layer: svg.Element) -> None:
        """Strands leave and arrive in the order of their other ends, stacked without overlapping."""
        leaving, arriving = self.layout.meeting(False), self.layout.meeting(True)
        for strand, links in sorted(self.layout.strands.items()):
            source, target, issue = strand
            start, end = self.boxes[source], self.boxes[target]
            x, stop = start.left + start.width, end.left
            y, to_y = leaving[strand], arriving[strand]
            middle = (x + stop) / 2
            path = svg.add(
                layer,
                "path",
                class_="map-strand",
                d=f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {stop:.1f} {to_y:.1f}",
                stroke=self.colours.get(issue, GREY),
                stroke_width=max(links * self.layout.scale, 0.8),
                stroke_opacity=0.55,
            )
            reached = title_of(self.graph.nodes[issue]) if issue else _("ไปไม่ถึงแผนจังหวัด")
            svg.add(path, "title", _("%(links)s ข้อเชื่อม · %(issue)s", links=links, issue=reached))

    def _draw_legend(self, root: svg.Element, anchors: list[str], top: float) -> None:
        group = svg.add(root, "g", class_="map-legend", font_size=12.5, fill=style.SOFT)
        for number, anchor in enumerate(anchors):
            y = top + number * 22
            svg.add(
                group,
                "line",
                x1=style.MARGIN,
                x2=style.MARGIN + 30,
                y1=y,
                y2=y,
                stroke=self.colours.get(anchor, GREY),
                stroke_width=8,
                stroke_opacity=0.7,
            )
            words = title_of(self.graph.nodes[anchor]) if anchor else _("เชื่อมแล้วแต่ไปไม่ถึงแผนจังหวัด")
            svg.add(group, "text", words, x=style.MARGIN + 40, y=y + 4.5)
        y = top + len(anchors) * 22
        svg.add(group, "rect", x=style.MARGIN + 10, y=y - 8, width=9, height=16, rx=2, fill=style.RED)
        svg.add(group, "text", _("ยังไม่มีการเชื่อมขึ้น (จำนวนในวงเล็บ)"), x=style.MARGIN + 40, y=y + 4.5)


def class_label(kind: str) -> str:
    """What a column holds."""
    words = {"need": _("ปัญหา/ความต้องการ"), "work": _("โครงการ/กิจกรรม"), "aim": _("เป้าหมาย")}
    return words[kind]
