"""A person at a table who writes a group's part of an exercise file with one thumb, as the pages ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Locator, Page, expect

SOON = 30000
STRENGTHS = {3: "ตรง", 2: "ปานกลาง", 1: "อ้อม"}
STAGES = {"upstream": "ต้นทาง", "midstream": "กลางทาง", "downstream": "ปลายทาง"}
SECTORS = {
    "state": "ภาครัฐ",
    "local": "อปท.",
    "private": "ภาคเอกชน",
    "academic": "ภาควิชาการ",
    "civil": "ภาคประชาสังคม",
    "people": "ภาคประชาชน",
}
TABS = {"need": "ปัญหา", "project": "โครงการ", "goal": "เป้าหมาย"}
QUESTIONS = {
    "need": ("หมู่บ้านหรือชุมชนของท่านมีปัญหา", "เพิ่มปัญหา/ความต้องการ"),
    "project": ("โครงการใดจะช่วยแก้ปัญหา", "เพิ่มโครงการ"),
    "goal": ("อำเภอควรมีเป้าหมายใด", "เพิ่มเป้าหมาย"),
}
Part = dict[str, Any]


class Thumb:
    """Taps and typing on one phone, counted."""

    def __init__(self, page: Page, chains: dict[str, str]) -> None:
        self.page, self.chains, self.taps = page, chains, 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    # -- the lists ---------------------------------------------------------------------------------

    def go(self, kind: str) -> None:
        """The tab of a kind."""
        self.tap(self.page.locator(".work-tabs a", has_text=TABS[kind]))

    def card(self, item: Part) -> Locator:
        """A card in the list of its kind."""
        title = re.compile(rf"^\s*{re.escape(item['title_th'])}\s*$")
        cards = self.page.locator(f"[data-list={item['kind']}] > li")
        return cards.filter(has=self.page.locator("> .plan-title", has_text=title))

    def add(self, item: Part) -> None:
        """A card from its one question."""
        question, button = QUESTIONS[item["kind"]]
        section = self.page.locator("[data-section]:not([hidden])").filter(
            has=self.page.locator("> form[data-add]")
        )
        section.get_by_label(question).fill(item["title_th"])
        self.tap(section.locator("> form").get_by_role("button", name=button))
        expect(self.card(item)).to_be_visible()

    def answer(self, source: Part, target: Part, link: Part, *, is_new: bool = False) -> None:
        """The card's question: one tap on what it helps, or a new project; then how strongly, and because."""
        card = self.card(source)
        ask = card.locator("> [data-ask]")
        if ask.get_attribute("open") is None:
            self.tap(ask.locator("> summary"))
        if is_new:
            ask.get_by_label("โครงการใหม่").fill(target["title_th"])
            self.tap(ask.get_by_role("button", name="เพิ่มโครงการ"))
        else:
            self.tap(ask.locator(".answer", has_text=target["title_th"]))
        self.because(card, target, link)

    def join(self, source: Part, target: Part, link: Part) -> None:
        """A project goes on in another or is done together with it, found by its words."""
        card = self.card(source)
        join = card.locator("> [data-join]")
        self.tap(join.locator("> summary"))
        if link["type"] == "joint_with":
            self.tap(join.get_by_role("button", name="ทำร่วมกับ"))
        join.get_by_label("หาจากชื่อโครงการ").fill(target["title_th"][:40])
        self.tap(join.locator("[data-join-answers] .answer", has_text=target["title_th"]))
        self.because(card, target, link)

    def because(self, card: Locator, target: Part, link: Part) -> None:
        row = card.locator(".plan-link", has_text=target["title_th"])
        self.tap(row.locator(".strength", has_text=STRENGTHS[link["strength"]]))
        if link.get("rationale"):
            row.get_by_label("เพราะ").fill(link["rationale"])
        self.tap(row.locator("summary"))

    # -- a card with all its questions -----------------------------------------------------------------

    def fill_in(self, item: Part, activities: Iterable[Part] = ()) -> None:
        """The scribe's part of a card."""
        self.tap(self.card(item).locator("[data-open]"))
        sheet = self.page.get_by_role("dialog")
        if item["kind"] == "project":
            self.project(sheet, item)
        self.lines(sheet, "evidence", item.get("evidence", ()), self.evidence)
        self.lines(sheet, "indicators", item.get("indicators", ()), self.indicator)
        for activity in activities:
            sheet.get_by_label("กิจกรรมใหม่").fill(activity["title_th"])
            self.tap(sheet.get_by_role("button", name="เพิ่มกิจกรรม"))
        self.tap(sheet.get_by_role("button", name="ปิด"))
        expect(sheet).to_be_hidden()

    def project(self, sheet: Locator, item: Part) -> None:
        lead = item["lead_agency"]
        sheet.get_by_label("หน่วยงานรับผิดชอบหลัก").fill(lead["name"])
        sheet.get_by_label("เป็นภาคส่วนใด").select_option(label=SECTORS[lead["sector"]])
        sheet.get_by_label("เป้าหมาย (ผลผลิตของโครงการ)").fill(item["output_target"])
        sheet.get_by_label("วัตถุประสงค์").fill(item["objective"])
        if item["level"] == "DIS":
            self.tap(sheet.locator("label.choice", has_text="แผนพัฒนาอำเภอ"))
        if item.get("beyond_capacity"):
            self.tap(sheet.locator("label.choice", has_text="เกินศักยภาพ"))
        self.lines(sheet, "budget", item["budget"], self.budget)
        self.lines(sheet, "partners", item.get("partners", ()), self.partner)
        if item.get("chain"):
            self.lines(sheet, "chains", [item], self.chain)

    def lines(self, sheet: Locator, family: str, rows: Iterable[Part], write: Any) -> None:
        lines = sheet.locator(f"[data-lines={family}] > li")
        for number, row in enumerate(rows):
            if number:
                self.tap(sheet.locator(f"[data-add-line={family}]"))
                expect(lines).to_have_count(number + 1)
            write(lines.nth(number), row)

    def budget(self, line: Locator, row: Part) -> None:
        line.get_by_label("ปีงบประมาณ").select_option(str(row["fy_be"]))
        line.get_by_label("จำนวนเงิน (บาท)").fill(f"{row['amount']:,}")
        line.get_by_label("แหล่งงบประมาณ").select_option(row["source"])

    def partner(self, line: Locator, row: Part) -> None:
        line.get_by_label("ชื่อหน่วยงานหรือกลุ่ม").fill(row["name"])
        line.get_by_label("ภาคส่วน").select_option(label=SECTORS[row["sector"]])

    def chain(self, line: Locator, row: Part) -> None:
        line.get_by_label("ห่วงโซ่คุณค่า").select_option(label=self.chains[row["chain"]])
        line.get_by_label("ขั้น").select_option(label=STAGES[row["stage"]])

    def evidence(self, line: Locator, row: Part) -> None:
        line.get_by_label("ชื่อข้อมูลหรือเอกสาร").fill(row["title"])
        line.get_by_label("ประเภท").select_option(row["type"])
        line.get_by_label("ข้อมูลปี พ.ศ.").fill(str(row["data_year_be"]))

    def indicator(self, line: Locator, row: Part) -> None:
        line.get_by_label("ตัวชี้วัด", exact=True).fill(row["name"])
        line.get_by_label("หน่วยนับ").fill(row["unit"])
        line.get_by_label("ค่าปัจจุบัน", exact=True).fill(str(row["baseline"]))
        line.get_by_label("ปี พ.ศ. ของค่าปัจจุบัน").fill(str(row["baseline_year_be"]))
        line.get_by_label("ค่าเป้าหมาย").fill(str(row["target"]))
        line.get_by_label("ปี พ.ศ. ของเป้าหมาย").fill(str(row["target_year_be"]))

    # -- keeping ---------------------------------------------------------------------------------------

    def saved(self) -> None:
        """Everything written on this phone is stored."""
        words = re.compile(r"บันทึกแล้ว \d\d\.\d\d น\.")
        expect(self.page.locator("p[data-save-state]")).to_have_text(words, timeout=SOON)

    def hand_in(self) -> None:
        """The last step: everything is sent, and the group hands in."""
        self.saved()
        self.tap(self.page.locator(".work-tabs a", has_text="ส่ง"))
        self.tap(self.page.get_by_role("button", name="ส่งงานของกลุ่ม"))
        expect(self.page.get_by_text("กลุ่มส่งงานแล้ว รอวิทยากรประจำกลุ่มตรวจ")).to_be_visible()
