"""Posts that are invited before names are known: they hold seats, names fill them, two holders are a warning."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.registration import signup
from app.registration.models import Standing
from app.registration.seats import places
from app.registration.seats.models import Answer, Place
from app.registration.seats.posts import is_held_once, read_post
from app.registration.seats.quotas import read_seats
from tests.make import make_event, unit_named

from .people import come, standings


@pytest.fixture
def event(app):
    event = make_event("training")
    unit_named(event, "แกลง").seats = 2
    db.session.commit()
    return event


def hold(event, text="นายอำเภอ 1, ท้องถิ่นอำเภอ 1", unit="แกลง"):
    made = places.hold(event, [unit_named(event, unit)], places.read_posts(text), actor="test")
    db.session.commit()
    return made


def rows(event):
    return list(db.session.scalars(select(Place).where(Place.event_id == event.id).order_by(Place.id)))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("นายอำเภอ 1, ท้องถิ่นอำเภอ 1", [("นายอำเภอ", 1), ("ท้องถิ่นอำเภอ", 1)]),
        ("กำนัน ๕ คน\nผู้ใหญ่บ้าน 10", [("กำนัน", 5), ("ผู้ใหญ่บ้าน", 10)]),
        ("ปลัดอำเภอ", [("ปลัดอำเภอ", 1)]),
        ("กำนัน2;กำนัน 1", [("กำนัน", 3)]),
    ],
)
def test_posts_are_read_as_offices_write_them(typed, read):
    assert places.read_posts(typed) == read


@pytest.mark.parametrize("typed", ["", " , ", "5", "กำนัน 0", "1-1020-00003-45-6 2"])
def test_what_is_no_post_is_refused(typed):
    with pytest.raises(RuleBroken):
        places.read_posts(typed)


def test_a_held_post_keeps_the_seat_until_its_name_comes(event):
    assert hold(event) == 2
    assert come(event, position="กำนัน").standing == Standing.WAITING
    holder = come(event, position="นายอำเภอแกลง")
    assert holder.standing == Standing.REGISTERED
    district_officer, local = rows(event)
    assert (district_officer.registrant_id, district_officer.answer) == (holder.id, Answer.COMING)
    assert local.holds_seat and read_seats(event).limits[0].taken == 2, "the name took the post's seat"


def test_who_stands_in_comes_as_a_representative(event):
    hold(event)
    person = come(event, position="ผู้แทนนายอำเภอ")
    assert rows(event)[0].answer == Answer.REPRESENTATIVE and rows(event)[0].registrant_id == person.id


def test_holding_again_adds_nothing_and_more_than_the_seats_is_refused(event):
    hold(event)
    assert hold(event) == 0
    with pytest.raises(RuleBroken, match="แกลง"):
        hold(event, "กำนัน 1")


def test_declining_gives_the_seat_to_who_waits_and_it_is_not_had_back_for_nothing(event):
    hold(event)
    waiter = come(event)
    places.set_answer(event, rows(event)[0], Answer.DECLINED, actor="test")
    assert standings(waiter) == [Standing.REGISTERED]
    with pytest.raises(RuleBroken, match="เต็ม"):
        places.set_answer(event, rows(event)[0], Answer.COMING, actor="test")


def test_who_filled_a_post_and_withdraws_leaves_it_declined_and_the_seat_free(event):
    hold(event)
    holder, waiter = come(event, position="นายอำเภอ"), come(event)
    signup.withdraw(holder)
    assert rows(event)[0].answer == Answer.DECLINED and standings(waiter) == [Standing.REGISTERED]


def test_a_filled_post_is_not_declined_over_the_persons_head(event):
    hold(event)
    come(event, position="นายอำเภอ")
    with pytest.raises(RuleBroken):
        places.set_answer(event, rows(event)[0], Answer.DECLINED, actor="test")


def test_posts_are_compared_as_people_mean_them():
    assert read_post("นายอำเภอ แกลง", "แกลง") == read_post("นายอำเภอ")
    assert read_post("เกษตรอำเภอบ้านค่าย", "บ้านค่าย").key == "เกษตรอำเภอ"
    assert read_post("รักษาราชการแทนนายอำเภอ").is_stand_in
    assert is_held_once(read_post("นายอำเภอ")) and not is_held_once(read_post("ผู้แทนนายอำเภอ"))
    assert not is_held_once(read_post("ปลัดอำเภอ"))
