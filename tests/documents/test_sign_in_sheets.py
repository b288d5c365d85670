"""Sign-in sheets: one unit a sheet, nothing cut off, every page numbered and counted."""

from dataclasses import replace
from itertools import groupby

import pymupdf
import pypdfium2
import pytest
from reportlab.lib.units import mm

from app.core.text import order_marks, sort_key
from app.documents.shapes import CertifyingOfficer, SheetRow, SheetSection
from app.documents.sheet_layout import BOTTOM, ROW, Head, pages_of
from app.documents.sign_in_sheets import build_sign_in_sheets, unfit_rows
from app.thai_pdf import drawable
from tests.documents.people import HEADING, NASTY_NAMES, name_of, nasty_section, roi_et
from tests.documents.pictures import looks_like
from tests.thai_pdf.reading import UNREADABLE, needs_poppler, poppler_fonts, poppler_text

# From the officer's signature line down to the date.
SIGNATURE_TO_DATE = 22 * mm


def squeezed(text: str) -> str:
    return "".join(text.split())


def hall() -> list[SheetSection]:
    rows = sorted(roi_et(), key=lambda row: sort_key(row["อำเภอ"]))
    return [
        SheetSection(f"อำเภอ{district}", [SheetRow(name_of(r), r["ตำแหน่ง"], r["หน่วยงาน"]) for r in people])
        for district, people in groupby(rows, key=lambda row: row["อำเภอ"])
    ]


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def people(count: int, name: str = "นายสมชาย ใจดี") -> list[SheetRow]:
    return [SheetRow(f"{name} {number}", "กำนัน", "ตำบลปากน้ำ", reference=str(number)) for number in range(count)]


@needs_poppler
def test_every_name_of_the_hall_is_on_its_units_sheet():
    sections = hall()
    pdf = build_sign_in_sheets(HEADING, sections)
    text = poppler_text(pdf)
    assert not UNREADABLE.search(text)
    found = squeezed(text)
    assert [row.name for section in sections for row in section.rows if squeezed(row.name) not in found] == []


@needs_poppler
def test_forty_nasty_names_are_printed_whole(tmp_path):
    pdf = build_sign_in_sheets(HEADING, [nasty_section()])
    found = squeezed(poppler_text(pdf))
    assert [name for name in NASTY_NAMES if squeezed(order_marks(drawable(name))) not in found] == []
    assert {font["name"].split("+")[1] for font in poppler_fonts(pdf, tmp_path)} == {
        "Sarabun-Regular",
        "Sarabun-Bold",
    }


def test_each_unit_starts_on_a_page_of_its_own_and_every_page_is_counted():
    pages = page_texts(
        build_sign_in_sheets(
            HEADING, [SheetSection("อำเภอแกลง", people(20)), SheetSection("อำเภอเขาชะเมา", people(3))]
        )
    )
    assert len(pages) == 3
    assert "อำเภอแกลง" in pages[0] and "แผ่นที่ 1 จาก 2" in pages[0] and "อำเภอเขาชะเมา" in pages[2]
    assert [f"หน้า {n} จาก 3" in page for n, page in enumerate(pages, 1)] == [True] * 3
    assert "รวมอำเภอแกลง 20 คน" in pages[1] and "รวมอำเภอแกลง" not in pages[0]
    assert "รวมหน้านี้ 3 คน" in pages[2] and "รวมทั้งสิ้น 23 คน" in pages[2]
    assert "รวมทั้งสิ้น" not in pages[1]


@pytest.mark.parametrize("count", range(1, 45))
def test_the_certifying_officer_never_stands_on_a_page_without_people(count):
    pdf = build_sign_in_sheets(HEADING, [SheetSection("อำเภอแกลง", people(count))])
    pages = page_texts(pdf)
    assert ["ผู้รับรอง" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "นายสมชาย ใจดี" in pages[-1]
    assert sum(page.count("นายสมชาย ใจดี") for page in pages) == count
    with pymupdf.open(stream=pdf) as document:
        (found,) = document[-1].search_for("ผู้รับรอง")
        assert found.y1 + SIGNATURE_TO_DATE < document[-1].rect.height - BOTTOM - 4 * mm


def test_lines_for_walk_ins_are_numbered_but_not_counted():
    (page,) = page_texts(build_sign_in_sheets(HEADING, [SheetSection("อำเภอแกลง", people(3), blank_rows=4)]))
    assert "รวมทั้งสิ้น 3 คน" in page and " 7 " in page


def test_thai_digits_where_the_office_wants_them_but_never_in_codes():
    heading = replace(HEADING, thai_digits=True)
    rows = [SheetRow("นายสมชาย ใจดี", "ผู้ใหญ่บ้าน หมู่ที่ 5", "OTOP 2561")]
    (page,) = page_texts(build_sign_in_sheets(heading, [SheetSection("อำเภอแกลง", rows)]))
    assert "๗ สิงหาคม ๒๕๖๑" in page and "หมู่ที่ ๕" in page and "หน้า ๑ จาก ๑" in page and "รวมทั้งสิ้น ๑ คน" in page
    assert "OTOP 2561" in page


def test_the_officers_name_is_printed_where_it_is_known():
    heading = replace(HEADING, officer=CertifyingOfficer("นายสมเกียรติ พูลสุข", "หัวหน้าสำนักงานจังหวัด"))
    (page,) = page_texts(build_sign_in_sheets(heading, [SheetSection("อำเภอแกลง", people(1))]))
    assert "(นายสมเกียรติ พูลสุข)" in page and "หัวหน้าสำนักงานจังหวัด" in page


@pytest.mark.parametrize(
    "bad",
    [
        SheetRow(None, reference="x"),
        SheetRow(7, reference="x"),
        SheetRow("", reference="x"),
        SheetRow("ก" * 5000, reference="x"),
        SheetRow("นาย\ud800ก\x00" + "น้ำ" * 200, reference="x"),
        SheetRow("นายสมชาย ใจดี", position="ก" * 20_000, reference="x"),
    ],
)
def test_one_bad_row_costs_nobody_else_theirs(bad):
    sections = [SheetSection("อำเภอแกลง", [*people(2), bad, *people(1, "นางสาวกานดา")])]
    found = " ".join(page_texts(build_sign_in_sheets(HEADING, sections)))
    assert "นายสมชาย ใจดี 0" in found and "นางสาวกานดา 0" in found
    assert [row.reference for row in unfit_rows(HEADING, sections)] == ["x"]


def test_an_ordinary_hall_fits_comfortably():
    assert unfit_rows(HEADING, hall()) == []
    assert ROW >= 9 * 72 / 25.4


def test_units_without_anybody_are_left_out_and_nobody_at_all_is_said():
    assert (
        len(page_texts(build_sign_in_sheets(HEADING, [SheetSection("ก", []), SheetSection("ข", people(1))]))) == 1
    )
    (page,) = page_texts(build_sign_in_sheets(HEADING, []))
    assert "ไม่มีรายชื่อ" in page


def test_the_sheet_looks_as_it_did():
    pdf = build_sign_in_sheets(replace(HEADING, thai_digits=True), hall()[:1])
    assert looks_like("sign_in_sheet", pdf)
    assert looks_like("sign_in_sheet_end", pdf, page=1)


def test_the_sheet_of_nasty_names_looks_as_it_did():
    assert looks_like("sign_in_sheet_nasty", build_sign_in_sheets(HEADING, [nasty_section()]))


def test_no_text_is_long_enough_to_leave_the_page():
    rows = [SheetRow("ก" * 5000, "น้ำ " * 5000, "W" * 5000, "ที่" * 5000) for _ in range(5)]
    head = Head(HEADING)
    for page in pages_of(head, SheetSection("อำเภอแกลง", rows)):
        assert sum(line.height for line in page.lines) <= head.room()
