"""Setting an event up: made in one form, every part changed and undone, nothing in use removed."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import func, inspect, select

from app.checkin.models import Scan
from app.core import clock
from app.core.files import StoredFile
from app.database import db
from app.events.models import CheckPoint, Day, Event, EventSession, Role, Room, TeamMember, Unit
from app.materials import library
from app.materials.models import Audience, Release
from tests.make import add_to_team, make_event, make_member, make_registrant, make_session, make_user, unit_named

HOME = "/events/training"


@pytest.fixture
def owner(app):
    return make_user(email="owner@example.com")


@pytest.fixture
def event(owner):
    return make_event("training", owner=owner)


@pytest.fixture
def browser(client, event, owner):
    client.sign_in(owner)
    return client


def fresh(model, thing):
    (number,) = inspect(thing).identity
    db.session.expire_all()
    return db.session.scalar(select(model).where(model.id == number))


def text(response):
    return response.get_data(as_text=True)


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


def details(**changes):
    return {
        "name": "อบรม กบอ.",
        "first_day": "8/11/2561",
        "last_day": "8/11/2561",
        "venue": "โรงแรม",
        "organiser_name": "สำนักงานจังหวัด",
        "contact": "038-000-000",
        "registration_open": "y",
        **changes,
    }


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


def scan(event, point):
    row = make_registrant(event)
    db.session.add(
        Scan(
            client_uuid="x", event_id=event.id, check_point_id=point.id, registrant_id=row.id,
            method="staff_scan", outcome="accepted", occurred_at=clock.now(), answer="{}",
        )
    )  # fmt: skip
    db.session.commit()


def test_an_event_with_people_recorded_does_not_move(browser, event):
    scan(event, event.check_points[0])
    page = browser.submit(f"{HOME}/details", details(first_day="9/11/2561", last_day="9/11/2561"))
    assert page.status_code == 422
    assert "หลักฐานการมา" in text(page)
    assert fresh(Event, event).first_day == date(2018, 11, 8)


# Programme and rooms


def session_data(**changes):
    return {
        "title": "พิธีเปิด",
        "speaker": "",
        "day": "2018-11-08",
        "starts": "๐๙.๐๐ น.",
        "ends": "9:30",
        "room": "",
        **changes,
    }


def test_a_session_is_added_changed_and_removed(browser, event):
    browser.submit(f"{HOME}/programme/new", session_data())
    session = db.session.scalars(select(EventSession)).one()
    assert clock.local(session.starts_at).hour == 9
    assert "พิธีเปิด" in text(browser.get(f"{HOME}/programme"))
    browser.submit(f"{HOME}/programme/{session.public_id}", session_data(title="พิธีเปิดงาน", ends="10.00"))
    assert fresh(EventSession, session).title == "พิธีเปิดงาน"
    browser.submit(f"{HOME}/programme/{session.public_id}/remove")
    assert fresh(EventSession, session) is None


def test_the_next_session_begins_where_the_last_ended(browser, event):
    answer = browser.submit(f"{HOME}/programme/new", session_data(then="another"))
    assert 'value="09.30"' in text(browser.get(answer.location))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "09.00"}, "เวลาเลิกต้องอยู่หลังเวลาเริ่ม"),
        ({"ends": "25.00"}, "โปรดใส่เวลา"),
        ({"day": "2018-12-01"}, "โปรดเลือกจากรายการ"),
        ({"title": "\u200b"}, "โปรดใส่หัวข้อ"),
    ],
)
def test_a_wrong_session_comes_back(browser, event, changes, sentence):
    page = browser.submit(f"{HOME}/programme/new", session_data(**changes))
    assert page.status_code == 422
    assert sentence in text(page)


def test_one_room_holds_one_session_at_a_time(browser, event):
    browser.submit(f"{HOME}/rooms", {"name": "ห้องใหญ่"})
    room = db.session.scalars(select(Room)).one()
    browser.submit(f"{HOME}/programme/new", session_data(room=room.public_id))
    page = browser.submit(f"{HOME}/programme/new", session_data(title="ซ้อน", starts="09.15", room=room.public_id))
    assert "อยู่ในเวลาเดียวกัน" in text(page)
    after = session_data(title="ต่อ", starts="09.30", ends="10.00", room=room.public_id)
    assert browser.submit(f"{HOME}/programme/new", after).status_code == 302


def test_a_room_in_use_is_not_removed(browser, event):
    browser.submit(f"{HOME}/rooms", {"name": "ห้องใหญ่"})
    room = db.session.scalars(select(Room)).one()
    browser.submit(f"{HOME}/programme/new", session_data(room=room.public_id))
    page = text(browser.submit(f"{HOME}/rooms/{room.public_id}/remove", follow_redirects=True))
    assert "ใช้อยู่ในกำหนดการ" in page
    browser.submit(f"{HOME}/rooms/{room.public_id}", {"name": "ห้องเล็ก"})
    assert fresh(Room, room).name == "ห้องเล็ก"
    session = db.session.scalars(select(EventSession)).one()
    browser.submit(f"{HOME}/programme/{session.public_id}/remove")
    browser.submit(f"{HOME}/rooms/{room.public_id}/remove")
    assert fresh(Room, room) is None


def test_a_session_with_a_file_is_not_removed(browser, event, owner):
    session = make_session(event)
    library.attach(
        event, StoredFile("0" * 32, 1, "x"), session=session, title="สไลด์", file_name="a.pdf",
        mime_type="application/pdf", release=Release.AT_ONCE, opens_at=None, audience=Audience.ALL, actor=owner,
    )  # fmt: skip
    db.session.commit()
    page = browser.submit(f"{HOME}/programme/{session.public_id}/remove", follow_redirects=True)
    assert "มีเอกสาร “สไลด์” แนบอยู่" in text(page)
    assert fresh(EventSession, session) is not None


# Check-points


def point_data(**changes):
    return {
        "name": "อาหารกลางวัน",
        "day": "2018-11-08",
        "purpose": "meal",
        "starts": "12.00",
        "opens": "11.30",
        "late": "",
        "closes": "13.00",
        **changes,
    }


def test_a_check_point_stands_at_its_hour_among_the_half_days(browser, event):
    browser.submit(f"{HOME}/check-points/new", point_data())
    names = [point.name for point in fresh(Event, event).check_points]
    assert names == ["ช่วงเช้า", "อาหารกลางวัน", "ช่วงบ่าย"]
    assert "11.30 น. – 13.00 น." in text(browser.get(f"{HOME}/check-points"))


def test_the_hours_of_a_check_point_are_in_order(browser, event):
    assert "เวลาปิดต้องอยู่หลัง" in text(browser.submit(f"{HOME}/check-points/new", point_data(closes="11.00")))
    assert "ต้องอยู่ระหว่าง" in text(browser.submit(f"{HOME}/check-points/new", point_data(late="14.00")))


def test_a_check_point_is_changed_and_removed_until_somebody_came(browser, event):
    point = event.check_points[0]
    data = point_data(name="เช้า", purpose="attend", starts="08.30", opens="08.00", late="09.00", closes="")
    browser.submit(f"{HOME}/check-points/{point.public_id}", data)
    point = fresh(CheckPoint, point)
    assert (point.name, clock.local(point.late_after).hour, point.closes_at) == ("เช้า", 9, None)
    scan(event, point)
    page = browser.submit(f"{HOME}/check-points/{point.public_id}/remove", follow_redirects=True)
    assert "หลักฐานการมา" in text(page)
    other = event.check_points[1]
    browser.submit(f"{HOME}/check-points/{other.public_id}/remove")
    assert fresh(CheckPoint, other) is None


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


# Team


def test_a_colleague_without_an_account_gets_one_with_a_password_shown_once(browser, event, app):
    data = {"email": "New@Example.com", "name": "สมหญิง ช่วยงาน", "role": "registrar"}
    page = text(browser.submit(f"{HOME}/team", data))
    password = page.split('class="code">')[1].split("<")[0]
    assert password not in text(browser.get(f"{HOME}/team"))
    colleague = app.test_client()
    user = db.session.scalars(select(TeamMember).where(TeamMember.role == Role.REGISTRAR)).one().user
    colleague.sign_in(user, password)
    assert colleague.get(f"{HOME}/people").status_code == 200
    assert colleague.get(f"{HOME}/details").status_code == 403


def test_a_colleague_with_an_account_is_added_by_the_address(browser, event):
    user = make_user(email="known@example.com")
    answer = browser.submit(f"{HOME}/team", {"email": "known@example.com", "name": "", "role": "facilitator"})
    assert answer.status_code == 302
    again = browser.submit(f"{HOME}/team", {"email": "known@example.com", "name": "", "role": "facilitator"})
    assert "ด้วยหน้าที่นี้แล้ว" in text(again)
    browser.submit(f"{HOME}/team/{user.public_id}/facilitator/remove")
    assert db.session.scalar(select(func.count()).where(TeamMember.role == Role.FACILITATOR)) == 0


def test_an_unknown_address_needs_a_name(browser, event):
    page = browser.submit(f"{HOME}/team", {"email": "nobody@example.com", "name": "", "role": "viewer"})
    assert "ยังไม่มีบัญชี" in text(page)


def test_the_last_owner_stays(browser, owner):
    page = browser.submit(f"{HOME}/team/{owner.public_id}/owner/remove", follow_redirects=True)
    assert "อย่างน้อยหนึ่งคน" in text(page)


def test_an_organiser_makes_no_owners_and_takes_none_away(client, event, owner):
    client.sign_in(make_member(event, Role.ORGANISER))
    page = client.submit(f"{HOME}/team", {"email": "x@example.com", "name": "x", "role": "owner"})
    assert page.status_code == 422
    page = client.submit(f"{HOME}/team/{owner.public_id}/owner/remove", follow_redirects=True)
    assert "เฉพาะเจ้าของงาน" in text(page)


def test_a_lost_password_is_replaced_and_the_old_one_ends(browser, event, app):
    member = make_member(event, Role.FACILITATOR)
    theirs = app.test_client()
    theirs.sign_in(member)
    page = text(browser.submit(f"{HOME}/team/{member.public_id}/facilitator/password"))
    password = page.split('class="code">')[1].split("<")[0]
    assert password not in text(browser.get(f"{HOME}/team"))
    assert theirs.get("/events").status_code == 302  # signed out
    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in text(
        theirs.submit("/sign-in", {"email": member.email, "password": "a long password"})
    )
    theirs.sign_in(member, password)


@pytest.mark.parametrize("reason", ["works elsewhere", "administrator", "oneself"])
def test_nobody_opens_an_account_that_is_not_the_events_own(browser, event, owner, reason):
    member = (
        owner
        if reason == "oneself"
        else make_member(event, Role.OWNER, is_administrator=reason == "administrator")
    )
    if reason == "works elsewhere":
        add_to_team(make_event("other"), member, Role.VIEWER)
        db.session.commit()
    assert f"{member.public_id}/owner/password" not in text(browser.get(f"{HOME}/team"))
    before = fresh(type(member), member).password
    page = browser.submit(f"{HOME}/team/{member.public_id}/owner/password", follow_redirects=True)
    assert "โปรดให้ผู้ดูแลระบบ" in text(page)
    assert fresh(type(member), member).password == before


def test_an_organiser_who_is_no_owner_resets_nothing(client, event):
    member = make_member(event, Role.FACILITATOR)
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "/password" not in text(client.get(f"{HOME}/team"))
    assert client.submit(f"{HOME}/team/{member.public_id}/facilitator/password").status_code == 403


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


def test_a_room_of_another_event_cannot_be_chosen(browser, event):
    other = make_event("other")
    room = Room(event_id=other.id, name="ห้อง")
    db.session.add(room)
    db.session.commit()
    page = browser.submit(f"{HOME}/programme/new", session_data(room=room.public_id))
    assert page.status_code == 422


def test_the_overview_leads_on_and_counts(browser, event):
    unit = unit_named(event, "แกลง")
    unit.target = 24
    make_registrant(event, unit=unit)
    db.session.commit()
    page = text(browser.get(HOME))
    assert "สิ่งที่ควรทำต่อ" in page and f"{HOME}/programme" in page
    numbers = text(browser.fragment(f"{HOME}/numbers"))
    assert "แกลง" in numbers and ">24<" in numbers


def test_the_calendar_file_has_every_session_in_the_right_hour(client, event):
    make_session(event, "บรรยายพิเศษ", starts=time(9), ends=time(12))
    answer = client.get("/e/training/calendar.ics")
    assert answer.mimetype == "text/calendar"
    data = text(answer)
    assert "SUMMARY:บรรยายพิเศษ" in data
    assert "DTSTART:20181108T020000Z" in data and "DTEND:20181108T050000Z" in data


def test_an_event_without_a_programme_still_has_a_calendar_file(client, event):
    assert "DTSTART;VALUE=DATE:20181108" in text(client.get("/e/training/calendar.ics"))


def test_days_are_never_doubled(browser, event):
    browser.submit(f"{HOME}/details", details())
    assert db.session.scalar(select(func.count(Day.id))) == 1
