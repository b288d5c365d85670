"""The participant's own page: one person's day, and nobody else's."""

from __future__ import annotations

import uuid
from datetime import time

import pytest
import time_machine

from app.checkin.ledger.deciding import Attempt, record_scan
from app.core import clock
from app.database import db
from app.events.models import Role
from app.exercises.linkage.following import reporting
from app.exercises.linkage.voting import casting, rounds
from app.exercises.linkage.voting.models import Method
from app.groups.models import Group, Grouping, Membership
from app.registration.links import ticket_link, token_of
from tests.exercises.stage import make_stage
from tests.make import make_event, make_member, make_registrant, make_session
from tests.query_count import counted


@pytest.fixture
def event(app):
    return make_event("training")


@pytest.fixture
def person(event):
    return make_registrant(event, "น้ำเพชร", "ใจดี", title="ว่าที่ร้อยตรี", position="ปลัดอำเภอ")


def own_page(app, person, event=None):
    browser = app.test_client()
    answer = browser.get(f"/p/{person.public_id}/{token_of(person)}")
    return browser.get(answer.location).get_data(as_text=True)


def test_it_shows_name_ticket_and_code(app, person):
    page = own_page(app, person)
    assert '<span class="name-part">ว่าที่ร้อยตรีน้ำเพชร</span> <span class="name-part">ใจดี</span>' in page
    assert person.ticket_code in page and 'class="qr"' in page
    assert "เปิดในเบราว์เซอร์อื่น" in page


def test_the_code_is_short_and_uppercase_so_that_every_camera_reads_it(app, person):
    with app.test_request_context():
        link = ticket_link(person)
    assert link == link.upper() and link.endswith(f"/T/{person.ticket_code}")


def test_what_is_on_now_and_what_comes_next_is_marked(app, event, person):
    make_session(event, "พิธีเปิด", time(9), time(10))
    make_session(event, "บรรยาย", time(10), time(12))
    with time_machine.travel(clock.at_local(event.first_day, 9, 30), tick=False):
        page = own_page(app, person)
    assert page.index("พิธีเปิด") < page.index("กำลังดำเนินการ") < page.index("บรรยาย") < page.index("ถัดไป")
    with time_machine.travel(clock.at_local(event.first_day, 23), tick=False):
        page = own_page(app, person)
    assert "กำลังดำเนินการ" not in page and "ถัดไป" not in page


def test_the_first_session_of_the_morning_is_next_before_seven(app, event, person):
    """Before 07.00 น. the day in UTC is still yesterday."""
    make_session(event, "พิธีเปิด", time(9), time(10))
    with time_machine.travel(clock.at_local(event.first_day, 6), tick=False):
        assert "ถัดไป" in own_page(app, person)


def test_being_recorded_present_is_told_with_time_and_gate(app, event, person):
    assert own_page(app, person).count("ยังไม่ลงทะเบียน") == 2
    with time_machine.travel(clock.at_local(event.first_day, 8, 41), tick=False):
        attempt = Attempt(
            str(uuid.uuid4()), event.check_points[0], "staff_scan", code=person.ticket_code, gate="ประตู 1"
        )
        record_scan(event, attempt)
        db.session.commit()
    page = own_page(app, person)
    assert "08.41 น. ที่ ประตู 1" in page and page.count("ยังไม่ลงทะเบียน") == 1


def test_group_and_table_are_told(app, event, person):
    grouping = Grouping(event_id=event.id, name="รอบแรก")
    table = Group(event_id=event.id, grouping=grouping, number=7, name="แกลง 2")
    db.session.add_all([grouping, table])
    db.session.flush()
    db.session.add(Membership(grouping_id=grouping.id, group_id=table.id, registrant_id=person.id))
    db.session.commit()
    page = own_page(app, person)
    assert "แกลง 2" in page and "โต๊ะ 7" in page


def test_an_exercise_is_one_tap_away(app):
    stage = make_stage()
    page = own_page(app, stage.malee)
    assert f'href="/x/{stage.exercise.public_id}"' in page


def test_a_lecture_day_without_groups_is_a_whole_page(app, person):
    page = own_page(app, person)
    assert "กลุ่มของฉัน" not in page and "กิจกรรมกลุ่ม" not in page


def test_more_people_make_no_more_queries(app, event, person):
    def opening():
        browser = app.test_client()
        browser.get(f"/p/{person.public_id}/{token_of(person)}")
        with counted() as asked:
            assert browser.get("/e/training/me").status_code == 200
        return len(asked)

    few = opening()
    for number in range(50):
        make_registrant(event, f"คนที่{number}")
    assert opening() == few


def test_it_is_kept_by_no_cache(app, person):
    browser = app.test_client()
    browser.get(f"/p/{person.public_id}/{token_of(person)}")
    assert "no-store" in browser.get("/e/training/me").headers["Cache-Control"]


# -- the vote, the follow-up ----------------------------------------------------------------------------------


def test_a_vote_is_one_tap_away_until_it_is_cast_and_its_result_after_closing(app):
    stage = make_stage()
    items = [stage.add("project", title) for title in ("ตลาดเกษตรกร", "ขุดสระ")]
    organiser = make_member(stage.event, Role.ORGANISER)
    group = f"/x/{stage.exercise.public_id}"
    assert f"{group}/vote" not in own_page(app, stage.malee)
    vote = rounds.prepare(stage.exercise, rounds.Question("ควรทำก่อน", Method.DOTS, items), organiser)
    rounds.open_round(vote, organiser)
    db.session.commit()
    phone = app.test_client()
    phone.get(f"/p/{stage.malee.public_id}/{token_of(stage.malee)}")
    for address in (f"/e/{stage.event.slug}/me", group):
        page = phone.get(address).get_data(as_text=True)
        assert f'href="{group}/vote">ท่านยังไม่ลงคะแนน: ควรทำก่อน' in page
    casting.cast(vote, stage.malee, {items[0]: "2"})
    db.session.commit()
    for address in (f"/e/{stage.event.slug}/me", group):
        page = phone.get(address).get_data(as_text=True)
        assert "ลงคะแนนแล้ว เปลี่ยนได้จนกว่าจะปิด: ควรทำก่อน" in page and "ท่านยังไม่ลงคะแนน" not in page
    rounds.close_round(vote, organiser)
    db.session.commit()
    for address in (f"/e/{stage.event.slug}/me", group):
        assert f'href="{group}/vote">ดูผลการลงคะแนน: ควรทำก่อน' in phone.get(address).get_data(as_text=True)


def test_who_came_by_an_offices_link_finds_its_reports_again_and_nobody_else_does(app):
    stage = make_stage()
    organiser = make_member(stage.event, Role.ORGANISER)
    stage.add("project", "ตลาดเกษตรกร", lead_name="อบต.ทดสอบ")
    reporting.set_up(stage.exercise, organiser)
    db.session.commit()
    (office,) = reporting.reporters_of(stage.exercise)
    phone = app.test_client()
    phone.get(f"/follow/{office.public_id}/{reporting.token_of(office)}")
    phone.get(f"/p/{stage.malee.public_id}/{token_of(stage.malee)}")
    line = f'href="/follow/{office.public_id}">รายงานผลโครงการของ อบต.ทดสอบ'
    for address in (f"/e/{stage.event.slug}/me", f"/x/{stage.exercise.public_id}"):
        assert line in phone.get(address).get_data(as_text=True)
    assert line not in own_page(app, stage.malee), "the name of an office opens nothing"
    reporting.reissue(office, organiser)
    db.session.commit()
    assert line not in phone.get(f"/e/{stage.event.slug}/me").get_data(as_text=True)
