"""Where a line of Thai may end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.thai_pdf import Breaker, break_lines, break_points
from app.thai_pdf.breaking import letter_points


def cut(text, breaker=None):
    edges = [0, *break_points(text, breaker), len(text)]
    return "|".join(text[a:b] for a, b in zip(edges, edges[1:], strict=False))


@pytest.mark.parametrize(
    "wanted",
    [
        "คณะกรรมการ|บริหารงาน|อำเภอ|(กบอ.)|เพื่อ|สนับสนุน",
        "นายอำเภอ|และ|ส่วนราชการ|ที่|เกี่ยวข้อง",
        "ชี้แจง|โครงการ|พัฒนา|ศักยภาพ",
        "เพื่อ|เป็น|แนวทาง|ใน|การทำงาน",
        "ทิศทาง|การพัฒนา|จังหวัด",
        "หมู่บ้าน/|ชุมชน |ระดับ|ท้องถิ่น",
        "“ขอบเขต |อำนาจ |หน้าที่”|การเชื่อมโยง",
        "นักวิชาการ|ส่งเสริม|การเกษตร|ชำนาญการ",
        "เปิดโครงการ|อบรม",
        "ส่วน|ตำบลภูเขาทอง |อำเภอหนองพอก",
        "อ.เมืองระยอง |จ.ระยอง",
        "นายสุรศักดิ์ |เจริญศิริ|โชติ",
        "เดินทาง|ไป|ต่าง ๆ ฯลฯ",
        "7 – |8 |สิงหาคม |2561",
        "จำนวน200คน",
        "One |Plan",
        "p21001@example.com",
    ],
)
def test_lines_end_between_words_and_nowhere_else(wanted):
    assert cut(wanted.replace("|", "")) == wanted


def test_a_break_written_into_the_text_is_taken():
    assert break_points("WWW\u200bWWW") == (4,)
    assert "\u200b" not in "".join(break_lines("อำเภอ\u200bเมือง", len, 5))


def test_names_an_event_brings_are_kept_whole():
    name = "ดลประสิทธิ์ คงเกษม"
    assert cut(name) == "ดล|ประสิทธิ์ |คง|เกษม"
    assert cut(name, Breaker(name.split())) == "ดลประสิทธิ์ |คงเกษม"


def test_lines_keep_the_whole_text_and_the_writers_newlines():
    lines = break_lines("หนึ่ง สอง\n\nสาม", len, 6)
    assert lines == ["หนึ่ง", "สอง", "", "สาม"]


def test_a_word_wider_than_the_line_is_cut_between_shorter_words_then_letters():
    assert break_lines("องค์การบริหารส่วนตำบล", len, 9) == ["องค์การ", "บริหาร", "ส่วนตำบล"]
    assert break_lines("WWWWWWWW", len, 3) == ["WWW", "WWW", "WW"]
    assert break_lines("น้ำ", len, 1) == ["น้ำ"]


thai_text = st.text(
    st.sampled_from([chr(c) for c in (*range(0xE01, 0xE3B), *range(0xE3F, 0xE5C))] + list(" ()“”.19Aa/–\u200b"))
)


@settings(max_examples=300, deadline=None)
@given(thai_text, st.integers(3, 30))
def test_no_text_is_lost_or_too_wide_whatever_was_typed(text, width):
    lines = break_lines(text, len, width)
    assert "".join(lines).replace(" ", "") == text.replace("\u200b", "").replace(" ", "")
    for line in lines:
        assert len(line) <= width or not letter_points(line)


@settings(max_examples=300, deadline=None)
@given(thai_text)
def test_no_mark_ever_starts_a_line(text):
    for place in break_points(text):
        assert text[place] not in "ะาำๅๆฯ" + "".join(map(chr, (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F))))
        assert text[place - 1] not in "เแโใไ(“"


def test_the_dictionary_is_loaded_only_when_a_line_is_broken_and_writes_nothing_home(tmp_path):
    code = (
        "import sys, app.thai_pdf as t; before = 'pythainlp' in sys.modules; t.break_points('คณะกรรมการบริหาร');"
        "print(before, 'pythainlp' in sys.modules)"
    )
    environment = {k: v for k, v in os.environ.items() if k != "PYTHAINLP_READ_ONLY"} | {"HOME": str(tmp_path)}
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=root
    )
    assert found.stdout.strip() == "False True"
    assert list(tmp_path.iterdir()) == []
