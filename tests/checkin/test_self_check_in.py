"""A participant in the hall can check in, one at home cannot; nobody does by opening a link."""

from __future__ import annotations

import re
import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.attempts import counting
from app.attempts.models import AttemptCount
from app.checkin.hall import rotating, self_checkin
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.core import clock
from app.database import db
from app.registration.links import token_of
from tests.checkin.door import at
from tests.make import make_registrant

LINE_BOT = {"User-Agent": "facebookexternalhit/1.1;line-poker/1.0"}
START = at(8, 59) + timedelta(seconds=50)


@pytest.fixture
def frozen():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def qr_address(point) -> str:
    """What the screen's QR holds at this moment, without the host."""
    return f"/C/TRAINING/{rotating.shown(point, clock.now()).qr_code}"


def with_link(app, person):
    """A browser that has opened the person's link."""
    browser = app.test_client()
    browser.get(f"/p/{person.public_id}/{token_of(person)}")
    return browser


def press(browser, **fields):
    """Press the button of the page; look at the answer."""
    fields = {"client_uuid": str(uuid.uuid4()), **fields}
    answer = browser.submit("/c/training/check-in", fields, page="/c/training")
    db.session.rollback()
    return answer


def test_scanning_the_screen_and_pressing_the_button(app, morning, person, frozen):
    browser = with_link(app, person)
    assert browser.get(qr_address(morning)).headers["Location"] == "/c/training"
    assert "นายสมชาย ใจดี" in browser.get("/c/training").get_data(as_text=True)
    frozen.shift(timedelta(minutes=5, seconds=10))  # a slow sign-in, a queue
    done = press(browser)
    page = browser.get(done.headers["Location"]).get_data(as_text=True)
    assert 'data-outcome="accepted"' in page
    assert "นายสมชาย ใจดี" in page
    row = db.session.scalars(select(Scan)).one()
    assert (row.occurred_at, row.received_at) == (START, START + timedelta(minutes=5, seconds=10))
    assert (row.method, row.actor) == ("self_qr", "participant")


def test_a_scan_before_the_end_counts_though_the_button_came_after_it(app, morning, person, frozen):
    morning.closes_at = at(9)
    db.session.commit()
    browser = with_link(app, person)
    browser.get(qr_address(morning))
    frozen.move_to(at(9, 5))
    press(browser)
    assert presence.present_at(morning) == {person.id: START}


def test_the_presence_ticket_lasts_ten_minutes(app, morning, person, frozen):
    browser = with_link(app, person)
    browser.get(qr_address(morning))
    frozen.shift(timedelta(minutes=10))
    assert press(browser).headers["Location"] == "/c/training"
    assert "เวลายืนยันว่าอยู่ในห้องหมดแล้ว" in browser.get("/c/training").get_data(as_text=True)
    db.session.rollback()
    assert presence.present_at(morning) == {}


def test_at_home_an_old_code_is_refused_with_a_sentence(app, morning, person, frozen):
    browser, address = with_link(app, person), qr_address(morning)
    digits = rotating.shown(morning, clock.now()).digits
    frozen.shift(timedelta(seconds=61))
    late = browser.get(address)
    assert late.status_code == 410
    assert "รหัสนี้หมดอายุแล้ว" in late.get_data(as_text=True)
    typed = browser.submit("/c/training/digits", {"digits": digits}, page="/c/training")
    assert typed.status_code == 422
    assert "โปรดพิมพ์รหัสที่เห็นบนจอขณะนี้" in typed.get_data(as_text=True)
    press(browser)
    assert presence.present_at(morning) == {}


def test_without_the_screen_the_personal_link_alone_checks_nobody_in(app, morning, person):
    browser = with_link(app, person)
    press(browser)
    assert presence.present_at(morning) == {}


def test_opening_links_changes_nothing(app, morning, person, frozen):
    browser = with_link(app, person)
    addresses = [qr_address(morning), "/c/training", "/C/TRAINING", "/c/training/done", "/c/training?other=1"]
    for address in addresses:
        for headers in ({}, LINE_BOT):
            browser.get(address, headers=headers)
            browser.head(address, headers=headers)
    db.session.rollback()
    assert db.session.scalars(select(Scan)).all() == []


def test_a_copied_ticket_of_another_event_is_worth_nothing(app, morning, person, frozen):
    from tests.make import make_event

    other = make_event("other-hall")
    browser = with_link(app, person)
    browser.get(f"/c/other-hall/{rotating.shown(other.check_points[0], clock.now()).qr_code}")
    press(browser)
    assert presence.present_at(morning) == {}


def test_six_digits_do_the_same_as_the_qr(app, morning, person, frozen):
    browser = with_link(app, person)
    digits = rotating.shown(morning, clock.now()).digits
    browser.submit("/c/training/digits", {"digits": f"{digits[:3]} {digits[3:]}"}, page="/c/training")
    press(browser)
    assert db.session.scalar(select(Scan.method)) == "self_code"
    assert db.session.scalars(select(AttemptCount.count)).all() == [0, 0]


def test_telephone_digits_and_a_name_identify_who_has_no_link_here(app, event, morning, person, frozen):
    make_registrant(event, "คนอื่น", "เลขท้ายเดียวกัน", phone="0999995678")
    make_registrant(event, "คนละเลข", "ท้ายอื่น", phone="0812340000")
    browser = app.test_client()
    browser.get(qr_address(morning))
    assert "เลขท้ายหมายเลขโทรศัพท์" in browser.get("/c/training").get_data(as_text=True)
    page = browser.submit("/c/training/who", {"digits": "๕๖๗๘"}, page="/c/training").get_data(as_text=True)
    assert "นายสมชาย ใจดี" in page
    assert "เลขท้ายเดียวกัน" in page
    assert "ท้ายอื่น" not in page
    assert "0812345678" not in page
    who = re.search(r'name="who" value="(\w+)"><strong>นายสมชาย', page)[1]
    press(browser, who=who, digits="5678")
    assert presence.present_at(morning) == {person.id: START}


@pytest.mark.parametrize("number", [10, 11])
def test_who_shares_the_digits_with_more_than_ten_is_sent_to_the_desk(app, event, morning, frozen, number):
    for one in range(number):
        make_registrant(event, f"คน{one:02}", "อำเภอเดียว", phone="038123456")
    browser = app.test_client()
    browser.get(qr_address(morning))
    page = browser.submit("/c/training/who", {"digits": "3456"}, page="/c/training").get_data(as_text=True)
    assert page.count('class="door-person"') == 10
    assert ("มีมากกว่า 10 คน โปรดไปที่โต๊ะลงทะเบียน" in page) is (number > 10)


def test_a_name_cannot_be_pressed_without_its_digits(app, event, morning, person, frozen):
    browser = app.test_client()
    browser.get(qr_address(morning))
    assert press(browser, who=person.public_id, digits="0000").status_code == 422
    assert press(browser, who=person.public_id).status_code == 422
    assert press(browser, who="\x00", digits="5678").status_code == 422
    assert presence.present_at(morning) == {}


def test_names_are_shown_in_the_hall_only(app, event, person):
    browser = app.test_client()
    answer = browser.submit("/c/training/who", {"digits": "5678"}, page="/c/training")
    assert answer.status_code == 302
    assert "สมชาย" not in browser.get("/c/training").get_data(as_text=True)


def test_looking_up_names_has_an_end(app, morning, person, frozen):
    browser = app.test_client()
    browser.get(qr_address(morning))
    for _time in range(self_checkin.LOOKUPS_PER_PHONE):
        assert browser.submit("/c/training/who", {"digits": "0000"}, page="/c/training").status_code == 422
    blocked = browser.submit("/c/training/who", {"digits": "5678"}, page="/c/training")
    assert blocked.status_code == 429
    assert "สมชาย" not in blocked.get_data(as_text=True)


def wrong_digits(browser, point) -> int:
    """Type six digits that are not on the screen; returns the status."""
    right = {rotating.shown(point, clock.now() - rotating.STEP * age).digits for age in range(3)}
    wrong = next(f"{number:06d}" for number in range(10) if f"{number:06d}" not in right)
    return browser.submit("/c/training/digits", {"digits": wrong}, page="/c/training").status_code


def test_wrong_digits_are_counted_for_each_phone(app, morning, frozen):
    guesser, honest = app.test_client(), app.test_client()
    guesser.get("/c/training")
    statuses = [wrong_digits(guesser, morning) for _time in range(self_checkin.WRONG_PER_PHONE + 1)]
    assert statuses == [422] * self_checkin.WRONG_PER_PHONE + [429]
    right = {"digits": rotating.shown(morning, clock.now()).digits}
    assert guesser.submit("/c/training/digits", right, page="/c/training").status_code == 429
    assert honest.submit("/c/training/digits", right, page="/c/training").status_code == 302
    frozen.shift(timedelta(minutes=10))
    right = {"digits": rotating.shown(morning, clock.now()).digits}
    assert guesser.submit("/c/training/digits", right, page="/c/training").status_code == 302


def test_throw_away_browsers_are_stopped_by_the_halls_limit_and_the_qr_goes_on(
    app, morning, person, frozen, monkeypatch
):
    monkeypatch.setattr(self_checkin, "WRONG_PER_HALL", 12)
    statuses = [wrong_digits(app.test_client(), morning) for _time in range(13)]
    assert statuses == [422] * 12 + [429]
    browser = with_link(app, person)
    assert browser.get(qr_address(morning)).status_code == 302
    press(browser)
    assert person.id in presence.present_at(morning)


def test_five_hundred_phones_behind_one_address_are_not_one_guesser(app, morning, frozen):
    for _phone in range(self_checkin.WRONG_PER_PHONE + 3):
        assert wrong_digits(app.test_client(), morning) == 422


def test_a_thousand_guesses_at_once_are_counted_one_by_one(app):
    allowed = []

    def guess():
        with app.app_context():
            allowed.append(counting.take({"digits:phone:x": 5}))

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 5


def test_the_fourth_person_on_one_phone_is_taken_in_and_marked(app, event, morning, frozen):
    people = [make_registrant(event, f"คนที่{n}", "ครอบครัวเดียว", phone=f"081111000{n}") for n in range(4)]
    browser = app.test_client()
    browser.get(qr_address(morning))
    for number, person in enumerate(people):
        press(browser, who=person.public_id, digits=f"000{number}"[-4:])
    assert len(presence.present_at(morning)) == 4
    assert db.session.scalars(select(Scan.is_flagged).order_by(Scan.id)).all() == [False, False, False, True]


def test_pressing_twice_is_one_scan(app, morning, person, frozen):
    browser = with_link(app, person)
    browser.get(qr_address(morning))
    client_uuid = str(uuid.uuid4())
    press(browser, client_uuid=client_uuid)
    press(browser, client_uuid=client_uuid)
    assert len(db.session.scalars(select(Scan)).all()) == 1
    press(browser)
    assert "ลงทะเบียนแล้ว เวลา 08.59 น." in browser.get("/c/training/done").get_data(as_text=True)


@pytest.mark.parametrize("broken", ["", "a" * 5000])
def test_a_broken_hidden_id_costs_nobody_the_morning(app, morning, person, frozen, broken):
    browser = with_link(app, person)
    browser.get(qr_address(morning))
    press(browser, client_uuid=broken)
    assert "ลงทะเบียนเรียบร้อย" in browser.get("/c/training/done").get_data(as_text=True)
    db.session.rollback()
    assert person.id in presence.present_at(morning)


def test_a_closed_check_points_code_opens_nothing_and_says_so(app, morning, person, frozen):
    morning.closes_at = at(8)
    db.session.commit()
    browser = with_link(app, person)
    answer = browser.get(qr_address(morning))
    assert answer.status_code == 410
    assert "ปิดรับการลงทะเบียนแล้ว" in answer.get_data(as_text=True)
    press(browser)
    assert presence.present_at(morning) == {}
