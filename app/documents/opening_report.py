"""The figures of the opening report on one page, whatever the number of units and categories."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from app.core.formatting import thai_number
from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, drawable, fit_lines

from .paper import GREY, HAIRLINE, PAGE_HEIGHT, PAGE_WIDTH, Block, draw_footer, new_canvas
from .shapes import OpeningPage, OpeningTable

LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 15 * mm, 15 * mm, 12 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
GAP = 8 * mm
ROW, LOWEST_ROW = 7 * mm, 4.2 * mm
NUMBER = 17 * mm


def build_opening_report(page: OpeningPage) -> bytes:
    """The PDF; rows grow lower, and their letters smaller, until everything stands on the page."""
    canvas, out = new_canvas(f"{drawable(page.check_point)} {drawable(page.event)}")
    top = PAGE_HEIGHT - TOP
    texts = [
        ("ตัวเลขสำหรับกล่าวรายงาน", BOLD, 16, 1),
        (page.event, BOLD, 13, 2),
        (page.check_point, REGULAR, 13, 1),
        (page.figure, BOLD, 36, 1),
        (page.sentence, REGULAR, 16, 4),
        *((caution, REGULAR, 12, 2) for caution in page.cautions),
    ]
    for text, font, size, most in texts:
        fitted = fit_lines(drawable(text), font, WIDTH, size=size, min_size=8, max_lines=most)
        Block(fitted, font, LEFT, top, WIDTH).draw(canvas)
        top -= len(fitted.lines) * fitted.leading + 1.5 * mm
    _draw_tables(canvas, page.tables, top - 3 * mm)
    draw_footer(canvas, drawable(page.organiser), drawable(page.moment), LEFT, BOTTOM, WIDTH)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_tables(canvas: ThaiCanvas, tables: Sequence[OpeningTable], top: float) -> None:
    """Side by side; a table too long for the page is cut in two columns by its height."""
    width = (WIDTH - GAP * (len(tables) - 1)) / max(1, len(tables))
    most = max((len(table.rows) for table in tables), default=0) + 2
    row = min(ROW, (top - BOTTOM - 8 * mm) / most)
    for place, table in enumerate(tables):
        _draw_table(canvas, table, LEFT + place * (width + GAP), top, width, row)


def _draw_table(canvas: ThaiCanvas, table: OpeningTable, x: float, top: float, width: float, row: float) -> None:
    lines = [(table.heading, "", ""), table.columns]
    lines += [(name, thai_number(came), thai_number(expected)) for name, came, expected in table.rows]
    canvas.setLineWidth(HAIRLINE)
    canvas.setStrokeGray(GREY)
    size = min(12.0, row / 1.6)
    for place, (name, came, expected) in enumerate(lines):
        font = BOLD if place < 2 else REGULAR
        y = top - place * row
        fitted = fit_lines(drawable(name), font, width - 2 * NUMBER, row, size=size, min_size=min(size, 4))
        Block(fitted, font, x, y - (row - fitted.height) / 2, width - 2 * NUMBER).draw(canvas)
        for column, text in enumerate((came, expected)):
            fitted = fit_lines(text, font, NUMBER, row, size=size, min_size=min(size, 4))
            right = x + width - (2 - column) * NUMBER
            Block(fitted, font, right, y - (row - fitted.height) / 2, NUMBER, "right").draw(canvas)
        if place:
            canvas.line(x, y - row, x + width, y - row)
