"""The A3 sheet of an exercise for one table: the phones' questions with room for a thick pen.

Rows in, bytes out. Lines are numbered as cards are, and what is written already stands in them, so paper and
phones can take turns. Whoever types the sheet in later scans its QR.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.units import mm

from app.core import qr
from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, fit_lines

from .paper import BLACK, GREY, HAIRLINE, PALE, Block, draw_footer, draw_qr, new_canvas, printable
from .shapes import GroupSheet

WIDTH, HEIGHT = landscape(A3)
MARGIN = 12 * mm
QR_SIDE = 34 * mm
HEAD = 40 * mm
HEADING_ROW = 14 * mm
ISSUES = 78 * mm  # the column at the right with the province's issues
LEAST_ROWS, MOST_ROWS = 8, 14
TABLE = WIDTH - 2 * MARGIN - ISSUES - 6 * mm
# heading, share of the width
COLUMNS = (
    ("ปัญหา/ความต้องการ", 0.27),
    ("โครงการ · หน่วยงานหลัก · งบประมาณ · ผลผลิต", 0.37),
    ("ประเด็นข้อ", 0.08),
    ("ตรง/ปานกลาง/อ้อม", 0.09),
    ("เพราะ…", 0.19),
)


def build_group_sheets(sheets: Sequence[GroupSheet]) -> bytes:
    """One A3 page for each table, or several where more is written than one holds."""
    canvas, out = new_canvas("กระดาษกลุ่ม")
    canvas.setPageSize((WIDTH, HEIGHT))
    for sheet in sheets:
        for number, rows in enumerate(_pages(sheet)):
            _draw(canvas, sheet, rows, number)
            canvas.showPage()
    if not sheets:
        canvas.showPage()
    canvas.save()
    return out.getvalue()


Row = tuple[tuple[str, str], tuple[str, str]]


def _pages(sheet: GroupSheet) -> Iterable[list[Row]]:
    """Rows of (need, project), at least LEAST_ROWS and two empty ones behind what is there."""
    rows: list[Row] = list(zip_longest(sheet.needs, sheet.projects, fillvalue=("", "")))
    rows += [(("", ""), ("", ""))] * max(LEAST_ROWS - len(rows), 2 if rows else 0)
    return (rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS))


def _draw(canvas: ThaiCanvas, sheet: GroupSheet, rows: Sequence[Row], page: int) -> None:
    _draw_head(canvas, sheet)
    top = HEIGHT - MARGIN - HEAD
    _draw_table(canvas, rows, top, page * MOST_ROWS)
    _draw_issues(canvas, sheet, top)
    draw_footer(canvas, printable(sheet.event), printable(sheet.exercise), MARGIN, 7 * mm, WIDTH - 2 * MARGIN)


def _draw_head(canvas: ThaiCanvas, sheet: GroupSheet) -> None:
    """Table and group, the questions, the code."""
    top = HEIGHT - MARGIN
    name = f"โต๊ะ {printable(sheet.table)} · {printable(sheet.group)}"
    fitted = fit_lines(name, BOLD, 130 * mm, HEAD - 4 * mm, size=32, min_size=14, max_lines=2)
    canvas.setFillGray(BLACK)
    Block(fitted, BOLD, MARGIN, top, 130 * mm).draw(canvas)
    x, room = MARGIN + 136 * mm, WIDTH - 2 * MARGIN - 136 * mm - QR_SIDE - 6 * mm
    for number, question in enumerate(sheet.questions, start=1):
        asked = fit_lines(f"{number}. {printable(question)}", REGULAR, room, 9 * mm, size=14, min_size=9)
        Block(asked, REGULAR, x, top - (number - 1) * 8.5 * mm, room).draw(canvas)
    draw_qr(canvas, qr.matrix(sheet.payload), WIDTH - MARGIN - QR_SIDE, top - QR_SIDE, QR_SIDE)


def _draw_table(canvas: ThaiCanvas, rows: Sequence[Row], top: float, first: int) -> None:
    edges = [MARGIN]
    for _title, share in COLUMNS:
        edges.append(edges[-1] + share * TABLE)
    canvas.setFillGray(PALE + 0.1)
    canvas.rect(MARGIN, top - HEADING_ROW, TABLE, HEADING_ROW, stroke=0, fill=1)
    canvas.setFillGray(BLACK)
    for (title, _share), x, right in zip(COLUMNS, edges, edges[1:], strict=False):
        fitted = fit_lines(
            title, BOLD, right - x - 4 * mm, HEADING_ROW, size=14, min_size=8, max_lines=2, leading=1.4
        )
        Block(fitted, BOLD, x, top - (HEADING_ROW - fitted.height) / 2, right - x, "centre").draw(canvas)
    bottom = MARGIN + 4 * mm
    height = (top - HEADING_ROW - bottom) / max(len(rows), 1)
    for place, (need, project) in enumerate(rows):
        y = top - HEADING_ROW - place * height
        _in_row(canvas, need or ("", ""), f"ป{first + place + 1:02d}", edges[0], edges[1], y, height)
        _in_row(canvas, project or ("", ""), f"โ{first + place + 1:02d}", edges[1], edges[2], y, height)
    canvas.setStrokeGray(GREY)
    canvas.setLineWidth(2 * HAIRLINE)
    for x in edges:
        canvas.line(x, top, x, bottom)
    for place in range(len(rows) + 1):
        y = top - HEADING_ROW - place * height
        canvas.line(MARGIN, y, MARGIN + TABLE, y)
    canvas.line(MARGIN, top, MARGIN + TABLE, top)
    canvas.setStrokeGray(BLACK)


def _in_row(
    canvas: ThaiCanvas, card: tuple[str, str], blank: str, x: float, right: float, top: float, height: float
) -> None:
    """The card's code, or a pale number to write behind, and what is written."""
    code, title = card
    canvas.setFillGray(BLACK if code else GREY)
    fitted = fit_lines(printable(code or blank), BOLD, right - x - 4 * mm, 6 * mm, size=10, min_size=6)
    Block(fitted, BOLD, x + 2 * mm, top - 1 * mm, right - x - 4 * mm).draw(canvas)
    canvas.setFillGray(BLACK)
    if title:
        room = height - 8 * mm
        words = fit_lines(printable(title), REGULAR, right - x - 4 * mm, room, size=13, min_size=7, max_lines=4)
        Block(words, REGULAR, x + 2 * mm, top - 7 * mm, right - x - 4 * mm).draw(canvas)


def _draw_issues(canvas: ThaiCanvas, sheet: GroupSheet, top: float) -> None:
    """The issues by their numbers, as tall as the table."""
    x = WIDTH - MARGIN - ISSUES
    canvas.setFillGray(PALE + 0.1)
    canvas.rect(x, top - HEADING_ROW, ISSUES, HEADING_ROW, stroke=0, fill=1)
    canvas.setFillGray(BLACK)
    head = fit_lines("ประเด็นของจังหวัด", BOLD, ISSUES, HEADING_ROW, size=15, min_size=9)
    Block(head, BOLD, x, top - (HEADING_ROW - head.height) / 2, ISSUES, "centre").draw(canvas)
    y, bottom = top - HEADING_ROW - 2 * mm, MARGIN + 4 * mm
    each = (y - bottom) / max(len(sheet.issues), 1)
    for code, title in sheet.issues:
        text = f"{printable(code)} {printable(title)}"
        fitted = fit_lines(text, REGULAR, ISSUES - 4 * mm, each, size=13, min_size=6, max_lines=6, leading=1.5)
        Block(fitted, REGULAR, x + 2 * mm, y, ISSUES - 4 * mm).draw(canvas)
        y -= min(each, fitted.height + 3 * mm)
