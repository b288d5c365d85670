"""Titles, first and last names as they stand in one cell."""

import csv

import pytest

from app.registration.names import PersonName, is_title, names_an_office, split_name, standard_title
from tests.conftest import FIXTURES


@pytest.mark.parametrize(
    ("written", "title", "first", "last"),
    [
        ("นายสมชาย ใจดี", "นาย", "สมชาย", "ใจดี"),
        (" นาย  สมชาย   ใจดี ", "นาย", "สมชาย", "ใจดี"),
        ("น.ส.สมศรี ใจดี", "นางสาว", "สมศรี", "ใจดี"),
        ("นางสาวสมศรี\nใจดี", "นางสาว", "สมศรี", "ใจดี"),
        ("นางสาวิตรี ใจดี", "นาง", "สาวิตรี", "ใจดี"),
        ("นายนาย ไตรบรรพ", "นาย", "นาย", "ไตรบรรพ"),
        ("ร.ต.อ.นาย ขอหมั่นกลาง", "ร.ต.อ.", "นาย", "ขอหมั่นกลาง"),
        ("นายิกา ใจดี", "", "นายิกา", "ใจดี"),
        ("คุณากร ใจดี", "", "คุณากร", "ใจดี"),
        ("นายแพทย์สมชาย ใจดี", "นายแพทย์", "สมชาย", "ใจดี"),
        ("นายแพทย์ ใจดี", "นาย", "แพทย์", "ใจดี"),
        ("นพ.สมชาย ใจดี", "นพ.", "สมชาย", "ใจดี"),
        ("ว่าที่ร้อยตรีสมชาย ใจดี", "ว่าที่ร้อยตรี", "สมชาย", "ใจดี"),
        ("ว่าที่ ร.ต.สมชาย ใจดี", "ว่าที่ร้อยตรี", "สมชาย", "ใจดี"),
        ("ว่าที่ ร.ต.หญิง สมศรี ใจดี", "ว่าที่ร้อยตรีหญิง", "สมศรี", "ใจดี"),
        ("พ.ต.อ.หญิง สมศรี ใจดี", "พ.ต.อ.หญิง", "สมศรี", "ใจดี"),
        ("พ.ต.อ.หญิง ใจดี", "พ.ต.อ.", "หญิง", "ใจดี"),
        ("จ.ส.อ. สมชาย ใจดี", "จ.ส.อ.", "สมชาย", "ใจดี"),
        ("ร้อยตรีสมชาย ใจดี", "ร้อยตรี", "สมชาย", "ใจดี"),
        ("ผศ.ดร.สมชาย ใจดี", "ผศ.ดร.", "สมชาย", "ใจดี"),
        ("ม.ล.สมชาย ใจดี", "ม.ล.", "สมชาย", "ใจดี"),
        ("พระครูสมชาย ฐิตญาโณ", "พระครู", "สมชาย", "ฐิตญาโณ"),
        ("๑๒. นายสมชาย ณ ระยอง", "นาย", "สมชาย", "ณ ระยอง"),
        ("นายสมชาย ใจดี (ผู้แทน)", "นาย", "สมชาย", "ใจดี"),
        ("นางน้ำ นํ้าใส", "นาง", "น้ำ", "น้ำใส"),
        ("Mr. John Smith", "Mr.", "John", "Smith"),
        ("นายสมชาย", "นาย", "สมชาย", ""),
        ("", "", "", ""),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(written, title, first, last):
    assert split_name(written) == PersonName(title, first, last)


def test_a_name_beside_its_title_keeps_what_looks_like_one():
    assert split_name("นาย ทันยุค", has_title=True) == PersonName("", "นาย", "ทันยุค")


def test_every_glued_name_of_the_clean_lists_comes_apart_as_it_was():
    for file in ("rayong_200.csv", "roiet_530.csv"):
        with open(FIXTURES / file, encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                title, first, last = row["คำนำหน้า"], row["ชื่อ"], row["นามสกุล"]
                assert split_name(f"{title}{first} {last}") == PersonName(title, first, last)
                assert split_name(f" {title} {first}  {last}") == PersonName(title, first, last)


@pytest.mark.parametrize("text", ["นาย", "น.ส.", "ว่าที่ ร.ต.", "ผศ.ดร.", "พ.ต.อ.หญิง", "ว่าที่ร้อยตรี", "Mr."])
def test_a_title_alone_is_known_as_one(text):
    assert is_title(text)


@pytest.mark.parametrize("text", ["สมชาย", "นายสมชาย", "ใจดี", "พลภูมิ"])
def test_a_name_is_no_title(text):
    assert not is_title(text)


def test_the_head_of_a_district_is_an_office_not_a_man():
    assert names_an_office("นายอำเภอแกลง")
    assert split_name("นายอำเภอแกลง").title == ""
    assert not names_an_office("นายกฤษณ์ ใจดี")


def test_titles_have_one_spelling():
    assert {standard_title(t) for t in ("น.ส.", "นส.", "น. ส.")} == {"นางสาว"}
    assert {standard_title(t) for t in ("ว่าที่ ร.ต.", "ว่าที่ร.ต.", "ว่าที่ ร้อยตรี")} == {"ว่าที่ร้อยตรี"}
