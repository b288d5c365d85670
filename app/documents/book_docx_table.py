"""Tables of a Word book, written as markup: through python-docx's cells a province's table takes minutes."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.exercises.linkage.book.blocks import Grid
from app.thai_pdf import drawable

from .book_grid import column_widths

TWIPS = 20
# As wide as 12 points of any face that stands in for TH Sarabun; Word pads a cell by 0.19 cm on each side.
CELL_SIZE, CELL_PAD = 12, 5.5
LONGEST_CELL = 1200


def add_grid(document: Any, grid: Grid, width: float) -> None:
    """A table of the full width (points) at the end of the document, its heading repeated on every page."""
    widths = [round(points * TWIPS) for points in column_widths(grid, width, CELL_SIZE, CELL_PAD)]
    first_sum = len(grid.rows) - grid.totals
    rows = [_row(grid.header, widths, "CellHead", "E6E6E6", frozenset(), is_head=True)]
    rows += [
        _row(row, widths, *(("CellHead", "F2F2F2") if n >= first_sum else ("Cell", "")), grid.numbers)
        for n, row in enumerate(grid.rows)
    ]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    body = document.element.body
    body.insert(len(body) - 1, table)
    document.add_paragraph(style="Gap")


def _row(
    cells: Any, widths: list[int], style: str, shade: str, numbers: frozenset[int], *, is_head: bool = False
) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    made = "".join(
        _cell(words, width, style, shade, place in numbers)
        for place, (words, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{made}</w:tr>"


def _cell(words: str, width: int, style: str, shade: str, is_number: bool) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    side = '<w:jc w:val="right"/>' if is_number else ""
    lines = drawable(words, multiline=True, max_len=LONGEST_CELL).split("\n")
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr><w:r>{runs}</w:r></w:p></w:tc>'
    )
