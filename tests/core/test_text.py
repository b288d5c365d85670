"""Text as people type it: what is stored, how it is found, in which order it stands."""

import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import (
    MAX_COMBINING_RUN,
    TextTooLong,
    UnreadableText,
    arabic_digits,
    clean_name,
    clean_text,
    display_width,
    query_key,
    search_key,
    sort_key,
    thai_digits,
)

# Every Thai character, plus what arrives with text from Word, LINE and PDF files.
THAI = [chr(c) for c in range(0x0E01, 0x0E5C) if unicodedata.category(chr(c)) != "Cn"]
ODD = list("\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0\u202e\u2066\u0301\u0323\uf70a\uf70f\x07\x85\n\t .,()-Aé½")
typed = st.text(st.one_of(st.sampled_from(THAI), st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])))
readable = typed.map(lambda text: text.replace("\x00", ""))


@pytest.mark.parametrize("bad", ["ก\x00", "\ud800", "ก\udfffข"])
def test_what_no_database_stores_is_refused(bad):
    with pytest.raises(UnreadableText):
        clean_text(bad)
    with pytest.raises(UnreadableText):
        clean_name(bad)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (None, ""),
        ("  สมชาย\u00a0 \t ใจดี \r\n", "สมชาย ใจดี"),
        ("คณะ\u200bกรรมการ\ufeff\u2060", "คณะกรรมการ"),
        ("ระ\u00adยอง", "ระยอง"),
        ("\u202eabc\u202c \u2066x\u2069", "abc x"),
        ("a\x07b\x9fc", "abc"),
        ("e\u0301", "é"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("ท\uf70aี", "ท\u0e48ี"),
        ("\uf70f\uf718", "ญ\u0e38"),
        ("ก\ue000\U000f0000ข", "กข"),
        ("½ ﬁ น้ำ", "½ ﬁ น้ำ"),
    ],
)
def test_invisible_characters_go_and_everything_else_stays(typed, stored):
    assert clean_text(typed) == stored


def test_sara_am_is_never_taken_apart():
    assert [hex(ord(c)) for c in clean_text("น้ำ")] == ["0xe19", "0xe49", "0xe33"]


def test_lines_stay_only_where_there_may_be_several():
    typed = "หนึ่ง  สอง \r\n\tสาม\u2028สี่\n\n"
    assert clean_text(typed) == "หนึ่ง สอง สาม สี่"
    assert clean_text(typed, multiline=True) == "หนึ่ง สอง\n\tสาม\nสี่"


def test_a_pile_of_marks_is_cut_to_five():
    assert clean_text("ก" + "\u0e49" * 40 + "ข") == "ก" + "\u0e49" * MAX_COMBINING_RUN + "ข"


def test_text_beyond_its_field_is_refused_not_cut():
    assert clean_text(" กขค ", max_length=3) == "กขค"
    with pytest.raises(TextTooLong) as refused:
        clean_text("กขคง", max_length=3)
    assert (refused.value.length, refused.value.max_length) == (4, 3)


@given(readable, st.booleans())
def test_cleaning_twice_changes_nothing(text, multiline):
    once = clean_text(text, multiline=multiline)
    assert clean_text(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ป\u0e48ี", "ป\u0e35\u0e48"),
        ("น\u0e4d\u0e49า", "น\u0e49ำ"),
        ("น\u0e49\u0e4dา", "น\u0e49ำ"),
        ("นำ\u0e49", "น\u0e49ำ"),
        ("เเก\u0e49ว", "แก\u0e49ว"),
        ("สิทธ\u0e4c\u0e34", "สิทธ\u0e34\u0e4c"),
        ("ที\u0e48\u0e48", "ที\u0e48"),
        ("น\u0e49\u0e48อย", "น\u0e48อย"),
        ("กาา", "กา"),
        ("สม\u200cชาย\u200d", "สมชาย"),
        ("หมู่ที่ ๕", "หมู่ที่ 5"),
        ("O’Brien-Smith Jr.", "O’Brien-Smith Jr."),
        ("ฤๅชา", "ฤๅชา"),
    ],
)
def test_one_name_has_one_spelling(typed, stored):
    assert clean_name(typed) == stored


@given(readable)
def test_a_clean_name_is_already_clean(text):
    once = clean_name(text)
    assert clean_name(once) == once
    assert clean_text(once) == once


def test_a_well_typed_name_is_left_alone():
    for name in ["นายสุรศักดิ์ เจริญศิริโชติ", "ณัฐพงษ์ ผู้ใหญ่", "เพชรรัชต์การ์เด้น", "กฤษฎุ์ เปี๊ยก", "ก๊ำ ทำ น้ำ"]:
        assert clean_name(name) == name


def test_digits_change_script_and_nothing_else():
    assert thai_digits("7 – 8 ส.ค. 2561") == "๗ – ๘ ส.ค. ๒๕๖๑"
    assert arabic_digits("๗ – ๘ ส.ค. ๒๕๖๑") == "7 – 8 ส.ค. 2561"


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("น้ำ", "นํ้าค้าง ใจดี"),
        ("นํ้า", "น้ำค้าง ใจดี"),
        ("ณัฐพงศ์", "ณัฐพงษ์ เกิดมณี"),
        ("ไจดี", "สมชาย ใจดี"),
        ("นายสมชาย ใจ", "สมชาย ใจดี"),
        ("น.ส. กานดา", "กานดา แก้ว"),
        ("พ.จ.อ. วิชัย", "วิชัย ทะเลงาม"),
        ("ร.ต.ท.หญิงสมใจ", "สมใจ นึก"),
        ("ว่าที่ ร.ต.หญิง กานดา", "กานดา แก้ว"),
        ("นางร", "นางรอง บุรีรัมย์"),
        ("หมู่ ๕", "หมู่ 5"),
        ("o'brien", "O’Brien"),
        ("สมชา", "สมชาย\u200b"),
    ],
)
def test_a_search_finds_the_row_however_it_was_typed(typed, row):
    assert query_key(typed) in search_key(row)
    assert query_key(typed)


def test_a_search_key_is_safe_inside_like():
    assert search_key("100%_ก\\'.*") == "100ก"
    assert query_key("%") == ""


def test_a_title_alone_is_still_a_query():
    assert query_key("นาย") == search_key("นาย")
    assert query_key("นายิกา") == search_key("นายิกา")


def test_names_sort_as_in_a_dictionary():
    names = ["กก", "ก่ก", "กานดา", "เก่ง", "แก้ว", "โกวิท", "ใจดี", "ไพโรจน์", "เอก", "ฮาวา"]
    mixed = names[:]
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == names


def test_first_names_decide_before_family_names():
    assert sort_key("สมชาย ฮ") < sort_key("สมชายา ก")
    assert sort_key("กร ฮ") < sort_key("กรณ์ ก")


def test_a_sort_key_can_be_stored_in_postgresql():
    assert "\x00" not in sort_key("เก่ง")


def test_width_counts_columns_not_marks():
    assert display_width("ที่ปรึกษาผู้ใหญ่") == 10
    assert display_width("น้ำ") == 2
    assert display_width("a\u200bb") == 2


def test_the_module_is_cheap_to_import():
    """Loaded by its file, because the package before it brings the whole application."""
    code = (
        "import importlib.util, sys; spec = importlib.util.spec_from_file_location('text', sys.argv[1]); "
        "spec.loader.exec_module(importlib.util.module_from_spec(spec)); "
        "print([m for m in ('pythainlp', 'reportlab', 'numpy') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parents[2] / "app" / "core" / "text.py")]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
