"""The ordinary scan at one go: rows and answers of the longer road, and nothing where it is not ordinary."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.checkin.ledger import receiving
from app.checkin.ledger.ordinary import on_sqlite, recording
from app.checkin.models import Device, Scan, SheetLine, SignInSheet
from app.core import clock
from app.database import db
from app.driver import driver_transaction
from app.live import topics
from app.registration.models import Standing
from tests.checkin.door import at, make_gate, scan
from tests.make import make_event, make_registrant

OWN = ("id", "client_uuid", "answer", "registrant_id", "raw_code")  # of a row; everything else is alike


@pytest.fixture
def event(app):
    with time_machine.travel(at(9), tick=False):
        yield make_event("training")


@pytest.fixture
def gate(event):
    return make_gate(event, last_seen_at=clock.now())


@pytest.fixture
def twins(event):
    """Two people who differ in nothing but their badge."""
    return [make_registrant(event, "สมชาย", "ใจดี") for _twin in range(2)]


def sent(person, point, **fields):
    return {"client_uuid": str(uuid.uuid4()), "check_point": point.public_id, "code": person.ticket_code, **fields}


def at_one_go(gate, scan, **of_phone):
    db.session.commit()
    return recording.record(gate.token, scan, **of_phone)


def by_the_longer_road(gate, scan):
    [answer] = receiving.record_batch(db.session.get_one(Device, gate.id), [scan])
    db.session.commit()
    return answer


def row_of(scan):
    found = db.session.scalars(select(Scan).where(Scan.client_uuid == scan["client_uuid"])).one()
    return {
        column.name: getattr(found, column.name) for column in Scan.__table__.columns if column.name not in OWN
    }


def withdrawn(person, _point, _gate):
    person.standing = Standing.WITHDRAWN


def came_before(person, point, gate):
    scan(person, point, gate, occurred_at=at(8).isoformat())


def came_and_was_taken_back(person, point, gate):
    first = scan(person, point, gate)
    scan(first["client_uuid"], point, gate, action="void")


def not_open(_person, point, _gate):
    point.opens_at = at(10)


def over(_person, point, _gate):
    point.closes_at = at(8)


def for_others(_person, point, _gate):
    point.audience = {"categories": ["วิทยากร"]}


def on_paper(person, point, _gate):
    sheet = SignInSheet(check_point_id=point.id, edition=person.id)
    db.session.add(sheet)
    db.session.flush()
    for one in db.session.scalars(select(type(person))):
        line = SheetLine(sheet_id=sheet.id, page=2, number=one.id, unit_id=one.unit_id, registrant_id=one.id)
        db.session.add(line)


BEFORE = [None, withdrawn, came_before, came_and_was_taken_back, not_open, over, for_others]
FIELDS = [{}, {"action": "exit"}, {"offline": True}, {"occurred_at": "2018-11-08T08:15:00+07:00"}]


@pytest.mark.parametrize("fields", FIELDS, ids=str)
@pytest.mark.parametrize("before", BEFORE, ids=lambda one: one.__name__ if one else "nothing")
def test_rows_and_answers_are_those_of_the_longer_road(event, gate, twins, before, fields):
    point = event.check_points[0]
    for person in twins:
        if before is not None:
            before(person, point, gate)
    scans = [sent(person, point, **fields) for person in twins]
    answers = [at_one_go(gate, scans[0]), by_the_longer_road(gate, scans[1])]
    read = [{**json.loads(answer), "client_uuid": None} for answer in answers]
    assert read[0] == read[1]
    assert row_of(scans[0]) == row_of(scans[1])
    assert at_one_go(gate, scans[0]) == answers[0], "and again, byte for byte"


def test_a_chosen_name_and_the_line_on_the_printed_sheet_are_as_on_the_longer_road(event, gate, twins):
    point = event.check_points[0]
    on_paper(twins[0], point, gate)
    scans = [sent(person, point, code="", who=person.public_id) for person in twins]
    read = [json.loads(at_one_go(gate, scans[0])), json.loads(by_the_longer_road(gate, scans[1]))]
    assert [one["person"].pop("sheet").split()[-1] for one in read] == [str(person.id) for person in twins]
    assert read[0]["person"] == read[1]["person"]
    assert row_of(scans[0]) == row_of(scans[1])
    assert row_of(scans[0])["method"] == "staff_search"


@pytest.mark.parametrize("outcome", ["accepted", "already"])
def test_pages_that_count_ask_again_where_somebody_came(event, gate, twins, outcome):
    point = event.check_points[0]
    if outcome == "already":
        came_before(twins[0], point, gate)
    before = topics.version(event, "checkin")
    assert json.loads(at_one_go(gate, sent(twins[0], point)))["outcome"] == outcome
    assert topics.version(event, "checkin") - before == (outcome == "accepted")


NOT_ORDINARY = {
    "an undo": {"action": "void"},
    "an unknown action": {"action": "fly"},
    "no id": {"client_uuid": "?"},
    "a check-point of nowhere": {"check_point": "a" * 14},
    "no badge": {"code": "https://example.com/"},
    "an unknown badge": {"code": "A" * 20},
    "a walk-in": {"walk_in": {"name": "สมศรี"}},
    "a stand-in": {"stand_in": {"name": "สมศรี"}},
    "wrong types": {"client_uuid": 7, "code": ["x"], "check_point": {}},
}


def nothing_written():
    return db.session.scalar(select(func.count()).select_from(Scan)) == 0


@pytest.mark.parametrize("fields", NOT_ORDINARY.values(), ids=list(NOT_ORDINARY))
def test_what_is_not_ordinary_is_left_to_the_longer_road(event, gate, twins, fields):
    assert at_one_go(gate, sent(twins[0], event.check_points[0], **fields)) is None
    assert nothing_written()


def test_nor_is_a_merged_record_a_foreign_badge_or_a_foreign_point(event, gate, twins):
    other = make_event("other")
    twins[0].merged_into_id = twins[1].id
    foreign = make_registrant(other, "คนอื่น", "งานอื่น")
    for person, point in (
        (twins[0], event.check_points[0]),
        (foreign, event.check_points[0]),
        (foreign, other.check_points[0]),
        (twins[1], other.check_points[0]),
    ):
        assert at_one_go(gate, sent(person, point)) is None
    assert nothing_written()


@pytest.mark.parametrize("ended", ["expires_at", "revoked_at"])
def test_a_phone_whose_time_is_over_records_nothing(event, twins, ended):
    gate = make_gate(event, "เครื่องเก่า", **{ended: clock.now()})
    assert at_one_go(gate, sent(twins[0], event.check_points[0])) is None
    assert recording.record("", sent(twins[0], event.check_points[0])) is None
    assert nothing_written()


def test_nor_does_a_phone_that_has_news_of_itself(event, gate, twins):
    scan = sent(twins[0], event.check_points[0])
    assert at_one_go(gate, scan, said="3") is None, "it holds three more scans"
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert at_one_go(gate, scan, said="0") is None, "it was not heard of for two minutes"
    assert nothing_written()
    assert at_one_go(gate, scan, said="0") is not None


def test_a_phone_is_still_heard_of_once_a_minute(client, event, twins):
    gate = make_gate(event, last_seen_at=clock.now() - timedelta(minutes=2))
    point = event.check_points[0]
    for person, waiting in ((twins[0], "0"), (twins[1], "3")):
        headers = {**gate.bearer, "X-Waiting": waiting}
        answer = client.post("/api/v1/scans", json={"scans": [sent(person, point)]}, headers=headers)
        assert answer.json["results"][0]["outcome"] == "accepted"
        db.session.rollback()
        device = db.session.get_one(Device, gate.id)
        assert (device.last_seen_at, device.waiting) == (clock.now(), int(waiting))


def test_a_request_that_has_begun_something_goes_on_through_the_session(event, gate, twins):
    db.session.commit()
    db.session.scalar(select(Scan.id))
    assert recording.record(gate.token, sent(twins[0], event.check_points[0])) is None


def test_what_fails_in_between_is_undone_and_lets_the_next_one_in(event, gate, twins, monkeypatch, caplog):
    point = event.check_points[0]
    monkeypatch.setattr(on_sqlite, "_RAISE", None)  # after the row is written
    assert at_one_go(gate, sent(twins[0], point)) is None
    assert nothing_written()
    assert "1 scans were not recorded together" in caplog.text
    monkeypatch.undo()
    assert json.loads(at_one_go(gate, sent(twins[0], point)))["outcome"] == "accepted"


def test_a_lock_that_cannot_be_had_in_time_is_left_to_the_longer_road(event, gate, twins, monkeypatch, caplog):
    scan = sent(twins[0], event.check_points[0])
    db.session.commit()
    monkeypatch.setattr("app.database.BUSY_TIMEOUT_MS", 10)
    with driver_transaction():
        assert recording.record(gate.token, scan) is None
    assert not caplog.records, "a busy database is no fault"
    assert json.loads(at_one_go(gate, scan))["outcome"] == "accepted"
