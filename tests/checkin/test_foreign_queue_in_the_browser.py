"""A phone paired with another event in between: what it holds of the first is counted apart, and sent later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import PHONE, launch
from tests.checkin import seeding
from tests.checkin.test_in_the_browser import EMAIL, PASSWORD, Hall
from tests.live_server import running

pytestmark = pytest.mark.browser


@pytest.fixture
def hall() -> Iterator[Hall]:
    with running() as server:
        server.flask("administrator-create", EMAIL, "--name", "ผู้จัดงาน", "--password", PASSWORD)
        with server.inside():
            seeded = seeding.seed()
        yield Hall(server, seeded)


@pytest.fixture
def page(hall: Hall) -> Iterator[Page]:
    with launch() as browser:
        yield phone_of(browser, hall).new_page()


def phone_of(browser: Browser, hall: Hall) -> BrowserContext:
    return browser.new_context(
        base_url=hall.server.url, locale="th-TH", timezone_id="Asia/Bangkok", viewport=PHONE
    )


def pair(page: Page, hall: Hall, event: str) -> None:
    token = hall.server.flask("device-token", event, "ประตู 7").stdout.strip()
    page.context.add_cookies([{"name": "door", "value": token, "url": hall.server.url}])


def test_scans_of_another_event_are_counted_apart_and_sent_when_it_is_paired_again(hall: Hall, page: Page):
    pair(page, hall, "training")
    page.goto(hall.scanner)
    line = page.locator("[data-sync]")
    expect(line).to_contain_text("รอส่ง 0 รายการ")  # the script is there
    page.route("**/staff/scans", lambda route: route.abort())
    for person in hall.people[:3]:
        page.get_by_label("รหัสบัตร").fill(person["code"])
        page.get_by_label("รหัสบัตร").press("Enter")
    expect(line).to_contain_text("รอส่ง 3 รายการ")
    expect(line).not_to_contain_text("งานอื่น")
    page.goto("/staff/")
    expect(page.get_by_text("รอส่ง 3 รายการ")).to_be_visible()
    page.unroute("**/staff/scans")

    pair(page, hall, "other")
    page.goto("/staff/")
    said = "ค้างของงานอื่น 3 รายการ โปรดจับคู่กับงานนั้นเพื่อส่ง"
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("link", name="ช่วงเช้า").first.click()
    expect(line).to_contain_text("รอส่ง 0 รายการ")
    expect(line).to_contain_text(said)

    pair(page, hall, "training")
    page.goto(hall.scanner)
    expect(line).to_contain_text("รอส่ง 0 รายการ")
    expect(line).not_to_contain_text("งานอื่น")
    with hall.server.inside():
        assert len(seeding.present()["present"]) == 3
