"""The sign-in sheet of a check-point: one unit after the other, each from a page of its own.

Rows in, bytes out. First every page is laid out, so that "page x of y" and the totals are known; then they
are drawn. A name that is too long makes its row higher, never shorter of letters.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm

from app.core.formatting import thai_number
from app.thai_pdf import (
    BOLD,
    REGULAR,
    Breaker,
    Fitted,
    ThaiCanvas,
    drawable,
    fit_lines,
    fit_name,
    missing_characters,
)

from .paper import (
    BLACK,
    GREY,
    HAIRLINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PALE,
    Block,
    dotted,
    draw_footer,
    in_digits,
    new_canvas,
)
from .shapes import (
    UNFIT_LETTERS,
    UNFIT_NAME,
    UNFIT_TEXT,
    CertifyingOfficer,
    SheetHeading,
    SheetRow,
    SheetSection,
    Unfit,
)

LEFT, RIGHT, TOP, BOTTOM = 18 * mm, 12 * mm, 12 * mm, 10 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
# heading, width, key
COLUMNS = [
    ("ที่", 10 * mm, "number"),
    ("ชื่อ – สกุล", 48 * mm, "name"),
    ("ตำแหน่ง", 37 * mm, "position"),
    ("หน่วยงาน", 38 * mm, "organisation"),
    ("ลายมือชื่อ", 33 * mm, "signature"),
    ("หมายเหตุ", 14 * mm, "note"),
]
ROW = 11 * mm  # high enough for a signature and for two lines of text
HEADER_ROW = 8 * mm
TOTALS = 9 * mm
OFFICER = 44 * mm
FOOTER = 8 * mm
CELL = 1.2 * mm  # left and right inside a cell
LEADING = 1.45

NOBODY = "ไม่มีรายชื่อ"
CHECK_FIRST = "โปรดตรวจข้อมูลของแถวนี้"
CERTIFIED = "ขอรับรองว่าผู้ลงลายมือชื่อข้างต้นเข้ารับการฝึกอบรมจริง จำนวน"


@dataclass(frozen=True)
class _Line:
    """A row laid out: the fitted text of each cell, the height, what does not fit."""

    number: int
    cells: dict[str, Fitted]
    height: float
    counted: bool = True
    unfit: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class _Page:
    """A page laid out: which unit, which sheet of it, its rows, what ends here."""

    unit: str
    sheet: int
    sheets: int
    lines: Sequence[_Line]
    unit_total: int
    ends_unit: bool
    ends_all: bool = False

    @property
    def people(self) -> int:
        return sum(line.counted for line in self.lines)


def build_sign_in_sheets(heading: SheetHeading, sections: Sequence[SheetSection]) -> bytes:
    """The PDF of the sheets of one check-point, the sections in the order given."""
    head = _Head(heading)
    pages = [page for section in sections for page in _pages(head, section)]
    if not pages:
        pages = [_Page("", 1, 1, [], 0, True)]
    everybody = sum(page.people for page in pages)
    canvas, out = new_canvas(f"{drawable(heading.title)} {drawable(heading.event)}")
    for number, page in enumerate(pages, start=1):
        bottom = _draw_table(canvas, head, page, head.draw(canvas, page))
        _draw_end(canvas, head, page, bottom, everybody if number == len(pages) else None)
        counted = head.digits(f"หน้า {number} จาก {len(pages)}")
        draw_footer(canvas, drawable(heading.organiser), counted, LEFT, BOTTOM, WIDTH)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def unfit_rows(heading: SheetHeading, sections: Sequence[SheetSection]) -> list[Unfit]:
    """The rows whose text could only be printed smaller than is comfortable to read."""
    head = _Head(heading)
    return [
        Unfit(row.reference, drawable(str(row.name)), what)
        for section in sections
        for row in section.rows
        for what in _lay_out(head, 0, row).unfit
    ]


class _Head:
    """The heading of every page, fitted once."""

    def __init__(self, heading: SheetHeading) -> None:
        self.heading = heading
        where = " ".join(filter(None, [heading.check_point, heading.when]))
        texts = [
            (heading.title, BOLD, 15),
            (heading.event, BOLD, 13),
            (where, REGULAR, 12),
            (heading.place, REGULAR, 12),
        ]
        self.fitted = [
            (fit_lines(self.digits(text), font, WIDTH, size=size, min_size=9, max_lines=3, leading=LEADING), font)
            for text, font, size in texts
            if drawable(text)
        ]
        # each block of lines takes its leading; the unit's line and a little air follow
        self.height = sum(len(f.lines) * f.leading for f, _font in self.fitted) + 11 * mm

    def digits(self, text: str) -> str:
        """A text of this document, in the digits it wants."""
        return in_digits(drawable(text), self.heading.thai_digits)

    def room(self) -> float:
        """The height that rows, totals and the officer's block share on a page."""
        return PAGE_HEIGHT - TOP - BOTTOM - FOOTER - self.height - HEADER_ROW

    def draw(self, canvas: ThaiCanvas, page: _Page) -> float:
        """Draw the heading and return where the table begins."""
        top = PAGE_HEIGHT - TOP
        for fitted, font in self.fitted:
            Block(fitted, font, LEFT, top, WIDTH, "centre").draw(canvas)
            top -= len(fitted.lines) * fitted.leading
        top -= 2 * mm
        sheet = self.digits(f"แผ่นที่ {page.sheet} จาก {page.sheets}")
        unit = fit_lines(self.digits(page.unit), BOLD, WIDTH - 35 * mm, 9 * mm, size=13, min_size=8, max_lines=2)
        Block(unit, BOLD, LEFT, top, WIDTH).draw(canvas)
        Block(Fitted((sheet,), 11, 0, True), REGULAR, LEFT, top - 0.6 * mm, WIDTH, "right").draw(canvas)
        return PAGE_HEIGHT - TOP - self.height


def _pages(head: _Head, section: SheetSection) -> list[_Page]:
    """Deal the rows of a unit onto pages; the last page keeps room for the officer and has rows of its own."""
    lines = [_lay_out(head, number, row) for number, row in enumerate(section.rows, start=1)]
    lines += [_Line(len(lines) + n, {}, ROW, counted=False) for n in range(1, section.blank_rows + 1)]
    if not lines:
        return []
    room = head.room() - TOTALS
    dealt: list[list[_Line]] = [[]]
    for line in lines:
        if dealt[-1] and sum(known.height for known in dealt[-1]) + line.height > room:
            dealt.append([])
        dealt[-1].append(line)
    if sum(line.height for line in dealt[-1]) > room - OFFICER:
        # a signature block alone on a page certifies nothing: two people go with it
        moved = dealt[-1][-2:] if len(dealt[-1]) > 2 else dealt[-1][-1:]
        dealt[-1:] = [part for part in (dealt[-1][: -len(moved)], moved) if part]
    total = len(section.rows)
    return [
        _Page(section.unit, number, len(dealt), part, total, ends_unit=number == len(dealt))
        for number, part in enumerate(dealt, start=1)
    ]


def _lay_out(head: _Head, number: int, row: SheetRow) -> _Line:
    """Lay out one row; whatever goes wrong with one person stays in that row."""
    try:
        return _laid_out(head, number, row)
    except Exception:  # one bad row must not cost everybody the sheet
        logging.getLogger(__name__).exception("a row of a sign-in sheet could not be laid out")
        return _Line(number, {"name": _cell(CHECK_FIRST, 48 * mm)}, ROW, unfit=(UNFIT_NAME,))


def _laid_out(head: _Head, number: int, row: SheetRow) -> _Line:
    widths = {key: width - 2 * CELL for _title, width, key in COLUMNS}
    name = _name_cell(head.digits(row.name), widths["name"])
    cells = {"name": name}
    for key in ("position", "organisation", "note"):
        cells[key] = _cell(head.digits(getattr(row, key)), widths[key])
    unfit = [
        what
        for what, fits in (
            (UNFIT_NAME, name.fits and bool(row.name.strip())),
            (UNFIT_TEXT, all(cell.fits for cell in cells.values() if cell is not name)),
            (UNFIT_LETTERS, not missing_characters(drawable(row.name))),
        )
        if not fits
    ]
    height = max(ROW, *(cell.height + 0.5 * mm for cell in cells.values() if cell.lines))
    return _Line(number, cells, height, unfit=tuple(unfit))


def _name_cell(text: str, width: float) -> Fitted:
    """One line, or two parted at a space, or as many as its words take; a sheet's row may grow."""
    fitted = fit_name(text, REGULAR, width, one_line=(12.5, 10.5), two_lines=(12, 9), leading=LEADING)
    if fitted.fits:
        return fitted
    words = Breaker(text.split())
    return fit_lines(text, REGULAR, width, size=10.5, min_size=8.5, max_lines=4, leading=LEADING, breaker=words)


def _cell(text: str, width: float) -> Fitted:
    """Two lines within the usual height where that is readable, else three, else as many lines as it takes."""
    for height, sizes, lines in ((ROW - 0.5 * mm, (11, 8.5), 2), (None, (9.5, 8.5), 3), (None, (9.5, 7.5), 8)):
        size, min_size = sizes
        fitted = fit_lines(
            text, REGULAR, width, height, size=size, min_size=min_size, max_lines=lines, leading=LEADING
        )
        if fitted.fits:
            break
    return fitted


def _draw_table(canvas: ThaiCanvas, head: _Head, page: _Page, top: float) -> float:
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
        _in_cell(canvas, _cell(NOBODY, WIDTH), REGULAR, LEFT, y, WIDTH, ROW, "centre")
        y -= ROW
        edges.append(y)
    _draw_grid(canvas, edges)
    return y


def _draw_row(canvas: ThaiCanvas, head: _Head, line: _Line, top: float) -> None:
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


def _draw_end(canvas: ThaiCanvas, head: _Head, page: _Page, bottom: float, everybody: int | None) -> None:
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
