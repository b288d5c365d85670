"""Provinces and districts under the codes and names a district office uses."""

import csv
from pathlib import Path

import pytest

from app.events import provinces

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.mark.parametrize(("code", "name", "count"), [("21", "ระยอง", 8), ("45", "ร้อยเอ็ด", 20)])
def test_a_province_has_its_districts(code, name, count):
    found = provinces.districts(code)
    assert provinces.province_name(code) == name
    assert len(found) == count
    assert all(len(district.code) == 4 and district.code.startswith(code) for district in found)


def test_district_codes_are_those_of_the_department_of_provincial_administration():
    assert {d.code: d.name for d in provinces.districts("21")}["2103"] == "แกลง"


@pytest.mark.parametrize(("file", "code"), [("rayong_200.csv", "21"), ("roiet_530.csv", "45")])
def test_districts_are_named_as_in_a_clean_list(file, code):
    with open(FIXTURES / file, encoding="utf-8-sig", newline="") as lines:
        written = {row["อำเภอ"] for row in csv.DictReader(lines)} - {"ส่วนราชการประจำจังหวัด"}
    assert written == {district.name for district in provinces.districts(code)}


def test_an_unknown_province_has_no_districts():
    assert provinces.find_province("00") is None
    assert provinces.districts("00") == ()


def test_the_country_has_its_77_provinces_and_every_district_name():
    assert len(provinces.provinces()) == 77
    assert {"บางรัก", "แกลง", "เมืองร้อยเอ็ด"} <= provinces.district_names()
