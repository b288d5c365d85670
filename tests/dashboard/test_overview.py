"""The organiser's overview: the numbers of this half-day, for the whole team and nobody else."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
import time_machine

from app.checkin.ledger.deciding import Attempt, record_scan
from app.core import clock
from app.dashboard import overview
from app.database import db
from app.events.models import Role
from tests.make import make_event, make_member, make_registrant, make_user, unit_named
from tests.query_count import counted


@pytest.fixture
def event(app):
    return make_event("training", owner=make_user(email="owner@example.com"), last_day=date(2018, 11, 9))


@pytest.mark.parametrize(
    ("day", "hour", "name"),
    [
        (1, 12, "ช่วงเช้า 8 พ.ย. 2561"),
        (8, 7, "ช่วงเช้า 8 พ.ย. 2561"),
        (8, 11, "ช่วงเช้า 8 พ.ย. 2561"),
        (8, 13, "ช่วงบ่าย 8 พ.ย. 2561"),
        (9, 8, "ช่วงเช้า 9 พ.ย. 2561"),
        (30, 8, "ช่วงบ่าย 9 พ.ย. 2561"),
    ],
)
def test_the_check_point_in_view_is_that_of_the_hour(event, day, hour, name):
    point = overview.current_check_point(event, clock.at_local(date(2018, 11, day), hour))
    assert point.name == name


def test_registered_and_present_are_counted_by_unit(event):
    unit = unit_named(event, "แกลง")
    people = [make_registrant(event, f"คนที่{number}", unit=unit) for number in range(3)]
    with time_machine.travel(clock.at_local(event.first_day, 9), tick=False):
        for person in people[:2]:
            scan = Attempt(str(uuid.uuid4()), event.check_points[0], "staff_scan", code=person.ticket_code)
            record_scan(event, scan)
        db.session.commit()
        found = overview.gather(event, clock.now())
    line = next(line for line in found.units if line.name == "แกลง")
    assert (line.registered, line.present) == (3, (2, 0))
    assert (found.registered, found.present) == (3, [2, 0])


def test_in_the_afternoon_the_mornings_number_is_still_there(client, event):
    person = make_registrant(event)
    record_scan(event, Attempt(str(uuid.uuid4()), event.check_points[0], "staff_scan", code=person.ticket_code))
    db.session.commit()
    with time_machine.travel(clock.at_local(event.first_day, 14), tick=False):
        found = overview.gather(event, clock.now())
        client.sign_in(make_member(event, Role.VIEWER))
        page = client.get("/events/training").text
    assert [point.name for point in found.check_points] == ["ช่วงเช้า 8 พ.ย. 2561", "ช่วงบ่าย 8 พ.ย. 2561"]
    assert found.present == [1, 0]
    assert "มาแล้ว ช่วงเช้า 8 พ.ย. 2561" in page
    assert "ช่วงเช้า 9 พ.ย. 2561" not in page


def test_when_the_event_is_over_every_half_day_is_in_view(event):
    after = clock.at_local(date(2018, 11, 10), 8)
    assert overview.check_points_in_view(event, after) == event.check_points


def test_an_event_without_check_points_still_has_an_overview(client, event):
    for point in list(event.check_points):
        db.session.delete(point)
    make_registrant(event)
    db.session.commit()
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "แจ้งรายชื่อแล้ว" in client.get("/events/training").get_data(as_text=True)


@pytest.mark.parametrize("role", list(Role))
def test_the_whole_team_sees_the_numbers_and_those_who_set_up_the_steps(client, event, role):
    client.sign_in(make_member(event, role))
    page = client.get("/events/training")
    assert page.status_code == 200
    assert ("สิ่งที่ควรทำต่อ" in page.get_data(as_text=True)) == (role in (Role.OWNER, Role.ORGANISER))


def test_somebody_of_another_event_sees_nothing(client, event):
    other = make_event("other")
    client.sign_in(make_member(other, Role.OWNER))
    assert client.get("/events/training").status_code == 404
    assert client.fragment("/events/training/numbers").status_code == 404


def test_more_people_make_no_more_queries(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    make_registrant(event)
    with counted() as few:
        client.get("/events/training")
    for number in range(60):
        make_registrant(event, f"คนที่{number}", unit=event.units[number % 9])
    with counted() as many:
        client.get("/events/training")
    assert len(many) == len(few)
