"""A check-point can be for some only: a meal for guests of two districts, a session for one category."""

from __future__ import annotations

import pytest
import time_machine

from app.checkin.figures import register
from app.checkin.figures.register import Status
from app.checkin.ledger import presence
from app.database import db
from app.documents import check_point_rows, making
from app.events import check_points
from app.events.models import Role
from app.registration.models import Part
from tests.checkin.door import at, scan
from tests.make import make_member, make_registrant, make_session


@pytest.fixture
def two(event):
    first, second = event.units[:2]
    first.target, second.target = 5, 7
    return [
        make_registrant(event, "กานดา", "ใจดี", unit=first, category="อปท."),
        make_registrant(event, "ขวัญใจ", "ใจดี", unit=second, category="ส่วนราชการ"),
    ]


@pytest.mark.parametrize("audience", ["units", "categories"])
def test_others_are_told_so_and_off_line_ones_are_looked_at_later(event, morning, gate, two, audience):
    meant, other = two
    morning.audience = {audience: [meant.unit.public_id if audience == "units" else "อปท."]}
    db.session.commit()
    assert scan(meant, morning, gate)["outcome"] == "accepted"
    answer = scan(other, morning, gate)
    assert (answer["outcome"], answer["reason"]) == ("refused", "not_registered_here")
    assert answer["sentence"] == "จุดนี้ไม่ได้กำหนดไว้สำหรับผู้นี้"
    assert scan(other, morning, gate, is_offline=True)["outcome"] == "pending_review"


def test_nobody_is_expected_or_absent_where_they_are_not_meant(event, morning, gate, two):
    meant, other = two
    morning.audience = {"units": [meant.unit.public_id]}
    db.session.commit()
    turnout = presence.turnout(morning)
    assert (turnout.expected, turnout.registered) == (5, 1)
    lines = {line.registrant.id: line.marks for line in register.read(event, at(23)).lines}
    assert lines[meant.id][0].status == Status.ABSENT
    assert lines[other.id][0].status == Status.NOT_MEANT
    morning.audience = {"categories": ["อปท."]}
    db.session.commit()
    assert presence.turnout(morning).expected == 1, "no target was set for a category: the list counts"


def test_the_organiser_sets_it_on_the_check_points_page(app, event, two):
    session = make_session(event, "บรรยายพิเศษ")
    browser = app.test_client()
    with time_machine.travel(at(7), tick=False):
        browser.sign_in(make_member(event, Role.ORGANISER))
        page = "/events/training/check-points/new"
        unit = event.units[0].public_id
        sent = {"name": "ฟังบรรยาย", "purpose": "attend", "day": "2018-11-08", "session": session.public_id}
        sent |= {"units": [unit], "categories": "อปท., ส่วนราชการ"}
        assert browser.submit(page, sent, page=page).status_code == 302
        point = next(point for point in event.check_points if point.name == "ฟังบรรยาย")
        assert point.session.title == "บรรยายพิเศษ"
        assert point.audience == {"units": [unit], "categories": ["ส่วนราชการ", "อปท."]}
        shown = browser.get("/events/training/check-points").text
        assert "บรรยายพิเศษ" in shown
        page = f"/events/training/check-points/{point.public_id}"
        assert 'value="ส่วนราชการ, อปท."' in browser.get(page).text
        assert browser.submit(page, {**sent, "units": [], "categories": ""}, page=page).status_code == 302
    db.session.expire_all()
    assert check_points.find(event, point.public_id).audience == {}


@pytest.mark.parametrize("audience", ["units", "categories"])
def test_the_sign_in_sheets_have_whom_the_check_point_is_for(event, morning, two, audience):
    """Who stands in signs in the line of the one expected, whatever category was typed at the door."""
    meant, other = two
    make_registrant(event, "มาแทน", "ใจดี", unit=meant.unit, stands_for_id=meant.id)
    make_registrant(event, "มาแทนด้วย", "ใจดี", unit=other.unit, stands_for_id=other.id)
    speaker = make_registrant(event, "วิทยา", "ใจดี", unit=other.unit, part=Part.SPEAKER)
    morning.audience = {audience: [meant.unit.public_id if audience == "units" else "อปท."]}
    db.session.commit()
    made = making.sign_in_sheets(event, morning)
    assert made.facts["people"] == 2
    sections = check_point_rows.sheet_sections(event, morning)
    listed = {section.unit: [row.name for row in section.rows] for section in sections}
    assert listed == {meant.unit.name: ["มาแทน ใจดี (แทน) กานดา ใจดี"], "วิทยากร": [speaker.full_name]}
    everybody = check_point_rows.sheet_sections(event, event.check_points[1])
    assert [section.unit for section in everybody] == [meant.unit.name, other.unit.name, "วิทยากร"]
