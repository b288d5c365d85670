"""Who is on no list, at a check-point that takes nobody now: told so at once, and not written on the list."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.checkin.ledger import presence
from app.checkin.ledger.receiving import record_batch
from app.checkin.models import Scan
from app.database import db
from app.registration.models import Registrant
from tests.checkin.door import at

SHUT = {
    "not_yet_open": ({"opens_at": at(10)}, "จุดลงทะเบียนนี้ยังไม่เปิด"),
    "closed": ({"closes_at": at(8)}, "จุดลงทะเบียนนี้ปิดแล้ว"),
    "not_registered_here": ({"audience": {"units": ["nobody"]}}, "จุดนี้ไม่ได้กำหนดไว้สำหรับผู้นี้"),
}


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(at(9), tick=False):
        yield


@pytest.fixture(params=SHUT)
def shut(request, morning):
    """The check-point takes nobody; the reason and its sentence."""
    values, sentence = SHUT[request.param]
    for name, value in values.items():
        setattr(morning, name, value)
    db.session.commit()
    return request.param, sentence


def typed(kind, person):
    if kind == "walk_in":
        return {"name": "นางมาลี ใจงาม", "unit": person.unit.public_id, "phone": ""}
    return {"for": person.public_id, "name": "นางมาลี ใจงาม", "position": "รองปลัด"}


def send(gate, morning, **fields):
    item = {"client_uuid": str(uuid.uuid4()), "check_point": morning.public_id, **fields}
    [answer] = record_batch(gate.device, [item])
    db.session.commit()
    return json.loads(answer)


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Registrant)) or 0


@pytest.mark.parametrize("kind", ["walk_in", "stand_in"])
def test_a_phone_is_told_why_and_nobody_is_registered(gate, morning, person, shut, kind):
    reason, sentence = shut
    answer = send(gate, morning, **{kind: typed(kind, person)})
    assert (answer["outcome"], answer["reason"]) == ("refused", reason)
    assert sentence in answer["sentence"]
    assert people() == 1
    assert db.session.scalar(select(Scan.reason)) == reason


@pytest.mark.parametrize("kind", ["walk_in", "stand_in"])
def test_the_form_says_why_and_keeps_what_was_typed(phone, here, morning, person, shut, kind):
    address = f"{here}/walk-in" if kind == "walk_in" else f"{here}/instead-of/{person.public_id}"
    answer = phone.submit(address, {"client_uuid": str(uuid.uuid4()), **typed(kind, person)}, page=address)
    db.session.rollback()
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert shut[1] in page
    assert 'value="นางมาลี ใจงาม"' in page
    assert people() == 1


@pytest.mark.parametrize("kind", ["walk_in", "stand_in"])
def test_whom_a_phone_without_network_let_in_is_registered_for_review(gate, morning, person, shut, kind):
    answer = send(gate, morning, offline=True, **{kind: typed(kind, person)})
    assert answer["outcome"] == "pending_review"
    assert people() == 2
    assert presence.present_at(morning) == {}


def test_what_counts_is_when_they_stood_there(gate, morning, person):
    morning.closes_at = at(8, 30)
    db.session.commit()
    then = (at(8) + timedelta(minutes=20)).isoformat()
    assert send(gate, morning, occurred_at=then, walk_in=typed("walk_in", person))["outcome"] == "accepted"


def test_who_turns_out_to_be_inside_already_is_told_so(gate, morning, person):
    walk_in = typed("walk_in", person) | {"phone": "081-222-3333"}
    assert send(gate, morning, walk_in=walk_in)["outcome"] == "accepted"
    morning.closes_at = at(9)
    db.session.commit()
    assert send(gate, morning, walk_in=walk_in)["outcome"] == "already"
    assert people() == 2
