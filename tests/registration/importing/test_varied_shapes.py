"""Lists in shapes drawn at random: everybody comes out in their district, or a fault says what is wrong."""

import collections
import random

import pytest

from tests.registration.importing.lists import (
    AGENCIES,
    Sheet,
    clean_people,
    csv_file,
    found,
    identity,
    imported,
    workbook,
)

PEOPLE = clean_people()
SHORT = {"นางสาว": ["นางสาว", "น.ส.", "น.ส ", "นางสาว."], "ว่าที่ร้อยตรี": ["ว่าที่ ร.ต.", "ว่าที่ ร.ต ", "ว่าที่ร้อยตรี"]}
UNKNOWN = ["อำเภอศรีราชา", "อ.เมือง จ.ชลบุรี", "ท้องถิ่นอำเภอศรีราชา", "อำเภอบ้านค่าย/ปลวกแดง", "อ.นิคม จำนวน 2 คน"]
BETWEEN = [
    [["หน้า 1/2"]],
    [["", "รวม", "9 คน"]],
    [["หมายเหตุ ส่งเพิ่มเติม"]],
    [["", "ลงชื่อ..................ผู้รับรอง"], ["", "(นายสมเกียรติ พูลสุขเสริม)"], ["", "หัวหน้าสำนักงานจังหวัด"]],
    [[]],
]


class List:
    """Writes one list by a seed and keeps who must come out of it, and how many rows must be faulty for what."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.units_in = self.rng.choice(["column", "first", "section", "section", "sheet"])
        self.numbered = self.rng.random() < 0.6
        self.is_csv = self.units_in != "sheet" and self.rng.random() < 0.4
        self.columns = ["name", *self.rng.sample(["position", "office", "phone", "note"], 3)]
        self.columns += ["unit"] if self.units_in in ("column", "first") else []
        self.people, self.faults, self.sheets = [], collections.Counter(), []

    def write(self):
        """The file's name and its bytes."""
        chosen = self.rng.sample(PEOPLE, self.rng.randint(6, 30))
        units = list(dict.fromkeys(person["อำเภอ"] for person in chosen))
        if self.units_in != "sheet":
            self.begin("รายชื่อ")
        for unit in units:
            self.unit([person for person in chosen if person["อำเภอ"] == unit], unit)
        if self.is_csv:
            return "list.csv", self.csv()
        return "list.xlsx", workbook(*self.sheets)

    def begin(self, name):
        self.sheet = Sheet(name)
        self.sheets.append(self.sheet)
        if self.rng.random() < 0.5:
            self.sheet.add("บัญชีรายชื่อผู้เข้าอบรม วันที่ 8 พฤศจิกายน 2561 ณ โรงแรมสตาร์ อำเภอเมืองระยอง")
        self.headings()

    def headings(self):
        words = {"name": "ชื่อ-สกุล", "position": "ตำแหน่ง", "office": "หน่วยงาน", "phone": "โทร.", "note": "หมายเหตุ"}
        number = [self.rng.choice(["ที่", "ลำดับ", ""])] if self.numbered else []
        self.sheet.add(*number, *(words.get(column, "อำเภอ") for column in self.columns))

    def unit(self, people, unit):
        is_unknown = False
        if self.units_in == "sheet":
            self.begin(unit)
        if self.units_in == "section":
            is_unknown = self.rng.random() < 0.2
            self.sheet.add(self.rng.choice(UNKNOWN) if is_unknown else self.heading(unit))
        for place, person in enumerate(people):
            is_double = self.rng.random() < 0.05
            self.row(person, place, is_double=is_double)
            if is_double or is_unknown:
                self.faults["two_people"] += is_double
                self.faults["unknown_unit"] += is_unknown
            else:
                self.people.append(identity(person))
            if self.rng.random() < 0.1:
                self.sheet.rows += self.rng.choice(BETWEEN)
            if self.rng.random() < 0.05:
                self.headings()
                if self.units_in == "section":
                    is_unknown = False
                    self.sheet.add(self.heading(unit) + self.rng.choice(["", " (ต่อ)"]))

    def heading(self, unit):
        if unit == AGENCIES:
            return unit
        slip = {"บ้านค่าย": "บ้านข่าย", "วังจันทร์": "วังจันทน์"}.get(unit, unit)
        return self.rng.choice(
            [f"อำเภอ{unit}", f"อ.{unit} จ.ระยอง", f"อำเภอ{slip} จำนวน 9 คน", f"ท้องถิ่นอำเภอ{unit}"]
        )

    def row(self, person, place, *, is_double):
        title = self.rng.choice(SHORT.get(person["คำนำหน้า"], [person["คำนำหน้า"]]))
        name = f"{title}{person['ชื่อ']} {person['นามสกุล']}"
        if is_double:
            name += self.rng.choice(["\nสมหมาย รักดี", " นายสมหมาย รักดี", " และ สมหมาย รักดี", " / สมหมาย รักดี"])
        unit = "" if self.units_in == "first" and place else person["อำเภอ"]
        note = self.rng.choice(["", "", "ผู้ประสานงาน", "หมายเหตุ ขอรถ"])
        phone = person["โทรศัพท์"] and self.rng.choice(["", "โทร. "]) + person["โทรศัพท์"]
        cells = {
            "name": name,
            "position": person["ตำแหน่ง"],
            "office": person["หน่วยงาน"],
            "unit": unit,
            "phone": phone,
        }
        number = [place + 1] if self.numbered else []
        self.sheet.add(*number, *({**cells, "note": note}[column] for column in self.columns))

    def csv(self):
        """The sheet as CSV, at times with a quotation mark that nobody closed."""
        data = csv_file(self.sheet.rows).decode()
        if self.columns[-1] == "note" and self.rng.random() < 0.5:
            data = data.replace("หมายเหตุ ขอรถ\r\n", '"ขอรถ\r\n', 1)
        return data.encode()


@pytest.mark.parametrize("seeds", [range(start, start + 20) for start in range(0, 80, 20)], ids=str)
def test_everybody_comes_out_or_a_fault_says_why_not(app, seeds):
    for seed in seeds:
        made = List(seed)
        filename, data = made.write()
        prepared = imported(data, filename=filename)
        wrong = collections.Counter(found(prepared)), collections.Counter(made.people)
        assert (seed, wrong[0] - wrong[1], wrong[1] - wrong[0]) == (seed, {}, {})
        faults = collections.Counter(fault.code for row in prepared.bad for fault in row.faults)
        assert (seed, +faults, prepared.duplicates) == (seed, +made.faults, [])
