"""Programme, rooms and check-points: added, changed and removed, nothing in use removed."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.files import StoredFile
from app.database import db
from app.events.models import CheckPoint, Event, EventSession, Room
from app.materials import library
from app.materials.models import Audience, Release
from tests.events.setup import HOME, fresh, scan, session_data, text
from tests.make import make_event, make_session


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


def test_a_room_of_another_event_cannot_be_chosen(browser, event):
    other = make_event("other")
    room = Room(event_id=other.id, name="ห้อง")
    db.session.add(room)
    db.session.commit()
    page = browser.submit(f"{HOME}/programme/new", session_data(room=room.public_id))
    assert page.status_code == 422


def test_the_calendar_file_has_every_session_in_the_right_hour(client, event):
    make_session(event, "บรรยายพิเศษ", starts=time(9), ends=time(12))
    answer = client.get("/e/training/calendar.ics")
    assert answer.mimetype == "text/calendar"
    data = text(answer)
    assert "SUMMARY:บรรยายพิเศษ" in data
    assert "DTSTART:20181108T020000Z" in data and "DTEND:20181108T050000Z" in data


def test_an_event_without_a_programme_still_has_a_calendar_file(client, event):
    assert "DTSTART;VALUE=DATE:20181108" in text(client.get("/e/training/calendar.ics"))
