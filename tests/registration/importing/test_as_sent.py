"""The list as an office sent it: what an import must find is written beside it."""

import collections
import json

from app.core.spreadsheets import read_tables
from app.registration.importing.returning import rejected_workbook
from tests.conftest import FIXTURES
from tests.registration.importing.lists import clean_people, found, identity, imported, registered

SENT = (FIXTURES / "rayong_200_as_sent.xlsx").read_bytes()
EXPECTED = json.loads((FIXTURES / "rayong_200_as_sent.expected.json").read_text(encoding="utf-8"))
CODES = {
    "no name": "no_name",
    "one name only": "one_name",
    "unknown district": "unknown_unit",
    "bad phone": "bad_phone",
    "bad email": "bad_email",
    "national ID in the phone column": "national_id",
}


def test_every_person_fault_and_duplicate_is_found():
    prepared = imported(SENT)
    assert len(prepared.good) == EXPECTED["good_rows"]
    assert [(row.sheet, row.number, [fault.code for fault in row.faults]) for row in prepared.bad] == [
        (row["sheet"], row["row"], [CODES[row["reason"]]]) for row in EXPECTED["bad_rows"]
    ]
    assert [(row.sheet, row.number) for row in prepared.duplicates] == [
        (row["sheet"], row["row"]) for row in EXPECTED["duplicate_rows"]
    ]
    districts = collections.Counter(str(row.person.unit) for row in prepared.good)
    assert dict(districts) == EXPECTED["people_by_district"]


def test_every_person_comes_out_as_in_the_clean_list():
    prepared = imported(SENT)
    people = clean_people()
    assert sorted(found(prepared)) == sorted(identity(person) for person in people)
    by_name = {(p["ชื่อ"], p["นามสกุล"]): p for p in people}
    for row in prepared.good:
        clean = by_name[row.person.first_name, row.person.last_name]
        assert row.person.phone == clean["โทรศัพท์"]
        assert row.person.email == clean["อีเมล"]
        assert (row.person.position, row.person.organisation) == (clean["ตำแหน่ง"], clean["หน่วยงาน"])


def test_importing_an_applied_list_again_changes_nothing():
    first = imported(SENT)
    again = imported(SENT, known=registered(first))
    assert again.good == []
    assert {row.number for row in again.duplicates} == {row.number for row in [*first.good, *first.duplicates]}
    assert [row.number for row in again.bad] == [row.number for row in first.bad]


def test_no_national_id_is_echoed_anywhere():
    prepared = imported(SENT)
    (row,) = [row for row in prepared.bad if row.number == 209]
    assert "9900000000014" not in repr((row.cells, row.reason, row.faults, prepared.mapping))
    assert b"9900000000014" not in rejected_workbook(prepared)


def test_every_bad_row_comes_back_with_its_reason_and_its_number():
    prepared = imported(SENT)
    (table,) = read_tables("returned.xlsx", rejected_workbook(prepared))
    assert table.rows[0].cells[-2:] == ["สิ่งที่ต้องแก้ไข", "แถวในไฟล์เดิม"]
    found = [(row.cells[-2], row.cells[-1]) for row in table.rows[1:]]
    assert found == [(row.reason, str(row.number)) for row in prepared.bad]
    assert all(len(reason) > 20 for reason, _number in found)


def test_the_corrected_workbook_goes_in_as_it_is():
    returned = rejected_workbook(imported(SENT))
    bad = imported(returned).bad
    assert [fault.code for row in bad for fault in row.faults] == [
        "no_name",
        "one_name",
        "unknown_unit",
        "bad_phone",
        "bad_email",
        "bad_phone",  # the ID is gone; what is left of it is no telephone number
    ]
