"""Paragraphs: what a person typed is text, whatever it looks like, and wrapping again changes nothing."""

import threading
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.platypus import KeepTogether, SimpleDocTemplate, Spacer, Table

from app.thai_pdf import (
    REGULAR,
    Breaker,
    ThaiCanvas,
    ThaiParagraph,
    drawable,
    safe_paragraph,
    text_width,
    thai_style,
)
from tests.thai_pdf.reading import draw, draw_lines, needs_poppler, poppler_text
from tests.thai_pdf.test_acceptance import ARTICLE, lines_of

STYLE = thai_style(size=12)
NASTY = [
    '<img src="/etc/passwd"/>',
    '<img src="/dev/zero" width="99999"/>',
    "<b>Somchai",
    "<b><i>x</b></i>",
    '<a href="javascript:alert(1)">นาย</a>',
    '<font size="9999">ใหญ่</font>',
    "<para fontSize=60>ก</para>",
    "<foo",
    "&lt;&amp;&#0;",
    '<unichar code="1114112"/>',
    '<onDraw name="x"/>',
    '<seq template="%(a)s">',
    "]]>",
    "นาย\x00ก\ud800ข\udfff",
    "\u202eกลับ\u202c",
    "ก" + "\u0e49" * 50,
    "😀 中文 العربية ✓",
    "",
    " ",
]


def build(story):
    out = BytesIO()
    SimpleDocTemplate(out, initialFontName=REGULAR).build(story, canvasmaker=ThaiCanvas)
    return out.getvalue()


@needs_poppler
def test_what_looks_like_markup_is_printed_as_it_was_typed():
    pdf = build([safe_paragraph(text, STYLE) for text in NASTY])
    found = "".join(poppler_text(pdf).split())
    for text in NASTY[:13]:
        assert "".join(text.split()) in found
    assert b"javascript:" not in pdf
    assert b"/URI" not in pdf


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_becomes_a_paragraph(text):
    paragraph = safe_paragraph(text, STYLE)
    paragraph.wrap(200, 10_000)
    draw(lambda canvas: (paragraph.wrapOn(canvas, 90, 10_000), paragraph.drawOn(canvas, 0, 0)))


def test_long_text_ends_in_an_ellipsis_at_a_whole_letter():
    paragraph = safe_paragraph("ที่" * 500, STYLE, max_len=100)
    paragraph.wrap(10_000, 100)
    (line,) = lines_of(paragraph)
    assert line == "ที่" * 33 + "…"


def test_newlines_typed_are_lines_printed():
    paragraph = safe_paragraph("หนึ่ง\nสอง", STYLE)
    paragraph.wrap(500, 100)
    assert lines_of(paragraph) == ["หนึ่ง", "สอง"]


def test_marks_are_put_in_the_order_that_fonts_draw():
    assert drawable("ป\u0e48\u0e35 น\u0e4d\u0e49า") == "ป\u0e35\u0e48 น\u0e49ำ"


@needs_poppler
def test_a_paragraph_split_over_pages_and_wrapped_narrower_keeps_its_text():
    whole = safe_paragraph(ARTICLE[2], STYLE, max_len=5000)
    whole.wrap(60, 10_000)
    first, second = whole.split(60, 200)
    for part in (first, second):
        part.wrap(300, 10_000)
    together = "".join(lines_of(first) + lines_of(second))
    assert "".join(together.split()) == "".join(ARTICLE[2].split())
    assert not [line for line in lines_of(second) if text_width(line, REGULAR, 12) > 300]
    assert "\xa0" not in poppler_text(build([first, second]))


@needs_poppler
def test_tables_and_kept_blocks_wrap_twice_and_stay_right():
    rows = [["ที่", "ชื่อ"], ["1", safe_paragraph("นายสุรศักดิ์ เจริญศิริโชติ ผู้ว่าราชการจังหวัดระยอง", STYLE)]]
    story = [KeepTogether([Table(rows, colWidths=[30, 90]), Spacer(1, 5), safe_paragraph(ARTICLE[1], STYLE, 999)])]
    found = "".join(poppler_text(build(story)).split())
    assert "นายสุรศักดิ์เจริญศิริโชติผู้ว่าราชการจังหวัดระยอง" in found
    assert "".join(ARTICLE[1].split()) in found


@needs_poppler
def test_bold_links_and_nobr_work_in_markup_the_program_wrote():
    markup = 'ที่<b>ปรึกษา</b>ด้าน<i>แผน</i> <a href="https://example.org/">ดูผล</a> <nobr>ดลประสิทธิ์</nobr> ต่าง ๆ'
    pdf = build([ThaiParagraph(markup, STYLE)])
    assert "".join(poppler_text(pdf).split()) == "ที่ปรึกษาด้านแผนดูผลดลประสิทธิ์ต่างๆ"
    assert b"/URI" in pdf
    narrow = ThaiParagraph(markup, STYLE)
    narrow.wrap(60, 1000)
    assert "ดลประสิทธิ์" in lines_of(narrow)
    assert not [line for line in lines_of(narrow) if line.startswith("ๆ")]


def test_names_to_keep_survive_a_split():
    breaker = Breaker(["ดลประสิทธิ์"])
    paragraph = safe_paragraph("ดลประสิทธิ์ " * 30, STYLE, 999, breaker=breaker)
    paragraph.wrap(70, 10_000)
    parts = paragraph.split(70, 100)
    assert [part.breaker for part in parts] == [breaker, breaker]
    assert set(lines_of(paragraph)) == {"ดลประสิทธิ์"}


def test_justified_lines_stretch_only_spaces_that_are_there():
    paragraph = ThaiParagraph(
        "คณะกรรมการบริหารงานอำเภอ เพื่อสนับสนุนการพัฒนา", thai_style(size=12, alignment=TA_JUSTIFY)
    )
    paragraph.wrap(100, 1000)
    for line in paragraph.blPara.lines:
        assert line.wordCount == 1 + sum(frag.text.count(" ") for frag in line.words)


def test_eight_documents_at_once_are_all_whole():
    words = [f"ผู้ใหญ่บ้านน้ำปั่นที่ฟื้น{n}" for n in range(40)]
    made: dict[int, bytes] = {}

    def work(number: int) -> None:
        made[number] = draw_lines(words[:20] if number % 2 else words[20:], size=10 + number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, pdf in made.items():
        assert pdf.startswith(b"%PDF") and len(made) == 8
        found = poppler_text(pdf).split()
        assert found == (words[:20] if number % 2 else words[20:])


@pytest.mark.parametrize("host", ["example.org"])
def test_reportlab_may_not_fetch_pictures_from_anywhere(host, monkeypatch):
    from reportlab import rl_config

    from app.thai_pdf import fonts

    fonts._register.cache_clear()
    monkeypatch.setattr(rl_config, "trustedHosts", [host])
    with pytest.raises(RuntimeError):
        fonts.register_fonts()
    monkeypatch.undo()
    fonts.register_fonts()
