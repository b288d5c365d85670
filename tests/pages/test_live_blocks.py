"""Live blocks in a real browser: they renew when their topic moves, and never take away what somebody types."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from flask import Blueprint, Flask, current_app, redirect, render_template_string
from playwright.sync_api import expect

from app.core.access import public
from app.database import transaction
from app.live import topics
from tests.browser import launch
from tests.pages.site import open_page, served

pytestmark = pytest.mark.browser
FRAGMENT = """<p data-count>{{ count }}</p><details id="more"><summary>more</summary><p>inside</p></details>
<label>note <input name="note" value="saved"></label><button id="press" type="button">press</button>"""
PAGE = (
    """{% extends "layouts/phone.html" %}{% from "components/page.html" import live %}
{% block title %}live{% endblock %}{% block content %}<h1>live</h1>
{% call live("/test/fragment", [topic], every=150, fresh=fresh) %}"""
    + FRAGMENT
    + "{% endcall %}<a id='outside' href='#'>outside</a>{% endblock %}"
)


@dataclass
class Scope:
    """Something live, without a table of its own."""

    public_id: str = "scopeforlive"


class Board:
    """A page with one live block that counts."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.count = 0
        self.fetched = 0
        self.is_closed = False
        self.fresh = 0
        self.works = self.waits = 0.0  # seconds of the processor, or of waiting, that the fragment takes
        self.pages = Blueprint("test_board", __name__)
        self.pages.get("/test/live")(public(self.page))
        self.pages.get("/test/fragment")(public(self.fragment))

    def page(self) -> str:
        self.settings = current_app.config
        topic = topics.signed(Scope(), "count")
        return render_template_string(PAGE, topic=topic, count=self.count, fresh=self.fresh)

    def fragment(self):
        self.fetched += 1
        time.sleep(self.waits)
        end = time.thread_time() + self.works
        while time.thread_time() < end:
            pass
        return redirect("/sign-in") if self.is_closed else render_template_string(FRAGMENT, count=self.count)

    def raise_count(self) -> None:
        self.count += 1
        with self.app.app_context(), transaction():
            topics.touch(Scope(), "count")


@pytest.fixture(scope="module")
def browser():
    with launch() as chromium:
        yield chromium


@pytest.fixture
def board(app):
    return Board(app)


@pytest.fixture
def page(browser, board):
    with served(board.pages) as address:
        page = open_page(browser)
        page.goto(f"{address}/test/live")
        yield page
        page.context.close()


def count(page):
    return page.locator("[data-count]")


def test_a_block_renews_itself_when_its_topic_moves(page, board):
    expect(count(page)).to_have_text("0")
    board.raise_count()
    expect(count(page)).to_have_text("1")
    assert page.stopped == []


def test_nothing_is_fetched_while_nothing_moves(page, board):
    board.raise_count()
    page.reload()  # this page shows the newest version already
    board.fetched = 0
    page.wait_for_timeout(800)
    assert board.fetched == 0


def test_what_tells_of_passing_time_is_fetched_though_nothing_moves(page, board):
    board.fresh = 300
    page.reload()
    board.fetched = 0
    page.wait_for_timeout(1500)
    assert 1 <= board.fetched <= 5


def test_the_server_makes_waiting_pages_ask_seldomer(page, board, monkeypatch):
    asked = []
    page.on("request", lambda request: "/live?" in request.url and asked.append(request.url))
    page.wait_for_timeout(1000)
    often = len(asked)
    monkeypatch.setitem(board.settings, "LIVE_AT_LEAST_MS", 5000)
    page.wait_for_timeout(300)  # the answer that says so
    asked.clear()
    page.wait_for_timeout(1000)
    assert often >= 3
    assert asked == []


def test_a_change_between_the_page_and_its_first_question_is_not_missed(browser, board):
    def somebody_is_quicker(route):
        board.raise_count()
        route.continue_()

    with served(board.pages) as address:
        page = open_page(browser)
        page.route("**/live?*", somebody_is_quicker, times=1)
        page.goto(f"{address}/test/live")
        expect(count(page)).to_have_text("1")
        page.context.close()


def test_what_is_being_typed_stays_until_it_is_sent(page, board):
    note = page.get_by_label("note")
    note.fill("not yet sent")
    board.raise_count()
    page.wait_for_timeout(600)
    assert note.input_value() == "not yet sent"
    page.locator("#outside").focus()
    page.wait_for_timeout(600)
    assert note.input_value() == "not yet sent"
    assert count(page).text_content() == "0"


def test_a_block_that_waited_for_a_person_catches_up(page, board):
    page.get_by_label("note").focus()
    board.raise_count()
    page.wait_for_timeout(600)
    assert count(page).text_content() == "0"
    page.locator("#outside").focus()
    expect(count(page)).to_have_text("1")


def test_focus_and_what_was_unfolded_survive_a_renewal(page, board):
    page.locator("summary").click()
    page.locator("#press").focus()
    board.raise_count()
    expect(count(page)).to_have_text("1")
    assert page.evaluate("() => document.activeElement.id") == "press"
    expect(page.locator("#more")).to_have_attribute("open", "")


def keep_moving(page, board):
    """Raise the count with each renewal, so that there is always something to fetch."""
    page.on("request", lambda request: "/test/fragment" in request.url and board.raise_count())
    board.raise_count()
    page.wait_for_timeout(2500)


def test_a_block_that_is_dear_to_make_is_not_asked_for_without_a_pause(page, board):
    board.works = 0.2
    keep_moving(page, board)
    assert 1 <= board.fetched <= 3  # without the pause six or seven


def test_a_block_that_only_waited_for_its_turn_is_asked_for_as_often_as_before(page, board):
    """In a crowd everybody waits; the screens of the room would else fall behind just then."""
    board.waits = 0.2
    keep_moving(page, board)
    assert board.fetched >= 4


def test_a_hidden_page_asks_nothing(page):
    page.evaluate("""() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    }""")
    page.wait_for_timeout(300)  # a question already on its way may end
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(800)
    assert asked == []
    page.evaluate("""() => {
        Object.defineProperty(document, 'hidden', { value: false, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    }""")
    page.wait_for_timeout(300)
    assert asked, "a page that is looked at again asks at once"


def test_a_page_that_is_cut_off_says_so_and_comes_back(page, board):
    page.route("**/live?*", lambda route: route.abort())
    expect(page.locator("[data-cut-off]")).to_be_visible(timeout=15000)
    board.raise_count()
    page.unroute("**/live?*")
    expect(count(page)).to_have_text("1", timeout=15000)
    expect(page.locator("[data-cut-off]")).to_be_hidden()


def test_a_sign_in_page_never_lands_in_a_block(page, board):
    board.is_closed = True
    board.raise_count()
    page.wait_for_timeout(800)
    assert count(page).text_content() == "0"
    assert board.fetched == 1
