"""What stands right below the headings: a second row of them, or the first heading between people."""

import pytest

from tests.registration.importing.lists import AGENCIES, Sheet, imported, workbook


@pytest.mark.parametrize("section", ["อำเภอบ้านค่าย", "อำเภอบ้านค่าย 1 คน", "สำนักงานเกษตรอำเภอบ้านค่าย", AGENCIES])
def test_a_heading_in_a_column_without_one_is_no_second_row_of_headings(section):
    headings = ["", "ชื่อ-สกุล", "ตำแหน่ง"]
    rows = [headings, ["อำเภอแกลง"], ["", "นายสมชาย ใจดี", "ครู"], headings, [section], ["", "นายมานะ อดทน", "ครู"]]
    unit = AGENCIES if section == AGENCIES else "บ้านค่าย"
    assert [row.person.unit for row in imported(workbook(Sheet("Sheet1", rows))).rows] == ["แกลง", unit]


def test_a_person_above_repeated_headings_is_no_row_of_them():
    headings = ["ชื่อ-สกุล", "หน่วยงาน", "หมายเหตุ", "อำเภอ"]
    people = [["น.ส.ทินพร ใจดี", "ตำบลมะขามคู่", "หมายเหตุ ขอรถ", "นิคมพัฒนา"], ["นายมานะ อดทน", "ตำบลพนานิคม", "", ""]]
    rows = [headings, ["นายสมชาย ใจดี", "ตำบลเพ", "", "เมืองระยอง"], people[0], headings, people[1]]
    found = [row.person for row in imported(workbook(Sheet("Sheet1", rows))).rows]
    assert [person.first_name for person in found] == ["สมชาย", "ทินพร", "มานะ"]
    assert [person.unit for person in found] == ["เมืองระยอง", "นิคมพัฒนา", "นิคมพัฒนา"]


def test_a_label_alone_below_the_headings_is_still_one_of_them():
    rows = [["ที่", "ชื่อ-สกุล", "ตำแหน่ง", ""], ["", "", "", "อำเภอ"], [1, "นายสมชาย ใจดี", "ครู", "แกลง"]]
    assert [row.person.unit for row in imported(workbook(Sheet("Sheet1", rows))).rows] == ["แกลง"]
