"""Any list that could come: layout, headings, order, styles and faults are drawn, and all of it must be found."""

import dataclasses
import os
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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

EXAMPLES = int(os.environ.get("LIST_EXAMPLES", "60"))  # raise it to search further than the suite does
PEOPLE = {"21": clean_people("rayong_200.csv"), "45": clean_people("roiet_530.csv")}
HEADINGS = {
    "number": ["ที่", "ลำดับ", "ลำดับที่", "No."],
    "full": ["ชื่อ-สกุล", "ชื่อ - นามสกุล", "ชื่อ–สกุล", "ชื่อและนามสกุล", "ชื่อ สกุล", "รายชื่อ", "ยศ-ชื่อ-สกุล", "Name"],
    "title": ["คำนำหน้า", "คำนำหน้านาม", "ยศ/คำนำหน้า", "Title"],
    "first": ["ชื่อ", "ชื่อตัว", "First name"],
    "last": ["นามสกุล", "สกุล", "Last name"],
    "position": ["ตำแหน่ง", "ตำแหน่งปัจจุบัน", "Position"],
    "organisation": ["หน่วยงาน", "สังกัด", "หน่วยงาน/สังกัด", "ส่วนราชการ", "Organization"],
    "unit": ["อำเภอ", "สังกัดอำเภอ", "อำเภอ/เขต", "District"],
    "phone": ["โทรศัพท์", "เบอร์โทร", "โทร.", "หมายเลขโทรศัพท์", "มือถือ", "Tel."],
    "email": ["อีเมล", "E-mail", "อีเมล์", "Email"],
    "food": ["อาหาร", "ประเภทอาหาร"],
    "note": ["หมายเหตุ", "ลายมือชื่อ"],
    "id": ["เลขประจำตัวประชาชน", "เลขบัตรประชาชน"],
}
NAME_COLUMNS = [["full"], ["title", "full"], ["title", "first", "last"], ["first", "last"]]
NOBODY = {"ชื่อ": "", "นามสกุล": ""}
FAULTS = {
    "no_name": {**NOBODY, "คำนำหน้า": ""},
    "one_name": {"คำนำหน้า": "นาย", "ชื่อ": "สมชาย", "นามสกุล": ""},
    "unknown_unit": {"ชื่อ": "ทดสอบ", "นามสกุล": "ต่างถิ่น", "อำเภอ": "บางรัก"},
    "bad_phone": {"ชื่อ": "ทดสอบ", "นามสกุล": "เบอร์ผิด", "โทรศัพท์": "08-12"},
    "bad_email": {"ชื่อ": "ทดสอบ", "นามสกุล": "เมลผิด", "อีเมล": "somchai(at)mail"},
    "national_id": {"ชื่อ": "ทดสอบ", "นามสกุล": "เลขบัตร", "โทรศัพท์": "9900000000014"},
}


@dataclasses.dataclass
class Plan:
    """How one list is laid out."""

    province: str
    units_in: str  # column, above, section, sheet, title
    names: list[str]
    columns: list[str]
    headings: dict[str, str]
    numbering: str
    titles: int
    repeat_header: int
    totals: bool
    footer: bool
    fmt: tuple[str, ...]
    seed: int

    def __post_init__(self):
        self.rng = random.Random(self.seed)


@st.composite
def plans(draw):
    units_in = draw(st.sampled_from(["column", "above", "section", "sheet", "title"]))
    names = draw(st.sampled_from(NAME_COLUMNS))
    others = ["position", "organisation", "phone", "email"]
    others += draw(st.lists(st.sampled_from(["food", "note", "id"]), unique=True))
    others += ["unit"] if units_in in ("column", "above") else []
    before = draw(st.lists(st.sampled_from(others), unique=True, max_size=2))
    after = draw(st.permutations([column for column in others if column not in before]))
    several = units_in in ("sheet", "title")
    formats = (
        [("xlsx",)]
        if several
        else [("xlsx",), ("utf-8", ","), ("cp874", ";"), ("utf-16", "\t"), ("utf-8-sig", "|")]
    )
    return Plan(
        province=draw(st.sampled_from(["21", "45"])),
        units_in=units_in,
        names=names,
        columns=[*before, *names, *after],
        headings={field: draw(st.sampled_from(words)) for field, words in HEADINGS.items()},
        numbering=draw(st.sampled_from(["none", "arabic", "thai"])),
        titles=draw(st.integers(0, 3)),
        repeat_header=draw(st.sampled_from([0, 0, 5])),
        totals=draw(st.booleans()),
        footer=draw(st.booleans()),
        fmt=draw(st.sampled_from(formats)),
        seed=draw(st.integers(0, 10**6)),
    )


class Office:
    """Writes a list by a plan, and keeps what must be found at which row."""

    def __init__(self, plan):
        self.plan = plan
        self.good, self.faults, self.duplicates = [], {}, set()
        self.sheets = []

    def write(self):
        """Returns the file."""
        plan, rng = self.plan, self.plan.rng
        people = rng.sample(PEOPLE[plan.province], rng.randint(4, 25))
        units = list(dict.fromkeys(p["อำเภอ"] for p in people))
        if plan.units_in in ("sheet", "title"):
            for place, unit in enumerate(units, 1):
                self.begin(unit if plan.units_in == "sheet" else f"Sheet{place}", unit)
                self.people([p for p in people if p["อำเภอ"] == unit])
        else:
            self.begin("รายชื่อ")
            for unit in units:
                if plan.units_in == "section":
                    self.sheet.add(unit if unit == AGENCIES else f"อำเภอ{unit}")
                self.people([p for p in people if p["อำเภอ"] == unit])
        if plan.fmt == ("xlsx",):
            return workbook(*self.sheets)
        return csv_file([[c or "" for c in row] for row in self.sheet.rows], *plan.fmt)

    def begin(self, name, unit=None):
        plan = self.plan
        self.sheet = Sheet(name)
        self.sheets.append(self.sheet)
        self.number, self.above = 0, {}
        for line in ["บัญชีรายชื่อผู้เข้าร่วมโครงการ", "วันที่ 8 พฤศจิกายน 2561 ณ โรงแรม อำเภอเมือง", ""][: plan.titles]:
            self.sheet.add(line)
        if plan.units_in == "title":
            self.sheet.add("ส่วนราชการประจำจังหวัด" if unit == AGENCIES else f"รายชื่อ อำเภอ{unit}")
        self.header()

    def header(self):
        number = [] if self.plan.numbering == "none" else [self.plan.headings["number"]]
        self.sheet.add(*number, *(self.plan.headings[column] for column in self.plan.columns))

    def people(self, people):
        plan, rng = self.plan, self.plan.rng
        for person in people:
            self.row(person)
            self.good.append(person)
            if rng.random() < 0.15:
                self.fault(person)
            if rng.random() < 0.1:
                unseen = "\xa0" if "cp874" in plan.fmt else "\u200b"
                again = {**person, "ชื่อ": unseen + person["ชื่อ"], "อีเมล": ""}
                self.duplicates.add((self.key(), self.row(again)))
            if plan.repeat_header and self.number % plan.repeat_header == 0:
                self.sheet.add()
                self.header()
        if plan.totals:
            self.sheet.add(
                *rng.choice([("รวม", f"{len(people)} คน"), ("", "รวมทั้งสิ้น", len(people)), ("รวม 9 คน",)])
            )
        if plan.footer and plan.units_in in ("sheet", "title"):
            self.sheet.add()
            self.sheet.add("", "ลงชื่อ...................................")
            self.sheet.add("", "(นายสมชาย ใจดี)")
            self.sheet.add("", "นายอำเภอ")

    def fault(self, person):
        code = self.plan.rng.choice(list(FAULTS))
        if code == "unknown_unit" and "unit" not in self.plan.columns:
            code = "bad_phone"
        faulty = {**person, "คำนำหน้า": "นาย", "โทรศัพท์": "", "อีเมล": "", **FAULTS[code]}
        self.faults[self.key(), self.row(faulty)] = [code]

    def key(self):
        return self.sheet.name if self.plan.fmt == ("xlsx",) else "list"

    def row(self, person):
        """Write one person in the plan's way; returns the row's number."""
        self.number += 1
        number = {"none": [], "arabic": [self.number], "thai": [thai(self.number)]}[self.plan.numbering]
        return self.sheet.add(*number, *(self.cell(column, person) for column in self.plan.columns))

    def cell(self, column, person):
        rng = self.plan.rng
        title, first, last = person["คำนำหน้า"], person["ชื่อ"], person["นามสกุล"]
        if column == "full":
            title = "" if "title" in self.plan.names else title
            return rng.choice([f"{title}{first} {last}", f" {title} {first}  {last} "]).rstrip() if first else ""
        if column == "first":
            return first if "title" in self.plan.names or not first else title + first
        if column == "unit":
            return self.unit(person["อำเภอ"])
        if column == "phone":
            return self.phone(person["โทรศัพท์"])
        if column == "email":
            return person["อีเมล"] or rng.choice(["", "-", "ไม่มี"])
        plain = {"title": title, "last": last, "position": person["ตำแหน่ง"], "organisation": person["หน่วยงาน"]}
        return {**plain, "food": person["อาหาร"], "note": "", "id": "9900000000014"}[column]

    def unit(self, unit):
        rng = self.plan.rng
        if self.plan.units_in == "above" and self.above.get("unit") == unit:
            return ""
        self.above["unit"] = unit
        if unit == AGENCIES:
            return rng.choice([AGENCIES, "ระดับจังหวัด"])
        return rng.choice([unit, f"อำเภอ{unit}", f"อ.{unit}"])

    def phone(self, phone):
        if len(phone) != 10:
            return phone
        a, b, c = phone[:3], phone[3:6], phone[6:]
        styles = [
            phone,
            f"{a}-{b}-{c}",
            f"{a} {b} {c}",
            f"+66{phone[1:]}",
            thai_digits(phone),
            f"({a}) {b}{c}",
            phone[1:],
        ]
        return self.plan.rng.choice(styles)


def thai_digits(text):
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


@settings(
    max_examples=EXAMPLES, derandomize=EXAMPLES == 60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(plans())
def test_every_person_every_fault_and_every_duplicate_is_found(plan):
    office = Office(plan)
    data = office.write()
    prepared = imported(data, plan.province)
    assert {(r.sheet, r.number): [f.code for f in r.faults] for r in prepared.bad} == office.faults
    assert {(r.sheet, r.number) for r in prepared.duplicates} == office.duplicates
    assert sorted(found(prepared)) == sorted(map(identity, office.good))

    again = imported(data, plan.province, known=registered(prepared))
    assert again.good == []
    assert len(again.duplicates) == len(prepared.good) + len(prepared.duplicates)
