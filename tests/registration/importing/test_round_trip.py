"""Any registrant that goes out as a list comes in again as the same registrant."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.core.errors import RuleBroken
from app.core.spreadsheets import Sheet, csv_bytes, write_workbook
from app.core.text import clean_name, clean_text
from app.documents.rows import REGISTRANT_HEADER, registrant_rows
from app.events.models import Unit
from app.registration.contacts import read_email, read_phone
from app.registration.importing.labels import QUESTION
from app.registration.models import Registrant
from app.registration.person import FIELDS, cleaned
from tests.registration.importing.lists import imported

_THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4E, exclude_characters="฿฻฼฽฾"), max_size=20)
_TYPED = st.one_of(
    _THAI,
    st.text(max_size=20),
    st.sampled_from(["-", "รวม", "ลงชื่อ", "นาย", "=1+1", "'=1", "+66", "'", "ชื่อ-สกุล", "หมายเหตุ", "ณ อยุธยา"]),
    st.sampled_from(["0", "น้ำ", "นํ้า", "ว่าง", "อำเภอแกลง", "แกลง", "ส่วนราชการ", "๑", '"', "เช่นเดียวกัน"]),
    st.sampled_from(["ว่าที่ ร.ต.", "น.ส.", "รวม 5 คน", "กลุ่ม 1", "_x0041_", "a|b;c", "นายสมชาย ใจดี"]),
)
_LETTERS = st.text(st.sampled_from("กขคงจชซดตถทนบปพมยรลวสหอ"), min_size=1, max_size=12)
PEOPLE = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["นาย", "นาง", "นางสาว", "ว่าที่ร้อยตรี", "ดร.", "พระครู", ""]) | _TYPED,
        "first_name": _LETTERS | _TYPED,
        "last_name": _LETTERS | _TYPED,
        "position": _TYPED,
        "organisation": _TYPED,
        "category": _TYPED,
        "phone": st.sampled_from(["", "0812345678", "038611104", "021234567", "+66 81 234 5678"]),
        "email": st.sampled_from(["", "a@example.com", "Somchai@Example.go.th"]),
        "food": st.sampled_from(["", "ฮาลาล"]) | _TYPED,
    }
)


def stored(values):
    """The registrant that the rules would store, or None where they refuse what was typed."""
    try:
        kept = cleaned({**values, "phone": read_phone(values["phone"]), "email": read_email(values["email"])})
    except (RuleBroken, ValueError):
        return None
    return Registrant(ticket_code="A" * 20, **kept)


def rows_of(people, unit="แกลง"):
    for person in people:
        person.unit = Unit(name=unit)
    return registrant_rows(people, with_sensitive=True)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@given(values=PEOPLE)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(values=dict.fromkeys(FIELDS, "") | {"first_name": "รวม", "last_name": "-"})
@example(values=dict.fromkeys(FIELDS, "") | {"first_name": "ชื่อ", "last_name": "สกุล", "position": "ตำแหน่ง"})
def test_out_and_in_again_is_the_same_person(app, kind, values):
    person = stored(values)
    if person is None:
        return
    rows = rows_of([person])
    if kind == "xlsx":
        data = write_workbook([Sheet("รายชื่อ", REGISTRANT_HEADER, rows)])
    else:
        data = csv_bytes([REGISTRANT_HEADER, *rows])
    prepared = imported(data, filename=f"list.{kind}")
    assert [row.reason for row in prepared.bad] == []
    (found,) = (row.person for row in prepared.good)
    for name, (_length, is_name) in FIELDS.items():
        same = clean_name if is_name else clean_text
        assert same(getattr(found, name)) == same(getattr(person, name)), name
    assert found.unit == "แกลง"


def test_own_questions_in_the_list_are_never_taken_for_columns_of_a_person(app):
    person = stored(dict.fromkeys(FIELDS, "") | {"first_name": "สมชาย", "last_name": "ใจดี", "position": "กำนัน"})
    labels = [
        "ชื่อ",
        "โทรศัพท์ผู้ประสานงาน 081-234 5678",
        "ส่งไปที่ a@example.com",
        "อำเภอ",
        "อาหาร",
        "ลำดับ",
        *"abcdefghijklmnop",
    ]
    header = [*REGISTRANT_HEADER, *(f"{QUESTION}{label}" for label in labels)]
    row = [
        *rows_of([person])[0],
        "คนอื่น",
        "0899999999",
        "b@example.com",
        "บ้านค่าย",
        "ฮาลาล",
        "รวม 5 คน",
        *"=bcdefghijklmnop",
    ]
    for name, data in (
        ("list.csv", csv_bytes([header, row])),
        ("list.xlsx", write_workbook([Sheet("รายชื่อ", header, [row])])),
    ):
        prepared = imported(data, filename=name)
        assert [one.reason for one in prepared.bad] == []
        (found,) = (one.person for one in prepared.good)
        assert (found.first_name, found.last_name, found.position, found.unit) == ("สมชาย", "ใจดี", "กำนัน", "แกลง")
        assert (found.phone, found.email, found.food) == ("", "", "")
