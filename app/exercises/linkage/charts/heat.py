"""A table of shades with the digit in every cell, so that it can be read in grey and by colour-blind eyes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..analysis.coverage import district_matrix
from ..map import style, svg
from ..map.columns import natural_key
from ..map.labels import break_label, short_label
from ..map.words import area_name
from ..rules import title_of

SHADES = (("#ffffff", style.SOFT), ("#d9e5f3", "#14304f"), ("#7fa6d1", "#0b1d33"), ("#1d4a80", "#ffffff"))
NAME = 150.0
CELL = 54.0
ROW = 28.0
LINE = 19.0


@dataclass(frozen=True)
class HeatRow:
    """A row: its name, a digit and a shade a cell, where a tap on the row or else on each cell leads."""

    name: str
    cells: Sequence[tuple[str, int]]
    href: str | None = None
    cell_hrefs: Sequence[str | None] = ()


def draw_heat(summary: str, columns: Sequence[str], rows: Sequence[HeatRow], notes: Sequence[str] = ()) -> Markup:
    """The table, then notes that say what the columns are."""
    width = NAME + max(CELL * len(columns), 200)
    lines = [line for note in notes for line in short_label(note, int(width / 7.4), 3, break_label)]
    root = svg.picture(width, ROW * (len(rows) + 1) + LINE * len(lines) + 20, summary, "linkage-heat")
    for place, column in enumerate(columns):
        _words(root, column, NAME + (place + 0.5) * CELL, ROW - 9, "middle", 700)
    for number, row in enumerate(rows, 1):
        top = number * ROW
        cells = ", ".join(f"{c} {digit}" for c, (digit, _s) in zip(columns, row.cells, strict=True))
        group = svg.link(root, row.href, f"{row.name}: {cells}", "map-item")
        _words(group, short_label(row.name, 19, 1, break_label)[0], 2, top + 19, "start")
        for place, (digit, shade) in enumerate(row.cells):
            href = row.cell_hrefs[place] if row.cell_hrefs else None
            parent = (
                group
                if href is None
                else svg.link(root, href, f"{row.name} {columns[place]}: {digit}", "map-item")
            )
            _cell(parent, digit, shade, NAME + place * CELL, top)
    for number, line in enumerate(lines):
        _words(root, line, 2, ROW * (len(rows) + 1) + 20 + number * LINE, "start", None, style.SOFT, 12.5)
    return svg.finished(root)


def _cell(parent: svg.Element, digit: str, shade: int, left: float, top: float) -> None:
    fill, ink = SHADES[shade]
    svg.add(parent, "rect", x=left, y=top, width=CELL, height=ROW, fill=fill, stroke=style.RULE)
    _words(parent, digit, left + CELL / 2, top + 19, "middle", 700 if shade else None, ink)


def _words(
    parent: svg.Element,
    words: str,
    x: float,
    y: float,
    anchor: str,
    weight: int | None = None,
    fill: str = style.INK,
    size: float = 14,
) -> None:
    svg.add(parent, "text", words, x=x, y=y, text_anchor=anchor, font_size=size, font_weight=weight, fill=fill)


def draw_coverage(
    graph: LinkageGraph, analyses: Mapping[str, Any], link_to: Callable[[str], str | None] = lambda _code: None
) -> Markup:
    """A1: every district against every issue of the province."""
    anchors = sorted(graph.anchors, key=natural_key)
    folded = district_matrix(graph, analyses["coverage_matrix"])
    rows = [
        HeatRow(
            area_name(graph, district),
            [(str(row.get(anchor, "·")), row.get(anchor, 0)) for anchor in anchors],
            link_to(district),
        )
        for district, row in folded.items()
    ]
    notes = [f"{anchor} {title_of(graph.nodes[anchor])}" for anchor in anchors]
    notes.append(_("3 ทางตรง/มาก · 2 ปานกลาง · 1 ทางอ้อม/น้อย · จุดคือยังไม่ถึง"))
    return draw_heat(_("ความครอบคลุมประเด็นของจังหวัด รายอำเภอ"), anchors, rows, notes)


def draw_crossings(
    graph: LinkageGraph,
    matrix: Mapping[str, int],
    link_to: Callable[[str, str], str | None] = lambda _from, _to: None,
) -> Markup | None:
    """A10: links from one district (row) to another (column), a tap opens a cell; None where there are none."""
    pairs = {tuple(key.split("->", 1)): count for key, count in matrix.items()}
    if not pairs:
        return None
    starts, ends = sorted({a for a, _b in pairs}), sorted({b for _a, b in pairs})
    most = max(pairs.values())
    rows = [
        HeatRow(
            area_name(graph, a),
            [(str(pairs.get((a, b), "·")), -(-3 * pairs[a, b] // most) if (a, b) in pairs else 0) for b in ends],
            cell_hrefs=[link_to(a, b) if (a, b) in pairs else None for b in ends],
        )
        for a in starts
    ]
    columns = [short_label(area_name(graph, b), 7, 1, break_label)[0] for b in ends]
    note = _("แถวคืออำเภอต้นทาง คอลัมน์คืออำเภอปลายทาง ตัวเลขคือจำนวนข้อเชื่อม")
    return draw_heat(_("ความเชื่อมโยงข้ามอำเภอ"), columns, rows, [note])
