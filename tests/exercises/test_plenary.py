"""The afternoon in real browsers: two projects become one, the hall votes, every screen follows the remote."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.core import clock
from app.database import db, transaction
from app.jobs.models import Job, JobState
from tests.browser import PHONE, launch
from tests.exercises.make_plenary import plenary_on
from tests.live_server import LiveServer, running
from tests.thai_pdf.reading import pdfium_text

pytestmark = pytest.mark.browser

SOON = 30000  # screens ask every second; the rest is a busy machine
PROJECTOR = {"width": 1024, "height": 768}


class Hall:
    """The server, the organiser's notebook and phone, the projector, and participants."""

    def __init__(self, server: LiveServer, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.facts = plenary_on(server)
        self.problems: list[str] = []
        self.organiser = browser.new_context(base_url=server.url, locale="th-TH")
        page = self.organiser.new_page()
        page.goto("/sign-in")
        page.get_by_label("อีเมล").fill(self.facts["organiser"])
        page.get_by_label("รหัสผ่าน").fill("a long password")
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.wait_for_url("**/events")
        page.close()

    def desk(self, path: str, size: dict[str, int]) -> Page:
        """A page of the organiser's."""
        page = self.organiser.new_page()
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.on("pageerror", lambda problem: self.problems.append(str(problem)))
        page.on("console", lambda said: said.type == "error" and self.problems.append(said.text))
        page.goto(path.replace("X", self.facts["exercise"]))
        page.locator("html[data-started]").wait_for()  # a key pressed before its listener came is nobody's
        return page

    def phone(self, person: int) -> Page:
        """A participant's phone at the vote."""
        context = self.browser.new_context(
            base_url=self.server.url, locale="th-TH", viewport=PHONE, has_touch=True
        )
        page = context.new_page()
        page.goto(self.facts["people"][person])
        page.goto(f"/x/{self.facts['exercise']}/vote")
        return page


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    with running(worker=True) as server, launch() as browser:
        yield Hall(server, browser)


def shown(page: Page, kind: str) -> None:
    """The screen shows a slide of this kind, whole: nothing beyond its edges, large enough to read."""
    expect(page.locator(f'.slide[data-slide^="{kind}"]')).to_be_visible(timeout=SOON)
    size = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size[0] <= PROJECTOR["width"], f"{kind} is {size} px"
    assert size[1] <= PROJECTOR["height"] + 1, f"{kind} is {size} px"
    letters = page.evaluate("() => parseFloat(getComputedStyle(document.querySelector('.slide-body')).fontSize)")
    assert letters >= 22, f"{kind} is written in {letters} px"


def test_the_afternoon(hall):
    # Two alike projects, side by side, become one, and the decision can be taken back.
    desk = hall.desk("/events/plenary/exercises/X/merging", {"width": 1280, "height": 800})
    desk.get_by_role("button", name="รวม…").first.click()
    desk.get_by_label("รวมเป็นรายการเดียว").check()
    desk.get_by_label("ชื่อของรายการใหม่").fill("โครงการผลไม้คุณภาพสองอำเภอ")
    desk.get_by_label("นำงบประมาณทุกรายการมารวมกัน").check()
    desk.get_by_label("เหตุผล").fill("อบรมเรื่องเดียวกัน")
    desk.get_by_role("button", name="บันทึกการรวม").click()
    expect(desk.get_by_role("button", name="เลิกการตัดสินนี้")).to_be_visible()

    # The hall's screen, its keys, and the remote on a phone.
    screen = hall.desk("/present/X", PROJECTOR)
    shown(screen, "title")
    for kind in ("participation", "map", "coverage", "goals", "chain:VC1", "chain:VC2", "group:G1"):
        screen.keyboard.press("ArrowRight")
        shown(screen, kind)
    remote = hall.desk("/present/X/remote", PHONE)
    remote.get_by_role("button", name="ย้อน").click()
    shown(screen, "chain:VC2")
    remote.get_by_role("button", name="โครงการที่รวมกัน").click()
    shown(screen, "merges")
    expect(screen.get_by_text("โครงการผลไม้คุณภาพสองอำเภอ")).to_be_visible()

    # Held still while people talk, whatever is decided meanwhile.
    remote.get_by_role("button", name="ผู้ร่วมคิด").click()
    expect(screen.locator(".slide-numbers")).to_contain_text("12", timeout=SOON)
    remote.get_by_role("button", name="หยุดตัวเลขบนจอ").click()
    expect(screen.get_by_text("ข้อมูล ณ")).to_be_visible(timeout=SOON)
    desk.get_by_role("button", name="เลิกการตัดสินนี้").click()
    expect(desk.get_by_text("เลิกแล้ว ทุกอย่างกลับมาเหมือนก่อนตัดสินใจ")).to_be_visible()
    expect(screen.locator(".slide-numbers")).to_contain_text("12")
    remote.get_by_role("button", name="ให้ตัวเลขเดินต่อ").click()
    expect(screen.locator(".slide-numbers")).to_contain_text("13", timeout=SOON)

    # The hall votes from its phones: the page opens by itself, dots run out, the figure waits for the end.
    malee = hall.phone(0)
    expect(malee.get_by_text("ยังไม่เปิดให้ลงคะแนน")).to_be_visible()
    desk.goto(f"/events/plenary/exercises/{hall.facts['exercise']}/votes/new")
    for box in desk.locator('input[name="item"]').all()[:3]:
        box.check()
    desk.get_by_role("button", name="สร้างรอบลงคะแนน").click()
    desk.get_by_role("button", name="เปิดให้ลงคะแนน").click()
    cards = malee.locator(".ballot-option")
    expect(cards).to_have_count(3, timeout=SOON)
    tick(malee, 0, "3")
    expect(malee.get_by_text("เหลือ 2 คะแนน")).to_be_visible()
    expect(cards.nth(1).get_by_role("radio", name="3")).to_be_disabled()
    tick(malee, 1, "2")
    malee.get_by_role("button", name="ลงคะแนน").click()
    expect(malee.get_by_text("รับคะแนนของท่านแล้ว").first).to_be_visible()
    remote.reload()
    remote.get_by_role("button", name="โครงการใดควรทำก่อน").click()
    shown(screen, "vote:")
    expect(screen.get_by_text("1 / 3")).to_be_visible(timeout=SOON)
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="ปิดการลงคะแนนและดูผล").click()
    shown(screen, "result:")
    expect(malee.locator(".vote-result")).to_be_visible(timeout=SOON)
    assert not hall.problems


def test_a_large_book_is_made_again_when_the_worker_is_killed(hall):
    """By the server's own worker: nothing half is left, another worker comes, and the book is whole."""
    page = hall.desk("/events/province/documents", {"width": 1280, "height": 800})
    page.get_by_role("button", name="เล่มแผน (PDF)").click()
    page.wait_for_url("**/documents/books/*")
    job = wait_until(lambda: the_job(hall), lambda job: job.state == JobState.RUNNING and job.done)
    first = hall.server.worker_process()
    os.kill(first, signal.SIGKILL)
    assert the_job(hall).state == JobState.RUNNING and not kept_files(hall), (
        "killed on the way, nothing half is left"
    )
    second = wait_until(hall.server.worker_process, lambda number: number not in (None, first))

    with hall.server.inside(), transaction():  # two minutes of silence, without waiting for them
        db.session.query(Job).update({Job.beat_at: clock.now() - timedelta(minutes=3)})
    page.get_by_role("button", name="ดาวน์โหลดเล่มแผน").wait_for(timeout=SOON)
    job = the_job(hall)
    assert (job.state, job.attempts, hall.server.worker_process()) == (JobState.DONE, 2, second)
    with page.expect_download() as download:
        page.get_by_role("button", name="ดาวน์โหลดเล่มแผน").click()
    data = Path(download.value.path()).read_bytes()
    assert len(data) == job.size and "สิ่งที่ยังขาด" in pdfium_text(data)
    assert kept_files(hall) == [job.file_key]


def the_job(hall: Hall) -> Job:
    with hall.server.inside():
        job = db.session.query(Job).one()
        db.session.expunge(job)
        return job


def kept_files(hall: Hall) -> list[str]:
    """Every file in the store, whole or not."""
    return [path.name for path in (hall.server.folder / "files").rglob("*") if path.is_file()]


def wait_until(look: Callable[[], Any], right: Callable[[Any], object]) -> Any:
    """Look until it is right; a worker starts within seconds."""
    for _time in range(1200):
        if right(found := look()):
            return found
        time.sleep(0.025)
    raise AssertionError(f"still {found!r}")


def tick(page: Page, card: int, number: str) -> None:
    """A finger on a number of a ballot."""
    page.locator(".ballot-option").nth(card).locator(".scale", has_text=number).tap()
