"""Food: numbers without names for the kitchen, and gone afterwards as the notice promises."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import clock
from app.database import db
from app.events.models import Role
from app.registration import retention
from app.registration.models import Registrant, Standing
from tests.make import make_event, make_member, make_registrant


@pytest.fixture
def event(app):
    event = make_event("training")
    for number, food in enumerate(("ฮาลาล", "ฮาลาล", "มังสวิรัติ", "")):
        make_registrant(event, f"คนที่{number}", food=food)
    make_registrant(event, "ถอนชื่อ", food="ฮาลาล", standing=Standing.WITHDRAWN)
    return event


def test_the_kitchen_gets_numbers_and_no_names(client, event):
    assert retention.food_counts(event) == [("ฮาลาล", 2), ("มังสวิรัติ", 1)]
    client.sign_in(make_member(event, Role.ORGANISER))
    page = client.get("/events/training/food").get_data(as_text=True)
    assert "ฮาลาล" in page and "คนที่" not in page


def test_the_registration_desk_does_not_see_it(client, event):
    client.sign_in(make_member(event, Role.REGISTRAR))
    assert client.get("/events/training/food").status_code == 403
    assert "/events/training/food" not in client.get("/events/training/people").get_data(as_text=True)


def test_it_is_forgotten_of_everybody_of_this_event_alone(client, event):
    other = make_registrant(make_event("other"), "คนอื่น", food="ฮาลาล")
    client.sign_in(make_member(event, Role.ORGANISER))
    client.submit("/events/training/food/forget")
    db.session.expire_all()
    assert set(db.session.scalars(select(Registrant.food).where(Registrant.event_id == event.id))) == {""}
    assert db.session.get_one(Registrant, other.id).food == "ฮาลาล"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "food.forgotten")).one()
    assert entry.facts == {"people": 4}


def test_a_week_after_the_event_it_is_overdue(event):
    with time_machine.travel(clock.at_local(event.last_day + timedelta(days=7), 12), tick=False):
        assert not retention.is_food_overdue(event)
    with time_machine.travel(clock.at_local(event.last_day + timedelta(days=8), 12), tick=False):
        assert retention.is_food_overdue(event)
        retention.forget_food(event, actor="command")
        assert not retention.is_food_overdue(event)
