"""A list to tick: one tap lets somebody in, ten seconds take it back, nobody ticks the people of others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.checkin import excusing
from app.checkin.hall import rotating
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.database import db
from app.events.models import Role
from app.groups.models import Group, Grouping, Membership
from app.registration import coordinators
from tests.checkin.door import at, scan
from tests.make import make_member, make_registrant


@pytest.fixture
def frozen():
    with time_machine.travel(at(8, 41), tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(app, event, frozen):
    browser = app.test_client()
    browser.sign_in(make_member(event, Role.REGISTRAR, name="สมศรี ทดสอบ"))
    return browser


def page_of(morning, person) -> str:
    return f"/events/training/tick/{morning.public_id}?unit={person.unit.public_id}"


def test_one_tap_lets_in_and_the_next_door_is_told_by_whom(desk, event, person, morning, gate):
    page = page_of(morning, person)
    shown = desk.get(page).text
    assert f'name="who" value="{person.public_id}"' in shown
    assert desk.submit(page, {"who": person.public_id}, page=page).status_code == 302
    assert presence.present_at(morning) == {person.id: at(8, 41)}
    assert "มาแล้ว 08.41 น." in desk.get(page).text
    assert "รายชื่อของสมศรี ทดสอบ" in scan(person, morning, gate)["sentence"]
    assert db.session.scalar(select(Scan.method).order_by(Scan.id)) == "ticked"


def test_a_repeated_tap_is_one_scan(desk, person, morning):
    page, sent = page_of(morning, person), {"who": person.public_id, "client_uuid": "0" * 36}
    first = desk.submit(f"{page}&part=1", sent, page=page)
    again = desk.submit(f"{page}&part=1", sent, page=page)
    assert (first.status_code, again.status_code) == (200, 200)
    assert "<html" not in again.text
    assert len(db.session.scalars(select(Scan)).all()) == 1


def test_a_slip_is_undone_within_ten_seconds_by_who_made_it(app, desk, event, person, morning, frozen):
    page = page_of(morning, person)
    desk.submit(page, {"who": person.public_id}, page=page)
    undo = re.search(r'name="undo" value="([\w-]+)" data-seconds="10"', desk.get(page).text)[1]
    other = app.test_client()
    other.sign_in(make_member(event, Role.REGISTRAR))
    assert 'name="undo"' not in other.get(page).text
    other.submit(page, {"undo": undo}, page=page)
    assert person.id in presence.present_at(morning)
    frozen.shift(timedelta(seconds=9))
    desk.submit(page, {"undo": undo}, page=page)
    assert presence.present_at(morning) == {}


def test_after_ten_seconds_the_undo_is_gone_and_says_so(desk, person, morning, frozen):
    page = page_of(morning, person)
    desk.submit(page, {"who": person.public_id}, page=page)
    undo = re.search(r'name="undo" value="([\w-]+)"', desk.get(page).text)[1]
    frozen.shift(timedelta(seconds=11))
    assert 'name="undo"' not in desk.get(page).text
    desk.submit(page, {"undo": undo}, page=page)
    assert "เกิน 10 วินาทีแล้ว" in desk.get(page).text
    assert person.id in presence.present_at(morning)


def test_an_undo_by_hand_keeps_who_the_scanner_saw_too(desk, person, morning, gate):
    page = page_of(morning, person)
    desk.submit(page, {"who": person.public_id}, page=page)
    undo = re.search(r'name="undo" value="([\w-]+)"', desk.get(page).text)[1]
    assert scan(person, morning, gate)["outcome"] == "already"
    desk.submit(page, {"undo": undo}, page=page)
    assert [entry.gate for entry in presence.entries(morning)] == ["ประตู 1"]


def test_who_is_excused_is_said_beside_the_name(desk, event, person, morning):
    excusing.excuse(event, [morning], person, "ลาป่วย", make_member(event, Role.ORGANISER))
    db.session.commit()
    assert "ลาป่วย" in desk.get(page_of(morning, person)).text


@pytest.fixture
def tables(event, person):
    """The person's table guided by one facilitator, a stranger's by another."""
    grouping = Grouping(event=event, name="รายอำเภอ")
    found = []
    for number, one in enumerate([person, make_registrant(event, "คนอื่น", "โต๊ะอื่น")], start=1):
        guide = make_member(event, Role.FACILITATOR)
        group = Group(grouping=grouping, event_id=event.id, number=number, name=f"กลุ่ม {number}", facilitator=guide)
        db.session.add(group)
        db.session.flush()
        db.session.add(Membership(grouping_id=grouping.id, group_id=group.id, registrant_id=one.id))
        found.append((group, guide, one))
    db.session.commit()
    return found


def test_a_facilitator_ticks_the_own_table_and_no_other(app, event, morning, tables, frozen):
    (_own, guide, person), (foreign, _guide, stranger) = tables
    browser = app.test_client()
    browser.sign_in(guide)
    page = f"/events/training/tick/{morning.public_id}"
    shown = browser.get(page).text
    assert person.full_name in shown
    assert stranger.full_name not in shown
    assert "ติ๊กรายชื่อ" in shown, "the section stands in the navigation"
    assert browser.submit(page, {"who": stranger.public_id}, page=page).status_code == 404
    assert browser.get(f"{page}?group={foreign.public_id}").status_code == 404
    assert browser.submit(page, {"who": person.public_id}, page=page).status_code == 302
    assert set(presence.present_at(morning)) == {person.id}


def test_a_facilitator_without_a_table_sees_nobody(app, event, person, morning, frozen):
    browser = app.test_client()
    browser.sign_in(make_member(event, Role.FACILITATOR))
    page = page_of(morning, person)
    assert person.full_name not in browser.get(page).text
    assert browser.submit(page, {"who": person.public_id}, page=page).status_code == 404


def test_a_viewer_ticks_nobody(app, event, person, morning):
    viewer = app.test_client()
    viewer.sign_in(make_member(event, Role.VIEWER))
    assert viewer.get(page_of(morning, person)).status_code == 403


@pytest.fixture
def coordinator(app, event, person, frozen):
    """The phone that opened the link of the person's unit."""
    with app.test_request_context():
        link = coordinators.link_of(coordinators.of_unit(event, person.unit)).partition("localhost")[2]
    db.session.commit()
    browser = app.test_client()
    browser.get(link)
    return browser


def test_a_coordinator_ticks_the_own_unit_and_only_from_the_hall(coordinator, event, morning, person, frozen):
    stranger = make_registrant(event, "คนอื่น", "หน่วยอื่น", unit=event.units[1])
    page = "/e/training/unit/tick"
    assert "สแกน QR บนจอในห้องประชุม" in coordinator.get(page).text
    coordinator.submit(page, {"who": person.public_id}, page=page)
    assert presence.present_at(morning) == {}, "nobody checks anybody in from home"
    coordinator.get(f"/C/TRAINING/{rotating.shown(morning, at(8, 41)).qr_code}")
    frozen.shift(timedelta(hours=3))
    shown = coordinator.get(page).text
    assert person.full_name in shown
    assert "หน่วยอื่น" not in shown
    assert coordinator.submit(page, {"who": stranger.public_id}, page=page).status_code == 404
    assert coordinator.submit(page, {"who": person.public_id}, page=page).status_code == 302
    assert set(presence.present_at(morning)) == {person.id}
    undo = re.search(r'name="undo" value="([\w-]+)"', coordinator.get(page).text)[1]
    coordinator.submit(page, {"undo": undo}, page=page)
    assert presence.present_at(morning) == {}
    frozen.shift(timedelta(hours=1))
    assert "สแกน QR บนจอในห้องประชุม" in coordinator.get(page).text
