"""The whole road, once, in a real browser against the real server: from an office's list to the linkage report.

Each test is a step and stands on the one before; the list is the sample's real size (200 people).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import launch
from tests.live_server import LiveServer, running

pytestmark = pytest.mark.browser

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
LIST = FIXTURES / "rayong_200_as_sent.xlsx"
EXPECTED = json.loads((FIXTURES / "rayong_200_as_sent.expected.json").read_text())
SLUG = "kbo-rayong"
EMAIL, PASSWORD = "organiser@example.com", "a long password"


class Road:
    """What the steps hand on to each other."""

    def __init__(self, server: LiveServer, browser: Browser) -> None:
        self.server = server
        self.browser = browser
        self.contexts: dict[str, BrowserContext] = {}
        self.found: dict[str, str] = {}

    def page(self, who: str, **options: object) -> Page:
        """A page of somebody's own browser; the same person keeps the same cookies."""
        if who not in self.contexts:
            self.contexts[who] = self.browser.new_context(
                base_url=self.server.url, locale="th-TH", timezone_id="Asia/Bangkok", **options
            )
        context = self.contexts[who]
        return context.pages[0] if context.pages else context.new_page()


@pytest.fixture(scope="module")
def road() -> Iterator[Road]:
    with running() as server:
        server.flask("administrator-create", EMAIL, "--name", "ผู้จัดงาน ตัวอย่าง", "--password", PASSWORD)
        with launch() as browser:
            yield Road(server, browser)


def test_1_an_organiser_makes_an_event(road: Road):
    page = road.page("organiser", viewport={"width": 1280, "height": 800})
    page.goto("/sign-in")
    page.get_by_label("อีเมล").fill(EMAIL)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.get_by_role("link", name="สร้างงานใหม่").first.click()
    page.get_by_label("ชื่อโครงการ").fill("โครงการพัฒนาศักยภาพคณะกรรมการบริหารงานอำเภอ (กบอ.)")
    page.get_by_label("ชื่อในลิงก์").fill(SLUG)
    page.get_by_label("จังหวัด").select_option("21")
    page.get_by_label("วันแรก").fill("2018-11-08")
    page.get_by_label("วันสุดท้าย").fill("2018-11-08")
    page.get_by_label("สถานที่").fill("โรงแรมโกลเด้นซิตี้")
    page.get_by_role("button", name="สร้างงาน").click()
    expect(page).to_have_url(re.compile(rf"/events/{SLUG}"))
    page.goto(f"/events/{SLUG}/units")
    for name in (*EXPECTED["people_by_district"],):
        expect(page.get_by_text(name, exact=True).first).to_be_visible()


def test_2_the_list_goes_in_and_the_bad_rows_come_back(road: Road):
    page = road.page("organiser")
    page.goto(f"/events/{SLUG}/import")
    page.get_by_label("ไฟล์รายชื่อ").set_input_files(LIST)
    page.get_by_role("button", name="อ่านไฟล์").click()
    expect(page.get_by_text("พร้อมนำเข้า").first).to_be_visible()
    expect(page.locator("body")).to_contain_text(str(EXPECTED["good_rows"]))
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("ดาวน์โหลดแถวที่ต้องแก้")).first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name=re.compile("นำเข้า.*200")).click()
    expect(page.locator("body")).to_contain_text("นำเข้าแล้ว 200")
    again = json.loads(road.server.flask("import-roster", SLUG, str(LIST), "--json").stdout)
    assert again["good"] == 0, "importing the same list again changes nothing"
