"""What is a person and what is not, which faults a row has, and who is there already."""

import pytest

from app.core.spreadsheets import FileUnreadable, read_tables
from app.registration.importing.matching import KnownPerson
from app.registration.importing.preparing import require_names
from app.registration.importing.returning import rejected_workbook
from tests.registration.importing.lists import AGENCIES, Sheet, csv_file, imported, registered, workbook

HEADINGS = ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "หน่วยงาน", "อำเภอ", "เบอร์โทร", "อีเมล"]
ID = "9900000000014"
SPACED_ID = "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑"


def read(*rows, headings=HEADINGS, **more):
    return imported(workbook(Sheet("รายชื่อ", [headings, *rows])), **more)


def faults(prepared):
    return {row.number: [fault.code for fault in row.faults] for row in prepared.bad}


def person(prepared):
    (row,) = prepared.good
    return row.person


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (["", "", "กำนัน", "ตำบลทางเกวียน", "แกลง"], ["no_name"]),
        ([1, "-", "กำนัน", "", "แกลง"], ["no_name"]),
        ([1, "รอแจ้งชื่อ", "กำนัน", "", "แกลง"], ["no_name"]),
        ([1, "นายสมชาย", "", "", "แกลง"], ["one_name"]),
        ([1, "นายสมชาย ใจดี\nนางสมศรี ใจดี", "", "", "แกลง"], ["two_people"]),
        ([1, "นายสมชาย2 ใจดี", "", "", "แกลง"], ["bad_name"]),
        ([1, "นายสมชาย ใจดี", "", "", "บางรัก"], ["unknown_unit"]),
        ([1, "นายสมชาย ใจดี", "กำนัน", "ตำบลหนึ่ง", "-"], ["no_unit"]),
        ([1, "นายสมชาย ใจดี", "", "", "แกลง", "08-12"], ["bad_phone"]),
        ([1, "นายสมชาย ใจดี", "", "", "แกลง", "", "a(at)b"], ["bad_email"]),
        ([1, "นายสมชาย ใจดี", "", "", "แกลง", ID], ["national_id"]),
        ([1, "นายสมชาย ใจดี", "", "", "แกลง", 9900000000014], ["national_id"]),
        ([1, "นายสมชาย ใจดี", "", "", "แกลง", "9900000000015"], ["bad_phone"]),
        ([1, f"นายสมชาย ใจดี {SPACED_ID}", "", "", "แกลง"], ["national_id"]),
        ([1, "นายสมชาย ใจดี", SPACED_ID, "", "แกลง"], ["national_id"]),
        ([1, "นายสมชาย ใจดี", "", f"อบต. {ID}", "แกลง"], ["national_id"]),
        ([1, "นายสมชาย ใจดี", "", "", ID], ["national_id"]),
        ([1, "นายสมชาย ใจดี", "", "", "แกลง", "", f"{ID}@example.com"], ["national_id"]),
        ([1, "นายสมชาย", "", "", "บางรัก", "12", "x"], ["one_name", "unknown_unit", "bad_phone", "bad_email"]),
        ([1, "นายสมชาย ใจดี", "ก" * 201, "", "แกลง"], ["too_long"]),
    ],
)
def test_every_fault_of_a_row_is_named_and_no_id_repeated(row, codes):
    prepared = read(row)
    assert faults(prepared) == {2: codes}
    assert prepared.good == prepared.duplicates == []
    shown = repr((prepared.bad[0].cells, prepared.bad[0].reason, prepared.mapping))
    assert ID not in shown
    assert SPACED_ID not in shown
    assert ID.encode() not in rejected_workbook(prepared)


@pytest.mark.parametrize(
    "row",
    [
        [],
        [27],
        ["", "รวม 25 คน"],
        ["รวมทั้งสิ้น", "", "", "", "", 25],
        ["", "รวม", "แกลง", "", "", "25 คน"],
        ["", "ชาย 12 คน", "หญิง 13 คน"],
        ["บัญชีรายชื่อผู้เข้าร่วมโครงการ"],
        ["", "", "", "ลงชื่อ..........................ผู้รับรอง"],
        ["", "", "", "(นายสมชาย ใจดี)"],
        ["หมายเหตุ : ส่งภายในวันศุกร์"],
        ["", "ผู้ประสานงาน นายสมชาย ใจดี โทร. 081-1111111"],
        HEADINGS,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["อำเภอแกลง"],
        ["", "ภาคประชาสังคม"],
        ["", "", "", "", "", "", "", "โน้ตนอกตาราง"],
    ],
    ids=str,
)
def test_what_is_no_person_is_in_no_count(row):
    prepared = read(row, [1, "นายรวม ใจดี", "กำนัน", "ตำบลทางเกวียน", "แกลง"])
    assert len(prepared.rows) == len(prepared.good) == 1


def test_people_whose_names_look_like_other_things_are_people():
    names = ["นายรวม ใจดี", "นางสาวกรุณา ใจดี", "นายโปรด ปราน", "นายจำนวน ทองแท้", "นางแกลง สว่าง", "นายนาย ทันยุค"]
    prepared = read(*([n, name, "กำนัน", "", "แกลง"] for n, name in enumerate(names)))
    assert len(prepared.good) == len(names)


def test_a_phone_behind_the_name_and_a_remark_in_brackets_are_kept():
    found = person(read([1, "นายสมชาย ใจดี (ผู้แทน) โทร. 081-234-5678", "", "", "แกลง"]))
    assert (found.last_name, found.phone, found.note) == ("ใจดี", "0812345678", "ผู้แทน")


def test_a_second_number_is_kept_as_a_note():
    found = person(read([1, "นายสมชาย ใจดี", "", "", "แกลง", "038-611104, 081-2345678"]))
    assert found.phone == "0812345678"
    assert "038611104" in found.note


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("0812345678,0891", "0891"),
        ("0812345678 / 08123", "08123"),
        ("038-611104 ต่อ 12", ""),
        ("038-611104-5", ""),
        ("081-2345678, 9", ""),
        ("812345678.0", ""),
    ],
)
def test_a_number_that_cannot_be_read_is_kept_as_a_note(written, note):
    found = person(read([1, "นายสมชาย ใจดี", "", "", "แกลง", written]))
    assert found.phone
    assert found.note.endswith(note) and bool(found.note) == bool(note)


def test_a_hidden_sheet_with_people_is_told_of():
    rows = [HEADINGS, [1, "นายสมชาย ใจดี", "ครู", "", "แกลง"]]
    empty = Sheet("ว่าง", [["ค่า", "ก"], ["ข", "ค"]], hidden=True)
    prepared = imported(workbook(Sheet("ใช้", rows), Sheet("เก่า", [*rows, [2, "นางมานี มีนา"]], hidden=True), empty))
    assert len(prepared.good) == 1
    assert prepared.hidden == {"เก่า": 2}
    assert "เก่า" in prepared.about_hidden
    assert imported(workbook(Sheet("ใช้", rows))).about_hidden == ""


def test_provincial_chiefs_belong_to_the_agencies():
    chief = [1, "นายสมชาย ใจดี", "คลังจังหวัด", "สำนักงานคลังจังหวัดระยอง"]
    above = [1, "นางสมศรี ใจดี", "กำนัน", "ตำบลหนึ่ง", "แกลง"]
    for unit in ("-", "", "จังหวัด", "ส่วนราชการประจำจังหวัด", "ไม่มี"):
        prepared = read(above, [*chief, unit])
        assert [row.person.unit for row in prepared.good] == ["แกลง", AGENCIES]


def test_as_above_holds_for_units_and_offices_only_and_not_across_sheets():
    first = Sheet("หนึ่ง", [HEADINGS, [1, "นายก ขค", "กำนัน", "อบต.หนึ่ง", "แกลง", "0812345678"]])
    first.add(2, "นายง จฉ")
    second = Sheet("สอง", [HEADINGS, [1, "นายช ซฌ"]])
    prepared = imported(workbook(first, second))
    follower = prepared.good[1].person
    assert (follower.unit, follower.organisation) == ("แกลง", "อบต.หนึ่ง")
    assert (follower.position, follower.phone) == ("", "")
    assert {(row.sheet, row.number): row.faults[0].code for row in prepared.bad} == {("สอง", 2): "no_unit"}


def test_a_blank_office_in_another_district_is_not_the_office_above():
    prepared = read([1, "นายก ขค", "", "อบต.หนึ่ง", "แกลง"], [2, "นายง จฉ", "", "", "บ้านค่าย"])
    assert [row.person.organisation for row in prepared.good] == ["อบต.หนึ่ง", ""]


def test_a_national_id_in_its_own_or_an_unmapped_column_is_left_out():
    headings = ["ชื่อ-สกุล", "อำเภอ", "เลขประจำตัวประชาชน", "อื่น ๆ"]
    prepared = read(["นายสมชาย ใจดี", "แกลง", ID, SPACED_ID], headings=headings)
    assert len(prepared.good) == 1
    shown = repr((prepared.good[0].person, prepared.good[0].cells, prepared.mapping))
    assert ID not in shown
    assert SPACED_ID not in shown


@pytest.mark.parametrize(
    "again",
    [
        ["ดร.สมชาย  ใจดี", "", "", "แกลง", "+66812345678", ""],  # title differs, telephone alike
        ["นายสมชาย\u200b ใจดี", "", "", "บ้านค่าย", "๐๘๑-๒๓๔-๕๖๗๘", ""],
        ["นายสมชาย ใจดี", "", "อื่น", "บ้านค่าย", "", "A@Example.com"],
        ["นายสมชาย ใจดี", "", "องค์การบริหารส่วนตำบลหนึ่ง", "แกลง", "0899999999", ""],
    ],
)
def test_one_name_and_one_more_thing_alike_is_the_same_person(again):
    prepared = read([1, "นายสมชาย ใจดี", "กำนัน", "อบต.หนึ่ง", "แกลง", "0812345678", "a@example.com"], [2, *again])
    assert [row.number for row in prepared.good] == [2]
    assert [row.number for row in prepared.duplicates] == [3]
    assert "แถว 2" in prepared.duplicates[0].reason


@pytest.mark.parametrize(
    "other",
    [
        ["นายสมชาย ใจดี", "", "อบต.สอง", "แกลง", "0899999999", ""],  # the name alone
        ["นายสมชาย ใจดี", "", "อบต.หนึ่ง", "บ้านค่าย", "", ""],
        ["นางสมศรี ใจงาม", "", "อบต.หนึ่ง", "แกลง", "0812345678", ""],  # one telephone in an office
        ["นางสมศรี ใจงาม", "", "", "แกลง", "", "a@example.com"],
    ],
)
def test_one_thing_alike_is_similar_and_still_good(other):
    prepared = read([1, "นายสมชาย ใจดี", "กำนัน", "อบต.หนึ่ง", "แกลง", "0812345678", "a@example.com"], [2, *other])
    assert [row.number for row in prepared.good] == [2, 3]
    assert [row.number for row in prepared.similar] == [3]
    assert prepared.duplicates == []


def test_a_bad_row_makes_no_later_row_a_duplicate():
    prepared = read([1, "นายสมชาย ใจดี", "", "ก", "แกลง", "12"], [2, "นายสมชาย ใจดี", "", "ก", "แกลง", "0812345678"])
    assert (len(prepared.bad), len(prepared.good), prepared.duplicates) == (1, 1, [])


def test_a_person_of_whom_only_the_name_and_district_is_known_is_found_again():
    rows = [[1, "นายสมชาย ใจดี", "", "", "แกลง"], [2, "นายสมชาย ใจดี", "", "", "บ้านค่าย"]]
    first = read(*rows)
    assert len(first.good) == 2
    assert len(read(*rows, known=registered(first)).duplicates) == 2


def test_a_registrant_is_recognised_and_named_without_personal_data():
    known = [KnownPerson("k1", "สมชาย", "ใจดี", "แกลง", "", "0812345678", "")]
    (row,) = read([1, "นายสมชาย ใจดี", "", "", "แกลง", "0812345678"], known=known).duplicates
    assert row.same.known == "k1"


def test_columns_are_corrected_by_hand_and_the_choice_is_found_by_the_heading():
    data = workbook(Sheet("ก", [["ข้อมูล", "ผู้ไป", "ที่ไหน"], ["x", "นายสมชาย ใจดี", "อำเภอแกลง"]]))
    assert imported(data).good[0].person.first_name == "สมชาย"
    prepared = imported(data, column_choice={"ข้อมูล": "position", "ที่ไหน": "organisation"})
    assert {column.key: column.field for column in prepared.mapping[0].columns} == {
        "ข้อมูล": "position",
        "ผู้ไป": "full_name",
        "ที่ไหน": "organisation",
    }
    person_found = prepared.good[0].person
    assert (person_found.position, person_found.organisation, person_found.unit) == ("x", "อำเภอแกลง", "แกลง")


def test_a_column_put_aside_by_hand_is_not_taken_in():
    prepared = read([1, "นายสมชาย ใจดี", "กำนัน", "", "แกลง", "12"], column_choice={"เบอร์โทร": ""})
    assert person(prepared).phone == ""


def test_a_formula_among_the_people_refuses_the_file_and_names_the_cell():
    with pytest.raises(FileUnreadable, match="รายชื่อ ช่อง E2"):
        read([1, "นายสมชาย ใจดี", "", "", "=E1"])
    with pytest.raises(FileUnreadable, match="B2"):
        read([1, "=CONCATENATE(C2,D2)", "กำนัน", "", "แกลง"])
    with pytest.raises(FileUnreadable):
        imported(csv_file([HEADINGS, [1, '=HYPERLINK("http://x")', "", "", "แกลง"]]))


def test_a_formula_that_only_counts_is_left_alone():
    rows = [["=ROW()-1", "นายสมชาย ใจดี", "", "", "แกลง"], ["รวม", "=COUNTA(B2:B2)", "คน"]]
    assert len(read(*rows).good) == 1


def test_five_thousand_people_go_in_and_one_more_does_not():
    rows = [
        [f"คน{n:04d}".translate(str.maketrans("0123456789", "กขคงจฉชซฌญ")), "ใจดี", "แกลง"] for n in range(5001)
    ]
    headings = ["ชื่อ", "นามสกุล", "อำเภอ"]
    assert len(imported(csv_file([headings, *rows[:5000]])).good) == 5000
    with pytest.raises(FileUnreadable, match="5000"):
        imported(csv_file([headings, *rows]))


def test_a_list_without_names_is_refused():
    tables = workbook(Sheet("ก", [["เดือน", "ยอด"], ["มกราคม", 5], ["กุมภาพันธ์", 6]]))
    prepared = imported(tables)
    assert prepared.rows == []
    with pytest.raises(FileUnreadable, match="ชื่อ"):
        require_names(prepared)


def test_headings_without_people_are_an_empty_list_not_an_unreadable_one():
    prepared = read()
    require_names(prepared)
    assert prepared.rows == []


def test_our_own_export_keeps_empty_cells_empty_and_names_as_they_are():
    headings = ["คำนำหน้า", "ชื่อ", "นามสกุล", "หน่วยงาน", "อำเภอ", "รหัสบัตร"]
    rows = [["นาย", "นายสมชาย", "-", "อบต.หนึ่ง", "แกลง", "AB"], ["น.ส.", "สมศรี", "ใจดี", "", "แกลง", "CD"]]
    prepared = imported(csv_file([headings, *rows]))
    people = [row.person for row in prepared.good]
    assert [(p.title, p.first_name, p.last_name, p.organisation) for p in people] == [
        ("นาย", "นายสมชาย", "-", "อบต.หนึ่ง"),
        ("น.ส.", "สมศรี", "ใจดี", ""),
    ]


def test_the_returned_workbook_writes_out_what_was_as_above():
    sheet = Sheet("แกลง", [["ที่", "ชื่อ-สกุล", "หน่วยงาน", "โทร"]])
    sheet.add(1, "นายก ขค", "อบต.หนึ่ง", "")
    sheet.add(2, "นายง จฉ", "", "12")
    (table,) = read_tables("a.xlsx", rejected_workbook(imported(workbook(sheet))))
    assert table.name == "แกลง"
    assert table.rows[0].cells == ["ที่", "ชื่อ-สกุล", "หน่วยงาน", "โทร", "อำเภอ", "สิ่งที่ต้องแก้ไข", "แถวในไฟล์เดิม"]
    assert table.rows[1].cells[:5] == ["2", "นายง จฉ", "อบต.หนึ่ง", "12", "แกลง"]
    assert table.rows[1].cells[6] == "3"


@pytest.mark.parametrize(
    "name",
    [
        "สมชาย ใจดี\nสมหมาย รักดี",
        "1) สมชาย ใจดี\n2) สมหมาย รักดี",
        "นายสมชาย ใจดี\nสมหมาย รักดี",
        "สมชาย ใจดี กับ นายสมหมาย รักดี",
        "นายสมชาย ใจดีและนายสมหมาย รักดี",
        "นายปิติ พอใจ และมานี มีนา",
        "สมชาย ใจดี และ สมหมาย รักดี",
        "สมชาย ใจดี / สมหมาย รักดี",
        "สมชาย ใจดี, สมหมาย รักดี",
        "นายสมชาย ใจดี แทน นายสมหมาย รักดี",
        "นายสมชาย ใจดี นายสมหมาย รักดี",
        "นายสมชาย ใจดี น.ส.สมศรี รักดี",
        "นายสมชาย ใจดีนางสมศรี รักดี",
        "1.นายสมชาย ใจดี 2.นายสมหมาย รักดี",
        "นายสมชาย-นางสมศรี ใจดี",
        "นายสมชาย/นางสมศรี ใจดี",
    ],
)
def test_two_people_in_one_cell_are_told_apart_by_hand(name):
    assert faults(read([1, name, "ครู", "", "แกลง"])) == {2: ["two_people"]}


def test_two_people_in_two_cells_are_told_apart_by_hand():
    prepared = read(["สมชาย\nสมหมาย", "ใจดี\nรักดี", "แกลง"], headings=["ชื่อ", "นามสกุล", "อำเภอ"])
    assert faults(prepared) == {2: ["two_people"]}


@pytest.mark.parametrize(
    ("name", "last", "note"),
    [
        ("นางสมหญิง ใจดี รักดี", "ใจดี รักดี", ""),
        ("นางสมหญิง ใจดี-รักดี", "ใจดี-รักดี", ""),
        ("นางสมหญิง ใจดี / รักดี", "ใจดี / รักดี", ""),
        ("นางสมหญิง ใจดี (รักดี)", "ใจดี", "รักดี"),
        ("สมหญิง\nณ ระยอง", "ณ ระยอง", ""),
        ("นางสมหญิง ใจดี ณ ระยอง", "ใจดี ณ ระยอง", ""),
        ("นางสมหญิง\nอิศรางกูร ณ อยุธยา", "อิศรางกูร ณ อยุธยา", ""),
        ("นางสมหญิง ใจดี (แทน นายสมหมาย รักดี)", "ใจดี", "แทน นายสมหมาย รักดี"),
        ("นางสมหญิง ใจดี แทน", "ใจดี", "แทน"),
        ("สมหญิง ใจดี / ผู้แทน", "ใจดี", "ผู้แทน"),
        ("นางสมหญิง แทน", "แทน", ""),
        ("นางสมหญิง นางรอง", "นางรอง", ""),
        ("สมหญิง และสุข", "และสุข", ""),
    ],
)
def test_one_person_with_a_long_name_or_a_remark_is_one(name, last, note):
    found = person(read([1, name, "ครู", "", "แกลง"]))
    assert (found.first_name, found.last_name, found.note) == ("สมหญิง", last, note)
