"""Lists of Roi Et that no rule was written for: each with faults of its own. All is found."""

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

PEOPLE = clean_people("roiet_530.csv")
UNITS = list(dict.fromkeys(p["อำเภอ"] for p in PEOPLE))
DISTRICTS = [unit for unit in UNITS if unit != AGENCIES]
BY_UNIT = {unit: [p for p in PEOPLE if p["อำเภอ"] == unit] for unit in UNITS}
ID = "1-1037-02071-81-1"


def full(p, space=""):
    return f"{p['คำนำหน้า']}{space}{p['ชื่อ']} {p['นามสกุล']}"


def mobile(p, style="-"):
    number = p["โทรศัพท์"]
    return f"{number[:3]}{style}{number[3:6]}{style}{number[6:]}" if len(number) == 10 else number


class List:
    """What was written, and what must be found: people, rows with their fault, rows that are doubles."""

    def __init__(self):
        self.people, self.faults, self.doubles = [], {}, set()

    def person(self, p):
        self.people.append(identity(p))

    def fault(self, sheet, row, code):
        self.faults[sheet, row] = code


def one_sheet_a_district_with_its_number():
    """Sheets "1.เมืองร้อยเอ็ด", "02 อ.เกษตรวิสัย"; last name first; a total, a reply-by note, an index."""
    answer, sheets = List(), [Sheet("สารบัญ", [["ลำดับ", "อำเภอ", "จำนวน"]])]
    for place, unit in enumerate(DISTRICTS, 1):
        sheets[0].add(place, f"อำเภอ{unit}", len(BY_UNIT[unit]))
        name = f"{place}.{unit}" if place % 2 else f"{place:02} อ.{unit}"
        sheet = Sheet(name)
        sheet.add(f"แบบตอบรับการเข้าร่วมอบรม อำเภอ{unit} จังหวัดร้อยเอ็ด")
        sheet.add("โปรดส่งกลับภายในวันที่ 31 ตุลาคม 2561 ทางโทรสาร 0 4351 1222")
        sheet.add("ที่", "นามสกุล", "ชื่อ", "คำนำหน้าชื่อ", "โทร.(มือถือ)", "ตำแหน่ง", "หน่วยงานต้นสังกัด", "ลงชื่อ")
        for number, p in enumerate(BY_UNIT[unit], 1):
            sheet.add(number, p["นามสกุล"], p["ชื่อ"], p["คำนำหน้า"], mobile(p, " "), p["ตำแหน่ง"], p["หน่วยงาน"])
            answer.person(p)
        if place == 3:
            answer.fault(name, sheet.add(28, "", "สมหมาย", "นาย", "0812345678", "กำนัน", "ตำบลกลาง"), "one_name")
            answer.fault(name, sheet.add(29, "ใจงาม", "สมหมาย", "นาย", "โทร 12", "กำนัน", "ตำบลกลาง"), "bad_phone")
        sheet.add("รวมทั้งสิ้น", len(BY_UNIT[unit]), "คน")
        sheets.append(sheet)
    agencies = Sheet("หน่วยงานจังหวัด")
    agencies.add("ที่", "นามสกุล", "ชื่อ", "คำนำหน้าชื่อ", "โทร.(มือถือ)", "ตำแหน่ง", "หน่วยงานต้นสังกัด", "ลงชื่อ")
    for number, p in enumerate(BY_UNIT[AGENCIES], 1):
        agencies.add(number, p["นามสกุล"], p["ชื่อ"], p["คำนำหน้า"], mobile(p), p["ตำแหน่ง"], p["หน่วยงาน"])
        answer.person(p)
    return workbook(*sheets, agencies), answer


def a_web_form_with_questions():
    """What a form exports: a time stamp, long questions as headings, choices with explanations."""
    answer = List()
    rows = [
        [
            "ประทับเวลา",
            "ที่อยู่อีเมล",
            "คำนำหน้าชื่อ (หากเป็นอื่น ๆ โปรดระบุ)",
            "ชื่อ (ไม่ต้องใส่คำนำหน้า)",
            "นามสกุล",
            "ตำแหน่งปัจจุบันของท่าน",
            "ชื่อหน่วยงานที่สังกัด",
            "ท่านปฏิบัติงานในพื้นที่อำเภอใด",
            "หมายเลขโทรศัพท์ที่ติดต่อได้สะดวก",
            "ท่านประสงค์รับประทานอาหารประเภทใด",
            "ท่านยินยอมให้เผยแพร่ภาพถ่ายหรือไม่",
        ]
    ]
    for p in PEOPLE[:200]:
        unit = "ไม่มี (ส่วนราชการประจำจังหวัด)" if p["อำเภอ"] == AGENCIES else f"อำเภอ{p['อำเภอ']}"
        rows.append(
            [
                "1/11/2561, 9:32:11",
                p["อีเมล"] or "-",
                p["คำนำหน้า"],
                p["ชื่อ"],
                p["นามสกุล"],
                p["ตำแหน่ง"],
                p["หน่วยงาน"],
                unit,
                mobile(p),
                p["อาหาร"],
                "ยินยอม",
            ]
        )
        answer.person(p)
    rows.append(["", "x@", "นาย", "สมปอง", "ทดสอบ", "กำนัน", "ตำบลกลาง", "อำเภอหนองพอก", "0812345678", "", ""])
    answer.fault("list", len(rows), "bad_email")
    again = list(rows[1])
    again[0], again[3] = "2/11/2561, 10:00:00", f" {rows[1][3]}\u200b"
    rows.append(again)
    answer.doubles.add(len(rows))
    return csv_file(rows), answer


def districts_as_headings_with_counts():
    """One sheet; "1. อำเภอเมืองร้อยเอ็ด จำนวน 27 คน" between; titles in a column; offices "as above"."""
    answer, sheet = List(), Sheet("รวมทุกอำเภอ")
    sheet.add("", "บัญชีรายชื่อกลุ่มเป้าหมาย โครงการขับเคลื่อนแผนพัฒนาอำเภอ")
    sheet.add("", "ระหว่างวันที่ 7 - 8 สิงหาคม 2561 ณ โรงแรมเพชรรัชต์การ์เด้น อำเภอเมืองร้อยเอ็ด")
    sheet.add()
    sheet.add("ลำดับ", "คำนำหน้า", "ชื่อ", "สกุล", "ตำแหน่ง", "หน่วยงาน", "เบอร์โทรศัพท์", "หมายเหตุ")
    for place, unit in enumerate(UNITS, 1):
        shown = unit if unit == AGENCIES else f"อำเภอ{unit}"
        sheet.add(f"{thai(place)}. {shown} จำนวน {thai(len(BY_UNIT[unit]))} คน")
        office = None
        for number, p in enumerate(BY_UNIT[unit], 1):
            same = p["หน่วยงาน"] == office
            office = p["หน่วยงาน"]
            sheet.add(
                number,
                p["คำนำหน้า"],
                p["ชื่อ"],
                p["นามสกุล"],
                p["ตำแหน่ง"],
                "" if same else office,
                int(p["โทรศัพท์"] or 0) or "",
            )
            answer.person(p)
        if unit == "เสลภูมิ":
            row = sheet.add(27, "นาย", "สมบัติ", "มีเลข", "กำนัน", "ตำบลกลาง", ID)
            answer.fault(sheet.name, row, "national_id")
            row = sheet.add(28, "", "", "", "(อยู่ระหว่างสรรหา)", "ตำบลกลาง", "")
            answer.fault(sheet.name, row, "no_name")
    sheet.add("รวมทั้งหมด", "", "", "", len(PEOPLE))
    return workbook(sheet), answer


def english_order_and_semicolons():
    """TIS-620 with semicolons: e-mail first, name last, the district after อ., the telephone with +66."""
    answer = List()
    rows = [["รายชื่อผู้เข้าอบรม"], ["E-mail", "โทรศัพท์มือถือ", "อำเภอ", "ตำแหน่ง/หน้าที่", "ชื่อหน่วยงาน", "ชื่อ - นามสกุล"]]
    for p in PEOPLE[100:330]:
        unit = "จังหวัดร้อยเอ็ด" if p["อำเภอ"] == AGENCIES else f"อ.{p['อำเภอ']}"
        phone = f"+66 {p['โทรศัพท์'][1:]}" if p["โทรศัพท์"] else ""
        rows.append([p["อีเมล"], phone, unit, p["ตำแหน่ง"], p["หน่วยงาน"], full(p)])
        answer.person(p)
    rows.append(["", "", "อ.บางรัก", "กำนัน", "ตำบลกลาง", "นายสมคิด ต่างถิ่น"])
    answer.fault("list", len(rows), "unknown_unit")
    rows.append(["", "", "อ.โพนทอง", "กำนัน", "ตำบลกลาง", "นายสมคิด คนหนึ่ง และ นายสมศักดิ์ คนสอง"])
    answer.fault("list", len(rows), "two_people")
    return csv_file(rows, "cp874", ";"), answer


def two_heading_rows_and_pages():
    """Printed pages: the headings of two rows again on each, "หน้า 2", the district merged, sums below."""
    answer, sheet = List(), Sheet("Sheet1")
    for page, unit in enumerate(UNITS, 1):
        sheet.add("บัญชีรายชื่อผู้เข้าร่วมประชุม", *[""] * 6, f"หน้า {page}")
        top = sheet.add("ที่", "อำเภอ", "ผู้เข้าร่วมประชุม", "", "ตำแหน่ง", "หน่วยงาน", "การติดต่อ", "")
        sheet.add("", "", "ชื่อ", "นามสกุล", "", "", "โทรศัพท์", "อีเมล")
        sheet.merges += [f"A{top}:A{top + 1}", f"C{top}:D{top}", f"G{top}:H{top}"]
        first = len(sheet.rows) + 1
        for number, p in enumerate(BY_UNIT[unit], 1):
            shown = unit if number == 1 else ""
            sheet.add(
                number,
                shown,
                f"{p['คำนำหน้า']} {p['ชื่อ']}",
                p["นามสกุล"],
                p["ตำแหน่ง"],
                p["หน่วยงาน"],
                mobile(p),
                p["อีเมล"] or "ไม่มี",
            )
            answer.person(p)
        sheet.merges.append(f"B{first}:B{len(sheet.rows)}")
        sheet.add("", "รวม", "", "", f"{len(BY_UNIT[unit])} คน")
    return workbook(sheet), answer


def a_table_without_headings_and_titles():
    """Copied from a chat: number and name in one cell, no headings, the district in the file's name."""
    answer = List()
    people = BY_UNIT["โพนทอง"]
    rows = []
    for number, p in enumerate(people, 1):
        rows.append([f"{number}. {full(p)}", p["ตำแหน่ง"], p["หน่วยงาน"], mobile(p)])
        answer.person(p)
    return csv_file(rows, separator="\t"), answer, "รายชื่อ อ.โพนทอง ส่งจังหวัด.csv"


def positions_before_names():
    """Places by position with who comes: "แทน" in brackets, empty places, the district over all columns."""
    answer, sheet = List(), Sheet("แบบตอบรับ")
    for unit in DISTRICTS:
        top = sheet.add(f"อำเภอ{unit}")
        sheet.merges.append(f"A{top}:F{top}")
        sheet.add("ที่", "ตำแหน่งที่เชิญ", "ชื่อ - สกุล ผู้เข้าร่วม", "สังกัด", "เบอร์โทรติดต่อ", "อีเมล์")
        for number, p in enumerate(BY_UNIT[unit], 1):
            sheet.add(number, p["ตำแหน่ง"], f"{full(p)} (แทน)", p["หน่วยงาน"], p["โทรศัพท์"], p["อีเมล"])
            answer.person(p)
        row = sheet.add(27, "ปศุสัตว์อำเภอ", "", "", "", "")
        answer.fault(sheet.name, row, "no_name")
    return workbook(sheet), answer


def district_at_the_end_of_the_office():
    """Pipes; "อบต.… อ.… จ.ร้อยเอ็ด" in one cell; initials for ranks; a nickname; men and women counted below."""
    answer = List()
    rows = [["สรุปรายชื่อ", "", ""], ["#", "รายนามผู้เข้าอบรม", "ชื่อเล่น", "Mobile", "ตำแหน่ง", "ที่ทำงาน"]]
    for number, p in enumerate((p for p in PEOPLE[:330] if p["อำเภอ"] != AGENCIES), 1):
        office = f"{p['หน่วยงาน']} อ.{p['อำเภอ']} จ.ร้อยเอ็ด"
        rows.append([thai(number), full(p).replace("นางสาว", "น.ส."), "เล็ก", mobile(p, "."), p["ตำแหน่ง"], office])
        answer.person(p)
    rows += [[], ["ชาย", "200", "คน"], ["หญิง", "130", "คน"], ["ผู้จัดทำ นางสาวสมศรี ใจดี 0812345678"]]
    return csv_file(rows, "utf-8-sig", "|"), answer


def tambons_below_districts():
    """A sheet a district, rows of tambons between people, offices left out, titles apart, two e-mails."""
    answer, sheets = List(), []
    for unit in DISTRICTS[:8]:
        sheet = Sheet(f"อ.{unit}")
        sheet.add(f"รายชื่อผู้นำท้องที่ อำเภอ{unit} จังหวัดร้อยเอ็ด ปีงบประมาณ พ.ศ. 2562")
        sheet.add("ลำดับที่", "ชื่อ-นามสกุล", "ตำแหน่ง", "เบอร์โทร", "e-mail", "ลายมือชื่อ")
        for place, p in enumerate(BY_UNIT[unit]):
            if place % 9 == 0:
                sheet.add("", f"ตำบลทดสอบ{place // 9 + 1}")
            email = f"{p['อีเมล']}, second@example.com" if p["อีเมล"] else ""
            sheet.add(place + 1, full(p, " "), p["ตำแหน่ง"], p["โทรศัพท์"], email)
            answer.person(p)
        row = sheet.add(99, f"นาย {ID} เลขผิด", "กำนัน", "", "")
        answer.fault(sheet.name, row, "national_id")
        sheet.add("", "", "รับรองถูกต้อง")
        sheet.add("", "", f"(นายอำเภอ{unit})")
        sheets.append(sheet)
    return workbook(*sheets), answer


LISTS = [
    district_at_the_end_of_the_office,
    tambons_below_districts,
    one_sheet_a_district_with_its_number,
    a_web_form_with_questions,
    districts_as_headings_with_counts,
    english_order_and_semicolons,
    two_heading_rows_and_pages,
    a_table_without_headings_and_titles,
    positions_before_names,
]


@pytest.mark.parametrize("build", LISTS, ids=lambda build: build.__name__)
def test_every_person_and_every_fault_is_found(app, build):
    data, answer, *name = build()
    filename = name[0] if name else ("list.csv" if not data.startswith(b"PK") else "list.xlsx")
    prepared = imported(data, "45", filename=filename)
    missing, surplus = set(answer.people) - set(found(prepared)), set(found(prepared)) - set(answer.people)
    assert (missing, surplus) == (set(), set())
    assert len(found(prepared)) == len(answer.people)
    faults = {(row.sheet, row.number): {fault.code for fault in row.faults} for row in prepared.bad}
    assert faults == {place: {code} for place, code in answer.faults.items()}
    assert {row.number for row in prepared.duplicates} == answer.doubles
    assert ID not in repr([row.cells for row in prepared.rows])
    again = imported(data, "45", filename=filename, known=registered(prepared))
    assert again.good == [] and len(again.duplicates) == len(prepared.good) + len(prepared.duplicates)
