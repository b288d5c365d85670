"""Whom a stand-in came for was on the list twice: once united, register, sheet and review list agree."""

from __future__ import annotations

import json
import uuid

import pytest
import time_machine

from app.checkin import review
from app.checkin.figures import register
from app.checkin.figures.register import Status
from app.checkin.ledger.receiving import record_batch
from app.core import clock
from app.database import db
from app.documents import check_point_rows
from app.registration import merging
from tests.checkin.door import at, scan
from tests.make import make_registrant

STAND_IN = "นางรุ่งนภา มาแทน"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(at(9), tick=False):
        yield


@pytest.fixture
def twin(event, person):
    """The same person once more, as the office wrote them the second time."""
    return make_registrant(event, "สมชาย", "ใจดี", title="นาย", phone="0899999999")


def come_for(gate, morning, absent):
    item = {"client_uuid": str(uuid.uuid4()), "check_point": morning.public_id}
    typed = {"for": absent.public_id, "name": STAND_IN, "position": ""}
    [answer] = record_batch(gate.device, [{**item, "stand_in": typed}])
    db.session.commit()
    return json.loads(answer)


def unite(person, twin):
    merger = merging.merge(person, twin, actor="test")
    db.session.commit()
    db.session.expire_all()
    return merger


def marks(event):
    with time_machine.travel(at(20), tick=False):
        lines = register.read(event, clock.now()).lines
    return {line.registrant.full_name: line.marks[0].status for line in lines}


def sheet(event):
    return [row.name for section in check_point_rows.sheet_sections(event) for row in section.rows if row.name]


def test_the_stand_in_of_the_merged_record_replaces_the_person(event, gate, morning, person, twin):
    come_for(gate, morning, twin)
    merger = unite(person, twin)
    assert marks(event) == {person.full_name: Status.REPLACED, STAND_IN: Status.PRESENT}
    assert sheet(event) == [f"{STAND_IN} (แทน) {person.full_name}"]
    merging.undo(merger, actor="test")
    db.session.commit()
    assert sheet(event) == [person.full_name, f"{STAND_IN} (แทน) {twin.full_name}"]


@pytest.mark.parametrize("when", ["before the merger", "after it"])
def test_when_the_person_comes_too_by_any_badge_the_seat_is_to_be_settled(
    event, gate, morning, person, twin, when
):
    come_for(gate, morning, person)
    if when == "before the merger":
        scan(twin, morning, gate)
    unite(person, twin)
    if when == "after it":
        scan(twin, morning, gate)
    [seat] = review.open_entries(event).seats
    assert (seat.stand_in.full_name, seat.named) == (STAND_IN, person)
    assert set(sheet(event)) == {person.full_name, f"{STAND_IN} (แทน) {person.full_name}"}


def test_a_phone_that_knows_the_merged_record_only_names_the_person(event, gate, morning, person, twin):
    unite(person, twin)
    assert come_for(gate, morning, twin)["outcome"] == "accepted"
    assert marks(event) == {person.full_name: Status.REPLACED, STAND_IN: Status.PRESENT}
