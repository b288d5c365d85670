"""The opening report: figures with their moment, and how many phones have not sent what they hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.checkin.devices import pairing
from app.checkin.figures import opening
from app.core import clock
from app.database import db
from app.events.models import Role
from tests.checkin.door import at, make_gate, scan
from tests.make import make_member, make_registrant
from tests.thai_pdf.reading import pdfium_text


@pytest.fixture
def frozen():
    with time_machine.travel(at(8, 55), tick=False) as traveller:
        yield traveller


@pytest.fixture
def hall(event, morning, gate, frozen):
    """Five on the list of a unit that should send eight; three have come."""
    event.units[0].target = 8
    kinds = ["อปท.", "อปท.", "อปท.", "ส่วนราชการ", "ส่วนราชการ"]
    people = [make_registrant(event, f"คน{n}", "ใจดี", category=kind) for n, kind in enumerate(kinds)]
    for one in people[1:4]:
        scan(one, morning, gate)
    return people


@pytest.fixture
def desk(app, event, frozen):
    browser = app.test_client()
    browser.sign_in(make_member(event, Role.VIEWER))
    return browser


def test_present_against_target_by_category_and_unit_at_a_time(desk, hall, event, morning):
    found = opening.figures(morning, clock.now())
    assert (found.turnout.present, found.turnout.expected, found.percent) == (3, 8, "37.5")
    kinds = [(one.name, one.present, one.registered) for one in found.categories]
    assert kinds == [("อปท.", 2, 3), ("ส่วนราชการ", 1, 2)]
    page = desk.get(desk.get("/events/training/opening").headers["Location"]).text
    said = "ขณะนี้เวลา 08.55 น. มีผู้เข้ารับการฝึกอบรมลงทะเบียนแล้ว 3 คน จากเป้าหมาย 8 คน คิดเป็นร้อยละ 37.5"
    assert said in page
    assert "ใจดี" not in page, "figures need no names"
    assert said in desk.fragment(f"/events/training/opening/{morning.public_id}/figures").text


def send(app, gate, waiting):
    headers = {**gate.bearer, "X-Waiting": waiting}
    assert app.test_client().post("/api/v1/scans", json={"scans": []}, headers=headers).status_code == 200


def test_a_phone_that_holds_scans_says_how_many(app, desk, hall, event, morning, gate, frozen):
    send(app, gate, "12")
    second = make_gate(event, "ประตู 2")
    send(app, second, "0")
    found = opening.figures(morning, clock.now())
    assert [(phone.name, phone.waiting) for phone in found.behind] == [("ประตู 1", 12)]
    assert found.silent == []
    page = desk.get(f"/events/training/opening/{morning.public_id}").text
    assert "โทรศัพท์ 1 เครื่องยังส่งไม่ครบ ค้าง 12 รายการ" in page
    send(app, gate, "0")
    assert "ส่งข้อมูลครบทุกเครื่อง" in desk.get(f"/events/training/opening/{morning.public_id}").text


@pytest.mark.parametrize("said", ["", "-1", "many", "9" * 400, "1.5", "๓"])
def test_an_odd_word_about_waiting_changes_nothing(app, event, gate, said):
    send(app, gate, "7")
    send(app, gate, said)
    db.session.refresh(gate.device)
    assert gate.device.waiting == 7


def test_a_phone_not_heard_of_for_minutes_is_named(app, hall, event, morning, gate, frozen):
    send(app, gate, "0")
    frozen.shift(timedelta(minutes=4))
    assert opening.figures(morning, clock.now()).silent == []
    frozen.shift(timedelta(minutes=2))
    assert [phone.name for phone in opening.figures(morning, clock.now()).silent] == ["ประตู 1"]
    pairing.revoke(gate.device, "test")
    db.session.commit()
    assert opening.figures(morning, clock.now()).silent == [], "a revoked phone has nothing to send"


def test_a_phone_that_held_scans_when_it_was_unpaired_stays_named_until_it_is_set_aside(
    app, desk, hall, event, morning, gate, frozen
):
    send(app, gate, "37")
    pairing.revoke(gate.device, "test")
    db.session.commit()
    address = f"/events/training/opening/{morning.public_id}"
    said = "ยกเลิกการจับคู่แล้ว เคยแจ้งว่าค้าง 37 รายการ"
    assert said in desk.get(address).text
    assert "ครบทุกเครื่อง" not in desk.get(address).text
    page = desk.submit(f"/events/training/documents/opening-report/{morning.public_id}", page=address)
    assert said in " ".join(pdfium_text(page.data).split())
    organiser = app.test_client()
    organiser.sign_in(make_member(event, Role.ORGANISER))
    devices = "/events/training/devices"
    assert "เคยแจ้งว่าค้าง 37 รายการ" in organiser.get(devices).text
    organiser.submit(f"{devices}/{gate.device.public_id}/set-aside", page=devices)
    db.session.expire_all()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "device.set_aside")).one()
    assert (entry.subject, entry.facts) == (f"device:{gate.id}", {"waiting": 37})
    assert "ครบทุกเครื่อง" in desk.get(address).text
    assert "ค้าง 37" not in organiser.get(devices).text


def test_a_phone_in_use_is_not_set_aside(app, event, morning, gate, frozen):
    send(app, gate, "37")
    organiser = app.test_client()
    organiser.sign_in(make_member(event, Role.ORGANISER))
    devices = "/events/training/devices"
    assert "ไม่ต้องรอเครื่องนี้" not in organiser.get(devices).text
    organiser.submit(f"{devices}/{gate.device.public_id}/set-aside", page=devices)
    assert "เครื่องนี้ยังจับคู่อยู่" in organiser.get(devices).text
    assert [phone.waiting for phone in opening.figures(morning, clock.now()).behind] == [37]


@pytest.mark.parametrize(("expires_at", "line"), [(at(23), "left"), (at(23) + timedelta(days=2), "behind")])
def test_no_silence_makes_up_for_scans_that_a_phone_said_it_holds(app, event, morning, frozen, expires_at, line):
    gate = make_gate(event, expires_at=expires_at)
    send(app, gate, "5")
    frozen.shift(timedelta(hours=20))
    found = opening.figures(morning, clock.now())
    assert [phone.waiting for phone in getattr(found, line)] == [5]


def test_a_sign_of_life_needs_a_paired_phone(app, event, gate):
    browser = app.test_client()
    assert browser.post("/staff/here", json={}, headers={"X-Waiting": "3"}).status_code == 401
    browser.set_cookie("door", gate.token)
    assert browser.post("/staff/here", json={}, headers={"X-Waiting": "3"}).status_code == 204
    db.session.refresh(gate.device)
    assert gate.device.waiting == 3


def test_the_figures_fit_one_page_however_many_units(desk, hall, event, morning):
    page = f"/events/training/opening/{morning.public_id}"
    sent = desk.submit(f"/events/training/documents/opening-report/{morning.public_id}", page=page)
    assert sent.data.count(b"/Type /Page\n") == 1
    text = " ".join(pdfium_text(sent.data).split())
    assert "คิดเป็นร้อยละ 37.5" in text
    assert "3 / 8 คน" in text
    for words in ("อปท.", "ส่วนราชการ", event.units[0].name, "08.55 น."):
        assert words in text
