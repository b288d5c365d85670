"""Tables of a Word book, written as markup: through python-docx's cells a province's table takes minutes."""

from __future__ import annotations

from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.exercises.linkage.book.blocks import Grid
from app.thai_pdf import drawable

from .grid import BOLD, LONGEST_CELL, column_widths, measured

TWIPS = 20
# As wide as 12 points of any face that stands in for TH Sarabun.
CELL_SIZE, CELL_PAD = 12, 3.0
LINE = 21.0  # points of a line of a cell, in whatever face stands in
TALL_CELL = 1200  # characters from which a row may go on over the page


def add_grid(document: Any, grid: Grid, width: float) -> None:
    """A table of the full width (points) at the end of the document, its heading repeated on every page."""
    widths = [round(points * TWIPS) for points in column_widths(grid, width, CELL_SIZE, CELL_PAD)]
    first_sum = len(grid.rows) - grid.totals
    rows = _head(grid, widths)
    rows += [
        _row(row, widths, *(("CellHead", "F2F2F2") if n >= first_sum else ("Cell", "")), grid.numbers)
        for n, row in enumerate(grid.rows)
    ]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_margins()}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    body = document.element.body
    body.insert(len(body) - 1, table)
    document.add_paragraph(style="Gap")


def _margins() -> str:
    """Narrower than Word's own, which take a sixth of a table of twelve columns."""
    sides = "".join(f'<w:{side} w:w="{round(CELL_PAD * TWIPS)}" w:type="dxa"/>' for side in ("left", "right"))
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _head(grid: Grid, widths: list[int]) -> list[str]:
    """The heading row; with a group its words over a second row, the other headings over both."""
    if grid.group is None:
        return [_row(grid.header, widths, "CellHead", "E6E6E6", frozenset(), is_head=True)]
    first, end, words = grid.group
    upper, lower = [], []
    for place, (heading, width) in enumerate(zip(grid.header, widths, strict=True)):
        inside = first <= place < end
        if place == first:
            span = f'<w:gridSpan w:val="{end - first}"/>'
            upper.append(_cell(words, sum(widths[first:end]), "CellHead", "E6E6E6", "center", span))
        elif not inside:
            upper.append(_cell(heading, width, "CellHead", "E6E6E6", "", '<w:vMerge w:val="restart"/>'))
        lower.append(
            _cell(heading, width, "CellHead", "E6E6E6", "center")
            if inside
            else _cell("", width, "CellHead", "E6E6E6", "", "<w:vMerge/>")
        )
    merged = [place for place in range(len(widths)) if not first <= place < end]
    lines = max(_lines_of(grid.header[place], widths[place] / TWIPS) for place in merged) if merged else 1
    heights = "", f'<w:trHeight w:val="{round(max(lines - 1, 1) * LINE * TWIPS)}"/>'
    return [
        f"<w:tr><w:trPr><w:cantSplit/>{height}<w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"
        for height, cells in zip(heights, (upper, lower), strict=True)
    ]


def _lines_of(heading: str, width: float) -> int:
    """How many lines a heading may take; not every program makes two rows higher for a cell over both."""
    return ceil(1.3 * measured(heading, BOLD, CELL_SIZE) / (width - 2 * CELL_PAD))


def _row(
    cells: Any, widths: list[int], style: str, shade: str, numbers: frozenset[int], *, is_head: bool = False
) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    whole = "" if any(len(words) > TALL_CELL for words in cells) else "<w:cantSplit/>"
    made = "".join(
        _cell(words, width, style, shade, "right" if place in numbers else "")
        for place, (words, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{whole}{head}</w:trPr>{made}</w:tr>"


def _cell(words: str, width: int, style: str, shade: str, side: str, merge: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    set_to = f'<w:jc w:val="{side}"/>' if side else ""
    lines = drawable(words, multiline=True, max_len=LONGEST_CELL).split("\n")
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}{fill}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{set_to}</w:pPr><w:r>{runs}</w:r></w:p></w:tc>'
    )
