"""Taking a scan back: quickly on the same phone, later by a supervisor, and never at another's cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.checkin import erasure
from app.checkin.ledger import presence, undoing
from app.checkin.models import Scan
from app.core.errors import RuleBroken
from app.database import db
from tests.checkin.door import at, make_gate, scan
from tests.make import make_user

START = at(8, 41)


@pytest.fixture
def frozen():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_a_slip_of_the_finger_is_undone_within_ten_seconds(person, morning, gate, frozen):
    made = scan(person, morning, gate)
    frozen.shift(timedelta(seconds=10))
    undone = scan(made["client_uuid"], morning, gate, action="void")
    assert (undone["outcome"], undone["sentence"]) == ("accepted", "ยกเลิกรายการแล้ว")
    assert presence.present_at(morning) == {}
    frozen.shift(timedelta(minutes=5))
    again = scan(person, morning, gate)
    assert (again["outcome"], again["first_at"]) == ("accepted", "2018-11-08T08:46:10+07:00")


def test_a_script_may_name_the_badge_instead(person, morning, gate, frozen):
    scan(person, morning, gate)
    assert scan(person, morning, gate, action="void")["outcome"] == "accepted"
    assert presence.present_at(morning) == {}


def test_after_ten_seconds_it_is_the_supervisors(person, morning, gate, frozen):
    made = scan(person, morning, gate)
    frozen.shift(timedelta(seconds=11))
    # The phone claims it is still the same second; its clock is not asked.
    answer = scan(made["client_uuid"], morning, gate, action="void", occurred_at=START)
    assert (answer["outcome"], answer["reason"]) == ("refused", "closed")
    assert answer["advice"]
    assert person.id in presence.present_at(morning)


def test_another_phone_cannot_undo(person, morning, gate, event, frozen):
    made = scan(person, morning, gate)
    answer = scan(made["client_uuid"], morning, make_gate(event, "ประตู 2"), action="void")
    assert (answer["outcome"], answer["reason"]) == ("refused", "error")
    assert person.id in presence.present_at(morning)


def test_a_second_undo_finds_nothing(person, morning, gate, frozen):
    made = scan(person, morning, gate)
    assert scan(made["client_uuid"], morning, gate, action="void")["outcome"] == "accepted"
    assert scan(made["client_uuid"], morning, gate, action="void")["reason"] == "error"


def test_a_badge_read_twice_is_undone_as_one(person, morning, gate, frozen):
    made = scan(person, morning, gate)
    frozen.shift(timedelta(seconds=1))
    scan(person, morning, gate)
    scan(made["client_uuid"], morning, gate, action="void")
    assert presence.present_at(morning) == {}
    frozen.shift(timedelta(minutes=5))
    assert scan(person, morning, gate)["first_at"] == "2018-11-08T08:46:01+07:00"


def test_an_undo_does_not_lose_who_was_waved_through_at_the_next_door(person, morning, gate, event, frozen):
    """Door 1 taps the wrong name; the right person comes through door 2 as "already"; door 1 undoes."""
    made = scan(person, morning, gate)
    frozen.shift(timedelta(seconds=2))
    assert scan(person, morning, make_gate(event, "ประตู 2"))["outcome"] == "already"
    frozen.shift(timedelta(seconds=2))
    scan(made["client_uuid"], morning, gate, action="void")
    assert presence.present_at(morning) == {person.id: START + timedelta(seconds=2)}
    assert [entry.gate for entry in presence.entries(morning)] == ["ประตู 2"]


def test_an_undo_only_adds_rows(person, morning, gate, frozen):
    made = scan(person, morning, gate)
    before = db.session.execute(select(Scan.__table__)).all()
    scan(made["client_uuid"], morning, gate, action="void")
    after = db.session.execute(select(Scan.__table__).order_by(Scan.id)).all()
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


def test_a_supervisor_voids_with_a_reason(person, morning, gate, event, frozen):
    scan(person, morning, gate)
    scan(person, morning, make_gate(event, "ประตู 2"))
    user = make_user()
    with pytest.raises(RuleBroken):
        undoing.void_by_supervisor(event, morning, person, "  ", user)
    undoing.void_by_supervisor(event, morning, person, "สแกนป้ายของเพื่อน", user)
    db.session.commit()
    assert presence.present_at(morning) == {}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "checkin.voided")).one()
    assert "เพื่อน" not in str(entry.facts)
    with pytest.raises(RuleBroken):
        undoing.void_by_supervisor(event, morning, person, "อีกครั้ง", user)
    assert scan(person, morning, gate)["outcome"] == "accepted"


def test_erasing_a_person_keeps_the_evidence_without_the_name(person, morning, gate):
    made = scan(person, morning, gate)
    assert erasure.redact(person) == 1
    db.session.commit()
    row = db.session.scalars(select(Scan)).one()
    assert "สมชาย" not in row.answer
    assert row.raw_code == ""
    assert scan(person, morning, gate, client_uuid=made["client_uuid"])["outcome"] == "accepted"
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1
