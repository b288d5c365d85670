"""Telephone numbers and e-mail addresses in the ways offices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleBroken
from app.registration.contacts import read_email, read_phone, read_phones


@pytest.mark.parametrize(
    "written",
    [
        "0812345678",
        "081-234-5678",
        "08-1234-5678",
        "081 234 5678",
        "0 8123 4567 8",
        "081.234.5678",
        "081–234–5678",
        "(081) 234-5678",
        "+66812345678",
        "+66 81 234 5678",
        "+66 (0) 81-234-5678",
        "66812345678",
        "0066 81 234 5678",
        "812345678",
        "๐๘๑-๒๓๔๕๖๗๘",
        "โทร. 081-2345678",
        "081-2345678 ต่อ 12",
        "081-\n2345678",
        "\u200b081\u00a0234 5678",
        "'0812345678",
    ],
)
def test_one_mobile_in_many_styles_is_one_number(written):
    assert read_phone(written) == "0812345678"


@pytest.mark.parametrize(
    "written", ["038-611104", "038 611 104-5", "38611104", "038611104 ต่อ 1234", "+6638611104"]
)
def test_an_office_line_is_a_number_too(written):
    assert read_phone(written) == "038611104"


@pytest.mark.parametrize(
    "written",
    [
        "081-2345678, 038-611104",
        "038-611104 / 081-2345678",
        "081 234 5678 038 611 104",
        "0812345678\n038611104",
        "มือถือ 0812345678 ที่ทำงาน 038-611104",
    ],
)
def test_of_two_numbers_the_mobile_comes_first(written):
    assert read_phones(written) == ["0812345678", "038611104"]


@pytest.mark.parametrize("written", ["", None, "-", "–", " - ", "ไม่มี", "ไม่ระบุ", "n/a", "....."])
def test_a_cell_may_say_that_there_is_none(written):
    assert read_phone(written) == ""
    assert read_email(written) == ""


@pytest.mark.parametrize(
    "written", ["08-12", "1567", "089-876-543", "9900000000014", "0000000000", "สอบถามหน้างาน"]
)
def test_a_bad_number_is_refused_without_repeating_it(written):
    with pytest.raises(RuleBroken) as refusal:
        read_phone(written)
    assert refusal.value.field == "phone"
    assert written not in str(refusal.value.sentence)


@given(st.text(alphabet="0123456789 -+().,/๐๘๑ต่อ\n", max_size=40))
def test_any_digits_give_a_stored_form_or_a_refusal(written):
    try:
        number = read_phone(written)
    except RuleBroken:
        return
    assert number == "" or (number.isascii() and number.isdigit() and number[0] == "0" and len(number) in (9, 10))
    assert read_phone(number) == number


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("P21001@Example.com", "p21001@example.com"),
        (" som chai@gmail.com ", "somchai@gmail.com"),
        ("mailto:a@gmail.com", "a@gmail.com"),
        ("อีเมล: a@gmail.com", "a@gmail.com"),
        ("a@gmail.com, b@gmail.com", "a@gmail.com"),
        ("a@gmail.com.", "a@gmail.com"),
        ("a@gmail.com\u200b", "a@gmail.com"),
    ],
)
def test_an_address_is_stored_without_what_copying_added(written, stored):
    assert read_email(written) == stored


@pytest.mark.parametrize("written", ["somchai(at)mail", "x@y", "a@gmail,com", "@gmail.com", "สมชาย@gmail.com"])
def test_a_bad_address_is_refused(written):
    with pytest.raises(RuleBroken) as refusal:
        read_email(written)
    assert refusal.value.field == "email"
