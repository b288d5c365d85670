"""CSV as it really comes: UTF-8, UTF-16 or TIS-620, and any common separator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from flask_babel import gettext as _

from .tables import FORMULA_START, FileUnreadable, Formula, Row, Table

SEPARATORS = ",;\t|"
SAMPLE = 300  # records looked at to choose the separator
MAX_ROWS = 10_000
MAX_COLUMNS = 200
MAX_CELL = 4_000  # characters; no cell of a list is longer
_MOST_LINES = 20  # of one cell
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how spreadsheets keep a leading zero in CSV
_GUARDED = re.compile(f"'(?={FORMULA_START})")  # our own guard against formulas, taken off again
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")


def read_csv(name: str, data: bytes) -> Table:
    """The one table of a CSV file, rows numbered as a spreadsheet shows them: a quoted newline makes no row."""
    text = decode(data).rstrip("\x1a")
    declared = _SEPARATOR_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    separator = declared.group(1) if declared else best_separator(text)
    rows = []
    for number, cells in enumerate(_records(text, separator), start=1):
        values = [_value(cell[:MAX_CELL]) for cell in cells[:MAX_COLUMNS]]
        if any(value.strip() for value in values):  # a guarded tab is as blank as a tab
            rows.append(Row(number, values))
        if len(rows) > MAX_ROWS:
            raise FileUnreadable(_("ไฟล์นี้มีมากกว่า %(count)d แถว โปรดแบ่งเป็นหลายไฟล์", count=MAX_ROWS))
    return Table(name, rows)


def decode(data: bytes) -> str:
    """The text of a CSV file; raises FileUnreadable rather than guess at broken bytes."""
    text = _decoded(data)
    if "\x00" in text or len(re.findall(r"[\x01-\x08\x0e-\x19\x1b-\x1f]", text)) > 3:
        raise FileUnreadable(_("ไฟล์นี้ไม่ใช่ตารางข้อความ โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx"))
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    if b"\x00" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, errors="replace")
            if _reads_like_thai(text):
                return text
        return "\x00"
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if _mostly_utf8(data):
            line = data[: problem.start].count(b"\n") + 1
            raise FileUnreadable(
                _("ไฟล์มีตัวอักษรเสียที่บรรทัด %(line)d โปรดเปิดไฟล์ต้นฉบับแล้วบันทึกเป็น .xlsx", line=line)
            ) from problem
    return _strictly(data, "cp874")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise FileUnreadable(
            _("อ่านรหัสตัวอักษรของไฟล์ไม่ได้ โปรดเปิดใน Excel แล้วบันทึกเป็น CSV UTF-8 หรือ .xlsx")
        ) from problem


def _reads_like_thai(text: str) -> bool:
    known = sum("\u0e00" <= c <= "\u0e7f" or "\t" <= c <= "~" or c == "\ufeff" for c in text)
    return known > 0.95 * len(text) and "\x00" not in text


def _mostly_utf8(data: bytes) -> bool:
    """Whether a file that is no clean UTF-8 was meant to be: many Thai letters, few broken bytes."""
    text = data.decode("utf-8", errors="replace")
    thai = sum("\u0e00" <= c <= "\u0e7f" for c in text)
    return thai > 20 * text.count("\ufffd")


def best_separator(text: str) -> str:
    """The separator under which most records have the same number of columns.

    A sign with a space after it is punctuation inside a cell, not a separator.
    """

    def evenness(separator: str) -> tuple[int, int]:
        records = [cells for cells in islice(_records(text, separator), SAMPLE) if len(cells) > 1]
        if not records:
            return (0, 0)
        width, count = max(Counter(map(len, records)).items(), key=lambda item: (item[1], item[0]))
        spaced = sum(all(cell.startswith(" ") for cell in cells[1:]) for cells in records)
        return (count - spaced, width)

    return max(SEPARATORS, key=evenness)


def _records(text: str, separator: str) -> list[list[str]]:
    """The records of the file; a lone quotation mark that would swallow the next ones is taken as a letter."""
    csv.field_size_limit(200_000)
    lines = list(io.StringIO(text, newline=""))
    cuts = Counter(_cuts(line, separator) for line in lines)
    usual = max((count for count in cuts if count), key=lambda count: (cuts[count], count), default=1)
    records = []
    place = 0
    while place < len(lines):
        cells, used = _record(lines, place, separator)
        taken = lines[place : place + used]
        if used > 1 and _is_odd(cells, taken, separator, usual) and _swallows(taken[1:], separator, usual):
            cells, used = _without_quotes(lines[place], separator), 1
        records.append(cells)
        place += used
    return records


def _record(lines: list[str], place: int, separator: str) -> tuple[list[str], int]:
    """The record that begins at a line, and how many lines it takes."""
    reader = csv.reader((lines[n] for n in range(place, len(lines))), delimiter=separator)
    try:
        return next(reader, []), max(reader.line_num, 1)
    except csv.Error as problem:
        if reader.line_num > 1:
            return _without_quotes(lines[place], separator), 1
        raise FileUnreadable(_("เครื่องหมายคำพูดหรือช่องในไฟล์ผิดรูป โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx")) from problem


def _is_odd(cells: list[str], lines: list[str], separator: str, usual: int) -> bool:
    """Whether no program wrote a record of several lines: wrong quotation, or a cell cut from others."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    cut_off = any("\n" in cell and (cell.startswith(("\r", "\n")) or cell.endswith(separator)) for cell in cells)
    return cut_off or len(cells) != usual + 1


def _swallows(more: list[str], separator: str, usual: int) -> bool:
    """Whether the further lines of a record are records of their own, so that its quotation mark was a slip.

    They are when one is cut as often as most lines of the file, or opens a quotation inside the quotation.
    """
    opening = re.compile(rf'(?:^|{re.escape(separator)})"(?=[^"{re.escape(separator)}])')
    for line in more:
        before = line.rstrip("\r\n").partition('"')[0]
        if _cuts(before, separator) >= max(usual, 2) or opening.match(line, max(len(before) - 1, 0)):
            return True
    return len(more) > _MOST_LINES


def _cuts(line: str, separator: str) -> int:
    """How many separators cut a line; one with a space after it is punctuation."""
    return line.count(separator) - line.count(f"{separator} ")


def _without_quotes(line: str, separator: str) -> list[str]:
    """The cells of a line with a lone quotation mark; pairs around a cell go, and a mark of "as above" stays."""
    cells = line.rstrip("\r\n").split(separator)
    return [re.sub(r'^"(.*?)"?$', r"\1", cell) if cell.strip('" ') else cell for cell in cells]


def _value(cell: str) -> str:
    if kept := _KEPT_AS_TEXT.fullmatch(cell.strip()):
        return kept.group(1)
    if cell.startswith("="):
        return Formula(cell)
    return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
