"""The scanner's script in a real browser, under the real policy: what it reads, sends, repeats and says."""

from __future__ import annotations

import time
from threading import Lock

import pytest
import qrcode
from flask import Blueprint, Response, jsonify, render_template_string, request
from PIL import Image
from playwright.sync_api import expect

from app.core.access import public
from app.core.headers import allow_camera
from tests.browser import launch
from tests.pages.site import open_page, served

pytestmark = pytest.mark.browser
CODE = "HTTPS://SAMMANA.TEST/T/ABCDEFGHIJKLMNOPQRST"
SENTENCES = {"accepted": "ลงทะเบียนเรียบร้อย", "already": "ลงทะเบียนแล้ว เวลา 08.41 น."}
PAGE = """{% extends "layouts/phone.html" %}{% from "components/scanner.html" import scanner %}
{% block title %}scanner{% endblock %}{% block content %}<h1>scanner</h1>
{{ scanner("/test/scans", [("am", "am"), ("pm", "pm")], "pm", "/test/scanner", csrf_token()) }}{% endblock %}"""


class Desk:
    """A door that answers as the real one does and remembers what it was asked."""

    def __init__(self) -> None:
        self.scans: list[dict] = []
        self.failures: list[int] = []
        self.pause = 0.0  # seconds before the first answer
        self.closed: set[str] = set()  # codes that are refused
        self.lock = Lock()
        self.pages = Blueprint("test_desk", __name__)
        self.pages.get("/test/scanner")(public(self.page))
        self.pages.post("/test/scans")(public(self.scan))

    def page(self) -> str:
        allow_camera()
        return render_template_string(PAGE)

    def scan(self) -> Response | tuple[Response, int]:
        with self.lock:
            sent = request.get_json()["scans"]
            time.sleep(self.pause)
            self.pause = 0.0
            if self.failures:
                self.scans += sent
                status = self.failures.pop(0)
                return jsonify(error=status, sentence="ไม่รับ"), status
            return jsonify(results=[self.answer(scan) for scan in sent])

    def answer(self, scan: dict) -> dict:
        self.scans.append(scan)
        if scan["code"] in self.closed:
            outcome = "pending_review" if scan.get("offline") else "refused"
            return {"client_uuid": scan["client_uuid"], "outcome": outcome, "sentence": "ปิดแล้ว", "person": None}
        first = not any(one["code"] == scan["code"] for one in self.scans[:-1])
        outcome = "accepted" if first else "already"
        sentence = SENTENCES[outcome]
        person = {"name": "ตัวอย่าง ระบบ", "unit": "เมืองระยอง", "group": "กลุ่ม 3", "table": None}
        return {"client_uuid": scan["client_uuid"], "outcome": outcome, "sentence": sentence, "person": person}


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def site(desk):
    with served(desk.pages) as address:
        yield address


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A film of one badge, as the fake camera wants it: raw frames behind a line of text."""
    badge = qrcode.make(CODE, border=4).get_image().convert("L").resize((300, 300), Image.Resampling.NEAREST)
    frame = Image.new("L", (640, 480), 170)
    frame.paste(badge, (170, 90))
    colourless = bytes([128]) * (320 * 240 * 2)
    path = tmp_path_factory.mktemp("clip") / "badge.y4m"
    frames = (b"FRAME\n" + frame.tobytes() + colourless) * 3
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frames)
    return path


@pytest.fixture(scope="module")
def filming(clip):
    """A browser whose camera sees the badge."""
    with launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={clip}",
    ) as chromium:
        yield chromium


@pytest.fixture(scope="module")
def browser():
    with launch() as chromium:
        yield chromium


def opened(browser, site, **size):
    page = open_page(browser, **size)
    page.goto(f"{site}/test/scanner")
    page.wait_for_selector("[data-state]")
    return page


def type_code(page, code="T0000000000000000001"):
    page.get_by_label("รหัสบัตร").fill(code)
    page.get_by_label("รหัสบัตร").press("Enter")


def test_the_camera_reads_a_badge_under_the_strict_policy(filming, site, desk):
    page = opened(filming, site)
    expect(page.locator("[data-result]")).to_contain_text("ตัวอย่าง ระบบ", timeout=20000)
    expect(page.locator("[data-result]")).to_have_attribute("data-outcome", "accepted")
    assert page.stopped == []
    [scan] = desk.scans
    assert scan["code"] == CODE
    assert scan["check_point"] == "pm"
    assert scan["action"] == "enter"
    assert len(scan["client_uuid"]) == 36
    page.context.close()


def test_a_badge_held_before_the_camera_is_one_scan(filming, site, desk):
    page = opened(filming, site)
    expect(page.locator("[data-result]")).to_be_visible(timeout=20000)
    page.wait_for_timeout(4000)  # longer than the pause between two scans of one badge
    assert len(desk.scans) == 1
    page.context.close()


def test_a_usb_scanner_types_wherever_the_focus_is(browser, site, desk):
    page = opened(browser, site, width=1280, height=800)
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.type("T0000000000000000001")
    page.keyboard.press("Enter")
    expect(page.locator("[data-sentence]")).to_have_text("ลงทะเบียนเรียบร้อย")
    assert [scan["code"] for scan in desk.scans] == ["T0000000000000000001"]
    page.context.close()


def test_the_second_scan_says_already(browser, site):
    page = opened(browser, site)
    type_code(page)
    expect(page.locator("[data-result]")).to_have_attribute("data-outcome", "accepted")
    type_code(page)
    expect(page.locator("[data-result]")).to_have_attribute("data-outcome", "already")
    expect(page.locator("[data-sentence]")).to_have_text("ลงทะเบียนแล้ว เวลา 08.41 น.")
    expect(page.locator("[data-recent] li")).to_have_count(2)
    page.context.close()


def test_a_scan_without_an_answer_is_repeated_as_the_same_scan(browser, site, desk):
    desk.failures = [503, 500]
    page = opened(browser, site)
    type_code(page)
    expect(page.locator("[data-waiting]")).to_contain_text("1 รายการ")
    expect(page.locator("[data-result]")).to_have_attribute("data-outcome", "already", timeout=15000)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert len(desk.scans) == 3
    assert len({scan["client_uuid"] for scan in desk.scans}) == 1
    assert len({scan["occurred_at"] for scan in desk.scans}) == 1
    page.context.close()


def test_scans_without_a_network_survive_a_reload(browser, site, desk):
    page = opened(browser, site)
    page.route("**/test/scans", lambda route: route.abort())
    type_code(page, "T1")
    type_code(page, "T2")
    expect(page.locator("[data-waiting]")).to_contain_text("2 รายการ")
    page.reload()
    expect(page.locator("[data-waiting]")).to_contain_text("2 รายการ")
    page.unroute("**/test/scans")
    expect(page.locator("[data-recent] li")).to_have_count(2, timeout=15000)
    assert [scan["code"] for scan in desk.scans] == ["T1", "T2"]
    page.context.close()


def test_a_refused_request_is_said_and_does_not_hold_up_the_next(browser, site, desk):
    desk.failures = [400]
    page = opened(browser, site)
    type_code(page, "T1")
    expect(page.locator("[data-sentence]")).to_have_text("ไม่รับ")
    type_code(page, "T2")
    expect(page.locator("[data-sentence]")).to_have_text("ลงทะเบียนเรียบร้อย")
    assert len(desk.scans) == 2
    page.context.close()


SAID_HERE = """() => document.addEventListener("unanswered", ({ detail }) => {
    detail.answer = Promise.resolve({ client_uuid: detail.scan.id, outcome: "accepted", sentence: "ให้เข้าแล้ว" });
})"""


def test_a_slow_server_is_not_waited_for_and_its_refusal_goes_to_the_review_list(browser, site, desk):
    desk.pause, desk.closed = 2.0, {"T1"}
    page = opened(browser, site)
    page.evaluate(SAID_HERE)
    type_code(page, "T1")
    expect(page.locator("[data-sentence]")).to_have_text("ให้เข้าแล้ว", timeout=1900)
    for _ in range(200):
        if len(desk.scans) == 2:
            break
        page.wait_for_timeout(50)
    first, again = desk.scans
    assert (first.get("offline"), again["offline"]) == (None, True)
    assert again["client_uuid"] == first["client_uuid"][:14] + "8" + first["client_uuid"][15:]
    assert [again[name] for name in ("code", "occurred_at")] == [first[name] for name in ("code", "occurred_at")]
    # What was said at the door stands there.
    page.wait_for_timeout(200)
    expect(page.locator("[data-sentence]")).to_have_text("ให้เข้าแล้ว")
    expect(page.locator("[data-recent] li")).to_have_count(1)
    page.context.close()


def test_without_a_camera_the_page_says_what_to_use(browser, site):
    page = opened(browser, site)
    expect(page.locator("[data-status]")).to_contain_text("พิมพ์รหัส")
    page.context.close()


def test_on_plain_http_the_page_says_why_the_camera_is_off(site, desk):
    with launch("--host-resolver-rules=MAP sammana.test 127.0.0.1") as chromium:
        page = opened(chromium, site.replace("127.0.0.1", "sammana.test"))
        expect(page.locator("[data-status]")).to_contain_text("http ธรรมดา")
        type_code(page)
        expect(page.locator("[data-sentence]")).to_have_text("ลงทะเบียนเรียบร้อย")
        assert len(desk.scans[0]["client_uuid"]) == 36
