"""Setting an event up: made in one form, every part changed and undone, nothing in use removed."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.database import db
from app.events.models import Day, Event, EventSession, Role, Room, Unit
from tests.events.setup import HOME, details, fresh, scan, text
from tests.make import make_event, make_member, make_registrant, make_session, unit_named

# Making one


def new_event(**changes):
    return {
        "name": "อบรม กบอ.",
        "province_code": "45",
        "first_day": "7/8/2561",
        "last_day": "8 ส.ค. 2561",
        "venue": "",
        "organiser_name": "",
        "slug": "",
        **changes,
    }


def test_somebody_without_events_is_taught_what_one_is(client, owner):
    client.sign_in(owner)
    page = text(client.get("/events"))
    assert "ยังไม่มีงาน" in page and "/events/new" in page


def test_an_event_is_made_with_days_half_days_and_districts(client, owner):
    client.sign_in(owner)
    assert client.submit("/events/new", new_event()).location == "/events/roi-et-2561"
    event = db.session.scalars(select(Event)).one()
    assert (event.first_day, event.last_day) == (date(2018, 8, 7), date(2018, 8, 8))
    assert (len(event.days), len(event.check_points), len(event.units)) == (2, 4, 21)
    assert event.units[-1].name == "ส่วนราชการประจำจังหวัด"


def test_a_suggested_name_is_never_taken(client, owner):
    client.sign_in(owner)
    client.submit("/events/new", new_event())
    assert client.submit("/events/new", new_event()).location == "/events/roi-et-2561-2"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "โปรดกรอกช่องนี้"),
        ({"slug": "new"}, "ชื่อในลิงก์ใช้ได้เฉพาะ"),
        ({"slug": "ระยอง"}, "ชื่อในลิงก์ใช้ได้เฉพาะ"),
        ({"first_day": "31/2/2561"}, "โปรดใส่วันที่"),
        ({"last_day": "6/8/2561"}, "วันสุดท้ายมาก่อนวันแรก"),
        ({"last_day": "8/8/2571"}, "งานยาวได้ไม่เกิน"),
        ({"province_code": "99"}, "โปรดเลือกจากรายการ"),
    ],
)
def test_a_wrong_event_comes_back_whole(client, owner, changes, sentence):
    client.sign_in(owner)
    page = client.submit("/events/new", new_event(venue="โรงแรมที่พิมพ์ไว้", **changes))
    assert page.status_code == 422
    assert sentence in text(page) and "โรงแรมที่พิมพ์ไว้" in text(page)
    assert db.session.scalar(select(func.count(Event.id))) == 0


# Details and days


def test_details_are_changed(browser, event):
    assert browser.submit(f"{HOME}/details", details()).status_code == 302
    event = fresh(Event, event)
    assert (event.name, event.venue, event.registration_open) == ("อบรม กบอ.", "โรงแรม", True)
    data = details()
    del data["registration_open"]
    browser.submit(f"{HOME}/details", data)
    assert fresh(Event, event).registration_open is False


def test_a_postponed_event_takes_its_programme_along(browser, event):
    session = make_session(event, starts=time(9), ends=time(12))
    browser.submit(f"{HOME}/details", details(first_day="15/11/2561", last_day="15/11/2561"))
    session = fresh(EventSession, session)
    assert clock.local(session.starts_at).strftime("%Y-%m-%d %H.%M") == "2018-11-15 09.00"
    assert [day.date for day in fresh(Event, event).days] == [date(2018, 11, 15)]


def test_a_longer_event_gets_days_and_named_half_days(browser, event):
    browser.submit(f"{HOME}/details", details(last_day="9/11/2561"))
    event = fresh(Event, event)
    assert [point.name for point in event.check_points] == [
        "ช่วงเช้า 8 พ.ย. 2561",
        "ช่วงบ่าย 8 พ.ย. 2561",
        "ช่วงเช้า 9 พ.ย. 2561",
        "ช่วงบ่าย 9 พ.ย. 2561",
    ]
    browser.submit(f"{HOME}/details", details())
    event = fresh(Event, event)
    assert [point.name for point in event.check_points] == ["ช่วงเช้า", "ช่วงบ่าย"]


def test_an_event_of_two_days_moves_by_one_day(client, owner):
    event = make_event("two-days", owner=owner, last_day=date(2018, 11, 9))
    client.sign_in(owner)
    client.submit("/events/two-days/details", details(first_day="9/11/2561", last_day="10/11/2561"))
    event = fresh(Event, event)
    assert [day.date.day for day in event.days] == [9, 10]
    assert event.check_points[0].name == "ช่วงเช้า 9 พ.ย. 2561"


def test_a_day_with_a_programme_is_not_dropped(client, owner):
    event = make_event("two-days", owner=owner, last_day=date(2018, 11, 9))
    make_session(event)
    client.sign_in(owner)
    page = client.submit("/events/two-days/details", details(first_day="9/11/2561", last_day="9/11/2561"))
    assert page.status_code == 422
    assert "มีกำหนดการอยู่" in text(page)
    assert len(fresh(Event, event).days) == 2


def test_an_event_with_people_recorded_does_not_move(browser, event):
    scan(event, event.check_points[0])
    page = browser.submit(f"{HOME}/details", details(first_day="9/11/2561", last_day="9/11/2561"))
    assert page.status_code == 422
    assert "หลักฐานการมา" in text(page)
    assert fresh(Event, event).first_day == date(2018, 11, 8)


# Units


def test_targets_are_set_together(browser, event):
    unit = unit_named(event, "แกลง")
    browser.submit(f"{HOME}/units", {f"target-{unit.public_id}": "๒๕"})
    assert fresh(Unit, unit).target == 25


@pytest.mark.parametrize("typed", ["ห้า", "-1", "99999", "1" * 25, "1e3", "\x00"])
def test_a_wrong_target_stays_to_be_mended(browser, event, typed):
    unit, other = unit_named(event, "แกลง"), unit_named(event, "บ้านค่าย")
    data = {f"target-{unit.public_id}": typed, f"target-{other.public_id}": "17"}
    page = browser.submit(f"{HOME}/units", data)
    assert page.status_code == 422
    assert 'value="17"' in text(page)
    assert fresh(Unit, other).target == 0


def test_an_agency_is_added_below_a_district_and_removed(browser, event):
    parent = unit_named(event, "แกลง")
    data = {"name": "เทศบาลตำบลแกลง", "kind": "local_government", "parent": parent.public_id, "target": "3"}
    browser.submit(f"{HOME}/units/new", data)
    unit = db.session.scalars(select(Unit).where(Unit.name == "เทศบาลตำบลแกลง")).one()
    assert (unit.parent_id, unit.target) == (parent.id, 3)
    browser.submit(f"{HOME}/units/{unit.public_id}", {**data, "target": "4"})
    assert fresh(Unit, unit).target == 4
    assert "มีหน่วยชื่อนี้แล้ว" in text(browser.submit(f"{HOME}/units/new", data))
    make_registrant(event, unit=unit)
    page = browser.submit(f"{HOME}/units/{unit.public_id}/remove", follow_redirects=True)
    assert "มีรายชื่อของหน่วยนี้ 1 คน" in text(page)


def test_the_districts_of_the_province_stay(browser, event):
    unit = unit_named(event, "แกลง")
    assert browser.submit(f"{HOME}/units/{unit.public_id}/remove").status_code == 404


# Other events


def test_the_parts_of_another_event_do_not_exist_here(browser, event):
    other = make_event("other")
    session, point = make_session(other), other.check_points[0]
    room = Room(event_id=other.id, name="ห้อง")
    unit = Unit(event_id=other.id, kind="agency", name="หน่วยอื่น")
    db.session.add_all([room, unit])
    db.session.commit()
    for part, thing in (("programme", session), ("check-points", point), ("rooms", room), ("units", unit)):
        for home in (HOME, "/events/other"):
            assert browser.get(f"{home}/{part}/{thing.public_id}").status_code == 404
            assert browser.submit(f"{home}/{part}/{thing.public_id}/remove").status_code == 404
    member = make_member(other, Role.FACILITATOR)
    assert browser.submit(f"{HOME}/team/{member.public_id}/facilitator/remove").status_code == 404
    assert fresh(EventSession, session) is not None


def test_the_overview_leads_on_and_counts(browser, event):
    unit = unit_named(event, "แกลง")
    unit.target = 24
    make_registrant(event, unit=unit)
    db.session.commit()
    page = text(browser.get(HOME))
    assert "สิ่งที่ควรทำต่อ" in page and f"{HOME}/programme" in page
    numbers = text(browser.fragment(f"{HOME}/numbers"))
    assert "แกลง" in numbers and ">24<" in numbers


def test_days_are_never_doubled(browser, event):
    browser.submit(f"{HOME}/details", details())
    assert db.session.scalar(select(func.count(Day.id))) == 1
