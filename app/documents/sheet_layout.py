"""How a sign-in sheet is laid out: columns, the heading's height, which rows stand on which page.

Nothing is drawn here. A name that is too long makes its row higher, never shorter of letters.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm

from app.thai_pdf import BOLD, REGULAR, Breaker, Fitted, drawable, fit_lines, fit_name, missing_characters

from .paper import PAGE_HEIGHT, PAGE_WIDTH, in_digits, printable
from .shapes import UNFIT_LETTERS, UNFIT_NAME, UNFIT_TEXT, SheetHeading, SheetRow, SheetSection

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

CHECK_FIRST = "โปรดตรวจข้อมูลของแถวนี้"


@dataclass(frozen=True)
class Line:
    """A row laid out: the fitted text of each cell, the height, what does not fit."""

    number: int
    cells: dict[str, Fitted]
    height: float
    counted: bool = True
    unfit: Sequence[str] = field(default_factory=tuple)
    reference: str = ""


@dataclass(frozen=True)
class Page:
    """A page laid out: which unit, which sheet of it, its rows, what ends here."""

    unit: str
    sheet: int
    sheets: int
    lines: Sequence[Line]
    unit_total: int
    ends_unit: bool
    reference: str = ""

    @property
    def people(self) -> int:
        return sum(line.counted for line in self.lines)


class Head:
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
        return in_digits(printable(text), self.heading.thai_digits)

    def room(self) -> float:
        """The height that rows, totals and the officer's block share on a page."""
        return PAGE_HEIGHT - TOP - BOTTOM - FOOTER - self.height - HEADER_ROW


def pages_of(head: Head, section: SheetSection) -> list[Page]:
    """Deal the rows of a unit onto pages; the last page keeps room for the officer and has rows of its own."""
    lines = [lay_out(head, number, row) for number, row in enumerate(section.rows, start=1)]
    lines += [Line(len(lines) + n, {}, ROW, counted=False) for n in range(1, section.blank_rows + 1)]
    if not lines:
        return []
    room = head.room() - TOTALS
    dealt: list[list[Line]] = [[]]
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
        Page(section.unit, number, len(dealt), part, total, number == len(dealt), section.reference)
        for number, part in enumerate(dealt, start=1)
    ]


def lay_out(head: Head, number: int, row: SheetRow) -> Line:
    """Lay out one row; whatever goes wrong with one person stays in that row."""
    try:
        return _laid_out(head, number, row)
    except Exception:  # one bad row must not cost everybody the sheet
        logging.getLogger(__name__).exception("a row of a sign-in sheet could not be laid out")
        return Line(
            number, {"name": cell(CHECK_FIRST, 48 * mm)}, ROW, unfit=(UNFIT_NAME,), reference=row.reference
        )


def _laid_out(head: Head, number: int, row: SheetRow) -> Line:
    widths = {key: width - 2 * CELL for _title, width, key in COLUMNS}
    name = _name_cell(head.digits(row.name), widths["name"])
    cells = {"name": name}
    for key in ("position", "organisation", "note"):
        cells[key] = cell(head.digits(getattr(row, key)), widths[key])
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
    return Line(number, cells, height, unfit=tuple(unfit), reference=row.reference)


def _name_cell(text: str, width: float) -> Fitted:
    """One line, or two parted at a space, or as many as its words take; a sheet's row may grow."""
    fitted = fit_name(text, REGULAR, width, one_line=(12.5, 10.5), two_lines=(12, 9), leading=LEADING)
    if fitted.fits:
        return fitted
    words = Breaker(text.split())
    return fit_lines(text, REGULAR, width, size=10.5, min_size=8.5, max_lines=4, leading=LEADING, breaker=words)


def cell(text: str, width: float) -> Fitted:
    """Two lines within the usual height where that is readable, else three, else as many lines as it takes."""
    for height, sizes, lines in ((ROW - 0.5 * mm, (11, 8.5), 2), (None, (9.5, 8.5), 3), (None, (9.5, 7.5), 8)):
        size, min_size = sizes
        fitted = fit_lines(
            text, REGULAR, width, height, size=size, min_size=min_size, max_lines=lines, leading=LEADING
        )
        if fitted.fits:
            break
    return fitted
