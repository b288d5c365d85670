"""From what is written for a district to the unit, and never to a wrong one."""

import pytest

from tests.registration.importing.lists import AGENCIES, units_of

RAYONG, ROI_ET = units_of("21"), units_of("45")


def name_of(unit):
    return unit.name if unit else None


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("แกลง", "แกลง"),
        ("อ.แกลง", "แกลง"),
        ("อ. แกลง จ.ระยอง", "แกลง"),
        ("อำเภอแกลง จังหวัดระยอง", "แกลง"),
        ("กิ่งอำเภอเขาชะเมา", "เขาชะเมา"),
        ("เมือง", "เมืองระยอง"),
        ("อ.เมืองฯ", "เมืองระยอง"),
        ("ปลวกเเดง", "ปลวกแดง"),
        ("เขาชเมา", "เขาชะเมา"),
        ("วังจันท์", "วังจันทร์"),
        ("นิคม พัฒนา", "นิคมพัฒนา"),
        (AGENCIES, AGENCIES),
        ("จังหวัดระยอง", AGENCIES),
        ("ระดับจังหวัด", AGENCIES),
        ("หัวหน้าส่วนราชการประจำจังหวัดระยอง", AGENCIES),
        ("บางรัก", None),
        ("อ.เมือง จ.ชลบุรี", None),
        ("เมืองชลบุรี", None),
        ("จังหวัดชลบุรี", None),
        ("ระยอง", None),  # the town or the province: nobody can tell
        ("แปลง", None),
        ("นายสมชาย", None),
    ],
)
def test_a_cell_names_a_unit_or_none(written, unit):
    assert name_of(RAYONG.find(written)) == unit


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("สำนักงานเกษตรอำเภอแกลง", "แกลง"),
        ("สำนักงานเกษตรอำเภอเมือง จังหวัดระยอง", "เมืองระยอง"),
        ("อบต.ตาขัน อ.บ้านค่าย จ. ระยอง โทร. 038-611104", "บ้านค่าย"),
        ("อ.เมือง ระยอง", "เมืองระยอง"),
        ("อ.เมือง จ.ชลบุรี", None),
        ("อ.เมือง ชลบุรี", None),
        ("อำเภอเมือง (จังหวัดจันทบุรี)", None),
        ("สำนักงานเกษตรอำเภอบ้านค่าย จังหวัดชัยภูมิ", None),
    ],
)
def test_a_text_mentions_a_district_of_this_province_only(written, unit):
    assert name_of(RAYONG.mentioned(written)) == unit


def test_another_district_of_the_country_is_no_misspelling():
    assert name_of(ROI_ET.find("โพธิ์ทอง")) is None  # in อ่างทอง, one letter from โพนทอง
    assert name_of(ROI_ET.find("โพธิชัย")) == "โพธิ์ชัย"
    assert name_of(ROI_ET.find("เมืองสรวง")) == "เมืองสรวง"
    assert name_of(ROI_ET.find("เมือง")) == "เมืองร้อยเอ็ด"


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("๑. อำเภอแกลง จำนวน ๒๕ คน", "แกลง"),
        ("อำเภอแกลง (25 คน)", "แกลง"),
        ("กลุ่มที่ 1 อำเภอแกลง", "แกลง"),
        ("** ส่วนราชการประจำจังหวัด **", AGENCIES),
        ("นายอำเภอแกลง", None),
        ("ภาคประชาสังคม", None),
    ],
)
def test_a_row_between_people_names_a_unit(written, unit):
    assert name_of(RAYONG.heading(written)) == unit


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("บัญชีรายชื่อผู้เข้าร่วม อำเภอแกลง จังหวัดระยอง วันที่ 8 ณ โรงแรม อำเภอเมืองระยอง", "แกลง"),
        ("วันที่ 8 พฤศจิกายน 2561 ณ โรงแรมโกลเด้นซิตี้ อำเภอเมืองระยอง", None),
        ("แบบตอบรับ อำเภอ.......แกลง.......จังหวัด....ระยอง....", "แกลง"),
        ("คณะกรรมการบริหารงานอำเภอ (กบอ.)", None),
        ("รายชื่อหัวหน้าส่วนราชการประจำจังหวัด", AGENCIES),
    ],
)
def test_a_title_names_the_unit_but_not_the_venue(title, unit):
    assert name_of(RAYONG.in_title(title)) == unit


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("แกลง", "แกลง"),
        ("1.อ.แกลง (24)", "แกลง"),
        ("รายชื่อแกลง", "แกลง"),
        ("อำเภอแกลง_รายชื่อ", "แกลง"),
        ("เมือง", "เมืองระยอง"),
        ("ส่วนราชการประจำจังหวัด", AGENCIES),
        ("ต.แกลง", None),
        ("บ้านค่าย-บ้านฉาง", None),
        ("Sheet1", None),
    ],
)
def test_a_sheet_is_named_after_a_unit(name, unit):
    assert name_of(RAYONG.in_sheet_name(name)) == unit


def test_provincial_offices_are_told_from_local_ones():
    assert RAYONG.is_provincial("สำนักงานพัฒนาชุมชนจังหวัดระยอง", "")
    assert RAYONG.is_provincial("", "คลังจังหวัด")
    assert RAYONG.is_provincial("ทสจ.ระยอง", "")
    assert not RAYONG.is_provincial("สำนักงานเกษตรจังหวัดชลบุรี", "")
    assert not RAYONG.is_provincial("อบต.ตาขัน จ.ระยอง", "")
    assert not RAYONG.is_provincial("โรงพยาบาลแกลง จังหวัดระยอง", "")
