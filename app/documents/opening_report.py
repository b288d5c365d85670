"""The figures of the opening report on one page, whatever the number of units and categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from reportlab.lib.units import mm

from app.core.formatting import thai_number
from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, drawable, fit_lines

from .paper import GREY, HAIRLINE, PAGE_HEIGHT, PAGE_WIDTH, Block, draw_footer, new_canvas
from .shapes import OpeningPage, OpeningTable

LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 15 * mm, 15 * mm, 12 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
GAP = 8 * mm
ROW, LOWEST_ROW = 7 * mm, 4.6 * mm
NUMBER, NARROW_NUMBER = 17 * mm, 12.5 * mm
MOST_COLUMNS = 4


def build_opening_report(page: OpeningPage) -> bytes:
    """The PDF; rows grow lower, then long tables are parted into columns, until everything stands on the page."""
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
    """Side by side; while rows would be too low to read, the longest table is parted into more columns."""
    room = top - BOTTOM - 8 * mm
    columns = list(tables)
    for number in range(2, MOST_COLUMNS):
        if room / _most_lines(columns) >= LOWEST_ROW or len(columns) >= MOST_COLUMNS:
            break
        longest = max(tables, key=lambda table: len(table.rows))
        columns = [part for table in tables for part in (_parted(table, number) if table is longest else [table])]
    width = (WIDTH - GAP * (len(columns) - 1)) / max(1, len(columns))
    row = min(ROW, room / _most_lines(columns))
    for place, column in enumerate(columns):
        _draw_table(canvas, column, LEFT + place * (width + GAP), top, width, row)


def _most_lines(columns: Sequence[OpeningTable]) -> int:
    """The lines of the longest column, heading included."""
    return 2 + max((len(column.rows) for column in columns), default=0)


def _parted(table: OpeningTable, number: int) -> list[OpeningTable]:
    """The table in so many parts of nearly one length, each under the same heading."""
    most = max(1, ceil(len(table.rows) / number))
    starts = range(0, max(1, len(table.rows)), most)
    return [replace(table, rows=table.rows[start : start + most]) for start in starts]


def _draw_table(canvas: ThaiCanvas, table: OpeningTable, x: float, top: float, width: float, row: float) -> None:
    number = NUMBER if width > 4 * NUMBER else NARROW_NUMBER
    lines = [(table.heading, "", ""), table.columns]
    lines += [(name, thai_number(came), thai_number(expected)) for name, came, expected in table.rows]
    canvas.setLineWidth(HAIRLINE)
    canvas.setStrokeGray(GREY)
    size = min(12.0, row / 1.6)
    for place, (name, came, expected) in enumerate(lines):
        font = BOLD if place < 2 else REGULAR
        y = top - place * row
        room = width - 2 * number if place else width
        fitted = fit_lines(drawable(name), font, room, row, size=size, min_size=min(size, 4))
        Block(fitted, font, x, y - (row - fitted.height) / 2, room).draw(canvas)
        for column, text in enumerate((came, expected)):
            fitted = fit_lines(text, font, number, row, size=size, min_size=min(size, 4))
            right = x + width - (2 - column) * number
            Block(fitted, font, right, y - (row - fitted.height) / 2, number, "right").draw(canvas)
        if place:
            canvas.line(x, y - row, x + width, y - row)
