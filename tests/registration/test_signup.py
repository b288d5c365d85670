"""Becoming a registrant: cleaned, once, and only where it may be."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.errors import RuleBroken
from app.database import db
from app.live import topics
from app.registration import consents, signup
from app.registration.models import Registrant, Standing
from tests.make import make_event, unit_named

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def event(app):
    return make_event()


def sign_up(event, **changes):
    values = {
        "title": "นาย",
        "first_name": "น้ำเพชร",
        "last_name": "ทดสอบ",
        "position": "ปลัดอำเภอ",
        "organisation": "ที่ทำการปกครองอำเภอแกลง",
        "phone": "0812345678",
        "unit": unit_named(event, "แกลง"),
        **changes,
    }
    return signup.register(event, **values)


def count(event):
    return db.session.scalar(select(func.count()).where(Registrant.event_id == event.id))


def test_a_name_is_stored_in_its_one_spelling_with_its_keys(event):
    registrant = sign_up(event, first_name=" นํ้าเพชร\u200b ", last_name="เเก้ว")
    assert (registrant.first_name, registrant.last_name) == ("น้ำเพชร", "แก้ว")
    assert registrant.search_key and registrant.sort_key
    assert len(registrant.ticket_code) == 20


def test_the_act_is_on_the_trail_without_a_name_and_pages_are_told(event):
    registrant = sign_up(event)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.actor) == (
        "registrant.registered",
        f"registrant:{registrant.id}",
        f"registrant:{registrant.id}",
    )
    assert "น้ำเพชร" not in str(entry.facts)
    assert topics.version(event, "registration") == 1


def test_the_same_form_sent_twice_makes_one_row(event):
    first = sign_up(event, submission_key=KEY)
    assert sign_up(event, submission_key=KEY) is first
    assert count(event) == 1


def test_a_form_filled_again_after_going_back_is_another_person(event):
    first = sign_up(event, submission_key=KEY)
    second = sign_up(event, submission_key=KEY, first_name="สมศรี", phone="0898765432")
    assert second.id != first.id
    assert count(event) == 2


def test_a_key_of_another_event_opens_nothing_there(event):
    first = sign_up(event, submission_key=KEY)
    other = make_event()
    assert sign_up(other, submission_key=KEY).id != first.id


def test_a_made_up_key_is_not_kept(event):
    assert sign_up(event, submission_key="1").submission_key is None


@pytest.mark.parametrize(
    "same",
    [
        {"phone": "0812345678", "organisation": "อื่น"},
        {"phone": "", "organisation": "ที่ทำการปกครอง อำเภอแกลง"},
        {"phone": "", "organisation": "อื่น", "email": "A@example.com"},
    ],
)
def test_the_same_person_is_refused_without_a_word_about_who_it_is(event, same):
    sign_up(event, email="a@example.com")
    with pytest.raises(RuleBroken) as refusal:
        sign_up(event, first_name="นํ้าเพชร", **same)
    sentence = str(refusal.value.sentence)
    assert not any(secret in sentence for secret in ("น้ำเพชร", "0812345678", "a@example.com", "แกลง"))
    assert count(event) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"first_name": "น้ำฝน"},
        {"phone": "0898765432", "organisation": "เทศบาลตำบลแกลง"},
        {"phone": "", "organisation": ""},
    ],
)
def test_a_name_or_a_telephone_alone_is_no_proof(event, other):
    sign_up(event)
    sign_up(event, **other)
    assert count(event) == 2


def test_the_same_office_name_in_another_district_is_no_proof(event):
    sign_up(event, phone="")
    sign_up(event, phone="", unit=unit_named(event, "บ้านค่าย"))
    assert count(event) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("first_name", " \u200b"), ("last_name", ""), ("first_name", "ก" * 121), ("position", "x\x00y")],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(event, field, value):
    with pytest.raises(RuleBroken) as refusal:
        sign_up(event, **{field: value})
    assert refusal.value.field == field
    assert count(event) == 0


def test_a_unit_of_another_event_is_refused(event):
    other = make_event()
    with pytest.raises(RuleBroken):
        sign_up(event, unit=other.units[0])


def test_food_is_kept_with_its_own_consent_only(event):
    with pytest.raises(RuleBroken) as refusal:
        sign_up(event, food="ฮาลาล")
    assert refusal.value.field == "food_consent"
    registrant = sign_up(event, food="ฮาลาล", food_consent=True)
    assert consents.stands(registrant, consents.FOOD)


def test_a_closed_event_takes_people_from_its_office_only(event):
    event.registration_open = False
    with pytest.raises(RuleBroken):
        sign_up(event)
    assert sign_up(event, source="organiser", actor="command").standing == Standing.REGISTERED


def test_an_edit_renews_the_keys_and_names_what_changed(event):
    registrant = sign_up(event)
    before = registrant.sort_key
    assert signup.edit(registrant, first_name="สมชาย", phone=registrant.phone) == ["first_name"]
    assert registrant.sort_key != before
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.facts == {"fields": ["first_name"]}


def test_an_edit_into_somebody_else_is_refused(event):
    sign_up(event)
    other = sign_up(event, first_name="สมชาย", phone="0800000000")
    with pytest.raises(RuleBroken):
        signup.edit(other, first_name="น้ำเพชร")
    db.session.rollback()


def test_who_steps_back_can_return_with_the_same_ticket(event):
    registrant = sign_up(event)
    ticket = registrant.ticket_code
    signup.withdraw(registrant)
    assert registrant.withdrawn_at is not None
    signup.restore(registrant)
    assert (registrant.standing, registrant.withdrawn_at, registrant.ticket_code) == (
        Standing.REGISTERED,
        None,
        ticket,
    )


def test_who_stepped_back_and_came_again_is_not_restored_twice(event):
    first = sign_up(event)
    signup.withdraw(first)
    sign_up(event)
    with pytest.raises(RuleBroken):
        signup.restore(first)
