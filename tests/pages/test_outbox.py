"""The outbox in a real browser: in order, once each, none lost, one bad entry holding up no other."""

from __future__ import annotations

from threading import Lock

import pytest
from flask import Blueprint, jsonify, render_template_string, request

from app.core.access import public
from tests.browser import launch
from tests.pages.site import open_page, served

pytestmark = pytest.mark.browser
PAGE = """{% extends "layouts/phone.html" %}{% block title %}outbox{% endblock %}
{% block content %}<h1>outbox</h1>{% endblock %}"""
OPEN = """async (options) => {
    const base = document.querySelector('script[type=module]').src.replace('main.js', '');
    const { Outbox } = await import(base + 'outbox.js');
    window.states = []; window.counts = [];
    window.outbox = new Outbox('test', '/test/ops', {
        ...(options.named ? { done: (answer) => answer.done } : {}),
        isMine: (entry) => !entry.text.startsWith("another's"),
        onChange: (count, state) => { window.counts.push(count); window.states.push(state); },
    });
    await window.outbox.open();
}"""
WAITING = "async () => (await window.outbox.waiting()).length"


class Server:
    """Takes operations; refuses those whose text is "bad"; answers ``failures`` first."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.bodies: list[list[str]] = []
        self.failures: list[int] = []
        self.takes_at_most = 1000
        self.lock = Lock()
        self.pages = Blueprint("test_ops", __name__)
        self.pages.get("/test/page")(public(lambda: render_template_string(PAGE)))
        self.pages.post("/test/ops")(public(self.take))

    def take(self):
        with self.lock:
            ops = request.get_json()["ops"]
            self.bodies.append([op["text"] for op in ops])
            if self.failures:
                return jsonify(sentence="no"), self.failures.pop(0)
            if any(op["text"] == "stumbles" for op in ops):
                return jsonify(sentence="no"), 500
            if any(op["text"] == "bad" for op in ops):
                return jsonify(sentence="อ่านไม่ได้"), 400
            ops = ops[: self.takes_at_most]
            self.taken += [op["text"] for op in ops]
            return jsonify(done=[op["id"] for op in ops])


@pytest.fixture(scope="module")
def browser():
    with launch("--host-resolver-rules=MAP sammana.test 127.0.0.1") as chromium:
        yield chromium


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def site(server):
    with served(server.pages) as address:
        yield address


def opened(browser, site, *, named=False, before=""):
    page = open_page(browser)
    if before:
        page.add_init_script(before)
    page.goto(f"{site}/test/page")
    page.evaluate(OPEN, {"named": named})
    return page


def add(page, *texts):
    for text in texts:
        page.evaluate("(text) => window.outbox.add({ text })", text)


def until_empty(page, seconds=15):
    for _ in range(seconds * 20):
        if page.evaluate(WAITING) == 0:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"still waiting: {page.evaluate(WAITING)}")


def test_entries_are_sent_in_order_and_the_count_falls_to_nothing(browser, site, server):
    page = opened(browser, site)
    add(page, "1", "2", "3")
    until_empty(page)
    assert server.taken == ["1", "2", "3"]
    page.wait_for_function("() => window.counts.at(-1) === 0")
    page.context.close()


def test_only_what_the_server_named_leaves_the_outbox(browser, site, server):
    server.takes_at_most = 1
    page = opened(browser, site, named=True)
    page.route("**/test/ops", lambda route: route.abort())
    add(page, "1", "2", "3")
    page.unroute("**/test/ops")
    until_empty(page)
    assert server.taken == ["1", "2", "3"]
    assert max(len(body) for body in server.bodies) == 3
    page.context.close()


def test_what_belongs_to_another_sign_in_stays_until_that_one_is_back(browser, site, server):
    page = opened(browser, site)
    add(page, "1", "another's", "3")
    until_empty(page)
    assert server.taken == ["1", "3"]
    left = page.evaluate("async () => (await window.outbox.everything()).map((entry) => entry.text)")
    assert left == ["another's"]
    page.context.close()


def test_one_bad_entry_is_put_aside_and_the_others_go(browser, site, server):
    page = opened(browser, site)
    page.route("**/test/ops", lambda route: route.abort())
    add(page, "1", "bad", "3")
    page.unroute("**/test/ops")
    until_empty(page)
    assert server.taken == ["1", "3"]
    [refused] = page.evaluate("() => window.outbox.refused()")
    assert (refused["text"], refused["refusal"]) == ("bad", "อ่านไม่ได้")
    page.evaluate("(id) => window.outbox.discard(id)", refused["id"])
    assert page.evaluate("() => window.outbox.refused()") == []
    page.context.close()


def test_one_entry_at_which_the_server_stumbles_holds_up_no_other_and_is_kept(browser, site, server):
    page = opened(browser, site)
    page.route("**/test/ops", lambda route: route.abort())
    add(page, "1", "stumbles", "3")
    page.unroute("**/test/ops")
    for _ in range(300):
        if page.evaluate(WAITING) == 1:
            break
        page.wait_for_timeout(50)
    assert server.taken == ["1", "3"]
    page.wait_for_function("() => window.states.at(-1) === 'offline'")  # and tried again later
    page.context.close()


@pytest.mark.parametrize(("status", "state"), [(401, "signed-out"), (503, "offline")])
def test_what_may_still_be_taken_is_kept(browser, site, server, status, state):
    server.failures = [status]
    page = opened(browser, site)
    add(page, "1")
    until_empty(page)
    assert state in page.evaluate("() => window.states")
    assert server.taken == ["1"]
    page.context.close()


def test_entries_outlive_a_closed_tab(browser, site, server):
    server.failures = [503] * 100
    page = opened(browser, site)
    context = page.context
    add(page, "1", "2")
    page.close()
    server.failures = []
    page = context.new_page()
    page.goto(f"{site}/test/page")
    page.evaluate(OPEN, {"named": False})
    until_empty(page)
    # What was under way while the tab closed may have arrived: it comes again under its id.
    assert list(dict.fromkeys(server.taken)) == ["1", "2"]
    context.close()


NO_STORAGE = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };"
SILENT_STORAGE = "indexedDB.open = () => ({ addEventListener() {}, removeEventListener() {} });"


@pytest.mark.parametrize("before", [NO_STORAGE, SILENT_STORAGE], ids=["refuses", "never answers"])
def test_without_storage_the_outbox_lives_in_memory(browser, site, server, before):
    page = opened(browser, site, before=before)
    assert page.evaluate("() => window.outbox.isLasting") is False
    server.failures = [503]
    add(page, "1", "2")
    until_empty(page)
    assert server.taken == ["1", "2"]
    page.context.close()


def test_plain_http_has_no_locks_and_no_random_uuid_and_works(browser, site, server):
    page = opened(browser, site.replace("127.0.0.1", "sammana.test"))
    assert page.evaluate("() => window.isSecureContext") is False
    add(page, "1", "2")
    until_empty(page)
    assert server.taken == ["1", "2"]
    page.context.close()


def test_two_tabs_send_each_entry_once(browser, site, server):
    first = opened(browser, site)
    second = first.context.new_page()
    second.goto(f"{site}/test/page")
    second.evaluate(OPEN, {"named": False})
    for number in range(10):
        add(first, f"a{number}")
        add(second, f"b{number}")
    until_empty(first)
    assert sorted(server.taken) == sorted(f"{tab}{number}" for tab in "ab" for number in range(10))
    first.context.close()
