"""CSV with quotation marks that nobody meant: every record is still one."""

import pytest

from tests.registration.importing.lists import csv_file, imported


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "cell",
    ['"ขอรถ', '"', '"ขอรถ" ด้วย'],
)
def test_a_stray_quotation_mark_swallows_nobody(cell, newline):
    lines = ["ที่,ชื่อ-สกุล,อำเภอ,หมายเหตุ", f"1,นายสมชาย ใจดี,แกลง,{cell}", '2,นายสมหมาย รักดี,"แกลง",']
    lines += [f"3,นายปิติ พอใจ,แกลง,{cell}", '4,"นายมานะ\nอดทน",บ้านค่าย,"พบแพทย์, ขอรถ"', "5,นายวีระ ประสงค์,แกลง,"]
    prepared = imported((newline.join(lines) + newline).encode(), filename="list.csv")
    assert [row.person.last_name for row in prepared.rows] == ["ใจดี", "รักดี", "พอใจ", "อดทน", "ประสงค์"]
    assert [row.person.unit for row in prepared.rows] == ["แกลง", "แกลง", "แกลง", "บ้านค่าย", "แกลง"]


def test_a_stray_quotation_mark_before_a_name_is_left_out_of_it():
    lines = ["ที่,ชื่อ-สกุล,อำเภอ", '1,"นายสมชาย ใจดี,แกลง', "2,นายสมหมาย รักดี,แกลง"]
    prepared = imported("\n".join(lines).encode(), filename="list.csv")
    assert [(row.person.first_name, row.person.unit) for row in prepared.rows] == [
        ("สมชาย", "แกลง"),
        ("สมหมาย", "แกลง"),
    ]


def test_cells_of_several_lines_with_commas_stay_whole():
    rows = [["ที่อยู่", "ชื่อ-สกุล", "อำเภอ"], ["1, 2\nหมู่ 3, ต.กร่ำ\nจ.ระยอง", "นายสมชาย ใจดี", "แกลง"]]
    rows.append(["ก\nข", "นาง\nมานี มีนา", "บ้านค่าย"])
    prepared = imported(csv_file(rows), filename="list.csv")
    assert [row.person.unit for row in prepared.rows] == ["แกลง", "บ้านค่าย"]
    assert prepared.rows[0].cells[0].count("\n") == 2
