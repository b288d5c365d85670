"""Lists of many offices, each row with what it is: a person (and how it comes out), bad, a double, or nothing."""

from dataclasses import dataclass, field

import pytest

from tests.registration.importing.lists import AGENCIES, Sheet, csv_file, imported, registered, workbook

NOTHING, BAD, DOUBLE = "nothing", "bad", "duplicate"
ID = "1103702071811"
WRITTEN_ID = "1-1037-02071-81-1"


def person(**fields):
    """A good row; the fields that are given must come out so."""
    return fields


def alike(**fields):
    """A good row that resembles somebody."""
    return {**fields, "similar": True}


@dataclass
class List:
    """Sheets as an office sends them, and beside each row what must become of it."""

    filename: str = "list.xlsx"
    province: str = "21"
    sheets: list[Sheet] = field(default_factory=list)
    answers: dict[tuple[str, int], object] = field(default_factory=dict)
    as_csv: tuple[str, str] | None = None

    def sheet(self, name="Sheet1", merges=()):
        self.sheets.append(Sheet(name, merges=list(merges)))
        return self

    def row(self, answer, *cells):
        number = self.sheets[-1].add(*cells)
        if answer is not NOTHING:
            self.answers[self.sheets[-1].name, number] = answer
        return self

    def data(self):
        if self.as_csv:
            (sheet,) = self.sheets
            return csv_file(sheet.rows, *self.as_csv)
        return workbook(*self.sheets)


def english():
    """English headings and district names, prefixes apart, remarks, a total."""
    made = List().sheet("Participants")
    made.row(NOTHING, "LIST OF PARTICIPANTS")
    made.row(
        NOTHING,
        "No.",
        "Prefix",
        "Name",
        "Surname",
        "Agency",
        "District (Amphoe)",
        "Phone No.",
        "E-mail",
        "Remarks",
    )
    made.row(
        person(title="นาย", unit="แกลง", phone="0812223344", email="kitti@example.com"),
        *(1, "นาย", "กิตติ", "มั่นคง", "ตำบลเนินฆ้อ", "Klaeng", "(081) 222-3344", "Kitti@Example.com"),
    )
    made.row(
        person(title="Mr.", first_name="John", unit="เมืองระยอง", phone="0991234567"),
        *(2, "Mr.", "John", "Smith", "College", "Mueang Rayong", "+66 (0)99 123 4567"),
    )
    made.row(
        person(title="นางสาว", last_name="ณ ระยอง", unit="บ้านฉาง", phone="0822223333"),
        *(3, "น.ส.", "ดวงใจ", "ณ ระยอง", "โรงเรียนบ้านฉาง", "Ban Chang District", "66822223333", "n/a"),
    )
    made.row(person(unit="ปลวกแดง"), 4, "นาง", "แดง", "ทองดี", "", "Amphoe Pluak Daeng")
    made.row(BAD, 5, "นาย", "เอก", "ทองดี", "", "Bang Rak")
    return made.row(NOTHING, "Total", *[""] * 7, "4")


def two_heading_rows():
    """ติดต่อ over a telephone and an e-mail; offices and districts merged or blank; the sum under ที่."""
    made = List().sheet(merges=["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:G1", "D3:D4", "E3:E5"])
    made.row(NOTHING, "ที่", "ชื่อ-สกุล", "", "หน่วยงาน", "อำเภอ", "ติดต่อ", "")
    made.row(NOTHING, "", "ชื่อ", "สกุล", "", "", "มือถือ", "อีเมล")
    office, unit = "อบต.สำนักท้อน", "บ้านฉาง"
    made.row(person(organisation=office, unit=unit), 1, "นายกบ", "เขียวดี", office, unit, "0810000001")
    made.row(person(organisation=office, unit=unit), 2, "นายขวด", "เขียวดี")
    made.row(
        person(organisation="อบต.พลา", unit=unit, email="k@example.com", phone=""),
        *(3, "นายควาย", "เขียวดี", "อบต.พลา", "", "", "k@example.com"),
    )
    made.row(NOTHING, 3, "", "รวม", "", "", "คน")
    made.row(NOTHING, "", "", "", "รวมทั้งหมด", "", "3")
    return made


def the_district_first():
    """District and office before the number and blank for "as above"; sums of each district and of all."""
    made = List().sheet("รายชื่อ")
    made.row(NOTHING, "อำเภอ", "หน่วยงาน", "ที่", "ชื่อ-สกุล", "โทรศัพท์")
    made.row(person(unit="เมืองระยอง"), "เมืองระยอง", "อบต.ตะพง", 1, "นายก่อ เกิดดี", "0810000001")
    made.row(person(unit="เมืองระยอง", organisation="อบต.ตะพง"), "", "", 2, "นายขอ เกิดดี", "0810000002")
    made.row(person(unit="เมืองระยอง", organisation="อบต.เพ"), "", "อบต.เพ", 3, "นายรวม เกิดดี", "0810000003")
    made.row(NOTHING, "", "รวม", 3, "คน")
    made.row(person(unit="แกลง", organisation="ทต.แกลง"), "แกลง", "ทต.แกลง", 1, "นายงอ เกิดดี", "0810000004")
    made.row(DOUBLE, "", "", 2, "นาย งอ เกิดดี", "")
    made.row(NOTHING, "รวมทั้งสิ้น", "", 4)
    made.row(NOTHING, "สรุป", "", "", "4 คน")
    return made


def offices_with_numbers():
    """1. a district, 1.1 an office of it, in one cell or two; counts beside them are no names."""
    made = List().sheet()
    made.row(NOTHING, "ที่", "ชื่อ-สกุล", "ตำแหน่ง", "โทร")
    made.row(NOTHING, "1. อำเภอเมืองระยอง")
    made.row(NOTHING, "1.1 เทศบาลตำบลบ้านเพ (1 คน)")
    made.row(person(unit="เมืองระยอง", organisation="เทศบาลตำบลบ้านเพ"), 1, "นายกก งามตา", "ปลัด", "0810000001")
    made.row(NOTHING, "๑.๒", "อบต.ตะพง")
    made.row(person(unit="เมืองระยอง", organisation="อบต.ตะพง"), 2, "นายขข งามตา", "ปลัด", "0810000002")
    made.row(NOTHING, "", "รวม 2 คน")
    made.row(NOTHING, "2. อำเภอแกลง")
    return made.row(person(unit="แกลง", organisation=""), 3, "นายคค งามตา", "นายอำเภอ", "0810000003")


def the_head_of_a_form():
    """The office in the second cell of a line above the headings, the district only in its name."""
    office = "สำนักงานพัฒนาชุมชนอำเภอแกลง"
    made = List().sheet()
    made.row(NOTHING, "แบบตอบรับ: โปรดกรอก ชื่อ ตำแหน่ง หน่วยงาน โทรศัพท์ ให้ครบ")
    made.row(NOTHING, "หน่วยงาน", office)
    made.row(NOTHING, "ผู้ประสานงาน", "นายขขข คคค", "โทรศัพท์", "0899999999")
    made.row(NOTHING, "ลำดับที่", "ชื่อ - สกุล", "ตำแหน่ง", "หมายเลขโทรศัพท์")
    return made.row(person(unit="แกลง", organisation=office), 1, "นายกก เดชดี", "พัฒนาการ", "0810000001")


TELEPHONES = {
    "812345601.0": "0812345601",
    "8.12345602E8": "0812345602",
    "8.12345E+08": BAD,
    "1.103702071811E+12": BAD,
    "081.234.5603": "0812345603",
    "0066812345604": "0812345604",
    "0812345605 หรือ 0897654322": "0812345605",
    "038-611001 ต่อ 12": "038611001",
    "０８１２３４５６０６": "0812345606",  # noqa: RUF001
    "081–234–5607": "0812345607",  # noqa: RUF001
    "081-234-560": BAD,
    "-": "",
}
ADDRESSES = {
    " a1@example.com\u200b": "a1@example.com",
    "ａ2＠example．com": "a2@example.com",  # noqa: RUF001
    "a3@example.com.": "a3@example.com",
    "mailto:a4@example.com": "a4@example.com",
    "a5@example,com": BAD,
    "ไม่มี": "",
}


def numbers_and_addresses():
    """Telephones and addresses as spreadsheets, keyboards and people leave them."""
    made = List("x.csv", as_csv=("utf-8-sig", "\t")).sheet()
    made.row(NOTHING, "ชื่อ", "สกุล", "อำเภอ", "เบอร์โทรศัพท์", "อีเมล์")
    for place, (written, phone) in enumerate(TELEPHONES.items()):
        made.row(BAD if phone is BAD else person(phone=phone), f"ก{chr(0xE04 + place)}ว", "ดีงาม", "แกลง", written)
    for place, (written, email) in enumerate(ADDRESSES.items()):
        name = f"ข{chr(0xE1A + place)}ว"
        made.row(BAD if email is BAD else person(email=email), name, "ดีเลิศ", "แกลง", "", written)
    return made


UNITS = {
    "สถ.อ.เมืองระยอง": "เมืองระยอง",
    "กิ่งอำเภอเขาชะเมา": "เขาชะเมา",
    "อ.แกลง จ.ระยอง": "แกลง",
    "เเกลง": "แกลง",
    "ต่างจังหวัด": BAD,
    "อำเภอเมืองจันทบุรี": BAD,
    "อ.เมือง จ.ชลบุรี": BAD,
    "อ.เมือง ชลบุรี": BAD,
    "อำเภอเมือง จังหวัดจันทบุรี": BAD,
    "วังจันทร์/แกลง": BAD,
    "ระดับจังหวัด": AGENCIES,
}


def districts_in_many_words():
    made = List().sheet()
    made.row(NOTHING, "ชื่อ-สกุล", "อำเภอ")
    for place, (written, unit) in enumerate(UNITS.items()):
        made.row(BAD if unit is BAD else person(unit=unit), f"นาย{chr(0xE01 + place)}าน ดีงาม", written)
    return made


def khets():
    """Bangkok's districts with เขต before them."""
    made = List(province="10").sheet()
    made.row(NOTHING, "ที่", "ชื่อ-สกุล", "เขต", "โทร")
    made.row(person(unit="ปทุมวัน"), 1, "นายกก เดชดี", "เขตปทุมวัน", "0810000001")
    return made.row(person(unit="บางรัก"), 2, "นายขข เดชดี", "บางรัก", "0810000002")


TITLED = {
    "ว่าที่ร.ต.หญิงกานดา บุญมา": ("ว่าที่ร้อยตรีหญิง", "กานดา", "บุญมา"),
    "พ.จ.อ.วิชัย ทะเลงาม": ("พ.จ.อ.", "วิชัย", "ทะเลงาม"),
    "รศ. ดร. มานี รักชาติ": ("รศ.ดร.", "มานี", "รักชาติ"),
    "พระครูสุนทร ธรรมรส": ("พระครู", "สุนทร", "ธรรมรส"),
    "ม.ร.ว. คึกฤทธิ์ ปราโมช": ("ม.ร.ว.", "คึกฤทธิ์", "ปราโมช"),
    "นางสาว สมหญิง อิศรางกูร ณ อยุธยา": ("นางสาว", "สมหญิง", "อิศรางกูร ณ อยุธยา"),
    "-นายสาม นับดี": ("นาย", "สาม", "นับดี"),
    "๒) นางสอง นับดี": ("นาง", "สอง", "นับดี"),
    "นายิกา สมุทร": ("", "นายิกา", "สมุทร"),
}


def titles_of_all_kinds():
    made = List().sheet()
    made.row(NOTHING, "ลำดับ", "ยศ-ชื่อ-สกุล", "อำเภอ")
    for place, (written, (title, first, last)) in enumerate(TITLED.items(), 1):
        made.row(person(title=title, first_name=first, last_name=last), place, written, "แกลง")
    return made


def titles_apart():
    """A title in its own cell, which one row repeats before the first name; half a name."""
    made = List().sheet()
    made.row(NOTHING, "ลำดับ", "คำนำหน้า", "ชื่อ", "สกุล", "อำเภอ", "สังกัด")
    made.row(person(title="นาย", first_name="สมชาย", last_name="ณ อยุธยา"), 1, "นาย", "สมชาย", "ณ อยุธยา", "แกลง")
    made.row(person(title="นาย", first_name="สมหมาย"), 2, "นาย", "นายสมหมาย", "ศรี", "แกลง", "อบต.")
    made.row(person(title="นางสาว", first_name="นางนวล"), 3, "น.ส.", "นางนวล", "ทอง", "แกลง", "อบต.")
    made.row(person(title="นาง", first_name="นางนวล"), 4, "นาง", "นางนวล", "ทวี", "แกลง", "อบต.")
    made.row(BAD, 5, "นาย", "สมพร", "-", "แกลง", "อบต.")
    made.row(BAD, 6, "นาย", "", "ทองดี", "แกลง", "อบต.")
    return made.row(NOTHING, 7)


def ids_everywhere():
    """National IDs in their own column, in columns nobody asked for, and where something else should be."""
    made = List().sheet("บัตร")
    made.row(NOTHING, "ที่", "ชื่อ-สกุล", "เลขประจำตัวประชาชน", "ตำแหน่ง", "อำเภอ", "โทร", "อื่น ๆ", "อีเมล")
    made.row(person(), 1, "นายกก หนึ่งดี", WRITTEN_ID, "กำนัน", "แกลง", "0810000001", ID)
    made.row(person(), 2, "นายขข สองดี", ID, "กำนัน", "แกลง", "", f"บัตร {WRITTEN_ID}")
    made.row(BAD, 3, "นายคค สามดี", "", ID, "แกลง")
    made.row(BAD, 4, f"นายงง สี่ดี {ID}", "", "กำนัน", "แกลง")
    made.row(BAD, 5, "นายจจ ห้าดี", "", "กำนัน", "แกลง", int(ID))
    made.row(BAD, 6, "นายฉฉ หกดี", "", "กำนัน", "แกลง", "๑ ๑๐๓๗ ๐๒๐๗๑ ๘๑ ๑")
    made.row(BAD, 7, "นายชช เจ็ดดี", "", "กำนัน", "แกลง", f"{ID} / 0810000002")
    made.row(BAD, 8, "นายซซ แปดดี", "", "กำนัน", f"แกลง {ID}")
    return made.row(BAD, 9, "นายฌฌ เก้าดี", "", "กำนัน", "แกลง", "", "", f"{ID}@example.com")


def the_same_people_again():
    """Each rule by which somebody is certainly the same, and each by which they only resemble one another."""
    made = List().sheet("ซ้ำ")
    made.row(NOTHING, "ชื่อ-สกุล", "หน่วยงาน", "อำเภอ", "โทร", "อีเมล")
    made.row(BAD, "นายวิทยา เก่งกล้า", "อบต.ก", "บางรัก", "0811111111", "w@example.com")
    made.row(person(), "นายวิทยา เก่งกล้า", "อบต.ก", "แกลง", "0811111111", "w@example.com")
    made.row(DOUBLE, "นายวิทยา เก่งกล้า", "อบต.ข", "บ้านค่าย", "081-111-1111")
    made.row(DOUBLE, "ดร.วิทยา เก่งกล้า", "อบต.ค", "บ้านฉาง", "", "W@EXAMPLE.COM ")
    made.row(DOUBLE, "วิทยา  เก่งกล้า", "อบต. ก", "อ.แกลง", "0822222222")
    made.row(alike(), "นายวิทยา เก่งกล้า", "เทศบาล", "แกลง", "0833333333")
    made.row(alike(), "นางสาวอื่น คนอื่น", "อบต.ก", "แกลง", "+66811111111")
    made.row(alike(), "นางสาวใหม่ คนใหม่", "อบต.ก", "แกลง", "", "w@example.com")
    made.row(person(first_name="น้ำค้าง"), "น.ส.น้ำค้าง ปิ่นแก้ว", "อบต.ง", "แกลง", "0855555555")
    made.row(DOUBLE, "นางสาวนํ้าค้าง ปิ่นแก้ว", "", "บ้านค่าย", "0855555555")
    return made.row(DOUBLE, "นางสาวน้ําค้าง\u00a0ป่ิน\u200bแก้ว", "", "บ้านค่าย", "0855555555")


LISTS = [
    *(english, two_heading_rows, the_district_first, offices_with_numbers, the_head_of_a_form),
    *(numbers_and_addresses, districts_in_many_words, khets, titles_of_all_kinds, titles_apart),
    *(ids_everywhere, the_same_people_again),
]


@pytest.mark.parametrize("build", LISTS, ids=lambda build: build.__name__)
def test_every_row_becomes_what_it_is(build):
    made = build()
    data = made.data()
    name = made.filename.partition(".")[0] if made.as_csv else None
    answers = {(name or sheet, row): answer for (sheet, row), answer in made.answers.items()}
    prepared = imported(data, made.province, filename=made.filename)
    outcomes = {place: answer if isinstance(answer, str) else "good" for place, answer in answers.items()}
    assert {(row.sheet, row.number): row.outcome for row in prepared.rows} == outcomes
    for row in prepared.good:
        wanted = dict(answers[row.sheet, row.number])
        assert bool(row.similar) == wanted.pop("similar", False), row.reason
        assert {field: getattr(row.person, field) for field in wanted} == wanted
    told = repr([(row.reason, row.cells) for row in prepared.rows])
    assert ID not in told
    assert WRITTEN_ID not in told
    again = imported(data, made.province, filename=made.filename, known=registered(prepared))
    assert again.good == []
    assert len(again.duplicates) == len(prepared.good) + len(prepared.duplicates)
