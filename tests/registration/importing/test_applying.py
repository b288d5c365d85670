"""Entering a list: whole or not at all, once, and back out until somebody came."""

import uuid

import pytest
from sqlalchemy import func, select

from app import database
from app.audit.models import AuditEntry
from app.checkin.models import Scan
from app.core.errors import RuleBroken
from app.core.spreadsheets import Sheet, write_workbook
from app.core.text import query_key
from app.database import db, transaction
from app.registration.importing import applying, recent
from app.registration.models import ImportRun, Registrant, Standing
from app.registration.seats.models import CategoryQuota
from tests.conftest import FIXTURES
from tests.make import make_event, make_registrant, unit_named

SENT = (FIXTURES / "rayong_200_as_sent.xlsx").read_bytes()


def plan(event, data=SENT, name="list.xlsx"):
    return applying.plan_import(event.id, name, data)


def take_in(event, planned):
    with transaction():
        run = ImportRun(event_id=event.id, file_name="list.xlsx")
        db.session.add(run)
        db.session.flush()
        applying.apply(run, planned, actor="test")
    return run


def count(event):
    return db.session.scalar(select(func.count()).where(Registrant.event_id == event.id))


def test_good_rows_become_registrants_that_can_be_found(app):
    event = make_event()
    run = take_in(event, plan(event))
    assert count(event) == 200
    assert (run.good, run.bad, run.duplicates) == (200, 6, 3)
    found = db.session.scalar(
        select(Registrant).where(Registrant.search_key.contains(query_key("นายอนุบาล นิยมเซียม")))
    )
    assert (found.title, found.first_name, found.unit.name) == ("ว่าที่ร้อยตรี", "อนุบาล", "แกลง")
    assert (found.source, found.import_run_id, found.standing) == ("import", run.id, Standing.REGISTERED)
    assert len(found.ticket_code) == 20
    assert (
        db.session.scalar(select(AuditEntry).where(AuditEntry.action == "list.imported")).facts["entered"] == 200
    )


def test_the_database_is_not_held_while_a_list_is_read(app, monkeypatch):
    event = make_event()
    recent.forget(event.id)
    held = []
    real = applying.prepare
    monkeypatch.setattr(
        applying, "prepare", lambda *args: held.append(database._write_lock.locked()) or real(*args)
    )
    plan(event)
    assert held == [False]


def test_a_list_that_went_in_changes_nothing_when_it_comes_again(app):
    event = make_event()
    take_in(event, plan(event))
    again = plan(event).prepared
    assert again.good == []
    assert len(again.duplicates) == 203
    take_in(event, plan(event))
    assert count(event) == 200


def test_a_run_goes_in_once(app):
    event = make_event()
    planned = plan(event)
    run = take_in(event, planned)
    with pytest.raises(RuleBroken), transaction():
        applying.apply(db.session.get(ImportRun, run.id), planned, actor="test")
    assert count(event) == 200


def test_who_was_entered_while_the_list_was_looked_at_does_not_come_in_twice(app):
    event = make_event()
    planned = plan(event)
    unit = unit_named(event, "เมืองระยอง")
    make_registrant(event, "ถนอมชัย", "ร่มธิติรัตน์", unit=unit, phone="0660355983")
    run = take_in(event, planned)
    assert count(event) == 200
    assert (run.good, run.duplicates) == (199, 4)


def test_who_withdrew_is_not_brought_back_by_an_old_list(app):
    event = make_event()
    take_in(event, plan(event))
    person = db.session.scalar(select(Registrant).limit(1))
    person.standing = Standing.WITHDRAWN
    db.session.commit()
    assert plan(event).prepared.good == []


def test_another_events_people_do_not_matter(app):
    take_in(first := make_event(), plan(first))
    other = make_event()
    assert len(plan(other).prepared.good) == 200


def test_a_failure_leaves_nothing_half_written(app, monkeypatch):
    event = make_event()
    planned = plan(event)
    planned.rows[150]["ticket_code"] = planned.rows[0]["ticket_code"]
    with pytest.raises(Exception, match="(?i)unique"):
        take_in(event, planned)
    assert count(event) == 0
    assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 0


def test_an_import_is_undone_as_a_whole(app):
    event = make_event()
    before = make_registrant(event, "คนเดิม", "อยู่ก่อน")
    run = take_in(event, plan(event))
    with transaction():
        assert applying.undo(run, actor="test") == 200
    assert [person.id for person in db.session.scalars(select(Registrant))] == [before.id]
    assert run.undone_at is not None
    with pytest.raises(RuleBroken), transaction():
        applying.undo(run, actor="test")
    assert len(plan(event).prepared.good) == 200


def test_an_import_stays_once_somebody_of_it_was_scanned(app):
    event = make_event()
    run = take_in(event, plan(event))
    person = db.session.scalar(select(Registrant).where(Registrant.import_run_id == run.id).limit(1))
    scan = Scan(event_id=event.id, registrant_id=person.id, client_uuid=str(uuid.uuid4()))
    scan.method, scan.outcome, scan.occurred_at, scan.answer = "staff_scan", "accepted", run.applied_at, ""
    db.session.add(scan)
    db.session.commit()
    with pytest.raises(RuleBroken, match="ลงทะเบียนหน้างาน"), transaction():
        applying.undo(run, actor="test")
    assert count(event) == 200


def test_an_import_stays_once_somebody_else_was_merged_into_it(app):
    event = make_event()
    run = take_in(event, plan(event))
    person = db.session.scalar(select(Registrant).limit(1))
    make_registrant(event, "อีกคน", "เดียวกัน", merged_into_id=person.id)
    with pytest.raises(RuleBroken, match="รวม"), transaction():
        applying.undo(run, actor="test")


def test_a_list_takes_the_seats_of_each_unit_and_kind_and_the_rest_wait_in_its_order(app):
    event = make_event()
    header = ["คำนำหน้า", "ชื่อ", "นามสกุล", "ตำแหน่ง", "ประเภท", "อำเภอ", "โทรศัพท์"]
    rows = [
        ["นาย", f"ชื่อ{letter}", f"สกุล{letter}", "กำนัน", kind, unit, f"08123456{number:02}"]
        for number, (letter, kind, unit) in enumerate(
            [
                ("ก", "ส่วนราชการ", "แกลง"),
                ("ข", "ฝ่ายปกครองท้องที่", "แกลง"),
                ("ค", "ส่วนราชการ", "แกลง"),
                ("ง", "ส่วนราชการ", "บ้านค่าย"),
                ("จ", "ฝ่ายปกครองท้องที่", "บ้านค่าย"),
            ]
        )
    ]
    unit_named(event, "แกลง").seats = 2
    db.session.add(CategoryQuota(event_id=event.id, category="ส่วนราชการ", target=0, seats=1))
    db.session.commit()
    data = write_workbook([Sheet("รายชื่อ", header, rows)])
    run = take_in(event, plan(event, data))
    people = db.session.scalars(select(Registrant).order_by(Registrant.first_name)).all()
    assert [person.standing for person in people] == [
        *(Standing.REGISTERED, Standing.REGISTERED),
        Standing.WAITING,  # the unit and the kind are full
        Standing.WAITING,  # the unit has seats, the kind has not
        Standing.REGISTERED,
    ]
    assert run.waiting == 2
    assert people[2].waiting_since < people[3].waiting_since
