"""Every component on a phone, a tablet and a notebook: accessible, large enough, never wider than the screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import launch
from tests.pages.site import open_page, served

pytestmark = pytest.mark.browser
WIDTHS = {360: 740, 768: 1024, 1280: 800}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll(`button, .button, select, textarea, summary, .choice, nav a,
        input:not([type=hidden], [type=checkbox], [type=radio])`)]
    .filter((one) => one.offsetParent)
    .filter((one) => Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width) < 47.5)
    .map((one) => one.outerHTML.slice(0, 80))"""
CRAMPED = """() => [...document.querySelectorAll('h1, h2, h3, p, a, button, label, td, th, li, dd, dt, span')]
    .filter((one) => one.offsetParent && one.textContent.trim())
    .map((one) => [one, getComputedStyle(one)])
    .filter(([, style]) => parseFloat(style.lineHeight) < 1.28 * parseFloat(style.fontSize)
        || !['normal', '0px'].includes(style.letterSpacing))
    .map(([one]) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser():
    with launch() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def site():
    with served() as address:
        yield address


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def page(request, browser, site):
    page = open_page(browser, width=request.param, height=WIDTHS[request.param])
    page.goto(f"{site}/style")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready")
    yield page
    page.context.close()


def test_axe_finds_nothing(page):
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def test_the_page_is_never_wider_than_the_screen(page):
    assert page.evaluate(TOO_WIDE) <= 0


def test_what_is_tapped_is_large_enough(page):
    assert page.evaluate(SMALL_TARGETS) == []


def test_thai_marks_have_room_and_letters_stand_as_they_should(page):
    assert page.evaluate(CRAMPED) == []


def test_thai_is_set_in_the_looped_font(page):
    assert page.evaluate("() => document.fonts.check('18px \"Noto Sans Thai Looped\"', 'กำหนดการ')")
    loaded = "() => [...document.fonts].filter((font) => font.status === 'loaded').length"
    assert page.evaluate(loaded) >= 2


def test_nothing_breaks_the_content_security_policy(page):
    assert page.stopped == []


@pytest.mark.parametrize("width", [360, 1280])
def test_text_twice_as_large_still_fits(browser, site, width):
    page = open_page(browser, width=width)
    page.goto(f"{site}/style")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(TOO_WIDE) <= 0
    page.context.close()


def test_a_chosen_day_is_said_back_in_the_buddhist_era(browser, site):
    page = open_page(browser)
    page.goto(f"{site}/style")
    words = page.locator("[data-day-in-words]")
    expect(words).to_have_text("วันพฤหัสบดีที่ 8 พฤศจิกายน 2561")
    page.get_by_label("วันที่").fill("2018-08-07")
    expect(words).to_have_text("วันอังคารที่ 7 สิงหาคม 2561")
    page.context.close()


def test_a_second_tap_does_not_send_the_form_twice(browser, site):
    page = open_page(browser)
    page.goto(f"{site}/style")
    page.evaluate("""() => {
        window.sent = 0;
        document.addEventListener('submit', (event) => {
            if (!event.defaultPrevented) window.sent += 1;
            event.preventDefault();  // after main.js: the browser stays here
        });
    }""")
    button = page.get_by_role("button", name="English")
    button.click()
    button.click()
    assert page.evaluate("() => window.sent") == 1
    page.context.close()
