"""Every page that links reach, with the demo's data, in a real browser: whole at 360, 768 and 1280 px."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import launch
from tests.built_demo import BuiltDemo
from tests.live_server import LiveServer, running
from tests.pages.crawling import faults_of, kind_of, walk, watch

pytestmark = pytest.mark.browser
_measured: set[str] = set()


@pytest.fixture(scope="module")
def demo(built_demo: BuiltDemo) -> Iterator[tuple[LiveServer, Browser, str]]:
    """A server with the demo's events; the third is what the demo command printed."""
    with running(data=built_demo.folder) as server, launch() as browser:
        yield server, browser, built_demo.printed


def look(
    server: LiveServer, browser: Browser, start: str, stay: str, sign_in: str = "", *, contrast: bool = False
) -> list[str]:
    context = browser.new_context(base_url=server.url, locale="th-TH", viewport={"width": 360, "height": 740})
    troubles = watch(context, server.url)
    page = context.new_page()
    if sign_in:
        page.goto("/sign-in")
        page.get_by_label("อีเมล").fill(sign_in)
        page.get_by_label("รหัสผ่าน").fill("demo-sammana-2561")
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.wait_for_url("**/events")
    faults = []
    visited = 0
    for url in walk(page, start, stay=stay):
        visited += 1
        if contrast or kind_of(url) not in _measured:  # a page of the team looks alike to all of the team
            faults += [f"{url}: {fault}" for fault in faults_of(page, contrast=contrast)]
            _measured.add(kind_of(url))
    assert visited > 2, "the walk went nowhere"
    context.close()
    return faults + troubles


def test_the_organisers_pages(demo):
    server, browser, _printed = demo
    faults = look(server, browser, "/events/rayong-2561", "/events", "organiser@rayong.example.com")
    assert not faults, "\n".join(faults)


def test_a_facilitators_pages(demo):
    server, browser, _printed = demo
    faults = look(server, browser, "/events", "/", "facilitator1@rayong.example.com")
    assert not faults, "\n".join(faults)


def test_a_participants_pages(demo):
    server, browser, printed = demo
    link = re.search(r"(/p/\S+)", printed)
    assert link, "the demo prints a personal link"
    faults = look(server, browser, link[1], "/", contrast=True)
    assert not faults, "\n".join(faults)


def test_a_visitors_pages(demo):
    server, browser, _printed = demo
    faults = look(server, browser, "/", "/", contrast=True)
    assert not faults, "\n".join(faults)
