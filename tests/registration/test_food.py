"""Food: numbers without names for the kitchen, and gone afterwards as the notice promises."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import clock
from app.database import db
from app.events.models import CheckPoint, Role
from app.registration import meals, retention
from app.registration.models import Part, Registrant, Standing
from app.registration.seats import places
from tests.make import make_event, make_member, make_registrant, unit_named


@pytest.fixture
def event(app):
    event = make_event("training")
    for number, food in enumerate(("ฮาลาล", "ฮาลาล", "มังสวิรัติ", "")):
        make_registrant(event, f"คนที่{number}", food=food)
    make_registrant(event, "ถอนชื่อ", food="ฮาลาล", standing=Standing.WITHDRAWN)
    return event


def test_the_kitchen_gets_numbers_and_no_names(client, event):
    [lunch] = meals.read_kitchen(event).lines
    assert lunch.foods == {"ฮาลาล": 2, "มังสวิรัติ": 1, "": 1}
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


def test_the_change_since_the_numbers_were_sent_is_shown_by_food(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    client.submit("/events/training/food/sent")
    assert not meals.read_kitchen(event).has_changed
    make_registrant(event, "มาใหม่", food="ฮาลาล")
    [lunch] = meals.read_kitchen(event).lines
    assert (lunch.people, lunch.change, lunch.changes["ฮาลาล"]) == (5, 1, 1)
    page = client.get("/events/training/food").get_data(as_text=True)
    assert "ฮาลาล 3 (+1)" in page and "มาใหม่" not in page
    client.submit("/events/training/food/sent")
    assert not meals.read_kitchen(event).has_changed


def test_on_a_phone_every_number_says_what_it_counts(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    page = client.get("/events/training/food").get_data(as_text=True)
    numbers = re.findall(r'<td class="number"([^>]*)>', page)
    assert numbers and all("data-label=" in rest for rest in numbers)
    assert page.count('<table class="cards">') == page.count("<table") == 2


def test_every_meal_of_every_day_is_counted_for_those_it_is_for(event):
    day, unit = event.days[0], unit_named(event, "บ้านค่าย")
    make_registrant(event, "คนบ้านค่าย", unit=unit, food="ฮาลาล")
    for name, audience in (("อาหารว่างเช้า", {}), ("อาหารเย็น", {"units": [unit.public_id]})):
        db.session.add(CheckPoint(event=event, day=day, purpose="meal", name=name, audience=audience))
    db.session.commit()
    found = {line.meal.name: line.people for line in meals.read_kitchen(event).lines}
    assert found == {"อาหารว่างเช้า": 5, "อาหารเย็น": 1}


def test_speakers_and_posts_without_a_name_eat_too_and_are_told_apart(event):
    make_registrant(event, "วิทยากร", part=Part.SPEAKER, food="มังสวิรัติ")
    places.hold(event, [unit_named(event, "แกลง")], [("นายอำเภอ", 1)], actor="test")
    [lunch] = meals.read_kitchen(event).lines
    assert lunch.people == 6 and lunch.foods["มังสวิรัติ"] == 2
    assert lunch.parts == {"participant": 5, "speaker": 1}


def test_what_was_sent_is_forgotten_with_the_food(event):
    meals.note_sent(event, actor="test")
    retention.forget_food(event, actor="test")
    assert meals.last_sent(event) is None
