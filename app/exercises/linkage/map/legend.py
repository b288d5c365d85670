"""What the signs of the map mean, in rows under the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from ..analysis import LinkageGraph
from ..vocabulary import STRENGTHS
from . import style, svg
from .words import area_name

LEGEND_STEP = 250.0

LegendEntry = tuple[str, str, str]  # kind of sign, its value, words


def legend_rows(colours: Mapping[str, str], graph: LinkageGraph, width: float) -> list[list[LegendEntry]]:
    """Every sign with its words, in rows as wide as the drawing."""
    entries: list[LegendEntry] = [("line", str(n), str(words)) for n, words in STRENGTHS.items()]
    entries += [
        ("dash", "2", _("ส่งประสานแผน")),
        ("ring", "", _("ยังไม่มีการเชื่อมขึ้น หรือจุดที่ขาด")),
        ("broken", "", _("เชื่อมแล้วแต่ไปไม่ถึงแผนจังหวัด")),
        ("open", "", _("เป้าหมายที่ยังไม่มีโครงการรองรับ")),
    ]
    entries += [("bar", colour, area_name(graph, district)) for district, colour in colours.items()]
    per_row = max(int((width - 2 * style.MARGIN) // LEGEND_STEP), 1)
    return [entries[n : n + per_row] for n in range(0, len(entries), per_row)]


def draw_legend(root: svg.Element, rows: Iterable[list[LegendEntry]], top: float) -> None:
    """What the signs mean, in rows under the drawing."""
    group = svg.add(root, "g", class_="map-legend", font_size=12.5, fill=style.SOFT)
    for number, row in enumerate(rows):
        for place, (kind, value, words) in enumerate(row):
            x, y = style.MARGIN + place * LEGEND_STEP, top + number * 24
            _sign(group, kind, value, x, y)
            svg.add(group, "text", words, x=x + 38, y=y + 4.5)


def _sign(group: svg.Element, kind: str, value: str, x: float, y: float) -> None:
    if kind in ("line", "dash"):
        dashes = style.DASHED if kind == "dash" else None
        wide = style.EDGE_WIDTHS[int(value)]
        svg.add(
            group,
            "line",
            x1=x,
            x2=x + 30,
            y1=y,
            y2=y,
            stroke=style.INK,
            stroke_width=wide,
            stroke_dasharray=dashes,
        )
    elif kind == "open":
        svg.add(group, "circle", cx=x + 15, cy=y, r=7, fill="#ffffff", stroke=style.RED, stroke_width=2.5)
    elif kind == "bar":
        svg.add(group, "rect", x=x + 10, y=y - 8, width=8, height=16, rx=2, fill=value)
    else:
        dashes = "5 3" if kind == "broken" else None
        svg.add(
            group,
            "rect",
            x=x + 3,
            y=y - 8,
            width=24,
            height=16,
            rx=4,
            fill="#ffffff",
            stroke=style.RED,
            stroke_width=2.5,
            stroke_dasharray=dashes,
        )
