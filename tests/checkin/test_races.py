"""Two gates at the same instant, on both databases; each with a control that must fail without the guard."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import ARRAY, String, any_, bindparam, select

import config
from app import create_app
from app.attempts import counting
from app.checkin.door import people, searching
from app.checkin.ledger import deciding as ledger
from app.checkin.ledger import presence, receiving
from app.checkin.ledger.ordinary import on_postgres as on_postgres_road
from app.checkin.ledger.ordinary import on_sqlite, recording, seeing
from app.checkin.models import Device, Scan
from app.core import clock
from app.database import db, transaction
from app.driver import driver_transaction
from app.events.models import CheckPoint
from app.prepared import Prepared
from app.registration.models import Registrant
from tests import postgres
from tests.checkin.door import attempt, make_gate, scan
from tests.make import make_event, make_registrant

BADGES, GATES = 15, 4


@pytest.fixture(scope="module")
def on_postgres() -> Iterator[Flask]:
    with postgres.running(durable=False) as database:
        if database is None:
            pytest.skip("no PostgreSQL server programs here")
        settings = config.TestingConfig()
        settings.SQLALCHEMY_DATABASE_URI = database.url.replace("postgresql://", "postgresql+psycopg://")
        settings.SQLALCHEMY_ENGINE_OPTIONS = {"pool_size": 8}
        app = create_app(settings)
        with app.app_context():
            upgrade(directory=str(Path(__file__).resolve().parents[2] / "migrations"))
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request) -> Iterator[Flask]:
    app = request.getfixturevalue("app" if request.param == "sqlite" else "on_postgres")
    with app.app_context() if request.param == "postgres" else nullcontext():
        yield app


def by_ledger(point: CheckPoint, made: ledger.Attempt, gate: int) -> str:
    """Straight into the ledger, as self check-in and ticking do."""
    made = replace(made, check_point=point, gate=f"ประตู {gate}")
    return ledger.record_scan(point.event, made)


def by_phone(point: CheckPoint, made: ledger.Attempt, gate: int) -> str:
    """As a phone's request does, which looks once and decides by that."""
    device = db.session.scalars(
        select(Device).where(Device.event_id == point.event_id, Device.name == f"ประตู {gate}")
    ).one()
    sent = {"client_uuid": made.client_uuid, "check_point": point.public_id, "code": made.code}
    [answer] = receiving.record_batch(device, [sent])
    return answer


def at_one_go(point: CheckPoint, made: ledger.Attempt, gate: int) -> str:
    """As the ordinary scan of a phone is recorded, by the driver itself; where it is left, on the longer road."""
    sent = {"client_uuid": made.client_uuid, "check_point": point.public_id, "code": made.code}
    answer = recording.record(_tokens[gate], sent)
    _went[answer is not None] += 1
    return answer if answer is not None else by_phone(point, made, gate)


_tokens: dict[int, str] = {}
_went: Counter[bool] = Counter()  # whether at one go


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread has a queue of its own, as the processes of a server have."""
    own = threading.local()

    def queue_of(_engine: object) -> Any:
        own.queue = getattr(own, "queue", None) or recording._Queue()
        return own.queue

    monkeypatch.setattr(recording, "_queue_of", queue_of)


def all_at_once(
    app: Flask, check_point_id: int, codes: list[str], same_request: bool, road: Any = by_ledger
) -> list[dict[str, object]]:
    """Every gate scans every badge; a barrier makes the same badge come up at the same instant."""
    barrier = threading.Barrier(GATES)
    answers: list[str] = []
    attempts = [attempt(code, None) for code in codes]

    def work(gate: int) -> None:
        with app.app_context():
            for number, code in enumerate(codes):
                with transaction():
                    point = db.session.get_one(CheckPoint, check_point_id)
                    assert point.event is not None
                made = attempts[number] if same_request else attempt(code, None)
                barrier.wait()
                with transaction():
                    answer = road(point, made, gate)
                answers.append(answer)

    threads = [threading.Thread(target=work, args=(gate,)) for gate in range(GATES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [json.loads(answer) for answer in answers]


def prepared(count: int) -> tuple[CheckPoint, list[str]]:
    event = make_event()
    codes = [make_registrant(event, f"คน{n}", "สองประตู").ticket_code for n in range(count)]
    point = event.check_points[0]
    for gate in range(GATES):
        _tokens[gate] = make_gate(event, f"ประตู {gate}", last_seen_at=clock.now()).token
    db.session.commit()  # what was read above holds the write lock, as any transaction of a test does
    return point, codes


@pytest.mark.parametrize("road", [by_ledger, by_phone, at_one_go])
def test_one_badge_at_several_gates_is_accepted_once(database, road):
    point, codes = prepared(BADGES)
    answers = all_at_once(database, point.id, codes, same_request=False, road=road)
    outcomes = Counter(answer["outcome"] for answer in answers)
    assert outcomes == {"accepted": BADGES, "already": BADGES * (GATES - 1)}
    assert len(presence.present_at(point)) == BADGES
    # Whoever was told "already" was told the time and gate of the one that was accepted.
    first = {answer["person"]["name"]: answer["first_at"] for answer in answers if answer["outcome"] == "accepted"}
    assert all(answer["first_by"].startswith("ประตู") for answer in answers)
    assert all(answer["first_at"] <= first[answer["person"]["name"]] for answer in answers)


@pytest.mark.parametrize("road", [by_ledger, by_phone, at_one_go])
def test_one_request_sent_several_times_at_once_is_one_row_and_one_answer(database, road):
    point, codes = prepared(BADGES)
    answers = all_at_once(database, point.id, codes, same_request=True, road=road)
    assert {answer["outcome"] for answer in answers} == {"accepted"}
    assert len({json.dumps(answer) for answer in answers}) == BADGES
    rows = db.session.scalars(select(Scan.client_uuid).where(Scan.check_point_id == point.id)).all()
    assert len(rows) == BADGES


@pytest.mark.parametrize("same_request", [False, True], ids=["four requests", "one request"])
def test_nor_do_several_processes_take_anybody_in_twice(database, processes, same_request):
    _went.clear()
    point, codes = prepared(BADGES)
    answers = all_at_once(database, point.id, codes, same_request=same_request, road=at_one_go)
    rows = db.session.scalars(select(Scan.outcome).where(Scan.check_point_id == point.id)).all()
    assert Counter(rows)["accepted"] == BADGES
    assert len(rows) == (BADGES if same_request else BADGES * GATES)
    assert len({json.dumps(answer) for answer in answers}) == len(rows)
    assert _went[True] >= BADGES, "the road was taken"


def test_two_people_under_one_id_in_one_transaction_are_one_row_and_one_answer(database):
    point, codes = prepared(2)
    made = attempt(codes[0], None)
    scans = [{"client_uuid": made.client_uuid, "check_point": point.public_id, "code": code} for code in codes]
    waiting = [seeing.waiting(_tokens[0], one, "", "th") for one in scans]
    road = on_sqlite if db.engine.dialect.name == "sqlite" else on_postgres_road
    with driver_transaction() as connection:
        road.record_all(connection, db.engine.dialect, waiting)
    written = db.session.scalars(select(Scan.answer).where(Scan.client_uuid == made.client_uuid)).all()
    assert len(written) == 1
    assert {one.answer for one in waiting} <= {written[0], None}


def test_figures_lists_searches_undo_and_counting_say_the_same_on_both(database):
    point, codes = prepared(3)
    event, gate = point.event, make_gate(point.event)
    made = [scan(code, point, gate) for code in codes]
    scan(codes[0], point, gate)
    scan(made[2]["client_uuid"], point, gate, action="void")
    assert [entry.registrant.ticket_code for entry in presence.entries(point)] == codes[:2]
    figures = presence.turnout(point)
    assert (figures.registered, figures.present) == (3, 2)
    assert presence.counts(event) == {point.id: 2}
    assert set(presence.times_of(event)[point.id]) == set(presence.present_at(point))
    assert [person.name for person in searching.search(event, "คน1").people] == [made[1]["person"]["name"]]
    db.session.commit()
    scope = {f"digits:phone:{gate.device.public_id}": 2}
    assert [counting.take(scope) for _time in range(3)] == [True, True, False]
    counting.give_back(scope)
    assert counting.take(scope) is False


@pytest.mark.postgres
def test_control_without_the_lock_somebody_is_accepted_twice(on_postgres, monkeypatch):
    monkeypatch.setattr(people, "lock", lambda _ids: None)
    real = ledger.standing_rows

    def slow(*arguments):
        found = real(*arguments)
        time.sleep(0.02)
        return found

    monkeypatch.setattr(ledger, "standing_rows", slow)
    with on_postgres.app_context():
        point, codes = prepared(5)
        answers = all_at_once(on_postgres, point.id, codes, same_request=False)
    assert Counter(answer["outcome"] for answer in answers)["accepted"] > 5


@pytest.mark.postgres
def test_control_of_several_processes_that_hold_nobody(on_postgres, processes, monkeypatch):
    codes_asked = bindparam("codes", type_=ARRAY(String))
    held_by_nobody = Prepared(select(Registrant.id).where(Registrant.ticket_code == any_(codes_asked)))
    monkeypatch.setitem(on_postgres_road._LINE, "hold", held_by_nobody)
    judge = on_postgres_road._judge

    def slow(*arguments):
        time.sleep(0.02)
        return judge(*arguments)

    monkeypatch.setattr(on_postgres_road, "_judge", slow)
    with on_postgres.app_context():
        db.engine.dispose()  # connections know the statement as it was
        point, codes = prepared(5)
        answers = all_at_once(on_postgres, point.id, codes, same_request=False, road=at_one_go)
        db.session.remove()
        db.engine.dispose()
    assert Counter(answer["outcome"] for answer in answers)["accepted"] > 5
