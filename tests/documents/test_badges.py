"""Badges: every name is printed whole, every code can be scanned, one bad row costs nobody else theirs."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from app.core.text import order_marks
from app.documents.badges import CHECK_FIRST, HEIGHT, PER_PAGE, QR_SIDE, WIDTH, build_badges, unfit_badges
from app.documents.shapes import UNFIT_LETTERS, UNFIT_NAME, UNFIT_TEXT, BadgePerson
from app.thai_pdf import drawable
from tests.documents.people import EVENT, badges_of_roi_et, nasty_badges, payload
from tests.documents.pictures import looks_like
from tests.thai_pdf.reading import UNREADABLE, needs_poppler, pdfium_text, picture, poppler_fonts, poppler_text

CODE_OF_ONE = "ABCD2345EFGH6723IJKL"
ONE = BadgePerson(
    "นายสมชาย ใจดี", payload(CODE_OF_ONE), CODE_OF_ONE, "กำนัน", "ตำบลปากน้ำ", "อำเภอเมืองระยอง", "เมือง 1", "7"
)


@pytest.fixture(scope="module")
def hall() -> bytes:
    """The badges of 530 people."""
    return build_badges(EVENT, badges_of_roi_et())


def pages_of(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


@needs_poppler
def test_every_name_of_the_hall_is_found_as_it_was_typed(hall):
    found = " ".join(poppler_text(hall).split())
    missing = [person.name for person in badges_of_roi_et() if " ".join(person.name.split()) not in found]
    assert missing == []
    assert not UNREADABLE.search(found)


def test_chrome_finds_the_names_too(hall):
    found = squeezed(pdfium_text(hall))
    assert [person.name for person in badges_of_roi_et() if squeezed(person.name) not in found] == []


def test_every_code_of_the_hall_can_be_scanned_from_a_coarse_print(hall):
    codes = {
        code.text
        for page in range(pages_of(hall))
        for code in zxingcpp.read_barcodes(picture(hall, page, dpi=150), formats=zxingcpp.BarcodeFormat.QRCode)
    }
    assert codes == {person.payload for person in badges_of_roi_et()}


def test_the_hall_fits_its_paper_and_its_bytes(hall):
    assert pages_of(hall) == 530 // PER_PAGE
    assert len(hall) < 1_048_576


@needs_poppler
def test_only_our_font_is_in_the_file(hall, tmp_path):
    assert {font["name"].split("+")[1] for font in poppler_fonts(hall, tmp_path)} == {
        "Sarabun-Regular",
        "Sarabun-Bold",
    }
    assert all(font["emb"] == font["uni"] == "yes" for font in poppler_fonts(hall, tmp_path))


@needs_poppler
def test_forty_nasty_names_are_printed_whole():
    people = nasty_badges()
    found = squeezed(poppler_text(build_badges(EVENT, people)))
    assert [p.name for p in people if squeezed(order_marks(drawable(p.name))) not in found] == []


def test_what_does_not_fit_is_known_before_printing():
    unfit = {(row.reference, row.what) for row in unfit_badges(nasty_badges())}
    assert ("ที่" * 40 + " " + "น้ำ" * 30, UNFIT_NAME) in unfit
    assert not [name for name, what in unfit if what == UNFIT_NAME and name in ("นายก นา", "นายปั่นฟื้น น้ำปี่")]
    assert {name for name, what in unfit if what == UNFIT_LETTERS} == {"นาย😀 ยิ้ม", "李 小龙", "ນາຍ ສົມຊາຍ"}
    assert unfit_badges(badges_of_roi_et()) == []
    long = replace(ONE, position="นักวิเคราะห์" * 20, reference="x")
    assert [(row.reference, row.what) for row in unfit_badges([long])] == [("x", UNFIT_TEXT)]


@needs_poppler
@pytest.mark.parametrize(
    "bad",
    [
        replace(ONE, name=None),
        replace(ONE, name=12345),
        replace(ONE, payload="X" * 5000),
        replace(ONE, payload=""),
        replace(ONE, name="", position="", organisation="", unit="", group="", table="", ticket_code=""),
        replace(ONE, name="นาย\ud800\x00ก"),
        replace(ONE, position="ก" * 100_000),
    ],
)
def test_one_bad_row_costs_nobody_else_a_badge(bad):
    good = replace(ONE, name="นางสาวกานดา แก้ว", ticket_code="Z" * 20)
    pdf = build_badges(EVENT, [ONE, bad, good])
    found = poppler_text(pdf)
    assert "นายสมชาย ใจดี" in found and "นางสาวกานดา แก้ว" in found


@pytest.mark.parametrize("bad", [replace(ONE, name=None), replace(ONE, payload=""), replace(ONE, name=" ")])
def test_a_badge_that_cannot_be_used_is_known_before_printing(bad):
    assert len(unfit_badges([ONE, bad])) == 1


@needs_poppler
def test_marks_without_a_letter_are_no_name_and_are_not_drawn():
    """They would climb over the event's name above."""
    bad = replace(ONE, name="\u0e49\u0e35" * 9)
    [unfit] = unfit_badges([bad])
    assert unfit.what == UNFIT_NAME
    assert squeezed(CHECK_FIRST) in squeezed(pdfium_text(build_badges(EVENT, [bad])))


def test_a_badge_shows_everything_a_door_and_a_table_need():
    found = poppler_text(build_badges(EVENT, [ONE]))
    for text in ("นายสมชาย ใจดี", "กำนัน", "ตำบลปากน้ำ", "อำเภอเมืองระยอง", "เมือง 1 · โต๊ะ 7", "7 – 8 สิงหาคม 2561"):
        assert text in found
    assert "ABCD 2345 EFGH 6723 IJKL" in found


@needs_poppler
def test_the_unit_is_not_said_twice():
    found = poppler_text(build_badges(EVENT, [replace(ONE, organisation="ที่ทำการปกครองอำเภอเมืองระยอง")]))
    assert squeezed(found).count("เมืองระยอง") == 1


def test_the_code_is_large_enough_for_any_phone():
    millimetre = 72 / 25.4
    assert (round(WIDTH / millimetre), round(HEIGHT / millimetre)) == (90, 55)
    assert round(QR_SIDE / millimetre) >= 20


def test_no_people_still_make_a_page():
    assert pages_of(build_badges(EVENT, [])) == 1


def test_the_first_page_looks_as_it_did(hall):
    assert looks_like("badges", hall)


def test_nasty_badges_look_as_they_did():
    assert looks_like("badges_nasty", build_badges(EVENT, nasty_badges()[:10]))
