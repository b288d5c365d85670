"""The sign-in sheet of a check-point: one unit after the other, each from a page of its own.

Rows in, bytes out. First every page is laid out (sheet_layout.py), so that "page x of y" and the totals are
known; then they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from app.core.formatting import thai_number
from app.thai_pdf import BOLD, REGULAR, Fitted, ThaiCanvas, drawable, fit_lines

from .paper import BLACK, GREY, HAIRLINE, PAGE_HEIGHT, PALE, Block, dotted, draw_footer, new_canvas
from .shapes import CertifyingOfficer, SheetHeading, SheetSection, Unfit
from .sheet_layout import (
    BOTTOM,
    CELL,
    COLUMNS,
    HEADER_ROW,
    LEFT,
    ROW,
    TOP,
    TOTALS,
    WIDTH,
    Head,
    Line,
    Page,
    cell,
    lay_out,
    pages_of,
)

NOBODY = "ไม่มีรายชื่อ"
CERTIFIED = "ขอรับรองว่าผู้ลงลายมือชื่อข้างต้นเข้ารับการฝึกอบรมจริง จำนวน"


def build_sign_in_sheets(heading: SheetHeading, sections: Sequence[SheetSection]) -> bytes:
    """The PDF of the sheets of one check-point, the sections in the order given."""
    return draw_sheets(heading, lay_out_sheets(heading, sections))


def lay_out_sheets(heading: SheetHeading, sections: Sequence[SheetSection]) -> list[Page]:
    """Every page in its order: the first is printed as page 1, and the number of a line is its row's."""
    head = Head(heading)
    pages = [page for section in sections for page in pages_of(head, section)]
    return pages or [Page("", 1, 1, [], 0, True)]


def draw_sheets(heading: SheetHeading, pages: Sequence[Page]) -> bytes:
    """The PDF of pages laid out before."""
    head = Head(heading)
    everybody = sum(page.people for page in pages)
    canvas, out = new_canvas(f"{drawable(heading.title)} {drawable(heading.event)}")
    for number, page in enumerate(pages, start=1):
        bottom = _draw_table(canvas, head, page, _draw_head(canvas, head, page))
        _draw_end(canvas, head, page, bottom, everybody if number == len(pages) else None)
        edition = f"ชุดที่ {heading.edition} · " if heading.edition > 1 else ""
        counted = head.digits(f"{edition}หน้า {number} จาก {len(pages)}")
        draw_footer(canvas, drawable(heading.organiser), counted, LEFT, BOTTOM, WIDTH)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def unfit_rows(heading: SheetHeading, sections: Sequence[SheetSection]) -> list[Unfit]:
    """The rows whose text could only be printed smaller than is comfortable to read."""
    head = Head(heading)
    return [
        Unfit(row.reference, drawable(str(row.name)), what)
        for section in sections
        for row in section.rows
        for what in lay_out(head, 0, row).unfit
    ]


def _draw_head(canvas: ThaiCanvas, head: Head, page: Page) -> float:
    """Draw the heading and return where the table begins."""
    top = PAGE_HEIGHT - TOP
    for fitted, font in head.fitted:
        Block(fitted, font, LEFT, top, WIDTH, "centre").draw(canvas)
        top -= len(fitted.lines) * fitted.leading
    top -= 2 * mm
    sheet = head.digits(f"แผ่นที่ {page.sheet} จาก {page.sheets}")
    unit = fit_lines(head.digits(page.unit), BOLD, WIDTH - 35 * mm, 9 * mm, size=13, min_size=8, max_lines=2)
    Block(unit, BOLD, LEFT, top, WIDTH).draw(canvas)
    Block(Fitted((sheet,), 11, 0, True), REGULAR, LEFT, top - 0.6 * mm, WIDTH, "right").draw(canvas)
    return PAGE_HEIGHT - TOP - head.height


def _draw_table(canvas: ThaiCanvas, head: Head, page: Page, top: float) -> float:
    """Draw the heading row and the rows; return where the table ends."""
    canvas.setFillGray(PALE + 0.1)
    canvas.rect(LEFT, top - HEADER_ROW, WIDTH, HEADER_ROW, stroke=0, fill=1)
    canvas.setFillGray(BLACK)
    x = LEFT
    for title, width, _key in COLUMNS:
        _in_cell(
            canvas,
            fit_lines(title, BOLD, width - 2 * CELL, size=11, min_size=8),
            BOLD,
            x,
            top,
            width,
            HEADER_ROW,
            "centre",
        )
        x += width
    y = top - HEADER_ROW
    edges = [top, y]
    for line in page.lines:
        _draw_row(canvas, head, line, y)
        y -= line.height
        edges.append(y)
    if not page.lines:
        _in_cell(canvas, cell(NOBODY, WIDTH), REGULAR, LEFT, y, WIDTH, ROW, "centre")
        y -= ROW
        edges.append(y)
    _draw_grid(canvas, edges)
    return y


def _draw_row(canvas: ThaiCanvas, head: Head, line: Line, top: float) -> None:
    x = LEFT
    number = head.digits(thai_number(line.number))
    for _title, width, key in COLUMNS:
        if key == "number":
            fitted = fit_lines(number, REGULAR, width - 2 * CELL, size=12, min_size=7)
            _in_cell(canvas, fitted, REGULAR, x, top, width, line.height, "centre")
        elif cell := line.cells.get(key):
            _in_cell(canvas, cell, REGULAR, x + CELL, top, width - 2 * CELL, line.height)
        x += width


def _in_cell(
    canvas: ThaiCanvas,
    fitted: Fitted,
    font: str,
    x: float,
    top: float,
    width: float,
    height: float,
    align: str = "left",
) -> None:
    """Draw lines in the middle of a cell's height."""
    Block(fitted, font, x, top - (height - fitted.height) / 2, width, align).draw(canvas)


def _draw_grid(canvas: ThaiCanvas, edges: Sequence[float]) -> None:
    canvas.setStrokeGray(GREY)
    canvas.setLineWidth(2 * HAIRLINE)
    for y in edges:
        canvas.line(LEFT, y, LEFT + WIDTH, y)
    x = LEFT
    for width in [0, *(width for _title, width, _key in COLUMNS)]:
        x += width
        canvas.line(x, edges[0], x, edges[-1])
    canvas.setStrokeGray(BLACK)


def _draw_end(canvas: ThaiCanvas, head: Head, page: Page, bottom: float, everybody: int | None) -> None:
    """Totals under the table, and the certifying officer where the unit ends."""
    counts = [f"รวมหน้านี้ {thai_number(page.people)} คน"]
    if page.ends_unit:
        counts.append(f"รวม{page.unit} {thai_number(page.unit_total)} คน")
    if everybody is not None:
        counts.append(f"รวมทั้งสิ้น {thai_number(everybody)} คน")
    fitted = fit_lines(head.digits(" · ".join(counts)), BOLD, WIDTH, TOTALS, size=11, min_size=7, max_lines=2)
    Block(fitted, BOLD, LEFT, bottom - 1 * mm, WIDTH).draw(canvas)
    if page.ends_unit:
        _draw_officer(canvas, head.heading.officer, bottom - TOTALS)


def _draw_officer(canvas: ThaiCanvas, officer: CertifyingOfficer, top: float) -> None:
    """The block somebody signs: how many really signed, signature, name, position, date."""
    canvas.setFont(REGULAR, 12)
    canvas.drawString(LEFT, top - 6 * mm, CERTIFIED)
    start = LEFT + canvas.stringWidth(CERTIFIED) + 2 * mm
    dotted(canvas, start, top - 6.5 * mm, 18 * mm)
    canvas.drawString(start + 20 * mm, top - 6 * mm, "คน")
    x, width = LEFT + WIDTH - 92 * mm, 62 * mm
    canvas.drawRightString(x, top - 18 * mm, "ลงชื่อ ")
    dotted(canvas, x, top - 18.5 * mm, width)
    canvas.drawString(x + width + 2 * mm, top - 18 * mm, "ผู้รับรอง")
    for text, y in ((f"({officer.name})" if officer.name else "", 26), (officer.position, 33)):
        if text:
            fitted = fit_lines(drawable(text), REGULAR, WIDTH - 90 * mm, 8 * mm, size=12, min_size=8)
            middle = x + width / 2 - (WIDTH - 90 * mm) / 2
            Block(fitted, REGULAR, middle, top - (y - 5) * mm, WIDTH - 90 * mm, "centre").draw(canvas)
        else:
            dotted(canvas, x, top - (y + 0.5) * mm, width)
    canvas.setFont(REGULAR, 12)
    canvas.drawRightString(x, top - 40 * mm, "วันที่ ")
    dotted(canvas, x, top - 40.5 * mm, width)
