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

from tests.browser import PHONE, launch
from tests.camera import camera_of, film
from tests.live_server import LiveServer, running

pytestmark = pytest.mark.browser

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
LIST = FIXTURES / "rayong_200_as_sent.xlsx"
EXPECTED = json.loads((FIXTURES / "rayong_200_as_sent.expected.json").read_text())
SLUG = "kbo-rayong"
PERSON = "ถนอมชัย ร่มธิติรัตน์"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
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


def add_session(page: Page, title: str, start: str, end: str) -> None:
    """One line of the programme, typed as an office writes it."""
    page.goto(f"/events/{SLUG}/programme/new")
    page.get_by_label("หัวข้อ").fill(title)
    page.get_by_label("เริ่ม").fill(start)
    page.get_by_label("ถึง").fill(end)
    page.get_by_role("button", name="บันทึก", exact=True).click()


def test_3_participants_have_their_own_page_and_others_register_themselves(road: Road):
    organiser = road.page("organiser")
    add_session(organiser, "พิธีเปิด", "09.00", "09.30")
    add_session(organiser, "ประชุมกลุ่มย่อยรายอำเภอ", "13.00", "15.00")
    organiser.goto(f"/events/{SLUG}/people?q={PERSON}")
    organiser.get_by_role("link", name=re.compile(PERSON)).click()
    link = organiser.get_by_label(re.compile("LINE")).input_value()
    road.found["link"] = re.search(r"(/p/\S+)", link)[1]

    phone = road.page("participant", viewport=PHONE, has_touch=True)
    phone.goto(road.found["link"])
    expect(phone.get_by_role("heading", level=1)).to_contain_text(PERSON)
    expect(phone.locator("svg.qr")).to_be_visible()
    expect(phone.get_by_text("พิธีเปิด")).to_be_visible()
    assert "/p/" not in phone.url, "the secret of the link leaves the address bar"

    visitor = road.page("visitor", viewport=PHONE, has_touch=True)
    visitor.goto(f"/e/{SLUG}/register")
    visitor.get_by_label("นางสาว").check()
    visitor.get_by_label("ชื่อ", exact=True).or_(visitor.locator("#first_name")).first.fill("น้ำฝน")
    visitor.locator("#last_name").fill("ตัวอย่างใหม่")
    visitor.locator("#position").fill("พัฒนากร")
    visitor.locator("#organisation").fill("สำนักงานพัฒนาชุมชนอำเภอแกลง")
    visitor.locator("#category").select_option("ส่วนราชการ")
    visitor.locator("#unit").select_option(label="แกลง")
    visitor.get_by_role("button", name="ถัดไป").click()
    visitor.locator("#phone").fill("๐๘๑ ๒๓๔ ๕๖๗๘")
    visitor.get_by_label(re.compile("รับทราบประกาศ")).check()
    visitor.get_by_role("button", name=re.compile("ตอบรับ|ส่ง|ยืนยัน")).click()
    expect(visitor).to_have_url(re.compile(r"/registered$"))
    expect(visitor.locator("svg.qr").first).to_be_visible()


def test_4_the_door_scans_and_says_already_and_the_hall_checks_itself_in(road: Road, tmp_path):
    organiser, phone = road.page("organiser"), road.page("participant")
    phone.goto(f"/e/{SLUG}/me")
    badge = film(tmp_path / "badge.y4m", phone.locator(".qr-box").first.screenshot())
    code = re.search(r"[A-Z2-7]{20}", phone.locator(".ticket-code").first.inner_text().replace(" ", ""))[0]

    organiser.goto(f"/events/{SLUG}/devices")
    organiser.get_by_label(re.compile("ชื่อจุด")).fill("ประตู 1")
    organiser.get_by_role("button", name="สร้าง QR จับคู่").click()
    invitation = re.search(r"/staff/pair/\S+", organiser.locator("#invitation").inner_text())[0]
    with launch(*camera_of(badge)) as filming:
        context = filming.new_context(base_url=road.server.url, viewport=PHONE, locale="th-TH", has_touch=True)
        door = context.new_page()
        door.goto(invitation.lower() if invitation.isupper() else invitation)
        door.get_by_role("button", name="เริ่มใช้เครื่องนี้").click()
        door.get_by_role("link", name=re.compile("ช่วงเช้า")).or_(door.locator("video")).first.wait_for()
        if door.locator("[data-result]").count() == 0:
            door.get_by_role("link", name=re.compile("ช่วงเช้า")).first.click()
        result = door.locator("[data-result]")
        expect(result).to_have_attribute("data-outcome", "accepted", timeout=20000)
        expect(result).to_contain_text(PERSON)
        door.locator("#code").fill(code)
        door.locator("#code").press("Enter")
        expect(result).to_have_attribute("data-outcome", "already")
        expect(result).to_contain_text(re.compile(r"ลงทะเบียนแล้ว\sเวลา\s\d\d\.\d\d\sน\.\sที่ประตู\s1"))
        door.get_by_label(re.compile("ค้นหาจากชื่อ")).fill("ศรีสวัสดิ์")
        door.locator("[data-search] button").click()
        door.get_by_role("button", name=re.compile("ศรีสวัสดิ์ ดิสกะประกาย")).click()
        expect(door.locator("[data-result]")).to_contain_text("ศรีสวัสดิ์")

    organiser.goto(f"/events/{SLUG}/check-in")
    projector = road.page("projector", viewport={"width": 1024, "height": 768})
    road.contexts["projector"].add_cookies(road.contexts["organiser"].cookies())
    point = organiser.locator("a[href*='/projector']").last.get_attribute("href")
    projector.goto(point)
    digits = re.search(r"\d{3} \d{3}", projector.locator(".hall-code-digits").inner_text())[0]
    phone.goto(f"/c/{SLUG}")
    phone.get_by_label(re.compile("รหัส 6 ตัว")).fill("000000" if digits != "000 000" else "111111")
    phone.get_by_role("button", name="ต่อไป").click()
    expect(phone.locator(".error")).to_be_visible()
    phone.get_by_label(re.compile("รหัส 6 ตัว")).fill(projector.locator(".hall-code-digits").inner_text())
    phone.get_by_role("button", name="ต่อไป").click()
    phone.get_by_role("button", name="ลงทะเบียน", exact=True).click()
    expect(phone.get_by_text(re.compile("ลงทะเบียนเรียบร้อย|ลงทะเบียนแล้ว")).first).to_be_visible()


def other_of_the_table(organiser: Page) -> str:
    """The personal link of somebody who sits at the table of the road's participant."""
    organiser.goto(f"/events/{SLUG}/groups")
    for address in organiser.eval_on_selector_all(
        f"a[href*='/events/{SLUG}/groups/']", "all => all.map(a => a.href)"
    ):
        organiser.goto(address)
        names = organiser.locator("main .list strong").all_inner_texts()
        if any(PERSON in name for name in names):
            neighbour = next(name for name in names if PERSON not in name)
            organiser.goto(f"/events/{SLUG}/people?q={neighbour.split()[-1]}")
            organiser.get_by_role("link", name=neighbour).click()
            return re.search(r"(/p/\S+)", organiser.get_by_label(re.compile("LINE")).input_value())[1]
    raise AssertionError("nobody sits with the participant")


def settled(page: Page) -> None:
    """Everything written on this phone has reached the server."""
    expect(page.locator("p[data-save-state]")).to_have_text(re.compile(r"บันทึกแล้ว"), timeout=10000)


def test_5_a_table_drafts_on_two_phones_and_the_facilitator_returns_one_card(road: Road):
    organiser = road.page("organiser")
    organiser.goto(f"/events/{SLUG}/groups/divide?mode=district&max_size=9&agencies=spread&seed=1")
    organiser.get_by_role("button", name=re.compile("ใช้ผังนี้")).click()
    expect(organiser.locator("body")).to_contain_text("24")
    organiser.goto(f"/events/{SLUG}/team")
    organiser.get_by_label("อีเมล").fill("facilitator@example.com")
    organiser.get_by_label(re.compile("ชื่อ–นามสกุล")).fill("วิทยากร ประจำกลุ่ม")
    organiser.get_by_label("หน้าที่").select_option("facilitator")
    organiser.get_by_role("button", name="เพิ่ม").click()
    password = organiser.locator(".code").first.inner_text()
    organiser.goto(f"/events/{SLUG}/groups")
    organiser.get_by_role("button", name=re.compile("แบ่งกลุ่มให้วิทยากร")).click()
    organiser.goto(f"/events/{SLUG}/exercises/new")
    organiser.get_by_label(re.compile("ฉบับย่อ")).check()
    organiser.locator("[name=issues]").fill(
        "1. พัฒนาคุณภาพสินค้าเกษตร\n2. บริหารจัดการทรัพยากรธรรมชาติ\n3. เสริมสร้างคุณภาพชีวิต"
    )
    organiser.get_by_role("button", name="สร้างกิจกรรม").click()
    road.found["exercise"] = re.search(r"/exercises/(\w{14})", organiser.url)[1]

    first = road.page("participant")
    second = road.page("neighbour", viewport=PHONE, has_touch=True)
    second.goto(other_of_the_table(organiser))
    for phone in (first, second):
        phone.goto(f"/e/{SLUG}/me")
        phone.get_by_role("link", name="เปิดกิจกรรมกลุ่ม").click()
    first.get_by_label("หมู่บ้านหรือชุมชนของท่านมีปัญหา").fill("สวนผลไม้ขาดแคลนน้ำในฤดูแล้ง")
    first.get_by_role("button", name="เพิ่มปัญหา/ความต้องการ").click()
    need = second.locator("[data-list=need] > li")
    expect(need).to_contain_text("สวนผลไม้ขาดแคลนน้ำ", timeout=10000)
    need.get_by_text("ปัญหานี้มีโครงการใดช่วยได้").click()
    need.get_by_label("โครงการใหม่").fill("ขุดลอกสระน้ำตำบลกองดิน")
    need.get_by_role("button", name="เพิ่มโครงการ").click()
    need.locator(".strength", has_text="ตรง").click()
    settled(second)
    project = first.locator("[data-list=project] > li")
    expect(project).to_contain_text("ขุดลอกสระน้ำ", timeout=10000)
    first.get_by_role("link", name="โครงการ").click()
    project.locator("[data-ask] > summary").click()
    project.get_by_role("button", name="พัฒนาคุณภาพสินค้าเกษตร").click()
    project.locator(".strength", has_text="ปานกลาง").click()
    project.get_by_label("เพราะ").fill("มีน้ำพอ ผลผลิตจึงได้มาตรฐาน")
    card = first.get_by_role("dialog")
    project.locator("[data-open]").tap()
    card.get_by_label("หน่วยงานรับผิดชอบหลัก").fill("อบต.กองดิน")
    card.get_by_label("เป้าหมาย (ผลผลิตของโครงการ)").fill("ขุดลอกสระ 3 แห่ง")
    card.get_by_label("ไม่ใช้งบประมาณ").check()
    settled(first)
    first.goto(f"/x/{road.found['exercise']}")
    first.get_by_role("link", name="ส่ง", exact=True).click()
    first.get_by_role("button", name="ส่งงานของกลุ่ม").click()
    expect(first.get_by_text("กลุ่มส่งงานแล้ว").first).to_be_visible()

    table = first.get_by_role("heading", level=1).inner_text()

    facilitator = road.page("facilitator", viewport={"width": 1280, "height": 800})
    facilitator.goto("/sign-in")
    facilitator.get_by_label("อีเมล").fill("facilitator@example.com")
    facilitator.get_by_label("รหัสผ่าน").fill(password)
    facilitator.get_by_role("button", name="เข้าสู่ระบบ").click()
    facilitator.goto(f"/events/{SLUG}/exercises/{road.found['exercise']}")
    facilitator.get_by_role("link", name=re.compile(table)).first.click()
    facilitator.get_by_text("แสดงความเห็นหรือส่งกลับ").last.click()
    facilitator.get_by_label("ข้อความถึงกลุ่ม").last.fill("โปรดระบุแหล่งงบประมาณ")
    facilitator.get_by_role("button", name="ส่งการ์ดนี้กลับให้แก้").last.click()
    first.reload()
    expect(first.locator("[data-list=returned] > li")).to_contain_text("โปรดระบุแหล่งงบประมาณ")
    first.get_by_role("link", name="ส่ง", exact=True).click()
    first.get_by_role("button", name="ส่งงานของกลุ่ม").click()
    expect(first.get_by_text("กลุ่มส่งงานแล้ว").first).to_be_visible()
    facilitator.reload()
    facilitator.get_by_role("button", name="รับรองงานของกลุ่ม").click()
    expect(facilitator.get_by_text("รับรองแล้ว").first).to_be_visible()


def test_6_the_organiser_sees_the_linkage_and_takes_the_papers_home(road: Road):
    page = road.page("organiser")
    page.goto(f"/events/{SLUG}/linkage/{road.found['exercise']}/map")
    expect(page.locator("svg").first).to_be_visible()
    expect(page.locator("body")).to_contain_text("พัฒนาคุณภาพสินค้าเกษตร")
    page.goto(f"/events/{SLUG}/linkage/{road.found['exercise']}/coverage")
    expect(page.locator("table").first).to_contain_text("เมืองระยอง")
    page.goto(f"/events/{SLUG}/linkage/{road.found['exercise']}/goals")
    expect(page.locator("body")).to_contain_text("เสริมสร้างคุณภาพชีวิต")
    for document, start in (("badges", b"%PDF"), ("sign-in-sheets", b"%PDF"), ("workbook", b"PK")):
        out = road.server.folder / document
        road.server.flask("export", SLUG, document, "--out", str(out))
        assert out.read_bytes().startswith(start)
    page.goto(f"/events/{SLUG}/documents")
    with page.expect_download() as download:
        page.get_by_role("button", name="ดาวน์โหลดป้ายชื่อทั้งหมด").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def test_7_a_document_is_hidden_before_its_time_and_given_after(road: Road, tmp_path):
    pdf = tmp_path / "เอกสารประกอบ.pdf"
    pdf.write_bytes(PDF)
    organiser, phone = road.page("organiser"), road.page("participant")
    organiser.goto(f"/events/{SLUG}/materials/new")
    organiser.locator("input[type=file]").set_input_files(pdf)
    organiser.get_by_label("ชื่อเอกสาร").fill("สไลด์บรรยาย")
    sessions = organiser.get_by_label("รายการในกำหนดการ")
    opening = sessions.locator("option", has_text="พิธีเปิด").get_attribute("value")
    sessions.select_option(opening)
    organiser.get_by_label("เปิดตามวันเวลาที่กำหนด").check()
    organiser.get_by_label("วันที่เปิด").fill("2037-11-08")
    organiser.get_by_label("เวลาเปิด").fill("13.00")
    organiser.get_by_role("button", name="แนบเอกสาร").click()
    expect(organiser.get_by_text("ยังไม่เปิด")).to_be_visible()
    phone.goto(f"/e/{SLUG}/me")
    expect(phone.get_by_text("สไลด์บรรยาย")).to_have_count(0)

    organiser.get_by_role("link", name="สไลด์บรรยาย").click()
    organiser.get_by_label("เปิดทันที").check()
    organiser.get_by_role("button", name="บันทึก").click()
    phone.reload()
    with phone.expect_download() as download:
        phone.get_by_role("link", name=re.compile("สไลด์บรรยาย")).click()
    assert Path(download.value.path()).read_bytes() == PDF
