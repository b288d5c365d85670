"""Scans that wait for their turn at the same moment: one transaction, and each its own answer."""

from __future__ import annotations

import json
import threading
import time
import uuid

import pytest
from sqlalchemy import func, select

from app.checkin.ledger.ordinary import on_sqlite, recording
from app.checkin.models import Scan
from app.core import clock
from app.database import db
from app.live import topics
from tests.checkin.door import make_gate
from tests.make import make_event, make_registrant


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def gate(event):
    return make_gate(event, last_seen_at=clock.now())


@pytest.fixture
def transactions(monkeypatch):
    """The number of scans in each transaction that was begun."""
    sizes, road = [], on_sqlite.record_all

    def counted(connection, dialect, scans):
        sizes.append(len(scans))
        road(connection, dialect, scans)

    monkeypatch.setattr(on_sqlite, "record_all", counted)
    return sizes


def sent(person, point, **fields):
    return {"client_uuid": str(uuid.uuid4()), "check_point": point.public_id, "code": person.ticket_code, **fields}


def waiting_together(app, gate, scans, languages=()):
    """Each scan from a thread of its own, in this order, while somebody else records; their answers."""
    db.session.commit()
    answers = [None] * len(scans)
    queue = recording._queue_of(db.engine)

    def work(place, language):
        with app.app_context():
            answers[place] = recording.record(gate.token, scans[place], language=language)

    threads = []
    queue._is_recording = True
    for place in range(len(scans)):
        language = languages[place] if languages else "th"
        threads.append(threading.Thread(target=work, args=(place, language)))
        threads[-1].start()
        while len(queue._scans) <= place:
            time.sleep(0.001)
    queue.go_on([])
    for thread in threads:
        thread.join()
    return [json.loads(answer) if answer is not None else None for answer in answers]


def outcomes(answers):
    return [answer and answer["outcome"] for answer in answers]


def rows():
    return db.session.scalar(select(func.count()).select_from(Scan))


def test_they_are_written_with_one_commit_and_pages_ask_once(app, event, gate, transactions):
    people = [make_registrant(event, f"คน{number}", "หนึ่งแถว") for number in range(5)]
    point, before = event.check_points[0], topics.version(event, "checkin")
    answers = waiting_together(app, gate, [sent(person, point) for person in people])
    assert transactions == [5]
    assert outcomes(answers) == ["accepted"] * 5
    assert [answer["person"]["name"] for answer in answers] == [f"{one.first_name} หนึ่งแถว" for one in people]
    assert (rows(), topics.version(event, "checkin") - before) == (5, 1)


def test_one_that_is_not_ordinary_keeps_nobody_back(app, event, gate, transactions):
    people = [make_registrant(event, f"คน{number}", "หนึ่งแถว") for number in range(3)]
    people[1].merged_into_id = people[0].id
    point = event.check_points[0]
    answers = waiting_together(app, gate, [sent(person, point) for person in people])
    assert transactions == [3]
    assert outcomes(answers) == ["accepted", None, "accepted"]
    assert rows() == 2


def test_the_same_badge_twice_and_the_same_request_twice(app, event, gate, transactions):
    person, point = make_registrant(event, "สมชาย", "ใจดี"), event.check_points[0]
    first, second = sent(person, point), sent(person, point)
    answers = waiting_together(app, gate, [first, first, second])
    assert transactions == [3]
    assert outcomes(answers) == ["accepted", "accepted", "already"]
    assert answers[0] == answers[1]
    assert rows() == 2


def test_each_phone_is_answered_in_its_language(app, event, gate, transactions):
    people = [make_registrant(event, f"คน{number}", "หนึ่งแถว") for number in range(3)]
    scans = [sent(person, event.check_points[0]) for person in people]
    answers = waiting_together(app, gate, scans, ["en", "th", "en"])
    assert transactions == [3]
    assert [answer["sentence"].isascii() for answer in answers] == [True, False, True]


def test_when_one_fails_nothing_is_written_and_all_go_on_by_themselves(app, event, gate, monkeypatch, caplog):
    people = [make_registrant(event, f"คน{number}", "หนึ่งแถว") for number in range(3)]
    scans = [sent(person, event.check_points[0]) for person in people]
    real = on_sqlite.entry_of

    def fails(row, door, one, standing):
        if one.sent is scans[1]:
            raise ZeroDivisionError
        return real(row, door, one, standing)

    monkeypatch.setattr(on_sqlite, "entry_of", fails)
    assert waiting_together(app, gate, scans) == [None] * 3
    assert rows() == 0
    assert "3 scans were not recorded together" in caplog.text
    assert "คน1" not in caplog.text, "nobody's name in a log"


def test_a_thread_that_is_stopped_says_nothing_that_was_not_committed(app, event, gate, monkeypatch):
    scan = sent(make_registrant(event, "สมชาย", "ใจดี"), event.check_points[0])
    real, said = on_sqlite.record_all, []

    def stopped(connection, dialect, scans):
        real(connection, dialect, scans)
        said.extend(scans)
        raise SystemExit

    monkeypatch.setattr(on_sqlite, "record_all", stopped)
    db.session.commit()
    with pytest.raises(SystemExit):
        recording.record(gate.token, scan)
    assert [one.answer for one in said] == [None]
    assert rows() == 0
    monkeypatch.undo()
    assert waiting_together(app, gate, [scan])[0]["outcome"] == "accepted", "the next one is let in"


def test_those_that_come_meanwhile_are_recorded_by_one_of_themselves(app, event, gate, transactions, monkeypatch):
    people = [make_registrant(event, f"คน{number}", "หนึ่งแถว") for number in range(4)]
    scans = [sent(person, event.check_points[0]) for person in people]
    db.session.commit()
    queue, judge, answers = recording._queue_of(db.engine), on_sqlite.entry_of, []

    def work(scan):
        with app.app_context():
            answers.append(json.loads(recording.record(gate.token, scan)))

    threads = [threading.Thread(target=work, args=(scan,)) for scan in scans]

    def others_come(*seen):
        monkeypatch.setattr(on_sqlite, "entry_of", judge)
        for thread in threads[1:]:
            thread.start()
        while len(queue._scans) < 3:
            time.sleep(0.001)
        return judge(*seen)

    monkeypatch.setattr(on_sqlite, "entry_of", others_come)
    threads[0].start()
    for thread in threads:
        thread.join(10)
    assert transactions == [1, 3]
    assert outcomes(answers) == ["accepted"] * 4
