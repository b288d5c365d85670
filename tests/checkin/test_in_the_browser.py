"""The door in a real browser against the real server: badge before the camera, name, code on the projector."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, launch
from tests.checkin import clips, seeding
from tests.live_server import LiveServer, running
from tests.pages.crawling import faults_of, walk, watch

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "organiser@example.com", "a long password"
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
WIFI = "WIFI:S:hall;T:WPA;P:secret;;"


class Hall:
    """A server with a small event; ``seed`` says who is who."""

    def __init__(self, server: LiveServer, seed: dict[str, Any]) -> None:
        self.server, self.seed = server, seed
        self.people = seed["people"]
        self.scanner = f"/staff/at/{seed['check_point']}"
        self.projector = f"/events/training/check-in/{seed['check_point']}/projector"
        self.gates: dict[str, str] = {}
        self.signed_in: Any = None  # the organiser's cookies, once there are any

    def badge(self, code: str) -> str:
        return f"{self.server.url}/T/{code}".upper()

    def phone(self, browser: Browser, gate: str = "", **options: Any) -> Page:
        """A phone; with a gate's name it is a paired one, by the token of a script."""
        options = {"viewport": PHONE, "has_touch": True, **options}
        context = browser.new_context(
            base_url=self.server.url, locale="th-TH", timezone_id="Asia/Bangkok", **options
        )
        if gate:
            if gate not in self.gates:
                self.gates[gate] = self.server.flask("device-token", "training", gate).stdout.strip()
            context.add_cookies([{"name": "door", "value": self.gates[gate], "url": self.server.url}])
        return context.new_page()

    def organiser(self, browser: Browser) -> Page:
        wide = {"viewport": {"width": 1024, "height": 768}, "has_touch": False}
        page = self.phone(browser, storage_state=self.signed_in, **wide)
        if self.signed_in:
            return page
        page.goto("/sign-in")
        page.get_by_label("อีเมล").fill(EMAIL)
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.wait_for_url("**/events")
        self.signed_in = page.context.storage_state()
        return page


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    with running() as server:
        server.flask("administrator-create", EMAIL, "--name", "ผู้จัดงาน ตัวอย่าง", "--password", PASSWORD)
        with server.inside():
            seeded = seeding.seed()
        yield Hall(server, seeded)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@contextmanager
def filming(folder: Path, frame: Image.Image) -> Iterator[Browser]:
    """A browser whose camera sees the frame."""
    path = clips.film(folder / "clip.y4m", frame)
    with launch(*CAMERA, f"--use-file-for-fake-video-capture={path}") as browser:
        yield browser


def result(page: Page) -> Any:
    return page.locator("[data-result]")


SEEN: dict[str, tuple[int, Callable[[Image.Image], Image.Image]]] = {
    "as printed": (0, lambda badge: clips.held(badge.resize((badge.width * 3 // 2, badge.height * 3 // 2)))),
    "tilted": (1, lambda badge: clips.held(badge.resize((badge.width * 3 // 2, badge.height * 3 // 2)), tilt=25)),
    "in the dark": (
        2,
        lambda badge: clips.held(badge.resize((badge.width * 3 // 2, badge.height * 3 // 2)), light=0.25, noise=4),
    ),
}


@pytest.mark.parametrize("how", SEEN)
def test_a_printed_badge_before_the_camera_lets_its_owner_in(hall: Hall, tmp_path, how):
    number, hold = SEEN[how]
    person = hall.people[number]
    badge = clips.printed_badge(hall.badge(person["code"]), person["code"])
    with filming(tmp_path, hold(badge)) as browser:
        page = hall.phone(browser, "ประตู 1")
        page.goto(hall.scanner)
        expect(result(page)).to_have_attribute("data-outcome", "accepted")
        expect(result(page)).to_contain_text(person["name"])
        expect(result(page)).to_contain_text("โต๊ะ\u00a04")
        # Held on, it is still one scan; seen again at the next door it says when and where.
        page.wait_for_timeout(1500)
        expect(page.locator("[data-recent] li")).to_have_count(1)
        next_door = hall.phone(browser, "ประตู 2")
        next_door.goto(hall.scanner)
        expect(result(next_door)).to_have_attribute("data-outcome", "already")
        expect(result(next_door)).to_contain_text(re.compile(r"ลงทะเบียนแล้ว เวลา.\d\d\.\d\d.น\. ที่ประตู.1"))


@pytest.mark.parametrize(("content", "words"), [("other event", "ไม่มีรายชื่อในงานนี้"), (WIFI, "ไม่พบรหัสนี้ในระบบ")])
def test_a_code_that_is_no_badge_of_ours_is_refused_in_words(hall: Hall, tmp_path, content, words):
    shown = hall.badge(hall.seed["stranger"]) if content == "other event" else content
    with filming(tmp_path, clips.held(clips.plain_code(shown))) as browser:
        page = hall.phone(browser, "ประตู 1")
        page.goto(hall.scanner)
        expect(result(page)).to_have_attribute("data-outcome", "refused")
        expect(result(page)).to_contain_text(words)
        assert page.url.endswith(hall.scanner)


def test_a_phone_is_paired_by_the_qr_on_the_organisers_screen(hall: Hall, browser: Browser):
    organiser = hall.organiser(browser)
    organiser.goto("/events/training/devices")
    organiser.get_by_label("ชื่อจุด").fill("ประตูข้าง")
    organiser.get_by_role("button", name="สร้าง QR จับคู่").click()
    address = read_qr(organiser.locator(".qr-box"))
    phone = hall.phone(browser)
    phone.goto(address)
    phone.get_by_role("button", name="เริ่มใช้เครื่องนี้").click()
    phone.get_by_role("link", name="ช่วงเช้า").click()
    expect(phone.get_by_label("จุดลงทะเบียน")).to_be_visible()
    # The organiser's page sees the phone by itself.
    expect(organiser.locator(".list")).to_contain_text("ประตูข้าง")


def test_by_name_two_letters_and_one_tap_and_undone(hall: Hall, browser: Browser):
    page = hall.phone(browser, "ประตู 1")
    page.goto(hall.scanner)
    page.get_by_label("ค้นหาจากชื่อหรือนามสกุล").press_sequentially("วิ")
    page.get_by_role("button", name=re.compile("วิไล แก้วใส")).click()
    expect(result(page)).to_have_attribute("data-outcome", "accepted")
    expect(result(page)).to_contain_text("นายวิไล แก้วใส")
    page.get_by_role("button", name=re.compile("ยกเลิกรายการนี้")).click()
    expect(result(page)).to_contain_text("ยกเลิกรายการแล้ว")
    page.get_by_label("ค้นหาจากชื่อหรือนามสกุล").press_sequentially("แก้วใส")
    page.get_by_role("button", name=re.compile("วิไล แก้วใส")).click()
    expect(result(page)).to_contain_text("ลงทะเบียนเรียบร้อย")
    assert "%E0" not in page.url


def test_a_walk_in_the_server_refuses_stays_typed_with_the_reason(hall: Hall, browser: Browser):
    page = hall.phone(browser, "ประตู 1")
    page.goto(hall.scanner)
    expect(page.locator("[data-sync]")).to_contain_text("รอส่ง 0 รายการ")  # its scripts are there
    page.get_by_role("link", name="ผู้เข้าร่วมเพิ่มเติม").click()
    form = page.locator("dialog[open]")
    form.get_by_label("ชื่อ นามสกุล").fill("นางมาลี ใจงาม")
    form.get_by_label("อำเภอ/หน่วยงาน").select_option(hall.seed["unit"])
    form.get_by_label("โทรศัพท์").fill("12")
    form.get_by_role("button", name="ลงทะเบียน", exact=True).click()
    expect(result(page)).to_have_attribute("data-outcome", "refused")
    expect(form.get_by_role("alert")).to_contain_text("โทรศัพท์")
    expect(form.get_by_label("ชื่อ นามสกุล")).to_have_value("นางมาลี ใจงาม")
    expect(form.locator("option:checked")).to_have_text(hall.seed["unit"])
    form.get_by_label("โทรศัพท์").fill("0812345699")
    form.get_by_role("button", name="ลงทะเบียน", exact=True).click()
    expect(result(page)).to_have_attribute("data-outcome", "accepted")
    expect(result(page)).to_contain_text("นางมาลี ใจงาม")


def test_a_usb_scanner_types_wherever_the_focus_is(hall: Hall, browser: Browser):
    page = hall.phone(browser, "ประตู 1", has_touch=False, viewport={"width": 1024, "height": 768})
    page.goto(hall.scanner)
    expect(page.locator("[data-sync]")).to_contain_text("รอส่ง 0")  # the page's script listens by now
    page.locator("h1").click()
    page.keyboard.type(hall.badge(hall.people[3]["code"]), delay=3)
    page.keyboard.press("Enter")
    expect(result(page)).to_have_attribute("data-outcome", re.compile("accepted|already"))
    expect(result(page)).to_contain_text("นายวิไล แก้วใส")


def test_a_phone_whose_clock_is_slow_gives_the_right_time(hall: Hall, browser: Browser):
    page = hall.phone(browser, "ประตู 1")
    page.clock.install(time=datetime.now(UTC) - timedelta(minutes=40))
    page.goto(hall.scanner)
    expect(page.locator("[data-sync]")).to_contain_text("รอส่ง 0")  # the page's script listens by now
    code = hall.people[4]["code"]
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    expect(result(page)).to_have_attribute("data-outcome", "accepted")
    with hall.server.inside():
        came = datetime.fromisoformat(seeding.present()["present"][code])
    assert abs(datetime.now(UTC) - came) < timedelta(minutes=5)
    page.get_by_role("button", name=re.compile("ยกเลิกรายการนี้")).click()
    expect(result(page)).to_contain_text("ยกเลิกรายการแล้ว")


def by_usb(page: Page, hall: Hall, number: int) -> None:
    page.keyboard.type(hall.badge(hall.people[number]["code"]), delay=3)
    page.keyboard.press("Enter")
    name = hall.people[number]["name"]
    expect(result(page)).to_contain_text(name)
    expect(result(page)).to_have_attribute("data-outcome", re.compile("accepted|already"))


def test_a_usb_scanner_is_heard_after_a_dialog_in_one_and_in_the_search(hall: Hall, browser: Browser):
    page = hall.phone(browser, "ประตู 1", has_touch=False, viewport={"width": 1024, "height": 768})
    page.goto(hall.scanner)
    expect(page.locator("[data-sync]")).to_contain_text("รอส่ง 0")
    page.get_by_role("link", name="ผู้เข้าร่วมเพิ่มเติม").click()
    page.locator("dialog[open]").get_by_role("button", name="กลับ").click()
    by_usb(page, hall, 0)  # the focus is on the link again
    page.get_by_role("link", name="ผู้เข้าร่วมเพิ่มเติม").click()
    by_usb(page, hall, 1)  # the cursor is in the field of the name
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.get_by_label("ค้นหาจากชื่อหรือนามสกุล").click()
    page.keyboard.type("ฟฟฟ")
    expect(page.locator("[data-found]")).to_contain_text("ไม่พบชื่อนี้")
    by_usb(page, hall, 2)
    page.locator('select[name="check_point"]').focus()
    by_usb(page, hall, 3)


def test_the_door_works_without_scripts(hall: Hall, browser: Browser):
    page = hall.phone(browser, "ประตู 1", java_script_enabled=False)
    page.goto("/staff/")
    page.get_by_role("link", name="ช่วงบ่าย").click()
    page.get_by_label("ค้นหาจากชื่อหรือนามสกุล").fill("ใจดี")
    page.get_by_role("button", name="ค้นหา").click()
    page.get_by_role("button", name=re.compile("สมชาย ใจดี")).click()
    expect(page.locator(".scan-result").first).to_contain_text("นายสมชาย ใจดี")
    page.get_by_role("button", name=re.compile("ยกเลิกรายการนี้")).click()
    expect(page.locator(".scan-result").first).to_contain_text("ยกเลิกรายการแล้ว")
    page.get_by_label(re.compile("รหัสบัตร")).fill(hall.people[1]["code"])
    page.get_by_role("button", name="บันทึกการลงทะเบียน").click()
    expect(page.locator(".scan-result").first).to_contain_text("นายสมหญิง รักเรียน")
    page.get_by_role("link", name="ผู้เข้าร่วมเพิ่มเติม").click()
    page.get_by_label("ชื่อ นามสกุล").fill("นางมาเพิ่ม ตอนบ่าย")
    page.get_by_label("อำเภอ/หน่วยงาน").select_option(hall.seed["unit"])
    page.get_by_role("button", name="ลงทะเบียน", exact=True).click()
    expect(page.locator(".scan-result").first).to_contain_text("นางมาเพิ่ม ตอนบ่าย")


def test_in_the_hall_the_projectors_code_and_one_button(hall: Hall, browser: Browser):
    organiser = hall.organiser(browser)
    wall = organiser.context.new_page()
    wall.goto(f"/events/training/wall/{hall.seed['check_point']}")
    before = int(wall.locator(".wall-figure strong").inner_text())
    organiser.goto(hall.projector)
    address = read_qr(organiser.locator(".hall-code-qr"))
    phone = hall.phone(browser)
    phone.goto(hall.people[4]["link"])
    phone.goto(address)
    phone.get_by_role("button", name="ลงทะเบียน", exact=True).click()
    expect(phone.locator(".scan-result")).to_have_attribute("data-outcome", "accepted")
    expect(phone.locator(".scan-result")).to_contain_text("นายอนันต์ มั่นคง")
    # The wall hears of it by itself.
    expect(wall.locator(".wall-figure strong")).to_have_text(str(before + 1))


def test_the_six_digits_on_another_phone_and_a_name_to_pick(hall: Hall, browser: Browser):
    organiser = hall.organiser(browser)
    organiser.goto(hall.projector)
    phone = hall.phone(browser)
    phone.goto("/c/training")
    phone.get_by_label("รหัส 6 ตัวบนจอ").fill(organiser.locator(".hall-code-digits").inner_text())
    phone.get_by_role("button", name="ต่อไป").click()
    phone.get_by_label("เลขท้ายหมายเลขโทรศัพท์").fill("0004")
    phone.get_by_role("button", name="ค้นหาชื่อ").click()
    phone.get_by_role("button", name=re.compile("อนันต์")).click()
    expect(phone.locator(".scan-result")).to_contain_text("นายอนันต์ มั่นคง")


def test_on_plain_http_the_page_says_why_there_is_no_camera_and_the_rest_works(hall: Hall):
    host = f"{socket.gethostname()}.local"
    with launch(*CAMERA, f"--host-resolver-rules=MAP {host} 127.0.0.1") as browser:
        page = hall.phone(browser, "ประตู 1")
        here = f"http://{host}:{hall.server.port}"
        page.context.add_cookies([{"name": "door", "value": hall.gates["ประตู 1"], "url": here}])
        page.goto(here + hall.scanner)
        expect(page.locator("[data-status]")).to_contain_text("กล้องใช้ไม่ได้")
        page.get_by_label("ค้นหาจากชื่อหรือนามสกุล").press_sequentially("วิไล")
        page.get_by_role("button", name=re.compile("วิไล แก้วใส")).click()
        expect(result(page)).to_contain_text("นายวิไล แก้วใส")


@pytest.mark.parametrize("start", ["/staff/", "/c/training"])
def test_every_page_of_the_door_and_the_hall_is_whole_at_three_widths(hall: Hall, browser: Browser, start):
    page = hall.phone(browser, "ประตู 1")
    troubles = watch(page.context, hall.server.url)
    organiser = hall.organiser(browser)
    organiser.goto(hall.projector)
    page.goto(read_qr(organiser.locator(".hall-code-qr")))
    faults = [f"{url}: {fault}" for url in walk(page, start, stay=start.rstrip("/")) for fault in faults_of(page)]
    assert not faults + troubles, "\n".join(faults + troubles)


def test_a_projector_that_lost_the_server_hides_its_code(hall: Hall, browser: Browser):
    """The last test here: it takes the server away."""
    organiser = hall.organiser(browser)
    with organiser.expect_response(lambda answer: answer.request.resource_type == "fetch"):
        organiser.goto(hall.projector)  # the first question: the script is there
    expect(organiser.locator("[data-lost]")).to_be_hidden()
    hall.server.kill()
    expect(organiser.locator("[data-lost]")).to_be_visible(timeout=20000)
    expect(organiser.locator(".hall-code-qr")).to_be_hidden()


def read_qr(place: Any) -> str:
    """What a phone's camera reads from a QR code on the page."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(place.screenshot())))
    assert found, "no code can be read on the screen"
    return found[0].text
