"""Rows without a running number: who is a person, what is a signature, a note or a heading."""

import pytest

from tests.registration.importing.lists import Sheet, imported, workbook


def read(*rows, headings=("ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์")):
    return imported(workbook(Sheet("แกลง", [headings, *rows]))).rows


def first_names(rows):
    return [row.person.first_name if row.person else row.faults[0].code for row in rows]


@pytest.mark.parametrize(
    "cells",
    [
        ["นายปิติ พอใจ", "", "โทร. 081-2345672"],
        ["นายปิติ พอใจ", "", "โทร:0812345672"],
        ["นายปิติ พอใจ", "ผู้ประสานงานตำบล"],
        ["นายปิติ พอใจ", "ผู้ตรวจสอบบัญชี"],
        ["นายปิติ พอใจ", "ตำแหน่ง.."],
        ["ปิติ พอใจ", "ผู้รายงานข่าว"],
        ["นายปิติ พอใจ", "", "", "หมายเหตุ ขอเปลี่ยนตัว"],
        ["นายปิติ พอใจ 081-2345672"],
        ["ปิติ พอใจ โทร. 081-2345672"],
    ],
)
def test_a_word_of_a_footer_beside_a_name_makes_no_signature(cells):
    rows = read(["นายสมชาย ใจดี", "ครู"], cells, ["นางมานี มีนา"], headings=("ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์", "หมายเหตุ"))
    assert first_names(rows) == ["สมชาย", "ปิติ", "มานี"]


@pytest.mark.parametrize(
    "between",
    [
        [["หน้า 1/2"]],
        [["หมายเหตุ ขอเพิ่มรายชื่อ"]],
        [["หมายเหตุ"], ["แต่งกายสุภาพ"]],
        [["หน้า 1/2"], ["ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์"]],
        [["ลงชื่อ............ผู้รับรอง"], ["(นายสมเกียรติ พูลสุข)"], ["หัวหน้าสำนักงานจังหวัด"]],
        [["ลงชื่อ นายสมเกียรติ พูลสุข ผู้รับรอง"]],
        [["", "ลงชื่อ............ผู้รับรอง"], ["", "นายสมเกียรติ พูลสุข"], ["ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์"]],
    ],
    ids=str,
)
def test_the_names_below_a_page_a_note_or_a_signature_are_people(between):
    rows = read(["นายสมชาย ใจดี", "ครู"], *between, ["นายปิติ พอใจ"], ["วีระ ประสงค์"], ["นางมานี มีนา", "ครู"])
    assert first_names(rows) == ["สมชาย", "ปิติ", "วีระ", "มานี"]


@pytest.mark.parametrize(
    "signature",
    [
        [["ลงชื่อ............ผู้รับรอง"], ["นายสมเกียรติ พูลสุข"], ["นายอำเภอแกลง"]],
        [["ผู้ประสานงาน"], ["นายสมเกียรติ พูลสุข"], ["โทร. 038-611104"]],
        [["", "ลงชื่อ............"], ["", "(นายสมเกียรติ พูลสุข)"], ["", "เกษตรอำเภอ"], ["วันที่ 8 ตุลาคม"]],
        [["หมายเหตุ : ส่งภายในวันศุกร์"], ["1. แต่งกายสุภาพ"], ["นำบัตรประชาชนมาด้วย"]],
    ],
    ids=str,
)
def test_a_signature_and_a_note_are_no_people(signature):
    assert first_names(read(["นายสมชาย ใจดี", "ครู"], *signature)) == ["สมชาย"]


def test_the_post_of_who_signed_begins_no_section():
    signature = [["ลงชื่อ............ผู้รับรอง"], ["(นายสมเกียรติ พูลสุข)"], ["หัวหน้าสำนักงานจังหวัดระยอง"]]
    rows = read(["นายสมชาย ใจดี", "ครู"], *signature, ["นางมานี มีนา", "ครู"])
    assert [row.person.unit for row in rows] == ["แกลง", "แกลง"]


def test_a_name_beside_a_role_signs_a_numbered_list():
    headings = ("ที่", "ชื่อ-สกุล", "ตำแหน่ง")
    rows = read([1, "นายสมชาย ใจดี", "ครู"], ["", "นายสมเกียรติ พูลสุข", "ผู้รับรอง"], headings=headings)
    assert first_names(rows) == ["สมชาย"]


@pytest.mark.parametrize("name", ["นายมานะ อดทน2", "นายมานะ2 อดทน", "มานะ อดทน2"])
def test_a_digit_in_a_name_alone_in_its_row_is_a_fault_and_nobody_lost(name):
    assert first_names(read(["นายสมชาย ใจดี", "ครู"], [name])) == ["สมชาย", "bad_name"]


@pytest.mark.parametrize("name", ["รพีพรรณ", "รพินทร์", "กรมิษฐ์", "กองแก้ว", "กลุ่ม", "สภาพร"])
def test_a_name_that_begins_like_an_office_is_a_person(name):
    rows = read(["สมชาย ใจดี", "ครู"], [f"{name} พอใจ"], ["มานี มีนา", "ครู"])
    assert first_names(rows) == ["สมชาย", name, "มานี"]
    assert [row.person.organisation for row in rows] == ["", "", ""]


@pytest.mark.parametrize(
    "office", ["รพ.แกลง", "รพ.สต.บ้านนา", "กรมการปกครอง", "กองช่าง", "กองการศึกษา", "กลุ่มสตรี", "สภาวัฒนธรรมตำบล"]
)
def test_an_office_between_people_is_still_an_office(office):
    rows = read([office], ["สมชาย ใจดี", "ครู"])
    assert [(row.person.first_name, row.person.organisation) for row in rows] == [("สมชาย", office)]
