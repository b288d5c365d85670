"""A list ticked in a real browser: the tap shows at once, an answer that is lost is asked for again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.checkin.ledger import presence
from app.database import db
from app.events.models import Role
from tests.browser import launch
from tests.make import make_member, make_registrant
from tests.pages.site import open_page, served

pytestmark = pytest.mark.browser


def test_ticking_undoing_and_a_lost_answer(event, morning, person):
    second = make_registrant(event, "ขวัญใจ", "รักเรียน")
    clerk = make_member(event, Role.REGISTRAR)
    address = f"/events/training/tick/{morning.public_id}?unit={person.unit.public_id}"
    name, other = person.full_name, second.full_name
    db.session.commit()
    with served() as site, launch() as browser:
        page = open_page(browser)
        page.goto(f"{site}/sign-in")
        page.get_by_label("อีเมล").fill(clerk.email)
        page.get_by_label("รหัสผ่าน", exact=True).fill("a long password")
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.goto(site + address)
        page.evaluate("window.stayed = true")
        page.get_by_role("button", name=name).click()
        row = page.locator(".tick-row-here").filter(has_text=name)
        expect(row).to_contain_text("มาแล้ว")
        row.get_by_role("button", name="เลิกทำ").click()
        expect(page.get_by_role("button", name=name)).to_be_visible()
        # The server writes, but its answer does not arrive: the same tap is sent again and stays one scan.
        lost = []

        def lose_the_first(route):
            if route.request.method == "POST":
                lost.append(route.fetch() if not lost else None)
            if route.request.method == "POST" and len(lost) == 1:
                route.abort()
            else:
                route.continue_()

        page.route("**/tick/**", lose_the_first)
        page.get_by_role("button", name=other).click()
        expect(page.locator("[data-offline]")).to_be_visible()
        expect(page.locator(".tick-row-here").filter(has_text=other)).to_be_visible(timeout=15000)
        expect(page.locator("[data-offline]")).to_be_hidden()
        assert len(lost) == 2
        assert page.evaluate("window.stayed"), "the page was left"
        assert page.stopped == []
    db.session.rollback()
    assert set(presence.present_at(morning)) == {second.id}
