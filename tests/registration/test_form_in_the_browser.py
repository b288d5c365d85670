"""The public form on a phone in a real browser: questions on conditions, a dead network, an impatient finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.database import db
from app.registration.models import Registrant
from app.registration.questions import answering, asking
from app.registration.questions.models import Kind, Purpose
from tests.browser import launch
from tests.make import make_event
from tests.pages.site import open_page, served

pytestmark = pytest.mark.browser


@pytest.fixture
def event(app):
    event = make_event("training")

    def ask(kind, label, **more):
        wanted = asking.Wanted(kind=kind, label=label, purpose=Purpose.LOGISTICS, **more)
        return asking.save(event, None, wanted, actor="test")

    stays = ask(Kind.YES_NO, "ต้องการที่พัก", is_required=True)
    room = ask(
        Kind.ONE, "ห้องแบบใด", options=["เดี่ยว", "คู่"], is_required=True, show_if=stays, show_if_values=["yes"]
    )
    ask(Kind.TEXT, "พักกับใคร", show_if=room, show_if_values=["คู่"])
    db.session.commit()
    return event


def test_a_phone_sends_the_form_once_whatever_the_network_and_the_finger_do(app, event):
    with served() as site, launch() as browser:
        page = open_page(browser)
        page.goto(f"{site}/e/training/register")
        page.locator("label.choice", has_text="นาย").first.click()
        for name, text in (("first_name", "สมชาย"), ("last_name", "ใจดี"), ("position", "กำนัน")):
            page.fill(f"#{name}", text)
        page.fill("#organisation", "ตำบลแกลง")
        page.select_option("#category", index=3)
        page.select_option("#unit", index=2)
        page.get_by_role("button", name="ถัดไป").click()

        # What hangs on an answer appears with it, and goes with it, with all that hangs on that.
        room, mate = page.get_by_text("ห้องแบบใด", exact=True), page.get_by_label("พักกับใคร")
        expect(page.get_by_text("ต้องการที่พัก", exact=True)).to_be_visible()
        expect(room).to_be_hidden()
        page.locator("label.choice", has_text="ใช่").first.click()
        expect(room).to_be_visible()
        expect(mate).to_be_hidden()
        page.locator("label.choice", has_text="คู่").click()
        mate.fill("สมหมาย")
        page.locator("label.choice", has_text="ไม่ใช่").click()
        expect(room).to_be_hidden()
        expect(mate).to_be_hidden()

        # A dead network: what is typed stays, and the form leaves by itself when the network is back.
        page.fill("#phone", "0812345678")
        page.locator("label.choice", has_text="รับทราบ").click()
        page.context.set_offline(True)
        button = page.get_by_role("button", name="ส่งการตอบรับ")
        button.click()
        expect(page.locator("[data-waiting]")).to_be_visible()
        expect(page.locator("#phone")).to_have_value("0812345678")
        button.click()
        page.context.set_offline(False)
        page.wait_for_url("**/registered", timeout=15000)
        assert page.stopped == []
    rows = list(db.session.scalars(select(Registrant)))
    assert [(row.full_name, row.phone) for row in rows] == [("นายสมชาย ใจดี", "0812345678")]
    assert list(answering.values_of(rows[0]).values()) == ["no"]
