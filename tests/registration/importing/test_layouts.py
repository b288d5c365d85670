"""Lists nobody tuned for: each a different way an office lays out the same people. Everyone must be found."""

import collections
import itertools

import pytest

from tests.registration.importing.lists import (
    AGENCIES,
    Sheet,
    clean_people,
    csv_file,
    found,
    identity,
    imported,
    registered,
    thai,
    workbook,
)

PEOPLE = clean_people()
UNITS = list(dict.fromkeys(p["อำเภอ"] for p in PEOPLE))
BY_UNIT = {unit: [p for p in PEOPLE if p["อำเภอ"] == unit] for unit in UNITS}
IN_ORDER = [person for unit in UNITS for person in BY_UNIT[unit]]
VENUE = "วันที่ 8 พฤศจิกายน 2561 ณ โรงแรมโกลเด้นซิตี้ อำเภอเมืองระยอง"
FIELDS = {"ตำแหน่ง": "position", "หน่วยงาน": "organisation", "โทรศัพท์": "phone", "อีเมล": "email", "อาหาร": "food"}


def full(person):
    return f"{person['คำนำหน้า']}{person['ชื่อ']} {person['นามสกุล']}"


def parts(person):
    return person["คำนำหน้า"], person["ชื่อ"], person["นามสกุล"]


def written_unit(unit):
    return AGENCIES if unit == AGENCIES else f"อำเภอ{unit}"


def sheet_per_district():
    """The district in the sheet's name, offices blank for "as above", totals, signatures, a cover sheet."""
    sheets = [Sheet("ปก", [["โครงการ"], ["รายชื่อผู้เข้าร่วม 8 อำเภอ"]])]
    for unit in UNITS:
        sheet = Sheet(unit)
        sheet.add("บัญชีรายชื่อผู้เข้าร่วมโครงการพัฒนาศักยภาพ กบอ.")
        sheet.add(VENUE)
        sheet.merges += ["A1:F1", "A2:F2"]
        sheet.add()
        sheet.add("ลำดับที่", "ชื่อ - สกุล", "ตำแหน่ง", "สังกัด", "หมายเลขโทรศัพท์", "E-mail")
        above = None
        for number, p in enumerate(BY_UNIT[unit], 1):
            office = "" if p["หน่วยงาน"] == above else p["หน่วยงาน"]
            above = p["หน่วยงาน"]
            sheet.add(thai(number), full(p), p["ตำแหน่ง"], office, p["โทรศัพท์"], p["อีเมล"] or "-")
        sheet.add("", "รวม", f"{len(BY_UNIT[unit])} คน")
        sheet.add()
        sheet.add("", "", "", "ลงชื่อ.......................ผู้รับรอง")
        sheet.add("", "", "", "(นายสมชาย ใจดี)")
        sheet.add("", "", "", f"นายอำเภอ{unit}")
        sheets.append(sheet)
    return workbook(*sheets, Sheet("Sheet9")), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์ อีเมล"


def districts_between_people():
    """One sheet; a merged row names the district, another counts; headings come again; numbers lost their zero."""
    sheet = Sheet("Sheet1")
    sheet.add("รายชื่อผู้เข้าอบรม")
    headings = ["ที่", "คำนำหน้านาม", "ชื่อ", "นามสกุล", "ตำแหน่ง", "หน่วยงาน", "โทร.", "อีเมล์"]
    sheet.add(*headings)
    for place, unit in enumerate(UNITS, 1):
        row = sheet.add(f"{thai(place)}. {written_unit(unit)}")
        sheet.merges.append(f"A{row}:H{row}")
        for number, p in enumerate(BY_UNIT[unit], 1):
            sheet.add(number, *parts(p), p["ตำแหน่ง"], p["หน่วยงาน"], int(p["โทรศัพท์"]), p["อีเมล"])
            if number == 12:
                sheet.add()
                sheet.add(f"หน้า {place}")
                sheet.add(*headings)
        sheet.add(f"รวม{written_unit(unit)} {len(BY_UNIT[unit])} คน")
    sheet.add("รวมทั้งสิ้น", "", "", "", "", "", 200, "คน")
    return workbook(sheet), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์ อีเมล"


def merged_districts_under_two_heading_rows():
    """The district merged over its people; headings of two rows; "จังหวัดระยอง" for the provincial agencies."""
    sheet = Sheet("รายชื่อ")
    sheet.add("บัญชีรายชื่อ")
    sheet.add("ที่", "อำเภอ", "ชื่อ - สกุล", "", "", "ตำแหน่ง", "หน่วยงาน", "การติดต่อ", "")
    sheet.add("", "", "คำนำหน้า", "ชื่อ", "สกุล", "", "", "โทรศัพท์", "อีเมล")
    sheet.merges += ["A2:A3", "B2:B3", "C2:E2", "F2:F3", "G2:G3", "H2:I2"]
    for unit in UNITS:
        first = len(sheet.rows) + 1
        for place, p in enumerate(BY_UNIT[unit]):
            name = "จังหวัดระยอง" if unit == AGENCIES else f"อ.{unit}"
            phone = f"+66 {p['โทรศัพท์'][1:3]} {p['โทรศัพท์'][3:]}"
            sheet.add(place + 1, "" if place else name, *parts(p), p["ตำแหน่ง"], p["หน่วยงาน"], phone, p["อีเมล"])
        sheet.merges.append(f"B{first}:B{len(sheet.rows)}")
    return workbook(sheet), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์ อีเมล"


def csv_without_headings():
    """TIS-620 with semicolons and no heading at all."""
    rows = [
        [n, full(p), p["ตำแหน่ง"], p["หน่วยงาน"], p["อำเภอ"], p["โทรศัพท์"], p["อีเมล"]]
        for n, p in enumerate(PEOPLE, 1)
    ]
    return csv_file(rows, "cp874", ";"), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์ อีเมล"


def csv_without_headings_titles_apart():
    """No heading, and title, first and last name in columns of their own."""
    rows = [[*parts(p), p["ตำแหน่ง"], p["หน่วยงาน"], p["อำเภอ"], p["โทรศัพท์"]] for p in PEOPLE]
    return csv_file(rows, "cp874", "|"), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์"


def answers_of_a_web_form():
    """What a web form exports: long headings, a time stamp, and a national ID nobody should have asked for."""
    rows = [
        [
            "Timestamp",
            "Email Address",
            "ชื่อ-นามสกุล (ระบุคำนำหน้า)",
            "เบอร์โทรศัพท์มือถือ",
            "ตำแหน่งปัจจุบัน",
            "หน่วยงานต้นสังกัด",
            "อำเภอที่ท่านสังกัด",
            "ประเภทอาหาร",
            "เลขประจำตัวประชาชน 13 หลัก",
        ]
    ]
    for n, p in enumerate(PEOPLE):
        stamp = f"8/11/2018, 9:{n % 60:02d}:11"
        texts = [p[f] for f in ("โทรศัพท์", "ตำแหน่ง", "หน่วยงาน", "อำเภอ", "อาหาร")]
        rows.append([stamp, p["อีเมล"], full(p), *texts, "9900000000014"])
    return csv_file(rows, "utf-8-sig"), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์ อีเมล อาหาร"


def name_over_three_cells():
    """One heading merged over title, first and last name; district and office stand before the number."""
    sheet = Sheet("รวม")
    sheet.add("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดระยอง")
    sheet.add("รายชื่อผู้เข้าร่วมประชุม")
    sheet.add("อำเภอ", "หน่วยงาน", "ลำดับ", "ชื่อ-สกุล", "", "", "ตำแหน่ง", "เบอร์โทรศัพท์", "หมายเหตุ")
    sheet.merges.append("D3:F3")
    above = None
    for n, p in enumerate(IN_ORDER, 1):
        unit = "" if p["อำเภอ"] == above else p["อำเภอ"]
        above = p["อำเภอ"]
        sheet.add(unit, p["หน่วยงาน"], n, *parts(p), p["ตำแหน่ง"], p["โทรศัพท์"], "" if n % 7 else "ผู้แทน")
    return workbook(sheet), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์"


def district_in_a_title_row():
    """Sheet1, Sheet2 …, each with its own order of columns; numbered empty lines, a note and a contact below."""
    sheets = []
    for place, unit in enumerate(UNITS, 1):
        sheet = Sheet(f"Sheet{place}")
        sheet.add("แบบตอบรับการเข้าร่วมโครงการ")
        sheet.add("ส่วนราชการประจำจังหวัดระยอง" if unit == AGENCIES else f"อำเภอ {unit} จังหวัดระยอง")
        if place % 2:
            sheet.add("No.", "ตำแหน่ง", "ชื่อ-สกุล", "สังกัด", "เบอร์มือถือ")
        else:
            sheet.add("ที่", "ชื่อ - นามสกุล", "โทรศัพท์", "หน่วยงาน", "ตำแหน่ง")
        for n, p in enumerate(BY_UNIT[unit], 1):
            if place % 2:
                sheet.add(n, p["ตำแหน่ง"], full(p), p["หน่วยงาน"], p["โทรศัพท์"])
            else:
                sheet.add(n, full(p), p["โทรศัพท์"], p["หน่วยงาน"], p["ตำแหน่ง"])
        for n in range(len(BY_UNIT[unit]) + 1, 31):
            sheet.add(n)
        sheet.add("หมายเหตุ กรุณาส่งภายในวันที่ 1 พฤศจิกายน 2561")
        sheet.add("ผู้ประสานงาน นายสมชาย ใจดี โทร. 081-1111111")
        sheets.append(sheet)
    return workbook(*sheets), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์"


def ditto_marks():
    """Ditto marks under the district, nothing at all for provincial agencies, a newline inside each name."""
    sheet = Sheet("Sheet1")
    sheet.add("ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "หน่วยงาน", "อำเภอ", "เบอร์โทร")
    above = None
    for n, p in enumerate(IN_ORDER, 1):
        unit = "" if p["อำเภอ"] == AGENCIES else '"' if p["อำเภอ"] == above else p["อำเภอ"]
        above = p["อำเภอ"]
        phone = f"{p['โทรศัพท์'][:2]}-{p['โทรศัพท์'][2:6]}-{p['โทรศัพท์'][6:]}"
        sheet.add(n, full(p).replace(" ", "\n"), p["ตำแหน่ง"], p["หน่วยงาน"], unit, phone)
    return workbook(sheet), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์"


def two_lists_side_by_side():
    """The second half of the people beside the first, under the same headings."""
    headings = ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "อำเภอ", "โทร"]
    sheet = Sheet("Sheet1", [["รายชื่อ"], [*headings, "", *headings]])
    for one, other in zip(PEOPLE[:100], PEOPLE[100:], strict=True):
        cells = [[1, full(p), p["ตำแหน่ง"], p["อำเภอ"], p["โทรศัพท์"]] for p in (one, other)]
        sheet.add(*cells[0], "", *cells[1])
    return workbook(sheet), PEOPLE, "ตำแหน่ง โทรศัพท์"


def name_and_position_in_one_cell():
    """ชื่อ-สกุล/ตำแหน่ง as one column, two lines in a cell."""
    sheet = Sheet("Sheet1", [["ที่", "ชื่อ-สกุล/ตำแหน่ง", "หน่วยงาน", "อำเภอ", "โทรศัพท์/โทรสาร"]])
    for n, p in enumerate(PEOPLE, 1):
        sheet.add(n, f"{full(p)}\n{p['ตำแหน่ง']}", p["หน่วยงาน"], p["อำเภอ"], p["โทรศัพท์"])
    return workbook(sheet), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์"


NAMED_OFFICES = [p for p in PEOPLE if "อำเภอ" in p["หน่วยงาน"] or "จังหวัด" in p["หน่วยงาน"]]


def district_only_in_the_office():
    """No district anywhere but in the name of the office; title and first name glued, the last name apart."""
    sheet = Sheet("Sheet1", [["ชื่อ", "สกุล", "ตำแหน่ง", "หน่วยงาน"]])
    for p in NAMED_OFFICES:
        sheet.add(p["คำนำหน้า"] + p["ชื่อ"], p["นามสกุล"], p["ตำแหน่ง"], p["หน่วยงาน"])
    return workbook(sheet), NAMED_OFFICES, "ตำแหน่ง หน่วยงาน"


def english_headings_and_slips():
    """UTF-16 with tabs, English headings, districts with อำเภอ and จ., shortened, or with one slip."""
    slips = {"ปลวกแดง": "ปลวกเเดง", "เขาชะเมา": "เขาชเมา", "วังจันทร์": "วังจันทร", "เมืองระยอง": "เมืองฯ"}
    rows = [["No", "First name", "Last name", "Title", "Organization", "District", "Mobile"]]
    for n, p in enumerate(PEOPLE, 1):
        unit = slips.get(p["อำเภอ"], f"อำเภอ {p['อำเภอ']} จ.ระยอง")
        unit = "ระดับจังหวัด" if p["อำเภอ"] == AGENCIES else unit
        rows.append([n, p["ชื่อ"], p["นามสกุล"], p["คำนำหน้า"], p["หน่วยงาน"], unit, p["โทรศัพท์"]])
    return csv_file(rows, "utf-16", "\t"), PEOPLE, "หน่วยงาน โทรศัพท์"


def blocks_on_one_sheet():
    """Title, headings in changing order, numbered columns, people, total, again and again; a hidden old sheet."""
    sheet = Sheet("รวม")
    for place, unit in enumerate(UNITS[:4]):
        sheet.add(f"บัญชีรายชื่อผู้เข้าร่วมโครงการ อำเภอ{unit}")
        sheet.add(VENUE)
        swapped = place % 2
        sheet.add("ที่", *(("หน่วยงาน", "ชื่อ-สกุล") if swapped else ("ชื่อ-สกุล", "หน่วยงาน")), "ตำแหน่ง")
        sheet.add("(1)", "(2)", "(3)", "(4)")
        for n, p in enumerate(BY_UNIT[unit], 1):
            cells = (p["หน่วยงาน"], full(p)) if swapped else (full(p), p["หน่วยงาน"])
            sheet.add(n, *cells, p["ตำแหน่ง"])
        sheet.add("รวม", 24, "คน")
        sheet.add("ชาย 12 คน หญิง 12 คน")
        sheet.add()
    old = Sheet("เก่า", sheet.rows, hidden=True)
    return workbook(sheet, old), [p for p in PEOPLE if p["อำเภอ"] in UNITS[:4]], "ตำแหน่ง หน่วยงาน"


def offices_between_people():
    """The office stands in a row of its own above its people, and the district only in the office."""
    sheet = Sheet("Sheet1", [["ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์"]])
    by_office = sorted(NAMED_OFFICES, key=lambda p: p["หน่วยงาน"])
    for office, people in itertools.groupby(by_office, key=lambda p: p["หน่วยงาน"]):
        sheet.add(office)
        for p in people:
            sheet.add(full(p), p["ตำแหน่ง"], p["โทรศัพท์"])
    return workbook(sheet), NAMED_OFFICES, "ตำแหน่ง หน่วยงาน โทรศัพท์"


def a_form_without_titles():
    """อำเภอ and its name in two cells of the form's head; no titles, no numbers, a kind of participant between."""
    sheet = Sheet("Sheet1", [["อำเภอ :", "แกลง", "จังหวัด :", "ระยอง"], ["ผู้เข้าร่วม", "", "ตำแหน่ง", "โทรศัพท์"]])
    sheet.add("ชื่อ", "นามสกุล")
    sheet.add("ภาคประชาสังคม")
    for p in BY_UNIT["แกลง"]:
        sheet.add(p["ชื่อ"], p["นามสกุล"], p["ตำแหน่ง"], p["โทรศัพท์"])
    return workbook(sheet), [{**p, "คำนำหน้า": ""} for p in BY_UNIT["แกลง"]], "ตำแหน่ง โทรศัพท์"


def headings_nobody_foresaw():
    """Position and office in one cell, the district under no heading, a telephone under a strange one."""
    sheet = Sheet("Sheet1", [["ลำดับ", "ผู้เข้ารับการอบรม", "ตำแหน่ง/สังกัด", "", "ช่องทางติดต่อ"]])
    for n, p in enumerate(PEOPLE, 1):
        sheet.add(n, full(p), f"{p['ตำแหน่ง']} / {p['หน่วยงาน']}", p["อำเภอ"], p["โทรศัพท์"])
    return workbook(sheet), PEOPLE, "ตำแหน่ง หน่วยงาน โทรศัพท์"


LAYOUTS = [
    sheet_per_district,
    districts_between_people,
    merged_districts_under_two_heading_rows,
    csv_without_headings,
    csv_without_headings_titles_apart,
    answers_of_a_web_form,
    name_over_three_cells,
    district_in_a_title_row,
    ditto_marks,
    two_lists_side_by_side,
    name_and_position_in_one_cell,
    district_only_in_the_office,
    english_headings_and_slips,
    blocks_on_one_sheet,
    offices_between_people,
    a_form_without_titles,
    headings_nobody_foresaw,
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_everyone_is_found_whole_and_nothing_else(layout):
    data, people, fields = layout()
    prepared = imported(data)
    assert collections.Counter(found(prepared)) == collections.Counter(map(identity, people))
    assert [(row.number, row.reason) for row in [*prepared.bad, *prepared.duplicates]] == []
    came_out = {(row.person.first_name, row.person.last_name): row.person for row in prepared.good}
    for p in people:
        person = came_out[p["ชื่อ"], p["นามสกุล"]]
        for heading in fields.split():
            assert getattr(person, FIELDS[heading]) == p[heading]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_imported_again_changes_nothing(layout):
    data, _people, _fields = layout()
    first = imported(data)
    again = imported(data, known=registered(first))
    assert again.good == []
    assert len(again.duplicates) == len(first.good)
