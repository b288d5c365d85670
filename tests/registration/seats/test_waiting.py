"""บัญชีสำรอง: in order, promoted in the transaction that frees a seat, nobody overtaken without reason."""

from __future__ import annotations

import pytest
from flask import current_app
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.database import db
from app.events.models import Role
from app.groups.models import Membership
from app.notifications.models import Message
from app.registration import emails, signup
from app.registration.models import Registrant, Standing
from app.registration.seats import approval, telling, waiting
from app.registration.seats.models import CategoryQuota
from tests.make import make_event, make_member, unit_named

from .people import come, standings

SEAT, WAIT, OUT = Standing.REGISTERED, Standing.WAITING, Standing.WITHDRAWN


@pytest.fixture
def event(app):
    event = make_event("training")
    unit_named(event, "แกลง").seats = 2
    db.session.commit()
    return event


def test_whoever_comes_when_it_is_full_waits_with_a_number(event):
    people = [come(event) for _ in range(4)]
    assert standings(*people) == [SEAT, SEAT, WAIT, WAIT]
    assert [waiting.place_of(person) for person in people[2:]] == [1, 2]


def test_a_freed_seat_goes_to_who_waits_longest_in_the_same_transaction(event):
    first, _second, third, fourth = (come(event) for _ in range(4))
    signup.withdraw(first)
    assert third in db.session.dirty or third.standing == SEAT
    assert third.promoted_at is not None
    db.session.rollback()
    assert standings(first, third) == [SEAT, WAIT], "undone together"
    signup.withdraw(first)
    db.session.commit()
    assert standings(first, third, fourth) == [OUT, SEAT, WAIT]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registrant.promoted")).one()
    assert entry.subject == f"registrant:{third.id}"


def test_somebody_whom_no_seat_fits_lets_the_next_one_pass(event):
    unit_named(event, "แกลง").seats = None
    db.session.add(CategoryQuota(event_id=event.id, category="ก", seats=0))
    event.seats = 1
    db.session.commit()
    sitting, blocked, next_one = come(event), come(event, category="ก"), come(event)
    signup.withdraw(sitting)
    db.session.commit()
    assert standings(blocked, next_one) == [WAIT, SEAT]


def test_fifty_freed_seats_promote_exactly_fifty_in_order(event):
    unit_named(event, "แกลง").seats = 50
    db.session.commit()
    people = [come(event) for _ in range(120)]
    unit_named(event, "แกลง").seats = 100
    db.session.flush()
    assert waiting.promote(event) == people[50:100]
    db.session.commit()
    assert standings(*people[100:]) == [WAIT] * 20
    assert waiting.promote(event) == []


def test_more_people_than_seats_promote_nobody(event):
    people = [come(event) for _ in range(3)]
    come(event, source="walk_in", oversteps=True)
    signup.withdraw(people[0])
    db.session.commit()
    assert standings(people[2]) == [WAIT], "three sit on two seats; one leaving frees none"


def test_moving_away_frees_the_seat_and_a_waiting_person_may_move_to_a_free_one(event):
    first, _second, third, fourth = (come(event) for _ in range(4))
    signup.edit(first, unit=unit_named(event, "บ้านค่าย"))
    db.session.commit()
    assert standings(first, third, fourth) == [SEAT, SEAT, WAIT]
    signup.edit(fourth, unit=unit_named(event, "บ้านค่าย"))
    db.session.commit()
    assert standings(fourth) == [SEAT]


def test_who_was_withdrawn_by_mistake_comes_back_first_in_the_line(event):
    first, _second, third, fourth = (come(event) for _ in range(4))
    signup.withdraw(first)
    signup.restore(first)
    db.session.commit()
    assert standings(first, third) == [WAIT, SEAT]
    assert [turn.registrant.id for turn in waiting.turns(event)] == [first.id, fourth.id]


def test_who_was_withdrawn_by_mistake_sits_down_again_where_the_seat_is_still_free(event):
    come(event)
    last = come(event)
    signup.withdraw(last)
    db.session.commit()
    signup.restore(last)
    db.session.commit()
    assert standings(last) == [SEAT]


def test_who_waits_has_no_table_until_the_seat_is_theirs(event):
    from app.groups.assigning import Settings, make_groups

    first, _second = come(event), come(event)
    make_groups("test", event, Settings())
    third = come(event)
    seated = select(Membership).where(Membership.registrant_id == third.id)
    assert db.session.scalar(seated) is None
    signup.withdraw(first)
    db.session.commit()
    assert db.session.scalar(seated) is not None


def test_the_same_person_does_not_wait_twice(event):
    come(event), come(event)
    waiter = come(event, "สมศรี", phone="0811111111")
    with pytest.raises(signup.RuleBroken):
        come(event, "สมศรี", phone="0811111111")
    db.session.rollback()
    assert db.session.scalar(select(Registrant.id).where(Registrant.first_name == "สมศรี")) == waiter.id


def test_who_gets_a_seat_is_told_by_mail_or_stands_on_the_list_of_those_to_be_rung(client, event):
    seated, second = come(event), come(event)
    mailed, rung = come(event, email="somchai@example.com", phone=""), come(event)
    for person in (seated, second):
        with current_app.test_request_context("/"):
            signup.withdraw(person)
            db.session.commit()
    (message,) = db.session.scalars(select(Message).where(Message.kind == emails.SEATED))
    assert message.subject_id == mailed.id
    with current_app.test_request_context("/"):
        mail = emails.seated(mailed.id)
    assert "ท่านได้ที่นั่งแล้ว" in mail.subject and f"/p/{mailed.public_id}/" in mail.text
    assert telling.untold(event) == [rung]
    client.sign_in(make_member(event, Role.REGISTRAR))
    page = client.get("/events/training/waiting").get_data(as_text=True)
    assert (
        f"tel:{rung.phone}" in page and f"/p/{rung.public_id}/" in page and f"/p/{mailed.public_id}/" not in page
    )
    assert "โปรดบอกทาง LINE หรือโทรศัพท์" in client.get("/events/training/people").get_data(as_text=True)
    client.submit(f"/events/training/people/{rung.public_id}/told")
    assert telling.untold(event) == []
    assert "โปรดบอกทาง LINE" not in client.get("/events/training/people").get_data(as_text=True)


def test_a_mail_about_a_seat_that_is_gone_again_is_not_written(event):
    seated, _second, lucky = come(event), come(event), come(event, email="a@example.com")
    signup.withdraw(seated)
    assert telling.untold(event) == [lucky], "a command knows no address to put into a link: somebody must say it"
    with current_app.test_request_context("/"):
        assert emails.seated(lucky.id)
        lucky.standing = Standing.WAITING
        db.session.commit()
        assert emails.seated(lucky.id) is None


def test_who_is_admitted_by_hand_is_told_and_who_is_let_in_at_the_door_knows(event):
    come(event), come(event)
    by_hand, at_the_door = come(event, email="b@example.com"), come(event)
    with current_app.test_request_context("/"):
        approval.admit(event, [by_hand.public_id], actor="test")
    signup.let_in(at_the_door, actor="test")
    db.session.commit()
    assert [one.subject_id for one in db.session.scalars(select(Message))].count(by_hand.id) == 1
    assert telling.untold(event) == []
