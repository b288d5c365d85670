"""What a table writes on its phone changes the organiser's screen, which nobody reloads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, launch
from tests.built_demo import BuiltDemo
from tests.live_server import running

pytestmark = pytest.mark.browser


def unanswered(page: Page) -> int:
    """The number of needs without an answer, as the first page shows it."""
    tile = page.locator(".figure", has_text="ปัญหาที่ยังไม่มีโครงการตอบสนอง")
    return int(tile.locator(".figure-value").inner_text())


def test_a_need_written_on_a_phone_is_counted_on_the_organisers_screen(built_demo: BuiltDemo):
    with running(data=built_demo.folder) as server, launch() as browser:
        link = re.search(r"(/p/\S+)", built_demo.printed)[1]
        organiser = browser.new_context(base_url=server.url).new_page()
        organiser.goto("/sign-in")
        organiser.get_by_label("อีเมล").fill("organiser@rayong.example.com")
        organiser.get_by_label("รหัสผ่าน").fill("demo-sammana-2561")
        organiser.get_by_role("button", name="เข้าสู่ระบบ").click()
        organiser.goto("/events/rayong-2561/linkage")
        before = unanswered(organiser)
        organiser.evaluate("() => { window.untouched = true; }")

        phone = browser.new_context(base_url=server.url, viewport=PHONE, has_touch=True).new_page()
        phone.goto(link)
        phone.get_by_role("link", name="เปิดกิจกรรมกลุ่ม").click()
        phone.get_by_role("navigation", name="ขั้นของกลุ่ม").get_by_role("link", name="ปัญหา").click()
        phone.get_by_label("หมู่บ้านหรือชุมชนของท่านมีปัญหา").fill("ไม่มีที่จอดรถหน้าตลาด")
        phone.get_by_role("button", name="เพิ่มปัญหา/ความต้องการ").click()

        tile = organiser.locator(".figure", has_text="ปัญหาที่ยังไม่มีโครงการตอบสนอง")
        expect(tile.locator(".figure-value")).to_have_text(str(before + 1), timeout=15000)
        assert organiser.evaluate("() => window.untouched"), "the page was loaded again"
