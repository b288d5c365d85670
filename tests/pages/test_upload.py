"""Sending a file in a real browser: progress, the answer's page in place, and words when it failed."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Blueprint, flash, redirect, render_template_string, request
from playwright.sync_api import expect

from app.core.access import public
from app.core.bodies import accepts_upload
from tests.browser import launch
from tests.pages.site import open_page, served

pytestmark = pytest.mark.browser
FORM = """{% extends "layouts/phone.html" %}{% from "components/form.html" import upload_progress %}
{% block title %}send{% endblock %}{% block content %}<h1>send</h1>
{% if fault %}<div role="alert">{{ fault }}</div>{% endif %}
<form method="post" enctype="multipart/form-data" action="/test/upload" data-module="upload">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<label>file <input type="file" name="file"></label>{{ upload_progress() }}
<button name="way" value="quick">send it</button></form>{% endblock %}"""
DONE = """{% extends "layouts/phone.html" %}{% block title %}done{% endblock %}{% block content %}<h1>done</h1>
<p class="copied" data-module="copy"><input value="x"><button data-copy hidden>copy</button>
<span data-copied="ok"></span></p>{% endblock %}"""


class Desk:
    """Takes a file that is not empty."""

    def __init__(self) -> None:
        self.received: list[tuple[int, str]] = []
        self.pages = Blueprint("test_upload", __name__)
        for path, page in (("form", FORM), ("done", DONE)):
            view = public(partial(render_template_string, page, fault=""))
            self.pages.add_url_rule(f"/test/{path}", path, view)
        self.pages.post("/test/upload", endpoint="take")(public(accepts_upload(lambda: self.take())))

    def take(self):
        body = request.files["file"].read()
        self.received.append((len(body), request.form["way"]))
        if not body:
            return render_template_string(FORM, fault="ไฟล์ว่าง"), 422
        flash("รับไฟล์แล้ว")
        return redirect("/test/done")


@pytest.fixture(scope="module")
def browser():
    with launch() as chromium:
        yield chromium


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def page(browser, desk):
    with served(desk.pages) as address:
        page = open_page(browser)
        page.goto(f"{address}/test/form")
        page.wait_for_load_state("networkidle")
        yield page
        page.context.close()


def send(page, body):
    page.get_by_label("file").set_input_files({"name": "x.bin", "mimeType": "text/plain", "buffer": body})
    page.get_by_role("button", name="send it").click()


def test_the_answers_page_takes_the_place_of_this_one(page, desk):
    send(page, b"x" * 3_000_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("done")
    expect(page.get_by_role("status").first).to_contain_text("รับไฟล์แล้ว")
    assert page.url.endswith("/test/done")
    assert page.title().startswith("done")
    expect(page.get_by_role("button", name="copy")).to_be_visible()  # its scripts run too
    assert desk.received == [(3_000_000, "quick")]
    assert page.stopped == []


def test_a_form_that_comes_back_says_what_to_mend(page):
    send(page, b"")
    expect(page.get_by_role("alert")).to_have_text("ไฟล์ว่าง")
    expect(page.get_by_role("alert")).to_be_focused()
    send(page, b"now with something")
    expect(page.get_by_role("heading", level=1)).to_have_text("done")


def test_back_leads_to_the_form(page):
    send(page, b"something")
    expect(page.get_by_role("heading", level=1)).to_have_text("done")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("send")


def test_a_lost_network_is_said_and_the_file_is_still_chosen(page, desk):
    page.route("**/test/upload", lambda route: route.abort())
    send(page, b"something")
    expect(page.locator("[data-words]")).to_contain_text("ยังไม่มีอะไรถูกบันทึก")
    page.unroute("**/test/upload")
    page.get_by_role("button", name="send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("done")
    assert desk.received == [(9, "quick")]
