"""Two phones of one group, in a real browser at 360 px against the real server."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.database import db
from app.exercises.linkage.document.storing import document_of
from app.exercises.models import Exercise
from tests.browser import PHONE, launch
from tests.exercises.make_stage import stage_on
from tests.live_server import LiveServer, running

pytestmark = pytest.mark.browser

SOON = 30000  # other phones ask every 2–4 s; the rest is a busy machine


@dataclass
class Hall:
    """A server with two groups, and the browser everyone uses."""

    server: LiveServer
    browser: Browser
    facts: dict[str, str]

    def phone(self, who: str, **options: Any) -> Page:
        """The phone of a participant, at the group's page."""
        context = self.browser.new_context(
            base_url=self.server.url,
            viewport=PHONE,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            has_touch=True,
            **options,
        )
        page = context.new_page()
        page.on("pageerror", lambda problem: self.problems.append(str(problem)))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (one) => console.error('CSP ' + one.violatedDirective))"
        )
        page.on("console", lambda said: self.problems.append(said.text) if "CSP" in said.text else None)
        page.goto(self.facts[who])
        page.get_by_role("link", name="เปิดกิจกรรมกลุ่ม").tap()
        expect(page.locator("#needs")).to_be_visible()
        return page

    def desk(self, who: str) -> Page:
        """The notebook of one of the team, signed in."""
        page = self.browser.new_context(
            base_url=self.server.url, viewport={"width": 1280, "height": 800}, locale="th-TH"
        ).new_page()
        page.goto("/sign-in")
        page.get_by_label("อีเมล").fill(self.facts[who])
        page.get_by_label("รหัสผ่าน").fill("a long password")
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.wait_for_url("**/events")
        return page

    def __post_init__(self) -> None:
        self.problems: list[str] = []

    def stored(self, words: str = "") -> dict:
        """The exercise as it is on the server, as soon as the words have reached it."""
        deadline = time.monotonic() + 10
        while True:
            with self.server.inside():
                query = select(Exercise).where(Exercise.public_id == self.facts["exercise"])
                document = document_of(db.session.scalars(query).one())
            if words in json.dumps(document, ensure_ascii=False) or time.monotonic() > deadline:
                return document
            time.sleep(0.2)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[LiveServer, Browser]]:
    with running() as live, launch() as browser:
        yield live, browser


@pytest.fixture
def hall(server) -> Iterator[Hall]:
    live, browser = server
    hall = Hall(live, browser, stage_on(live))
    yield hall
    for context in browser.contexts:
        context.close()
    assert not hall.problems


IS_KEPT = """async (words) => {
    const pages = await caches.open("table-pages");
    const kept = await Promise.all((await pages.keys()).map(async (one) => (await pages.match(one)).text()));
    return kept.length === 2 && kept.some((text) => text.includes(words));
}"""


def add_need(page: Page, words: str) -> None:
    page.get_by_label("หมู่บ้านหรือชุมชนของท่านมีปัญหา").fill(words)
    page.get_by_role("button", name="เพิ่มปัญหา/ความต้องการ").tap()


def saved(page: Page) -> None:
    """The page says that everything is stored, and when."""
    words = re.compile(r"บันทึกแล้ว \d\d\.\d\d น\.")
    expect(page.locator("p[data-save-state]")).to_have_text(words, timeout=SOON)


def test_a_need_becomes_a_project_and_reaches_an_issue_in_a_few_taps(hall):
    phone, other = hall.phone("malee"), hall.phone("somchai")
    taps = 0

    def tap(locator) -> None:
        nonlocal taps
        taps += 1
        locator.tap()

    tap(phone.get_by_label("หมู่บ้านหรือชุมชนของท่านมีปัญหา"))
    phone.keyboard.type("สวนผลไม้ขาดแคลนน้ำ")
    tap(phone.get_by_role("button", name="เพิ่มปัญหา/ความต้องการ"))
    need = phone.locator("[data-list=need] > li")
    tap(need.get_by_text("ปัญหานี้มีโครงการใดช่วยได้"))
    tap(need.get_by_label("โครงการใหม่"))
    phone.keyboard.type("ขุดลอกสระน้ำ")
    tap(need.get_by_role("button", name="เพิ่มโครงการ"))
    tap(need.locator(".strength", has_text="ตรง"))
    tap(phone.get_by_role("link", name="โครงการ"))
    project = phone.locator("[data-list=project] > li")
    expect(project.get_by_text("โครงการนี้ช่วยประเด็นจังหวัดข้อใดมากที่สุด")).to_be_visible()
    tap(project.get_by_role("button", name="เกษตรมาตรฐาน"))
    tap(project.locator(".strength", has_text="ปานกลาง"))
    project.get_by_label("เพราะ").press_sequentially("มีน้ำ ผลผลิตจึงได้มาตรฐาน")
    project.locator("[data-open]").tap()  # leaving a text saves it, and nothing moves away under the finger
    expect(phone.get_by_role("dialog")).to_be_visible()
    phone.get_by_role("dialog").get_by_role("button", name="ปิด").tap()
    saved(phone)
    assert taps == 9
    expect(other.locator("[data-list=need] > li")).to_contain_text("สวนผลไม้ขาดแคลนน้ำ", timeout=SOON)
    expect(other.locator("[data-list=need] .plan-link")).to_contain_text("ขุดลอกสระน้ำ")
    links = hall.stored("มีน้ำ ผลผลิตจึงได้มาตรฐาน")["links"]
    assert [(link["type"], link.get("strength"), link.get("rationale")) for link in links] == [
        ("answered_by", 3, None),
        ("supports", 2, "มีน้ำ ผลผลิตจึงได้มาตรฐาน"),
    ]


def test_two_who_type_in_one_text_both_keep_their_words(hall):
    first, second = hall.phone("malee"), hall.phone("somchai")
    add_need(first, "น้ำไม่พอ")
    expect(second.locator("[data-list=need] > li")).to_contain_text("น้ำไม่พอ", timeout=SOON)
    for page in (first, second):
        page.locator("[data-list=need] [data-open]").tap()
    boxes = [page.get_by_role("dialog").get_by_label("เล่าเพิ่มเติม") for page in (first, second)]
    boxes[0].focus()
    boxes[1].focus()
    boxes[0].press_sequentially("ขาดทุกปีช่วงกุมภาพันธ์")
    boxes[1].press_sequentially("บ่อบาดาลแห้ง")
    dialogs = [page.locator("dialog[data-conflict]") for page in (first, second)]
    for page in (first, second):
        page.wait_for_timeout(2500)
    slower = 0 if dialogs[0].is_visible() else 1
    dialog = dialogs[slower]
    expect(dialog).to_be_visible(timeout=SOON)
    expect(dialog).to_contain_text("ขาดทุกปีช่วงกุมภาพันธ์")
    expect(dialog).to_contain_text("บ่อบาดาลแห้ง")
    expect(dialog).to_contain_text(("ใช้ของ สมชาย ทดสอบ", "ใช้ของ มาลี ทดสอบ")[slower])
    dialog.get_by_role("button", name="รวมข้อความ").tap()
    saved((first, second)[slower])
    expect(dialog).not_to_be_visible()
    words = ("ขาดทุกปีช่วงกุมภาพันธ์", "บ่อบาดาลแห้ง")
    # The slower one's words are stored with the united text and not before.
    [need] = [item for item in hall.stored(words[slower])["items"] if item["kind"] == "need"]
    assert all(text in need["detail"] for text in words)


def test_different_questions_of_one_card_are_filled_in_by_two_at_once(hall):
    first, second = hall.phone("malee"), hall.phone("somchai")
    first.get_by_role("link", name="โครงการ").tap()
    first.get_by_label("โครงการใดจะช่วยแก้ปัญหา").fill("ขุดสระ")
    first.get_by_role("button", name="เพิ่มโครงการ").last.tap()
    second.get_by_role("link", name="โครงการ").tap()
    expect(second.locator("[data-list=project] > li")).to_contain_text("ขุดสระ", timeout=SOON)
    for page in (first, second):
        page.locator("[data-list=project] [data-open]").tap()
    first.get_by_label("หน่วยงานรับผิดชอบหลัก").fill("อบต.กองดิน")
    second.get_by_label("จำนวนเงิน (บาท)").fill("2,500,000")
    second.get_by_label("ปีงบประมาณ").select_option("2562")
    expect(second.get_by_label("หน่วยงานรับผิดชอบหลัก")).to_have_value("อบต.กองดิน", timeout=SOON)
    expect(first.get_by_label("จำนวนเงิน (บาท)")).to_have_value("2,500,000", timeout=SOON)
    saved(first)
    saved(second)
    [project] = [item for item in hall.stored()["items"] if item["kind"] == "project"]
    assert project["lead_agency"]["name"] == "อบต.กองดิน"
    assert project["budget"] == [{"fy_be": 2562, "amount": 2500000}]


def test_a_page_reloaded_while_the_server_is_dead_shows_what_is_known_and_sends_it_when_it_lives(hall):
    phone = hall.phone("malee")
    add_need(phone, "ก่อนไฟดับ")
    saved(phone)
    expect(phone.locator("html[data-phone-app=ready]")).to_have_count(1)
    while not phone.evaluate(IS_KEPT, "ก่อนไฟดับ"):  # the last known state lies in the phone half a second later
        phone.wait_for_timeout(100)
    hall.server.kill()
    add_need(phone, "ระหว่างไฟดับ หนึ่ง")
    add_need(phone, "ระหว่างไฟดับ สอง")
    expect(phone.locator("p[data-save-state]")).to_contain_text("ยังไม่ส่ง 2 รายการ", timeout=20000)
    phone.reload()  # with no server at all
    expect(phone.locator("p[data-save-state]")).to_contain_text("ยังไม่ส่ง 2 รายการ", timeout=20000)
    expect(phone.locator("[data-list=need] > li")).to_have_count(3)
    expect(phone.locator("[data-list=need] > li").first).to_contain_text("ก่อนไฟดับ")
    expect(phone.get_by_text("ขาดการติดต่อกับระบบ")).to_be_visible()
    add_need(phone, "หลังโหลดหน้าใหม่")
    hall.server.start()
    saved(phone)
    expect(phone.get_by_text("ขาดการติดต่อกับระบบ")).to_be_hidden(timeout=SOON)
    titles = [item["title_th"] for item in hall.stored()["items"] if item["kind"] == "need"]
    assert titles == ["ก่อนไฟดับ", "ระหว่างไฟดับ หนึ่ง", "ระหว่างไฟดับ สอง", "หลังโหลดหน้าใหม่"]
    phone.context.clear_cookies()  # as after the link was withdrawn
    phone.reload()
    expect(phone.get_by_text("สมาชิกกลุ่ม").first).to_be_visible()
    assert phone.evaluate("async () => (await (await caches.open('table-pages')).keys()).length") == 0


def test_a_card_is_returned_mended_and_accepted(hall):
    phone = hall.phone("malee")
    add_need(phone, "น้ำไม่พอ")
    need = phone.locator("[data-list=need] > li")
    need.get_by_text("ปัญหานี้มีโครงการใดช่วยได้").tap()
    need.get_by_label("โครงการใหม่").fill("ขุดสระ")
    need.get_by_role("button", name="เพิ่มโครงการ").tap()
    phone.get_by_role("link", name="โครงการ").tap()
    project = phone.locator("[data-list=project] > li")
    project.get_by_role("button", name="เกษตรมาตรฐาน").tap()
    project.locator("[data-open]").tap()
    sheet = phone.get_by_role("dialog")
    sheet.get_by_label("หน่วยงานรับผิดชอบหลัก").fill("อบต.กองดิน")
    sheet.get_by_label("เป้าหมาย (ผลผลิตของโครงการ)").fill("สระ 3 แห่ง")
    sheet.get_by_label("ไม่ใช้งบประมาณ").check()
    sheet.get_by_role("button", name="ปิด").tap()
    saved(phone)
    phone.get_by_role("link", name="ส่ง", exact=True).tap()
    phone.get_by_role("button", name="ส่งงานของกลุ่ม").tap()
    expect(phone.get_by_text("กลุ่มส่งงานแล้ว รอวิทยากรประจำกลุ่มตรวจ")).to_be_visible()

    desk = hall.desk("facilitator")
    desk.goto(f"/events/{hall.facts['slug']}/exercises/{hall.facts['exercise']}")
    desk.get_by_role("link", name="แกลง 1").click()
    card = desk.locator(".plan-card", has_text="ขุดสระ").last
    card.get_by_text("แสดงความเห็นหรือส่งกลับ").click()
    card.get_by_label("ข้อความถึงกลุ่ม").fill("โปรดบอกว่าสระอยู่ที่ใด")
    card.get_by_role("button", name="ส่งการ์ดนี้กลับให้แก้").click()
    expect(desk.get_by_text("ส่งการ์ดกลับให้กลุ่มแก้แล้ว")).to_be_visible()

    returned = phone.locator("[data-list=returned] > li")
    expect(returned).to_contain_text("โปรดบอกว่าสระอยู่ที่ใด", timeout=SOON)
    returned.locator("[data-open]").tap()
    sheet.get_by_label("เป้าหมาย (ผลผลิตของโครงการ)").fill("สระ 3 แห่ง หมู่ 1 2 และ 5")
    sheet.get_by_role("button", name="ปิด").tap()
    saved(phone)
    phone.get_by_role("link", name="ส่ง", exact=True).tap()
    phone.get_by_role("button", name="ส่งงานของกลุ่ม").tap()
    expect(phone.get_by_text("กลุ่มส่งงานแล้ว รอวิทยากรประจำกลุ่มตรวจ")).to_be_visible()
    desk.reload()
    expect(desk.locator(".plan-card", has_text="หมู่ 1 2 และ 5")).to_be_visible()
    desk.get_by_role("button", name="รับรองงานของกลุ่ม").click()
    expect(desk.get_by_text("รับรองงานของกลุ่มแล้ว")).to_be_visible()


def test_a_member_suggests_and_the_scribe_accepts_with_one_tap(hall):
    scribe, member = hall.phone("somchai"), hall.phone("malee")
    scribe.get_by_role("button", name="เป็นผู้บันทึก").tap()
    expect(member.get_by_text("ผู้บันทึก: สมชาย ทดสอบ")).to_be_visible(timeout=SOON)
    add_need(member, "น้ำไม่พอ")
    mine = member.locator("[data-list=need] > li")
    expect(mine.get_by_text("เสนอแล้ว รอผู้บันทึก")).to_be_visible(timeout=SOON)
    mine.get_by_text("ปัญหานี้มีโครงการใดช่วยได้").tap()
    mine.get_by_label("โครงการใหม่").fill("ขุดสระ")
    mine.get_by_role("button", name="เพิ่มโครงการ").tap()
    mine.locator(".strength", has_text="ตรง").tap()
    saved(member)
    waiting = scribe.locator("[data-suggestions] li.suggestion")
    expect(waiting).to_have_count(2, timeout=SOON)
    expect(waiting.first).to_contain_text("มาลี ทดสอบ")
    for left in (1, 0):
        waiting.first.get_by_role("button", name="รับข้อเสนอ").tap()
        expect(waiting).to_have_count(left, timeout=SOON)
    expect(scribe.locator("[data-list=need] .plan-link")).to_contain_text("ขุดสระ")
    expect(mine.get_by_text("เสนอแล้ว รอผู้บันทึก").first).to_be_hidden(timeout=SOON)
    [link] = hall.stored()["links"]
    assert (link["type"], link["strength"]) == ("answered_by", 3)


def test_a_deleted_card_is_taken_back_with_one_tap(hall):
    phone = hall.phone("malee")
    add_need(phone, "น้ำไม่พอ")
    phone.locator("[data-list=need] [data-open]").tap()
    phone.get_by_role("button", name="ลบการ์ดนี้").tap()
    expect(phone.locator("[data-list=need] > li")).to_have_count(0)
    phone.get_by_role("button", name="เลิกทำ").tap()
    expect(phone.locator("[data-list=need] > li")).to_have_count(1)
    saved(phone)


def test_who_writes_before_the_script_is_there_stays_where_the_text_is(hall):
    phone = hall.phone("malee", service_workers="block")  # which would have the script at once
    held = []
    phone.route("**/modules/group_work.js", lambda route: held.append(route))
    phone.reload(wait_until="commit")
    words = phone.locator("#projects > form textarea")
    words.fill("ขุดสระ")
    while not held:
        phone.wait_for_timeout(50)
    held[0].continue_()
    expect(phone.locator("[data-tab=links]")).to_be_visible()
    expect(words).to_be_visible()
    expect(words).to_have_value("ขุดสระ")
    expect(phone.locator("#needs")).to_be_hidden()
