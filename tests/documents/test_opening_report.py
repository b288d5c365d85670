"""The page of who reads the opening report: its letters can be read, however many units there are."""

from __future__ import annotations

import pymupdf
import pytest

from app.documents.opening_report import build_opening_report
from app.documents.shapes import OpeningPage, OpeningTable

CATEGORIES = [(f"ประเภทที่ {number}", 10, 20) for number in range(1, 7)]


def page_of(units: int) -> OpeningPage:
    return OpeningPage(
        event="โครงการพัฒนาศักยภาพ กบอ.",
        check_point="ช่วงเช้า",
        figure="186 / 200 คน",
        sentence="ขณะนี้เวลา 08.41 น. มีผู้เข้ารับการฝึกอบรมลงทะเบียนแล้ว 186 คน จากเป้าหมาย 200 คน คิดเป็นร้อยละ 93.0",
        cautions=["โทรศัพท์หน้างานส่งข้อมูลครบทุกเครื่อง"],
        tables=[
            OpeningTable("แยกตามประเภท", ("ประเภท", "มาแล้ว", "ตอบรับ"), CATEGORIES),
            OpeningTable(
                "แยกตามอำเภอ/หน่วยงาน",
                ("หน่วย", "มาแล้ว", "เป้าหมาย"),
                [(f"หน่วย{number} ส่วนราชการ", number, number + 1000) for number in range(1, units + 1)],
            ),
        ],
        organiser="สำนักงานจังหวัดระยอง",
        moment="ข้อมูล ณ วันที่ 8 พฤศจิกายน 2561",
    )


@pytest.mark.parametrize("units", [0, 1, 9, 26, 40, 60])
def test_every_unit_stands_once_on_one_page_in_letters_to_be_read(units):
    with pymupdf.open(stream=build_opening_report(page_of(units))) as pdf:
        page = pdf[0]
        assert len(pdf) == 1
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        figures = [word[4] for word in page.get_text("words")]
        width, height = page.rect.width, page.rect.height
    assert min(span["size"] for span in spans if span["text"].strip()) >= 6.5
    wanted = [f"1,{number:03d}" for number in range(1, units + 1)]
    assert sorted(word for word in figures if word.startswith("1,")) == wanted
    assert max(span["bbox"][2] for span in spans) <= width
    assert max(span["bbox"][3] for span in spans) <= height
