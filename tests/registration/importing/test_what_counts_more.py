"""Which of several hints at a district counts more, where a person has none of their own."""

import pytest

from tests.registration.importing.lists import AGENCIES, Sheet, imported, workbook

HEADINGS = ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "หน่วยงาน"]
ORGANISER = "สำนักงานจังหวัดระยอง อำเภอเมืองระยอง จังหวัดระยอง"
BY_OFFICE = [
    [1, "นายสมชาย ใจดี", "เกษตรอำเภอ", "สำนักงานเกษตรอำเภอแกลง"],
    [2, "นายปิติ พอใจ", "คลังจังหวัด", "สำนักงานคลังจังหวัดระยอง"],
    [3, "นายมานะ อดทน", "กำนัน", "ตำบลเพ"],
]


def units_of(*sheets, **more):
    return [row.person and row.person.unit for row in imported(workbook(*sheets), **more).rows]


def test_the_organisers_address_counts_less_than_a_persons_own_office():
    sheet = Sheet("Sheet1", [["รายชื่อผู้เข้าอบรม"], [ORGANISER], HEADINGS, *BY_OFFICE])
    assert units_of(sheet) == ["แกลง", AGENCIES, "เมืองระยอง"]


def test_the_files_name_counts_less_than_a_persons_own_office():
    sheet = Sheet("Sheet1", [HEADINGS, *BY_OFFICE])
    assert units_of(sheet, filename="รายชื่อ อ.เมืองระยอง.xlsx") == ["แกลง", AGENCIES, "เมืองระยอง"]


def test_the_name_of_the_sheet_counts_more_than_either():
    sheet = Sheet("บ้านค่าย", [[ORGANISER], HEADINGS, *BY_OFFICE])
    assert units_of(sheet, filename="รายชื่อ อ.ปลวกแดง.xlsx") == ["บ้านค่าย"] * 3


@pytest.mark.parametrize(("name", "unit"), [("บ้านข่าย", "บ้านค่าย"), ("ศรีราชา", None), ("อ.ศรีราชา", None)])
def test_a_sheet_named_with_a_slip_is_not_the_district_of_the_file(name, unit):
    sheet = Sheet(name, [HEADINGS[:3], [1, "นายสมชาย ใจดี", "ครู"]])
    assert units_of(sheet, filename="รายชื่อ อ.เมืองระยอง.xlsx") == [unit]
