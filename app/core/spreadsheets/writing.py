"""Workbooks and CSV written so that text stays text: no formulas, no links, no lost zeros."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from app.core.text import display_width

from .tables import FORMULA_START

WIDEST = 60
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_INJECTION = re.compile(FORMULA_START)

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: its name, a header row and rows; ``notes`` are lines above the header.

    ``money`` are the numbers of the columns whose figures are baht.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = field(default_factory=tuple)
    money: Collection[int] = ()


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX workbook: strings as text, column widths for Thai, header repeated on each printed A4 page."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    import xlsxwriter  # here, because few requests write a workbook

    with xlsxwriter.Workbook(out, options) as book:
        # Only the name of the font is written; a machine without it shows its own.
        base = {"font_name": "TH SarabunPSK", "font_size": 16, "valign": "top", "text_wrap": True}
        text = book.add_format({**base, "num_format": "@"})
        number = book.add_format(base)
        baht = book.add_format({**base, "num_format": "#,##0"})
        satang = book.add_format({**base, "num_format": "#,##0.00"})
        bold = book.add_format({**base, "bold": True, "bottom": 1})
        note = book.add_format({**base, "text_wrap": False})
        used: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, used))
            for place, line in enumerate(sheet.notes):
                page.write_string(place, 0, _printable(line), note)
            first = len(sheet.notes)
            for column, label in enumerate(sheet.header):
                page.write_string(first, column, _printable(label), bold)
            for place, row in enumerate(sheet.rows, start=first + 1):
                for column, value in enumerate(row):
                    if isinstance(value, int | float):
                        figures = baht if isinstance(value, int) else satang
                        page.write_number(place, column, value, figures if column in sheet.money else number)
                    elif value:
                        page.write_string(place, column, _printable(value), text)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
            page.repeat_rows(first)
            page.freeze_panes(first + 1, 0)
            page.set_paper(9)
            page.set_landscape()
            page.fit_to_pages(1, 0)
    return out.getvalue()


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV that a spreadsheet opens as Thai, with an apostrophe before what it would take for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    if isinstance(cell, str) and _INJECTION.match(text):
        return f"'{text}"
    return text


def _printable(text: str) -> str:
    return _NOT_IN_XML.sub("", text)[:32_000]


def _sheet_name(name: str, used: set[str]) -> str:
    """A name that spreadsheets accept: at most 31 characters, none of their own signs, not taken yet."""
    plain = _NOT_IN_SHEET_NAMES.sub(" ", _printable(name)).strip(" '") or "Sheet"
    candidate, number = plain[:31], 1
    while candidate.casefold() in used or candidate.casefold() == "history":
        number += 1
        candidate = f"{plain[: 27 - len(str(number))]} ({number})"
    used.add(candidate.casefold())
    return candidate


def _widths(sheet: Sheet) -> list[float]:
    columns = max([len(sheet.header), *(len(row) for row in sheet.rows)], default=0)
    widest = [0] * columns
    for row in (sheet.header, *sheet.rows):
        for column, value in enumerate(row):
            lines = str(value if value is not None else "").split("\n")
            widest[column] = max(widest[column], *(display_width(line) for line in lines))
    return [min(width * 1.05 + 2, WIDEST) for width in widest]
