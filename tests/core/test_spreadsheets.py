"""Lists are read whole or refused with a sentence; what is written stays text."""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.spreadsheets import FileUnreadable, Formula, Merge, Sheet, csv_bytes, read_tables, write_workbook
from tests.conftest import FIXTURES

LINES = [["ที่", "ชื่อ-สกุล", "โทรศัพท์"], ["๑", "นายสมชาย ใจดี", "0812345678"], ["2", "นางน้ำ\nทิพย์", "+66 81"]]


def written(rows, separator=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def cells(data, name="list.csv"):
    (table,) = read_tables(name, data)
    return [row.cells for row in table.rows]


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_any_encoding_with_any_separator(encoding, separator):
    assert cells(written(LINES, separator).encode(encoding)) == LINES


def test_title_rows_and_other_separators_inside_cells_do_not_mislead():
    rows = [["บัญชีรายชื่อ, โครงการ"], [], ["ชื่อ", "หน่วยงาน"], *[[f"ก{n}", "กลุ่มงาน, ฝ่าย"] for n in range(20)]]
    assert cells(written(rows, ";").encode("cp874"))[1] == ["ชื่อ", "หน่วยงาน"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    (table,) = read_tables("ก/แกลง.csv", written([["หัว"], [], ["สอง\nบรรทัด"], ["ท้าย"]]).encode())
    assert [row.number for row in table.rows] == [1, 3, 4]
    assert table.name == "แกลง"


def test_the_zero_that_a_spreadsheet_kept_as_text_comes_back():
    assert cells(b'a,"=""0812345678"""\r\n') == [["a", "0812345678"]]


def test_formulas_are_told_from_text():
    (row,) = cells(b"=1+1,+66,-,@x\r\n")
    assert [type(cell) for cell in row] == [Formula, str, str, str]


def test_a_lone_quotation_mark_does_not_swallow_the_rest():
    text = 'ชื่อ,หน่วยงาน\n"สมชาย,ก\n' + "สมศรี,ข\n" * 30
    assert len(cells(text.encode())) == 32


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), min_size=1, max_size=4))
@example([["", "", "\t"]])
@settings(max_examples=50)
def test_csv_written_for_others_is_read_back_as_it_was(rows):
    kept = [list(row) for row in rows]
    data = csv_bytes([["ก", "ข", "ค"], *kept])
    try:
        read = cells(data)
    except FileUnreadable:
        return  # control characters are refused, which is another promise
    plain = [row for row in kept if any(cell.strip() for cell in row)]
    if all("\r" not in c and "\x00" not in c and not c.startswith(("'", "=")) for row in plain for c in row):
        assert read[1:] == plain


def test_csv_for_others_holds_no_formula():
    lines = csv_bytes([["=1+1", "+66", "-x", "@a", " =1", "＝1", -5, "ก"]]).decode("utf-8-sig")
    assert lines.strip() == "'=1+1,'+66,'-x,'@a,' =1,'＝1,-5,ก"


def test_a_workbook_keeps_zeros_formulas_and_thai_as_text():
    data = write_workbook([Sheet("ต้อง:แก้/ไข", ["เบอร์"], [["0812345678"], ["=1+1"], ["http://x.example"], [7]])])
    (table,) = read_tables("a.xlsx", data)
    assert table.name == "ต้อง แก้ ไข"
    assert [row.cells for row in table.rows] == [["เบอร์"], ["0812345678"], ["=1+1"], ["http://x.example"], ["7"]]
    assert not any(isinstance(cell, Formula) for row in table.rows for cell in row.cells)


def test_sheet_names_are_short_and_differ():
    data = write_workbook([Sheet("ก" * 40, ["x"], []), Sheet("ก" * 40, ["x"], []), Sheet("", ["x"], [])])
    names = [table.name for table in read_tables("a.xlsx", data)]
    assert len(set(names)) == 3
    assert all(0 < len(name) <= 31 for name in names)


def test_control_characters_do_not_stop_a_workbook():
    assert write_workbook([Sheet("x", ["ก\x07"], [["ข\x00\ud800"]])])


def test_merged_ranges_hidden_rows_and_numbers_of_a_workbook():
    def fill(book):
        sheet = book.active
        sheet["A1"], sheet["B3"], sheet["C3"] = "หัว", 812345678, 9900000000014.0
        sheet.merge_cells("A1:C2")
        sheet.row_dimensions[3].hidden = True
        sheet["A5"] = "=ROW()"
        book.create_sheet("ซ่อน").sheet_state = "hidden"
        book.create_sheet("ว่าง")

    first, empty = read_tables("a.xlsx", workbook(fill))
    assert first.merges == [Merge(1, 0, 2, 2)]
    assert first.hidden_rows == {3}
    assert [(row.number, row.cells) for row in first.rows] == [
        (1, ["หัว"]),
        (3, ["", "812345678", "9900000000014"]),
        (5, ["=ROW()"]),
    ]
    assert isinstance(first.rows[2].cells[0], Formula)
    assert (empty.name, empty.rows) == ("ว่าง", [])


def test_a_stray_cell_far_below_costs_nothing():
    def fill(book):
        book.active["A1"], book.active["A1048576"] = "ก", "ข"

    (table,) = read_tables("a.xlsx", workbook(fill))
    assert [row.number for row in table.rows] == [1, 1048576]


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def with_part(name, content):
    """A real workbook with one part replaced."""
    out = io.BytesIO()
    source = zipfile.ZipFile(FIXTURES / "rayong_200_as_sent.xlsx")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            archive.writestr(part, content if part.filename == name else source.read(part))
    return out.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
HUGE_MERGE = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/>'
    b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
)
SHEET = "xl/worksheets/sheet1.xml"

UNREADABLE = {
    "nothing": (b"", "ว่างเปล่า"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".xlsx"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "รหัสผ่าน"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n....", "รูปภาพ"),
    "html called xls": (b"<html><table><tr><td>x</td></tr></table></html>", "หน้าเว็บ"),
    "half a zip": (b"PK\x03\x04 half", "เสีย"),
    "word": (zipped(word__document_xml="<x/>"), "Word"),
    "ods": (zipped(content_xml="<x/>"), ".ods"),
    "xlsb": (zipped(**{"xl__workbook.bin": b"x"}), ".xlsb"),
    "any zip": (zipped(readme="x"), ".xlsx"),
    "bomb": (with_part(SHEET, b"<a>" + b" " * 30_000_000 + b"</a>"), "มากผิดปกติ"),
    "ratio": (zipped(xl__a_xml=b" " * 5_000_000), "มากผิดปกติ"),
    "many parts": (zipped(**{f"xl/{n}": b"" for n in range(1001)}), "มากผิดปกติ"),
    "entities": (with_part(SHEET, ENTITY), "ไม่ปลอดภัย"),
    "broken sheet": (with_part(SHEET, b"<worksheet><row"), "เสีย"),
    "NUL in csv": ("ชื่อ,สกุล\nก\x00ข,ค\n".encode(), "ไม่ใช่ตาราง"),
    "binary": (bytes(range(1, 256)) * 4, ""),
    "broken utf-8": (("ชื่อ,หน่วยงาน\n" * 40).encode() + b"\xe0\xb8\n", "บรรทัด 41"),
    "too many rows": (b"a,b\n" * 10_001, "10000"),
    "too big": (b"a" * (5 * 1024 * 1024 + 1), "MB"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_a_sentence(kind):
    data, word = UNREADABLE[kind]
    with pytest.raises(FileUnreadable) as refusal:
        read_tables("list.xlsx", data)
    assert word in str(refusal.value.sentence)


def test_a_merged_range_over_the_whole_sheet_costs_nothing():
    (table,) = read_tables("a.xlsx", with_part(SHEET, HUGE_MERGE))
    assert table.rows == []
    assert len(table.merges) == 1


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_give_tables_or_a_sentence(data):
    for content in (data, b"PK\x03\x04" + data):
        try:
            read_tables("x", content)
        except FileUnreadable as refusal:
            assert str(refusal.sentence)


def test_a_nul_hidden_in_a_workbook_refuses_it():
    data = write_workbook([Sheet("x", ["ชื่อ"], [["กMARKข"]])])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).replace(b"MARK", b"_x0000_") for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(FileUnreadable, match="NUL"):
        read_tables("list.xlsx", out.getvalue())
