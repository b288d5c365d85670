"""The workbook: the plan forms' column order, text that stays text, figures that are the analyses'."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from app.exercises.linkage.analysis import Scope, analyse
from app.exercises.linkage.scopes import HANDED_IN, WRITING
from app.exercises.linkage.workbook.findings import agreement_reading
from app.exercises.linkage.workbook.making import GroupMember, build_workbook

from .documents import document, documents, item, link, reference, sample

SHEETS = [
    "สรุป",
    "ปัญหาความต้องการ",
    "โครงการ",
    "ความเชื่อมโยง",
    "ตารางครอบคลุม",
    "เป้าหมายที่ไม่มีโครงการรองรับ",
    "ขาดการเชื่อมโยง",
    "เกินศักยภาพ-ประสานแผน",
    "ห่วงโซ่คุณค่า",
    "ซ้ำซ้อน",
    "ผลกลั่นกรอง",
    "คะแนนโหวต",
    "ผู้เข้าร่วมรายกลุ่ม",
]


def built(doc: dict[str, Any], **more: Any) -> Workbook:
    options = {"event_name": "การฝึกอบรม กบอ.", "counted": "เฉพาะที่ส่งแล้ว", **more}
    return openpyxl.load_workbook(io.BytesIO(build_workbook(doc, analyse(doc), **options)))


def rows(book: Workbook, sheet: str, skip: int = 0) -> list[dict[str, Any]]:
    header, *found = list(book[sheet].iter_rows(values_only=True))[skip:]
    return [dict(zip(header, row, strict=True)) for row in found]


@pytest.fixture(scope="module")
def of_the_sample() -> Workbook:
    return built(sample(), members=[GroupMember("G1", "นางสาวสมใจ ใจดี", "ปลัดอำเภอ", "ที่ทำการปกครองอำเภอแกลง")])


def test_there_is_a_sheet_for_every_question(of_the_sample):
    assert of_the_sample.sheetnames == SHEETS


def test_projects_stand_in_the_column_order_of_the_plan_forms(of_the_sample):
    header = [cell.value for cell in of_the_sample["โครงการ"][1]]
    assert header[:12] == [
        "ที่",
        "โครงการ",
        "วัตถุประสงค์",
        "เป้าหมาย (ผลผลิตของโครงการ)",
        "งบประมาณ 2561 (บาท)",
        "งบประมาณ 2562 (บาท)",
        "งบประมาณ 2563 (บาท)",
        "งบประมาณ 2564 (บาท)",
        "รวมงบประมาณ (บาท)",
        "ตัวชี้วัด (KPI)",
        "ผลที่คาดว่าจะได้รับ",
        "หน่วยงานรับผิดชอบหลัก",
    ]


def test_what_the_groups_wrote_can_be_read_back(of_the_sample):
    found = {row["รหัส"]: row for row in rows(of_the_sample, "โครงการ")}
    written = {i["id"]: i for i in sample()["items"] if i["kind"] == "project"}
    assert found.keys() == written.keys()
    for item_id, project in written.items():
        row = found[item_id]
        assert row["โครงการ"] == project["title_th"]
        assert row["วัตถุประสงค์"] == project["objective"]
        assert row["เป้าหมาย (ผลผลิตของโครงการ)"] == project["output_target"]
        assert row["หน่วยงานรับผิดชอบหลัก"] == project["lead_agency"]["name"]
        assert row["รวมงบประมาณ (บาท)"] == sum(line["amount"] for line in project["budget"])
        for line in project["budget"]:
            assert row[f"งบประมาณ {line['fy_be']} (บาท)"] == line["amount"]
    assert found["D2"]["งบประมาณ 2561 (บาท)"] is None


def test_lists_run_by_district_group_and_number(of_the_sample):
    found = [row["รหัส"] for row in rows(of_the_sample, "ปัญหาความต้องการ")]
    assert found == ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V9", "V8", "V10"]


def test_links_say_what_they_join_how_strongly_and_why(of_the_sample):
    found = rows(of_the_sample, "ความเชื่อมโยง")
    assert len(found) == 32
    assert found[8]["หมายเหตุ"] == "ข้ามระดับ" and found[8]["รหัสไปยัง"] == "D8"
    assert found[11]["ประเภทความเชื่อมโยง"] == "ส่งประสานแผน (เกินศักยภาพ)"
    assert found[11]["เหตุผล"] == "งบเกินศักยภาพ อบต. เสนออำเภอประสานแผน"


def test_the_summary_holds_the_figures_of_the_analyses(of_the_sample):
    found = {row["เรื่อง"]: row["ค่า"] for row in rows(of_the_sample, "สรุป", skip=2)}
    assert found["รายการของกลุ่ม"] == 29
    assert found["ร้อยละที่เชื่อมโยงครบทุกระดับ"] == 60
    assert found["งบประมาณที่นับ"] == 18_130_000
    assert found["ความเห็นตรงกันของผู้กลั่นกรอง (α)"] == 0.8586
    assert "เฉพาะที่ส่งแล้ว" in of_the_sample["สรุป"]["A2"].value


def test_the_sheet_of_gaps_names_who_must_link_next(of_the_sample):
    found = {row["รหัส"]: row for row in rows(of_the_sample, "ขาดการเชื่อมโยง")}
    assert found["V6"]["ขาดที่"] == "อำเภอแกลงสะอาด จัดการขยะครบวงจร"
    assert found["V6"]["ผู้ที่ต้องเชื่อมต่อ"] == "แกลง 2"
    assert set(found) == {"V9", "L7", "L10", "D4", "V6", "L6", "V7"}


def test_goals_without_support_come_first(of_the_sample):
    found = [(row["รหัส"], row["สิ่งที่รองรับ"]) for row in rows(of_the_sample, "เป้าหมายที่ไม่มีโครงการรองรับ")]
    assert [goal for goal, _support in found[:3]] == ["D5", "P5", "P3"]


def test_people_are_named_without_a_telephone_number(of_the_sample):
    (person,) = rows(of_the_sample, "ผู้เข้าร่วมรายกลุ่ม")
    assert person["ชื่อ–สกุล"] == "นางสาวสมใจ ใจดี" and person["กลุ่ม"] == "แกลง 1"
    assert not [name for name in person if "โทร" in name or "อีเมล" in name]


def test_cards_of_every_status_are_listed_with_it():
    doc = document([item("a", "LOC", "project", status="draft"), item("b", "LOC", "project", status="rejected")])
    assert [row["สถานะ"] for row in rows(built(doc), "โครงการ")] == ["ร่าง", "ไม่ผ่านการกลั่นกรอง"]


@pytest.mark.parametrize("statuses", [HANDED_IN, WRITING])
def test_the_lists_mark_what_the_summary_counts(statuses):
    """The lists hold every card; those the summary counts are marked, so both can be compared."""
    several = [("draft", "L1"), ("submitted", "L2"), ("rejected", "L3"), ("passed", "L4")]
    cards = [item(code, "LOC", "project", status=status) for status, code in several]
    cards += [item("V1", "VIL", "need", status="submitted"), item("V2", "VIL", "need", status="merged")]
    links = [link("V1", "L2", "answered_by"), link("V2", "L1", "answered_by"), link("V1", "L3", "answered_by")]
    doc = document([*cards, reference("P1")], [*links, link("L2", "P1")])
    scope = Scope(statuses=statuses)
    options = {"event_name": "การฝึกอบรม กบอ.", "counted": "ตามที่เลือก"}
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(doc, analyse(doc, scope), scope=scope, **options)))
    summary = {row["เรื่อง"]: row for row in rows(book, "สรุป", skip=2)}
    sheets = {"ปัญหาความต้องการ": "ปัญหา/ความต้องการ", "โครงการ": "โครงการ", "ความเชื่อมโยง": "ข้อเชื่อมโยง"}
    for sheet, figure in sheets.items():
        found = rows(book, sheet)
        assert [*found[0]][-1] == "นับในสรุป"
        marked = [row for row in found if row["นับในสรุป"] == "ใช่"]
        assert 0 < len(marked) == summary[figure]["ค่า"] < len(found)
    assert "ทุกการ์ดที่กลุ่มเขียน" not in summary["รายการของกลุ่ม"]["อ่านว่า"]


def test_money_without_a_year_has_a_column_of_its_own():
    doc = document([item("a", "LOC", "project", budget=[{"amount": 5}, {"amount": 7.5, "fy_be": 2570}])])
    (row,) = rows(built(doc), "โครงการ")
    assert row["งบประมาณ ไม่ระบุปี (บาท)"] == 5
    assert row["งบประมาณ 2570 (บาท)"] == 7.5
    assert row["รวมงบประมาณ (บาท)"] == 12.5


def test_an_empty_exercise_is_a_workbook_of_headings():
    book = built(document([]))
    assert book.sheetnames == SHEETS
    assert book["โครงการ"].max_row == 1


FORMULAS = [
    "=1+1",
    "+66812345678",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "\t=1",
    "＝1",
    "0812345678",
    "_x0041_",
]


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_looks_like_a_formula_stays_the_text_it_is(typed):
    doc = document(
        [
            item("x", "LOC", "project", title_th=typed, group="G1", objective=typed, lead_agency={"name": typed}),
            item("v", "VIL", "need", title_th=typed, group="G2", evidence=[{"title": typed}]),
            reference("p", title_th=typed),
        ],
        [link("x", "p", rationale=typed), link("v", "x", "answered_by", rationale=typed)],
        reviews=[{"item": "x", "reviewer": "A", "scores": {"C1": 1}}],
        dot_votes={"by_group": {"G1": {"x": 1}}},
    )
    doc["groups"][0]["name"] = typed
    book = built(doc, event_name=typed, members=[GroupMember("G1", typed, typed, typed)])
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert rows(book, "โครงการ")[0]["วัตถุประสงค์"] == typed
    assert rows(book, "ผู้เข้าร่วมรายกลุ่ม")[0]["ชื่อ–สกุล"] == typed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents(cycles=True, most=6), st.text(max_size=30))
def test_any_exercise_and_any_text_make_a_workbook_that_opens(doc, typed):
    for one in doc["items"]:
        one["title_th"] = typed
    book = built(doc, event_name=typed)
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type in ("f", "e")]


def test_alpha_is_read_in_words():
    readings = [agreement_reading(alpha) for alpha in (None, 0.9, 0.7, 0.2)]
    assert len(set(readings)) == 4
