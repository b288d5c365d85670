"""The participant's first page, over the wire: at most 80 KB, from this host alone, usable at 360 px."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import PHONE, launch
from tests.live_event import make_live_event
from tests.live_server import LiveServer, running

pytestmark = pytest.mark.browser

LIMIT = 80 * 1024


@pytest.fixture(scope="module")
def hall() -> Iterator[tuple[LiveServer, Browser, dict[str, Any]]]:
    with running() as server:
        made = make_live_event(server)
        with launch() as browser:
            yield server, browser, made


def first_load(server: LiveServer, browser: Browser, address: str) -> tuple[int, list[str], Any]:
    """The bytes a new phone receives, headers included, what it asked, and the page."""
    context = browser.new_context(
        base_url=server.url, locale="th-TH", timezone_id="Asia/Bangkok", viewport=PHONE, has_touch=True
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    asked: dict[str, str] = {}
    received: dict[str, float] = {}

    def note(event: dict[str, Any]) -> None:
        before = event.get("redirectResponse")
        if before:
            received[f"redirect {event['requestId']}"] = before["encodedDataLength"]
        asked[event["requestId"]] = event["request"]["url"]

    refused: list[str] = []
    session.on("Network.requestWillBeSent", note)
    session.on(
        "Network.responseReceived",
        lambda e: e["response"]["status"] >= 400 and refused.append(e["response"]["url"]),
    )
    session.on("Network.loadingFinished", lambda e: received.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready")
    assert not refused, f"files the page asks for and does not get: {refused}"
    for request, size in sorted(received.items(), key=lambda pair: -pair[1]):
        print(f"{size / 1024:7.1f} KB  {asked.get(request, request)[:90]}")
    return int(sum(received.values())), list(asked.values()), page


@pytest.mark.parametrize("which", ["own page", "public form"])
def test_the_first_page_is_light_and_asks_no_other_host(hall, which):
    server, browser, made = hall
    address = made["link"] if which == "own page" else f"/e/{made['slug']}/register"
    size, asked, _page = first_load(server, browser, address)
    print(f"{which}: {size / 1024:.1f} KB in {len(asked)} requests")
    foreign = [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]
    assert not foreign
    assert size <= LIMIT, f"{which} is {size / 1024:.1f} KB over the wire"


def test_the_own_page_shows_what_a_morning_needs(hall):
    server, browser, made = hall
    _size, _asked, page = first_load(server, browser, made["link"])
    expect(page.get_by_role("heading", level=1)).to_have_text(made["name"])
    expect(page.locator("svg.qr")).to_be_visible()
    box = page.locator("svg.qr").bounding_box()
    assert box and box["width"] >= 200, "the QR is large enough to be scanned off the screen"
    assert box["y"] + box["height"] <= 740, "the QR is in view without scrolling"
    expect(page.get_by_text("สไลด์บรรยาย")).to_be_visible()
    expect(page.get_by_text("เฉลยใบงาน")).to_have_count(0)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_the_form_is_filled_on_a_phone_in_few_taps_and_waits_for_a_lost_network(hall):
    server, browser, made = hall
    _size, _asked, page = first_load(server, browser, f"/e/{made['slug']}/register")
    taps = 0

    def tap(locator: Any) -> None:
        nonlocal taps
        taps += 1
        locator.tap()

    def type_into(selector: str, text: str) -> None:
        tap(page.locator(selector))
        page.keyboard.insert_text(text)

    tap(page.get_by_text("นางสาว"))
    type_into("#first_name", "น้ำฝน")
    type_into("#last_name", "ทดลองกรอก")
    type_into("#position", "พัฒนากร")
    type_into("#organisation", "สำนักงานพัฒนาชุมชนอำเภอแกลง")
    for selector, label in (("#category", "ส่วนราชการ"), ("#unit", "แกลง")):
        page.locator(selector).select_option(label=label)
        taps += 2  # the list, and the entry in it
    tap(page.get_by_role("button", name="ถัดไป"))
    type_into("#phone", "081 222 3333")
    tap(page.get_by_text("รับทราบประกาศความเป็นส่วนตัวแล้ว"))
    page.context.set_offline(True)
    tap(page.get_by_role("button", name="ส่งการตอบรับ"))
    expect(page.get_by_text("ไม่มีสัญญาณอินเทอร์เน็ต")).to_be_visible()
    assert page.locator("#phone").input_value() == "081 222 3333"
    page.context.set_offline(False)
    page.wait_for_url("**/registered")
    print(f"{taps} taps")
    assert taps <= 14
    expect(page.get_by_text("นางสาวน้ำฝน").first).to_be_visible()
