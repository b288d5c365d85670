"""XLSX, read so that a bomb costs nothing: the archive is measured before anything is unpacked."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

if TYPE_CHECKING:
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from .tables import FileUnreadable, Formula, Merge, Row, Table, column_index

MAX_UNPACKED = 20 * 1024 * 1024
MAX_RATIO = 100  # unpacked to packed, looked at above 1 MB
MAX_ENTRIES = 1000
MAX_ROWS = 10_000  # rows with content, all sheets together
MAX_COLUMNS = 200
MAX_CELLS = 250_000  # written cells, empty but coloured ones too: 5,000 rows of 50 columns
MAX_CELL = 4_000  # characters; no cell of a list is longer
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
# Spreadsheets write control characters so. Somebody's own "_x0041_" is the text that it is.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")


def read_xlsx(data: bytes, *, with_hidden: bool = False) -> list[Table]:
    """The visible sheets of a workbook, and on demand the hidden ones; hidden rows are read.

    openpyxl reads row by row (its other mode makes a cell for every cell of a merged range, so one line of XML
    could fill the memory); merged ranges are looked up in the sheet's own XML.
    """
    import openpyxl  # here: it brings numpy where that is installed, a fifth of the start of a server

    archive = _opened(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drawings and extensions it leaves out
            workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            return _tables(workbook, archive, with_hidden=with_hidden)
    except FileUnreadable:
        raise
    except Exception as problem:  # whatever a damaged part makes the parser raise
        raise FileUnreadable(
            _("เปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสียหรือบันทึกไม่ครบ โปรดเปิดใน Excel แล้วบันทึกใหม่เป็น .xlsx")
        ) from problem


def _opened(data: bytes) -> zipfile.ZipFile:
    """The archive, once its size, its parts and its XML are known to be harmless."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as problem:  # a damaged directory of parts: the library answers with half a dozen kinds
        raise FileUnreadable(_("ไฟล์เสียหรือบันทึกไม่ครบ โปรดขอไฟล์ใหม่จากผู้ส่ง")) from problem
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(len(data), 1)
    if len(parts) > MAX_ENTRIES or unpacked > MAX_UNPACKED or (unpacked > 1 << 20 and ratio > MAX_RATIO):
        raise _too_much()
    if any(part.flag_bits & 1 for part in parts):
        raise FileUnreadable(_("ไฟล์นี้ตั้งรหัสผ่านไว้ โปรดยกเลิกรหัสผ่านแล้วบันทึกใหม่"))
    _refuse_other_packages({part.filename for part in parts})
    _refuse_harmful(archive)
    return archive


def _refuse_other_packages(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise FileUnreadable(_("ไฟล์นี้เป็น Excel แบบไบนารี (.xlsb) โปรดบันทึกเป็น Excel Workbook (.xlsx)"))
    if any(name.startswith("word/") for name in names):
        raise FileUnreadable(_("ไฟล์นี้เป็นเอกสาร Word โปรดคัดลอกตารางไปไว้ใน Excel แล้วบันทึกเป็น .xlsx"))
    if "content.xml" in names:
        raise FileUnreadable(_("ไฟล์นี้เป็น OpenDocument (.ods) โปรดบันทึกเป็น Excel Workbook (.xlsx)"))
    if not any(name.startswith("xl/") for name in names):
        raise FileUnreadable(_("ไฟล์นี้ไม่ใช่ตารางรายชื่อ โปรดส่งไฟล์ .xlsx หรือ .csv"))


def _refuse_harmful(archive: zipfile.ZipFile) -> None:
    """A workbook declares no entities; one that does, or hides its XML in UTF-16, means harm. Counts cells too."""
    cells = 0
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            try:
                xml = archive.read(part)
            except Exception as problem:  # a wrong checksum or a damaged stream
                raise FileUnreadable(_("ไฟล์เสียหรือบันทึกไม่ครบ โปรดขอไฟล์ใหม่จากผู้ส่ง")) from problem
            if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml:
                raise FileUnreadable(_("ไฟล์นี้มีส่วนที่ไม่ปลอดภัย โปรดคัดลอกตารางรายชื่อไปไว้ในไฟล์ใหม่ แล้วบันทึกเป็น .xlsx"))
            cells += len(_CELL.findall(xml)) if "worksheets/" in part.filename else 0
    if cells > MAX_CELLS:
        raise _too_much()


def _too_much() -> FileUnreadable:
    return FileUnreadable(_("ไฟล์นี้มีข้อมูลข้างในมากผิดปกติ โปรดคัดลอกเฉพาะตารางรายชื่อไปไว้ในไฟล์ใหม่ แล้วบันทึกเป็น .xlsx"))


def _tables(workbook: openpyxl.Workbook, archive: zipfile.ZipFile, *, with_hidden: bool) -> list[Table]:
    tables: list[Table] = []
    read = 0
    for sheet in workbook.worksheets:
        is_hidden = sheet.sheet_state != "visible"
        if is_hidden and not with_hidden:
            continue
        rows = []
        for row in _rows(sheet):
            rows.append(row)
            read += 1
            if read > MAX_ROWS and is_hidden:
                break
            if read > MAX_ROWS:
                raise FileUnreadable(_("ไฟล์นี้มีมากกว่า %(count)d แถว โปรดแบ่งเป็นหลายไฟล์", count=MAX_ROWS))
        xml = archive.read(sheet._worksheet_path.lstrip("/"))
        hidden = frozenset(int(number) for number in _HIDDEN.findall(xml))
        tables.append(Table(sheet.title, rows, _merges(xml), hidden, is_hidden))
    return tables


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    sheet.reset_dimensions()  # the size a file states about itself is often wrong
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        # Asking openpyxl for a width would make it pad every row of the gap above a stray cell.
        values = [_value(cell.value, cell.data_type) for cell in cells[:MAX_COLUMNS]]
        if any(values):
            while not values[-1]:
                values.pop()
            yield Row(number, values)


def _value(value: object, kind: str) -> str:
    """A cell's value as text: whole numbers without a decimal point, dates as ISO."""
    if value is None:
        return ""
    if kind == "f":
        return Formula(value if isinstance(value, str) else getattr(value, "text", None) or "=")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return _unescaped(str(value)[:MAX_CELL])


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    if "\x00" in text:
        raise FileUnreadable(_("ไฟล์มีอักขระที่เก็บไม่ได้ (NUL) โปรดพิมพ์ช่องนั้นใหม่แล้วบันทึกอีกครั้ง"))
    return text


def _merges(xml: bytes) -> list[Merge]:
    return [
        Merge(int(top), column_index(left.decode()), int(bottom), column_index(right.decode()))
        for left, top, right, bottom in _MERGE.findall(xml)
    ]
