"""Thai in PDFs: what must hold before any document is built, and again before ReportLab's pin moves.

Dates, sorting and searching have their rows of the same list in tests/core.
"""

import re

import pytest
from reportlab.pdfbase import pdfmetrics

from app.thai_pdf import (
    BOLD,
    BOLD_ITALIC,
    ITALIC,
    REGULAR,
    break_points,
    register_fonts,
    safe_paragraph,
    text_width,
    thai_style,
)
from app.thai_pdf.shaping import NO_TEXT, ThaiFont
from tests.conftest import FIXTURES
from tests.thai_pdf.reading import (
    UNREADABLE,
    draw_lines,
    expected_origins,
    glyph_origins,
    needs_poppler,
    pdfium_text,
    poppler_fonts,
    poppler_text,
    unicode_tables,
)

WORDS = ["ที่", "ปี่", "ฟ้า", "ญุ", "ฐู", "น้ำ", "ก๊ำ", "ปั่น", "ฟื้น", "ผู้ใหญ่", "สิทธิ์", "เปี๊ยก", "กฤษฎุ์"]
MIXED = ["ABCน้ำที่", "One Plan น้ำที่", "(กบอ.)น้ำ"]
FACES = [REGULAR, BOLD, ITALIC, BOLD_ITALIC]
LINES = [*WORDS, " ".join(WORDS), *MIXED]

ARTICLE = [line for line in (FIXTURES / "article_rayong.txt").read_text().splitlines() if line.strip()]
STARTS_WRONGLY = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4eๆฯ)”]")
ENDS_WRONGLY = re.compile("[เ-ไ(“]$")


@needs_poppler
@pytest.mark.parametrize("face", FACES)
def test_poppler_reads_back_what_was_written(face):
    found = poppler_text(draw_lines(LINES, face))
    assert found.strip().splitlines() == LINES
    assert not UNREADABLE.search(found)


@pytest.mark.parametrize("face", FACES)
def test_chrome_reads_back_what_was_written(face):
    found = pdfium_text(draw_lines(LINES, face))
    assert [line.strip() for line in found.strip().splitlines()] == LINES
    assert not UNREADABLE.search(found)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", [*WORDS, *MIXED])
def test_every_glyph_stands_where_harfbuzz_puts_it(face, text):
    found = glyph_origins(draw_lines([text], face, 20))
    expected = expected_origins(text, face, 20, 40, 800)
    assert len(found) == len(expected)
    for (x, y), (wanted_x, wanted_y) in zip(found, expected, strict=True):
        assert abs(x - wanted_x) <= 0.02 and abs(y - wanted_y) <= 0.02


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["ญุ", "ฐุ"])
def test_the_foot_goes_where_a_vowel_hangs_below(face, text):
    register_fonts()
    font = pdfmetrics.getFont(face)
    glyph = font.face.charToGlyph[ord(font.shape(text).glyphs[0].code)]
    assert glyph != font.face.charToGlyph[ord(text[0])]


@pytest.mark.parametrize("face", FACES)
def test_sara_am_is_drawn_in_two_and_read_as_one(face):
    register_fonts()
    font = pdfmetrics.getFont(face)
    assert _texts(font, "ทำ") == ["ท", NO_TEXT, "ำ"]
    assert [hex(ord(c)) for c in "".join(_texts(font, "น้ำ")).replace(NO_TEXT, "")] == ["0xe19", "0xe49", "0xe33"]


def _texts(font: ThaiFont, text: str) -> list[str]:
    return [font._texts.get(ord(glyph.code), glyph.code) for glyph in font.shape(text).glyphs]


@pytest.mark.parametrize("face", FACES)
def test_glyphs_say_what_they_stand_for_even_to_readers_that_know_no_better(face):
    """Some programs ignore ActualText; for them every code has its own text in the font's table."""
    tables = unicode_tables(draw_lines(LINES, face))
    assert tables
    said = [text for table in tables for text in table]
    assert not UNREADABLE.search("".join(said))
    assert {"ำ", "\u0e48", "\u0e49", "ญ", "ฐ"} <= set(said)


@needs_poppler
def test_an_invisible_space_takes_no_room_and_leaves_no_trace():
    register_fonts()
    assert text_width("คณะ\u200bกรรมการ", REGULAR, 20) == text_width("คณะกรรมการ", REGULAR, 20)
    pdf = draw_lines(["คณะ\u200bกรรมการ"])
    assert poppler_text(pdf).strip() == "คณะกรรมการ"
    assert pdfium_text(pdf).strip() == "คณะกรรมการ"


@needs_poppler
@pytest.mark.parametrize("face", FACES)
def test_every_font_in_the_file_is_ours_embedded_and_searchable(face, tmp_path):
    fonts = poppler_fonts(draw_lines(LINES, face), tmp_path)
    assert fonts
    for font in fonts:
        assert "Sarabun" in font["name"]
        assert (font["emb"], font["sub"], font["uni"]) == ("yes", "yes", "yes")


@pytest.mark.parametrize("size", [11, 16])
@pytest.mark.parametrize("text", ARTICLE)
def test_the_article_wraps_at_every_width(text, size):
    paragraph = safe_paragraph(text, thai_style(size=size), max_len=5000)
    wide = None
    for width in (500, 60, 90, 200, 300, 400, 500):
        _, height = paragraph.wrap(width, 10_000)
        lines = lines_of(paragraph)
        for line in lines:
            assert text_width(line, REGULAR, size) <= width + 0.01
            assert not STARTS_WRONGLY.match(line)
            assert not ENDS_WRONGLY.search(line)
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
        assert height == pytest.approx(len(lines) * 1.6 * size)
        if width == 500:
            assert wide in (None, lines), "a narrow column left its mark on the wide one"
            wide = lines


def lines_of(paragraph):
    return ["".join(frag.text for frag in line.words).strip() for line in paragraph.blPara.lines]


@pytest.mark.parametrize("text", ["กบอ.", "อปท.", "พ.ย.61", "1,250.50", "น.ส.", "7–8"])
def test_abbreviations_and_numbers_are_never_cut(text):
    assert break_points(text) == ()
    inside = break_points(f"คณะกรรมการ {text} จังหวัดระยอง")
    start = len("คณะกรรมการ ")
    assert not [place for place in inside if start < place < start + len(text)]
