"""Rows between people that name a district: in other words, with a slip, or one nobody knows."""

import pytest

from tests.registration.importing.lists import AGENCIES, Sheet, imported, workbook

NUMBERED, UNNUMBERED = [1, 2, 3], ["", "", ""]
MEANT = {
    "อำเภอบ้านค่าย": "บ้านค่าย",
    "อำเภอบ้านข่าย จำนวน 2 คน": "บ้านค่าย",
    "2. อ.บ้านข่าย (2 คน)": "บ้านค่าย",
    "อำเภอบ้านค่าย (ต่อ)": "บ้านค่าย",
    "อำเภอปลวกแดง ต่อ": "ปลวกแดง",
    "(อำเภอปลวกแดง)": "ปลวกแดง",
    "อำเภอวังจันทร์ กลุ่มท้องถิ่น": "วังจันทร์",
    "ท้องถิ่นอำเภอบ้านค่าย": "บ้านค่าย",
    "ท้องถิ่นอำเภอบ้านข่าย": "บ้านค่าย",
    "ต.หนองละลอก อ.บ้านค่าย": "บ้านค่าย",
    "อบต.หนองบัว อ.บ้านค่าย": "บ้านค่าย",
    "ตำบลหนองบัว อำเภอบ้านค่าย จังหวัดระยอง": "บ้านค่าย",
    "สำนักงานเกษตรอำเภอบ้านข่าย": "บ้านค่าย",
    "ผู้เข้าร่วมจากอำเภอบ้านค่าย": "บ้านค่าย",
    "อำเภอศรีราชา": None,
    "อำเภอนิคม": None,
    "อ.นิคม": None,
    "อ.ศรีราชา จำนวน 2 คน": None,
    "อ.เมือง จ.ชลบุรี": None,
    "อ.เมือง ชลบุรี": None,
    "ท้องถิ่นอำเภอศรีราชา": None,
    "สำนักงานเกษตรอำเภอศรีราชา": None,
    "ต.บ้านสวน อ.เมือง จ.ชลบุรี": None,
    "อำเภอบ้านค่าย/ปลวกแดง": None,
    "อำเภอบ้านค่าย และอำเภอปลวกแดง": None,
    "อำเภอบ้านค่าย-ศรีราชา": None,
}


def read(*rows):
    sheet = Sheet("Sheet1", [["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "เบอร์โทร"], *rows])
    return imported(workbook(sheet)).rows


def around(heading, numbers, column):
    """Two people of แกลง, the heading in the first or the second column, and two people below it."""
    cell = [""] * column
    return read(
        [*cell, "อำเภอแกลง"],
        [numbers[0], "นายสมชาย ใจดี", "ครู", "0812345678"],
        [*cell, heading],
        [numbers[1], "นายสมหมาย รักดี", "ครู", "0812345679"],
        [numbers[2], "นางมานี มีนา", "ครู", "0812345670"],
    )


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("numbers", [NUMBERED, UNNUMBERED], ids=["numbered", "unnumbered"])
@pytest.mark.parametrize("heading", MEANT)
def test_nobody_below_a_heading_stays_in_the_district_before_it(heading, numbers, column):
    first, *below = around(heading, numbers, column)
    assert (first.number, first.person.unit) == (3, "แกลง")
    assert [row.number for row in below] == [5, 6]
    unit = MEANT[heading]
    assert [row.person and row.person.unit for row in below] == [unit, unit]
    if unit is None:
        written = heading.partition(" จำนวน")[0]
        assert all([fault.code for fault in row.faults] == ["unknown_unit"] for row in below)
        assert all(written in row.reason for row in below)


@pytest.mark.parametrize("name", ["บ้านข่าย", "ศรีราชา", "บ้านค่าย/ปลวกแดง"])
def test_a_bare_name_outside_the_names_is_a_heading_too(name):
    first, *below = around(name, NUMBERED, 0)
    units = {row.person.unit for row in below if row.person}
    assert first.person.unit == "แกลง"
    assert units == ({"บ้านค่าย"} if name == "บ้านข่าย" else set())


def test_an_office_below_an_unknown_district_leaves_it_unknown():
    unknown = [["อำเภอศรีราชา"], ["", "เทศบาลตำบลบางพระ"], [1, "นายสมชาย ใจดี", "ครู"]]
    rows = read(*unknown, ["อำเภอแกลง"], [2, "นางมานี มีนา"])
    assert [row.person and row.person.unit for row in rows] == [None, "แกลง"]
    assert "ศรีราชา" in rows[0].reason


def test_an_unknown_heading_leaves_alone_who_has_a_district_of_their_own():
    sheet = Sheet("Sheet1", [["ที่", "ชื่อ-สกุล", "อำเภอ"], ["อำเภอศรีราชา"], [1, "นายสมชาย ใจดี", "แกลง"]])
    sheet.add(2, "นางมานี มีนา", "ส่วนราชการประจำจังหวัด")
    assert [row.person.unit for row in imported(workbook(sheet)).rows] == ["แกลง", AGENCIES]


@pytest.mark.parametrize(
    "name",
    ["อ.สมชาย ใจดี", "นายสมชาย ใจดี อ.บ้านค่าย", "สมชาย ใจดี", "นายอำเภอ ใจดี", "นางแกลง สว่าง"],
)
def test_a_teacher_and_a_person_with_a_district_behind_the_name_stay_people(name):
    rows = read([1, "นายสมหมาย รักดี", "ครู"], ["", name], [2, "นางมานี มีนา", "ครู"])
    assert [row.number for row in rows] == [2, 3, 4]


@pytest.mark.parametrize(
    "text", ["อำเภอละ 25 คน", "คณะกรรมการบริหารงานอำเภอแบบบูรณาการ", "ปลัดอำเภอ 8 คน", "นายอำเภอแกลง"]
)
def test_a_row_that_only_says_district_is_no_section(text):
    rows = read(["อำเภอบ้านค่าย"], [1, "นายสมชาย ใจดี", "ครู"], [text], [2, "นางมานี มีนา", "ครู"])
    assert [row.person.unit for row in rows] == ["บ้านค่าย", "บ้านค่าย"]
