"""A walk-in or stand-in undone at the door: whom the slip of the finger wrote on the list goes off it again."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.checkin import review
from app.checkin.figures import register
from app.checkin.ledger import presence, undoing
from app.checkin.ledger.receiving import record_batch
from app.core import clock
from app.database import db
from app.documents import check_point_rows
from app.events.models import Role
from app.groups.models import Group, Grouping, Membership
from app.groups.queries import sizes
from app.notifications.models import Message
from app.registration.models import Registrant, Standing
from tests.checkin.door import at, make_gate, scan
from tests.make import make_member

RIGHT, WRONG = "นางรุ่งนภา มาแทน", "นายคนผิด แตะพลาด"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(at(8, 41), tick=False) as traveller:
        yield traveller


def stand_in(morning, person, name=WRONG, **fields):
    return item(morning, stand_in={"for": person.public_id, "name": name, "position": ""}, **fields)


def walk_in(morning, person, name=WRONG, **fields):
    return item(morning, walk_in={"name": name, "unit": person.unit.public_id}, **fields)


def item(morning, **fields):
    return {"client_uuid": str(uuid.uuid4()), "check_point": morning.public_id, **fields}


def undo_of(sent, morning, **fields):
    return item(morning, code=sent["client_uuid"], action="void", **fields)


def send(gate, *items):
    answers = [json.loads(answer)["outcome"] for answer in record_batch(gate.device, list(items))]
    db.session.commit()
    return answers


def names_on_the_sheet(event):
    return [row.name for section in check_point_rows.sheet_sections(event) for row in section.rows if row.name]


def listed(event):
    """Everybody of the evening's register."""
    with time_machine.travel(at(20), tick=False):
        return {line.registrant.full_name for line in register.read(event, clock.now()).lines}


@pytest.mark.parametrize("taken_in", [stand_in, walk_in])
@pytest.mark.parametrize("offline", [False, True])
def test_an_undone_newcomer_is_on_no_list_and_the_right_one_can_be_typed(
    event, gate, morning, person, taken_in, offline
):
    wrong = taken_in(morning, person, offline=offline)
    assert send(gate, wrong, undo_of(wrong, morning, offline=offline)) == ["accepted", "accepted"]
    assert names_on_the_sheet(event) == [person.full_name]
    assert listed(event) == {person.full_name}
    assert presence.turnout(morning).registered == 1
    assert send(gate, wrong) == ["accepted"]  # its answer, once more; nobody comes back by it
    assert listed(event) == {person.full_name}
    assert send(gate, taken_in(morning, person, RIGHT, offline=offline)) == ["accepted"]
    assert {entry.registrant.full_name for entry in presence.entries(morning)} == {RIGHT}
    assert listed(event) == {person.full_name, RIGHT}


def test_the_same_name_typed_again_after_the_undo_is_let_in(event, gate, morning, person):
    wrong = stand_in(morning, person)
    assert send(gate, wrong, undo_of(wrong, morning), stand_in(morning, person)) == ["accepted"] * 3
    assert [entry.registrant.full_name for entry in presence.entries(morning)] == [WRONG]


def test_undone_by_a_script_they_go_too(app, event, gate, morning, person):
    wrong = walk_in(morning, person)
    send(gate, wrong)
    body = item(morning, scan=wrong["client_uuid"])
    answer = app.test_client().post("/api/v1/undo", json=body, headers=gate.bearer)
    assert answer.json["outcome"] == "accepted"
    db.session.rollback()
    assert listed(event) == {person.full_name}


def test_seat_and_table_are_free_again_and_nobody_is_told(event, gate, morning, person):
    grouping = Grouping(event=event, name="รายอำเภอ")
    table = Group(grouping=grouping, event_id=event.id, number=1, name="แกลง 1")
    db.session.add_all([grouping, table])
    db.session.flush()
    db.session.add(Membership(grouping_id=grouping.id, group_id=table.id, registrant_id=person.id))
    event.seats, event.has_waiting_list = 1, True
    db.session.commit()
    wrong = stand_in(morning, person)
    send(gate, wrong)
    assert sizes(grouping)[table.id] == 2
    send(gate, undo_of(wrong, morning))
    assert sizes(grouping)[table.id] == 1
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


def test_whom_another_phone_let_in_too_stays(event, gate, morning, person):
    wrong, second = stand_in(morning, person), make_gate(event, "ประตู 2")
    send(gate, wrong)
    send(second, stand_in(morning, person))
    send(gate, undo_of(wrong, morning))
    assert [entry.registrant.full_name for entry in presence.entries(morning)] == [WRONG]


def test_who_came_in_elsewhere_stays(event, gate, morning, person):
    afternoon, wrong = event.check_points[1], walk_in(morning, person)
    send(gate, wrong)
    newcomer = db.session.scalars(select(Registrant).where(Registrant.source == "walk_in")).one()
    send(gate, item(afternoon, code=newcomer.ticket_code), undo_of(wrong, morning))
    assert newcomer.standing == Standing.REGISTERED
    assert presence.counts(event) == {afternoon.id: 1}


def test_somebody_of_the_list_stays_on_it(event, gate, morning, person):
    known = walk_in(morning, person, person.full_name)
    known["walk_in"]["phone"] = person.phone
    assert send(gate, known, undo_of(known, morning)) == ["accepted", "accepted"]
    assert person.standing == Standing.REGISTERED


def test_an_undo_heard_too_late_does_the_same_once_a_supervisor_grants_it(event, gate, morning, person, frozen):
    clerk = make_member(event, Role.REGISTRAR)
    wrong = stand_in(morning, person)
    send(gate, wrong)
    frozen.shift(timedelta(minutes=5))
    assert send(gate, undo_of(wrong, morning, offline=True)) == ["pending_review"]
    assert WRONG in listed(event)
    review.void(review.open_entries(event).scans[0], clerk, "แตะผิดคน")
    db.session.commit()
    assert names_on_the_sheet(event) == [person.full_name]


def test_a_supervisors_own_void_leaves_the_person_on_the_list(event, gate, morning, person):
    """It may say no more than: not here but at the next check-point."""
    clerk, wrong = make_member(event, Role.REGISTRAR), walk_in(morning, person)
    send(gate, wrong)
    newcomer = db.session.scalars(select(Registrant).where(Registrant.source == "walk_in")).one()
    undoing.void_by_supervisor(event, morning, newcomer, "ผิดช่วง", clerk)
    db.session.commit()
    assert scan(newcomer, event.check_points[1], gate)["outcome"] == "accepted"
