"""The door with the server killed: two real browsers, closed and opened again; then every scan exactly once."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.core.text import query_key, search_key
from tests.browser import PHONE, lasting
from tests.checkin import clips, seeding
from tests.live_server import LiveServer, running
from tests.pages.crawling import faults_of

pytestmark = pytest.mark.browser

CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
FURTHER = 165  # and the five of the seed
ALL_SCANS = 200
CODES = "ABCDEFGHIJKLMNOPQRST"  # shaped like a ticket, and nobody's
NAMES = ["นํ้าใส", "น้ำใส", "เเสง", "สิทธ์ิ", "นางรอง", "น.ส. ณัฐ", "วิไล แก้วใส", "ว่าที่ ร.ต. ก", "๑๒", "ศรีษะ"]
NAMES += ["ป่ี", "Mr. O'Neil", "นายสมชาย", "นาย", "ก\u200bข  ค", "ใบ", "ณรงค์ศักดิ์"]
NAMES += ["พ.จ.อ. วิชัย", "ร.ต.ท.หญิง นุช"]
EVERYTHING = """() => new Promise((done, fail) => {
    const open = indexedDB.open("%s");
    open.onerror = fail;
    open.onsuccess = () => {
        const all = open.result.transaction("%s").objectStore("%s").getAll();
        all.onsuccess = () => { open.result.close(); done(all.result); };
    };
})"""
KEPT = f"async () => (await ({EVERYTHING % ('sammana-door', 'kept', 'kept')})()).length"
# The end of the device's time: opened after it, the roster is not there, nor is its key.
EXPIRED = """async () => {
    const at = (path) => document.querySelector("script[type=module]").src.replace("main.js", path);
    const { get, put } = await import(at("door/keep.js"));
    const { Roster } = await import(at("door/roster.js"));
    await put("roster", { ...(await get("roster")), until: "2018-11-09T00:00:00Z" });
    const roster = await new Roster().open();
    return [roster.isHere, (await get("roster-key")) ? "there" : "gone"];
}"""
QUEUE = EVERYTHING % ("sammana-scans", "entries", "entries")


class Hall:
    """The server, who is who, and phones whose storage lasts."""

    def __init__(self, server: LiveServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.seed = self.inside(seeding.seed, FURTHER)
        self.codes = [person["code"] for person in self.seed["people"]]
        self.scanner = f"/staff/at/{self.seed['check_point']}"

    def inside(self, do: Callable[..., Any], *arguments: Any) -> Any:
        with self.server.inside():
            return do(*arguments)

    def pair(self, context: BrowserContext, gate: str) -> None:
        token = self.server.flask("device-token", "training", gate).stdout.strip()
        cookie = {"name": "door", "value": token, "url": self.server.url, "expires": time.time() + 86400}
        context.add_cookies([cookie])  # type: ignore[list-item]

    @contextmanager
    def phone(self, name: str, *arguments: str) -> Iterator[BrowserContext]:
        options = {"viewport": PHONE, "has_touch": True, "locale": "th-TH", "timezone_id": "Asia/Bangkok"}
        with lasting(self.folder / name, *arguments, base_url=self.server.url, **options) as context:
            context.set_default_timeout(20000)
            yield context

    def opened(self, context: BrowserContext) -> Page:
        page = context.pages[0]
        page.goto(self.scanner)
        expect(page.locator(".scanner[data-state]")).to_be_visible()
        return page


@pytest.fixture(scope="module")
def hall(tmp_path_factory) -> Iterator[Hall]:
    with running() as server:
        server.flask("administrator-create", "a@example.com", "--name", "ก ข", "--password", "a long password")
        yield Hall(server, tmp_path_factory.mktemp("phones"))


def result(page: Page) -> Any:
    return page.locator("[data-result]")


def sync(page: Page) -> Any:
    return page.locator("[data-sync]")


def ready(hall: Hall, context: BrowserContext) -> Page:
    """Opened once with the network: the app is installed and the names are here."""
    page = hall.opened(context)
    page.wait_for_function("() => document.documentElement.dataset.phoneApp === 'ready'")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    expect(sync(page)).to_contain_text(re.compile(r"รายชื่อในเครื่อง 17\d คน"))
    return page


def type_code(page: Page, code: str) -> None:
    page.get_by_label("รหัสบัตร").fill(code)
    page.get_by_label("รหัสบัตร").press("Enter")


def scan_all(page: Page, codes: list[str]) -> None:
    """As fast as they come, through the scanner itself."""
    page.evaluate(
        """async (codes) => {
            const scanner = document.querySelector(".scanner");
            for (const code of codes) {
                scanner.dispatchEvent(new CustomEvent("scan-request", { detail: { code, source: "camera" } }));
                await new Promise((done) => setTimeout(done, 2));
            }
        }""",
        codes,
    )


def queue(page: Page) -> list[dict[str, Any]]:
    return page.evaluate(QUEUE)


def at_the_door(hall: Hall, page: Page) -> None:
    """What one phone says by itself, all the ways somebody can come in."""
    expect(page.locator("main")).to_contain_text("ต่อระบบไม่ได้")
    first = hall.seed["people"][0]
    type_code(page, f"{hall.server.url}/T/{first['code']}".upper())
    expect(result(page)).to_have_attribute("data-outcome", "accepted")
    for words in (first["name"], "โต๊ะ\u00a04", "เมืองระยอง 1", "เก็บไว้ในเครื่องแล้ว"):
        expect(result(page)).to_contain_text(words)
    type_code(page, first["code"])
    expect(result(page)).to_have_attribute("data-outcome", "already")
    type_code(page, CODES)
    expect(result(page)).to_have_attribute("data-outcome", "pending_review")
    type_code(page, "WIFI:S:hall;T:WPA;P:secret;;")
    expect(result(page)).to_have_attribute("data-outcome", "refused")
    by_name(page)
    instead_of(page)
    on_no_list(page)


def by_name(page: Page) -> None:
    search = page.get_by_label("ค้นหาจากชื่อหรือนามสกุล")
    search.fill("ว")
    page.wait_for_timeout(400)
    expect(page.locator("[data-found] li")).to_have_count(0)
    search.fill("วิ")
    page.get_by_role("button", name=re.compile("วิไล แก้วใส")).click()
    expect(result(page)).to_contain_text("นายวิไล แก้วใส")
    search.fill("ทดสอบ")
    expect(page.locator("[data-found] li")).to_have_count(10)
    search.fill("")


def instead_of(page: Page) -> None:
    page.get_by_label("ค้นหาจากชื่อหรือนามสกุล").fill("มั่นคง")
    page.get_by_role("link", name="มาแทน นายอนันต์ มั่นคง").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("นายอนันต์ มั่นคง")
    dialog.get_by_label("ชื่อ นามสกุลของผู้มาแทน").fill("นางสาวรุ่งนภา มาแทน")
    dialog.get_by_label("ตำแหน่ง").fill("รองปลัด")
    dialog.get_by_role("button", name="ลงทะเบียนผู้มาแทน").click()
    expect(result(page)).to_contain_text("นางสาวรุ่งนภา มาแทน (แทน) นายอนันต์ มั่นคง")
    expect(result(page)).to_have_attribute("data-outcome", "accepted")


def on_no_list(page: Page) -> None:
    page.get_by_role("link", name="ผู้เข้าร่วมเพิ่มเติม").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("ชื่อ นามสกุล").fill("นายมาเอง ไม่บอกก่อน")
    dialog.get_by_label("อำเภอ/หน่วยงาน").select_option(label="แกลง")
    dialog.get_by_role("button", name="ลงทะเบียน", exact=True).click()
    expect(result(page)).to_contain_text("นายมาเอง ไม่บอกก่อน")
    expect(result(page)).to_have_attribute("data-outcome", "accepted")


def nothing_lies_open(page: Page) -> None:
    """Neither roster nor queue can be read where they lie, and the keys cannot be taken away."""
    kept = page.evaluate(
        """async () => {
            const at = document.querySelector("script[type=module]").src.replace("main.js", "door/keep.js");
            const { get } = await import(at);
            const keys = [await get("roster-key"), await get("queue-key")];
            const box = await get("roster");
            const caught = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    const answer = await cache.match(request);
                    if (/html|json/.test(answer.headers.get("Content-Type"))) caught.push(await answer.text());
                }
            }
            return { extractable: keys.map((key) => key.extractable), size: box.data.byteLength,
                     text: new TextDecoder("latin1").decode(box.data), caught };
        }"""
    )
    assert kept["extractable"] == [False, False]
    assert kept["size"] > 10000
    assert "code_hashes" not in kept["text"]
    assert kept["caught"], "the page for the time without a network is kept"
    for page_kept in kept["caught"]:
        assert not re.search(r'csrf_token"[^>]*value="[^"]+"|name="csrf-token"|กบอ\.|นาย', page_kept)
    assert "มาเอง" not in json.dumps(queue(page), ensure_ascii=False)


def losing_answers(page: Page, number: int) -> list[int]:
    """The server hears and commits, the phone does not hear the answer, ``number`` times."""
    lost: list[int] = []

    def lose(route: Any) -> None:
        answer = route.fetch()
        if len(lost) < number:
            lost.append(answer.status)
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/staff/scans", lose)
    return lost


def same_keys_as_the_server(page: Page) -> None:
    found = page.evaluate(
        """async (names) => {
            const at = document.querySelector("script[type=module]").src.replace("main.js", "door/thai_search.js");
            const { queryKey, searchKey } = await import(at);
            return names.map((name) => [searchKey(name), queryKey(name)]);
        }""",
        NAMES,
    )
    assert found == [[search_key(name), query_key(name)] for name in NAMES]


def test_the_server_is_killed_and_nobody_is_lost_or_doubled(hall: Hall):
    a_codes, b_codes = hall.codes[5:98], [*hall.codes[75:], *hall.codes[75:80]]
    with hall.phone("a") as a, hall.phone("b") as b:
        for context, gate in ((a, "ประตู 1"), (b, "ประตู 2")):
            hall.pair(context, gate)
            ready(hall, context)
        same_keys_as_the_server(a.pages[0])
        hall.server.kill()
        page = hall.opened(a)
        at_the_door(hall, page)
        assert faults_of(page) == []
        b_page = hall.opened(b)
        scan_all(b_page, b_codes[:50])
        scan_all(page, a_codes)
        scan_all(b_page, b_codes[50:])
        for one in (page, b_page):
            expect(sync(one)).to_contain_text(f"รอส่ง {ALL_SCANS // 2} รายการ", timeout=30000)
        nothing_lies_open(page)
    with hall.phone("a") as a, hall.phone("b") as b:
        pages = [hall.opened(a), hall.opened(b)]
        waiting = [entry for page in pages for entry in queue(page)]
        assert len(waiting) == len({entry["id"] for entry in waiting}) == ALL_SCANS
        lost = [losing_answers(page, 2) for page in pages]
        hall.server.start()
        for page in pages:
            expect(sync(page)).to_contain_text("รอส่ง 0 รายการ", timeout=60000)
            assert queue(page) == []
        assert lost == [[200, 200], [200, 200]]
    check(hall, waiting)


def check(hall: Hall, waiting: list[dict[str, Any]]) -> None:
    """The right people, each since the earliest moment any phone saw them; what nobody knows is for review."""
    earliest: dict[str, datetime] = {}
    for entry in waiting:
        found = re.search(r"[A-Z2-7]{20}$", entry.get("code", ""))
        if found and found[0] != CODES:
            at = datetime.fromisoformat(entry["occurred_at"])
            earliest[found[0]] = min(at, earliest.get(found[0], at))
    after = hall.inside(seeding.present)
    by_badge = {code: datetime.fromisoformat(at) for code, at in after["present"].items() if code in earliest}
    assert by_badge == earliest
    others = {name for code, name in after["names"].items() if code not in earliest}
    assert others == {"นายวิไล แก้วใส", "นางสาวรุ่งนภา มาแทน", "นายมาเอง ไม่บอกก่อน"}
    assert after["stand_ins"] == ["นางสาวรุ่งนภา มาแทน"]
    assert sum(after["outcomes"].values()) == ALL_SCANS
    assert after["outcomes"] == {
        "accepted": len(earliest) + 3,
        "already": ALL_SCANS - len(earliest) - 5,
        "pending_review": 1,
        "refused": 1,  # the hotel's Wi-Fi code, which the phone refused too
    }


def leave(page: Page) -> None:
    """Un-paired by hand the phone knows nobody any more."""
    page.goto("/staff/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="เลิกใช้เครื่องนี้").click()
    page.wait_for_url(lambda url: "/staff" not in url)
    assert page.evaluate(KEPT) <= 2


def test_a_revoked_phone_forgets_the_names_and_keeps_what_it_has_not_sent(hall: Hall):
    with hall.phone("c") as context:
        hall.pair(context, "ประตู 3")
        page = ready(hall, context)
        assert page.evaluate(EXPIRED) == [False, "gone"]
        page = ready(hall, context)
        hall.inside(seeding.revoke)
        type_code(page, hall.codes[4])
        expect(sync(page)).to_contain_text("รอส่ง 1 รายการ · ")
        expect(sync(page)).to_contain_text("ยังไม่มีรายชื่อในเครื่อง")
        assert page.evaluate(KEPT) <= 2  # when it was last in step, and the queue's key
        assert len(queue(page)) == 1
        hall.pair(context, "ประตู 3")
        page = hall.opened(context)
        expect(sync(page)).to_contain_text("รอส่ง 0 รายการ")
        expect(sync(page)).to_contain_text("รายชื่อในเครื่อง")
        leave(page)
    assert hall.codes[4] in hall.inside(seeding.present)["present"]


def test_the_camera_reads_with_the_server_gone(hall: Hall, tmp_path):
    """The last test here: it takes the server away for good."""
    person = hall.seed["people"][2]
    code = f"{hall.server.url}/T/{person['code']}".upper()
    film = clips.film(
        tmp_path / "clip.y4m", clips.held(clips.printed_badge(code, person["code"]).resize((797, 488)))
    )
    with hall.phone("d", *CAMERA, f"--use-file-for-fake-video-capture={film}") as context:
        hall.pair(context, "ประตู 4")
        page = ready(hall, context)
        expect(result(page)).to_have_attribute("data-outcome", "accepted")
        hall.server.kill()
        page.reload()
        expect(page.locator("main")).to_contain_text("ต่อระบบไม่ได้")
        expect(result(page)).to_have_attribute("data-outcome", "already", timeout=20000)
        expect(result(page)).to_contain_text(person["name"])
        expect(result(page)).to_contain_text("ที่เครื่องนี้")
