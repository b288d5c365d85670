"""Phones become devices once, in a quarter of an hour, and stop when told to."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.checkin.devices import pairing
from app.checkin.models import Device, Pairing
from app.core import clock
from app.core.access import access_of
from app.database import db
from app.events.models import Role
from tests.checkin.door import at, make_gate
from tests.make import make_event, make_member

LINE_BOT = {"User-Agent": "facebookexternalhit/1.1;line-poker/1.0"}


@pytest.fixture
def organiser(app, event):
    client = app.test_client()
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


def invitation(organiser, event, name="ประตู 1") -> str:
    """The address in the QR that the organiser is shown."""
    address = f"/events/{event.slug}/devices"
    made = organiser.submit(address, {"name": name}, page=address)
    assert made.status_code == 302
    page = organiser.get(address).get_data(as_text=True)
    assert "<svg" in page
    return re.search(r"(/staff/pair/[A-Z2-7]{20})", page)[1]


def devices() -> list[Device]:
    return list(db.session.scalars(select(Device)))


def test_a_phone_is_paired_by_a_button_and_then_sees_the_door(organiser, app, event):
    address = invitation(organiser, event)
    phone = app.test_client()
    assert phone.get("/staff/").status_code == 401
    assert "เริ่มใช้เครื่องนี้" in phone.get(address).get_data(as_text=True)
    paired = phone.submit(address, page=address)
    assert paired.headers["Location"] == "/staff/"
    cookie = paired.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    page = phone.get("/staff/").get_data(as_text=True)
    assert "ช่วงเช้า" in page
    assert "ประตู 1" in page
    db.session.rollback()
    assert "ประตู 1" in organiser.get(f"/events/{event.slug}/devices").get_data(as_text=True)
    assert phone.get_cookie("door").value not in str([vars(device) for device in devices()])


def test_looking_at_the_code_uses_nothing_up(organiser, app, event):
    address = invitation(organiser, event)
    for headers in ({}, LINE_BOT, LINE_BOT):
        assert app.test_client().get(address, headers=headers).status_code == 200
        assert app.test_client().head(address, headers=headers).status_code == 200
    db.session.rollback()
    assert devices() == []
    assert db.session.scalar(select(func.count()).where(Pairing.used_at.is_not(None))) == 0


def test_inside_line_the_phone_is_sent_to_its_own_browser_first(organiser, app, event):
    link = invitation(organiser, event)
    inside = {"User-Agent": "Mozilla/5.0 (Linux; Android 9) Chrome/120.0 Mobile Safari/537.36 Line/13.21.1/IAB"}
    page = app.test_client().get(link, headers=inside).get_data(as_text=True)
    assert "openExternalBrowser=1" in page
    assert "openExternalBrowser" not in app.test_client().get(link).get_data(as_text=True)


def test_a_code_is_good_for_one_phone(organiser, app, event):
    address = invitation(organiser, event)
    assert app.test_client().submit(address, page=address).status_code == 302
    late = app.test_client()
    answer = late.submit(address)
    assert answer.status_code == 410
    assert "ครั้งเดียว" in answer.get_data(as_text=True)
    assert late.get(address).status_code == 410
    db.session.rollback()
    assert len(devices()) == 1


def test_a_code_ends_after_a_quarter_of_an_hour(organiser, app, event):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        address = invitation(organiser, event)
        traveller.shift(timedelta(minutes=15))
        assert app.test_client().get(address).status_code == 410
        assert app.test_client().submit(address).status_code == 410


def test_revoking_acts_at_once(organiser, app, event):
    address = invitation(organiser, event)
    phone = app.test_client()
    phone.submit(address, page=address)
    db.session.rollback()
    device = devices()[0]
    page = f"/events/{event.slug}/devices"
    organiser.submit(f"{page}/{device.public_id}/revoke", page=page)
    assert phone.get("/staff/").status_code == 401
    refused = phone.post("/staff/scans", json={})
    assert refused.status_code == 401
    assert refused.json["sentence"]


def test_a_phone_can_leave_by_itself(organiser, app, event):
    address = invitation(organiser, event)
    phone = app.test_client()
    phone.submit(address, page=address)
    assert phone.submit("/staff/leave").status_code == 302
    assert phone.get("/staff/").status_code == 401
    db.session.rollback()
    assert devices()[0].revoked_at is not None


@pytest.mark.parametrize(
    ("now", "expires"),
    [
        (at(6), clock.at_local(date(2018, 11, 9), 4)),  # the morning of the day: four hours after its end
        (clock.at_local(date(2026, 1, 5), 9), clock.at_local(date(2026, 1, 5), 21)),  # years later: twelve hours
    ],
)
def test_a_device_ends_with_its_event(app, now, expires):
    event = make_event()
    with time_machine.travel(now, tick=False):
        device, token = pairing.enrol(event, "ประตู 1", "command")
        db.session.commit()
        assert device.expires_at == expires
    with time_machine.travel(expires - timedelta(seconds=1), tick=False):
        assert pairing.device_of(token) is not None
    with time_machine.travel(expires, tick=False):
        assert pairing.device_of(token) is None


def test_a_phone_of_one_event_sees_nothing_of_another(app, event):
    gate, other = make_gate(event), make_event("other")
    phone = app.test_client()
    phone.set_cookie("door", gate.token)
    assert phone.get(f"/staff/at/{event.check_points[0].public_id}").status_code == 200
    assert phone.get(f"/staff/at/{other.check_points[0].public_id}").status_code == 404


def test_a_phone_opens_the_door_and_nothing_else(app, event):
    """Every address with a phone's cookie: only the door's own answer, and what anybody may see."""
    gate = make_gate(event)
    phone = app.test_client()
    phone.set_cookie("door", gate.token)
    opened = []
    for rule in app.url_map.iter_rules():
        access = access_of(app, rule.endpoint)
        if "GET" not in rule.methods or access.level in ("public", "public_event_page", "device_page"):
            continue
        values = dict.fromkeys(rule.arguments, "x") | ({"slug": event.slug} if "slug" in rule.arguments else {})
        with app.test_request_context():
            from flask import url_for

            address = url_for(rule.endpoint, **values)
        if phone.get(address).status_code < 300:
            opened.append(address)
    assert opened == []


def test_the_list_of_devices_is_the_organisers(app, event):
    outsider = app.test_client()
    outsider.sign_in(make_member(make_event("other"), Role.OWNER))
    assert outsider.get(f"/events/{event.slug}/devices").status_code == 404
    viewer = app.test_client()
    viewer.sign_in(make_member(event, Role.VIEWER))
    assert viewer.get(f"/events/{event.slug}/devices").status_code == 403
