"""The organiser's yes and no over many people, and the way back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.registration import signup
from app.registration.models import Registrant, Standing
from app.registration.seats import approval, places
from app.registration.seats.models import Place
from tests.make import make_event, unit_named

from .people import come, standings

SEAT, ASKED, WAIT, NO = Standing.REGISTERED, Standing.PENDING, Standing.WAITING, Standing.DECLINED


@pytest.fixture
def event(app):
    event = make_event("training")
    event.asks_approval = True
    unit_named(event, "แกลง").seats = 2
    db.session.commit()
    return event


def ids(people):
    return [person.public_id for person in people]


def test_the_form_asks_and_the_office_does_not(event):
    assert come(event).standing == ASKED
    assert come(event, source="organiser").standing == SEAT
    assert come(event, source="walk_in", oversteps=True).standing == SEAT


def test_asking_takes_no_seat_and_yes_seats_in_the_order_people_came(event):
    people = [come(event) for _ in range(4)]
    outcome = approval.approve(event, ids(reversed(people)), actor="test")
    assert standings(*people) == [SEAT, SEAT, WAIT, WAIT]
    assert (outcome.seated, outcome.waiting, outcome.other) == (2, 2, 0)


def test_one_press_can_be_undone_as_a_whole(event):
    people = [come(event) for _ in range(3)]
    outcome = approval.approve(event, ids(people), actor="test")
    assert approval.undo(event, outcome.decision, actor="test") == 3
    assert standings(*people) == [ASKED] * 3
    assert [person.waiting_since for person in people] == [None] * 3
    with pytest.raises(RuleBroken):
        approval.undo(event, outcome.decision, actor="test")


def test_undoing_leaves_alone_who_was_changed_since(event):
    people = [come(event) for _ in range(2)]
    outcome = approval.approve(event, ids(people), actor="test")
    signup.withdraw(people[0])
    assert approval.undo(event, outcome.decision, actor="test") == 1
    assert standings(*people) == [Standing.WITHDRAWN, ASKED]


def test_no_is_kept_and_may_become_yes(event):
    person = come(event)
    approval.decline(event, ids([person]), actor="test")
    assert standings(person) == [NO]
    approval.approve(event, ids([person]), actor="test")
    assert standings(person) == [SEAT]


def test_admitting_oversteps_with_a_note_and_the_way_back_takes_the_note_along(event):
    people = [come(event) for _ in range(3)]
    approval.approve(event, ids(people), actor="test")
    outcome = approval.admit(event, ids(people[2:]), actor="test")
    assert standings(people[2]) == [SEAT] and people[2].over_seats_of == "แกลง (2)"
    approval.undo(event, outcome.decision, actor="test")
    assert standings(people[2]) == [WAIT] and people[2].over_seats_of == ""


def test_several_are_put_first_in_their_own_order(event):
    event.asks_approval = False
    people = [come(event) for _ in range(6)]
    approval.move_first(event, ids([people[5], people[4]]), actor="test")
    signup.withdraw(people[0])
    assert standings(*people[2:]) == [WAIT, WAIT, SEAT, WAIT]


def test_a_held_post_is_filled_by_the_yes_and_kept_by_the_way_back(event):
    places.hold(event, [unit_named(event, "แกลง")], [("นายอำเภอ", 1)], actor="test")
    come(event, source="organiser")
    holder = come(event, position="นายอำเภอแกลง")
    outcome = approval.approve(event, ids([holder]), actor="test")
    place = db.session.scalars(select(Place)).one()
    assert standings(holder) == [SEAT] and place.registrant_id == holder.id
    approval.undo(event, outcome.decision, actor="test")
    assert place.registrant_id is None and place.holds_seat


def test_people_of_another_event_are_not_decided_over(event):
    other = make_event("other")
    other.asks_approval = True
    stranger = come(other)
    with pytest.raises(RuleBroken):
        approval.approve(event, ids([stranger]), actor="test")
    assert db.session.get_one(Registrant, stranger.id).standing == ASKED
