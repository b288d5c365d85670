"""Impatient fingers and hostile posts against the real server, on both databases: one person is one row."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests
from sqlalchemy import create_engine, select, text

from app.database import db, transaction
from app.events.models import Event
from app.registration import signup
from tests import postgres
from tests.live_event import EMAIL, PASSWORD, make_live_event
from tests.live_server import LiveServer, running
from tests.registration.test_fuzz import good_answers, one_post

AT_ONCE = 8
CROWD = 200  # people who want the last seat
FREED = 50  # people who step back at the same moment


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def hall(request) -> Iterator[LiveServer]:
    if request.param == "sqlite":
        with running() as server:
            make_live_event(server)
            yield server
        return
    with postgres.running(durable=False) as database:
        if database is None:
            pytest.skip("no PostgreSQL server programs here")
        with running(DATABASE_URL=database.url) as server:
            make_live_event(server)
            yield server


def form(server: LiveServer) -> tuple[requests.Session, dict[str, str]]:
    """A new phone with the form open, and a good answer to it."""
    phone = requests.Session()
    html = phone.get(f"{server.url}/e/training/register").text
    values = dict(re.findall(r'<input[^>]*name="(csrf_token|submission_key)"[^>]*value="([^"]+)"', html))
    unit = re.search(r'<option value="([^"]+)">แกลง[ <]', html)
    assert unit
    return phone, {
        **values, "step": "send", "title": "นาย", "last_name": "พร้อมกัน", "position": "กำนัน",
        "organisation": "ตำบลแกลง", "category": "ฝ่ายปกครองท้องที่", "unit": unit[1], "phone": "0812345678",
        "notice_read": "y",
    }  # fmt: skip


def all_at_once(server: LiveServer, jobs: list[tuple[requests.Session, dict[str, str]]]) -> Counter[int]:
    barrier = Barrier(len(jobs))

    def post(job: tuple[requests.Session, dict[str, str]]) -> int:
        phone, data = job
        barrier.wait()
        answer = phone.post(f"{server.url}/e/training/register", data=data, allow_redirects=False, timeout=60)
        return answer.status_code

    with ThreadPoolExecutor(len(jobs)) as pool:
        return Counter(pool.map(post, jobs))


def sql(server: LiveServer, statement: str, **values: object) -> list[tuple[object, ...]]:
    """Ask or change the server's database from outside."""
    address = server.environment.get("DATABASE_URL", f"sqlite:///{server.folder / 'sammana.db'}")
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            done = connection.execute(text(statement), values)
            return [tuple(row) for row in done] if done.returns_rows else []
    finally:
        engine.dispose()


def rows_named(server: LiveServer, name: str) -> int:
    """How many registrants have a first name."""
    return sum(standings(server, name).values())


def standings(server: LiveServer, name: str) -> Counter[str]:
    """How many of those with a first name stand where."""
    found = sql(server, "SELECT standing FROM registrant WHERE first_name = :name", name=name)
    return Counter(str(row[0]) for row in found)


def set_seats(server: LiveServer, unit: str, more: int, *, waiting: bool) -> None:
    """Give a unit so many seats more than it has people."""
    taken = "SELECT count(*) FROM registrant WHERE unit_id = event_unit.id AND standing = 'registered'"
    sql(server, f"UPDATE event_unit SET seats = ({taken}) + :more WHERE name = :unit", more=more, unit=unit)
    sql(server, "UPDATE event SET has_waiting_list = :waiting", waiting=waiting)


def test_one_form_sent_many_times_at_once_is_one_row(hall):
    phone, data = form(hall)
    seen = all_at_once(hall, [(phone, {**data, "first_name": "แตะซ้ำ"})] * AT_ONCE)
    assert seen == {302: AT_ONCE}, "every tap is answered as if it were the only one"
    assert rows_named(hall, "แตะซ้ำ") == 1


def test_one_person_sent_from_many_phones_at_once_is_one_row(hall):
    jobs = [form(hall) for _ in range(AT_ONCE)]
    seen = all_at_once(hall, [(phone, {**data, "first_name": "หลายเครื่อง"}) for phone, data in jobs])
    assert seen == {302: 1, 422: AT_ONCE - 1}
    assert rows_named(hall, "หลายเครื่อง") == 1


def test_many_people_at_once_are_all_taken_in(hall):
    jobs = [form(hall) for _ in range(AT_ONCE)]
    seen = all_at_once(
        hall,
        [
            (phone, {**data, "first_name": "ต่างคน", "last_name": f"คนที่{number}", "phone": f"08123456{number:02}"})
            for number, (phone, data) in enumerate(jobs)
        ],
    )
    assert seen == {302: AT_ONCE}
    assert rows_named(hall, "ต่างคน") == AT_ONCE


def test_of_two_hundred_at_once_exactly_one_gets_the_last_seat(hall):
    set_seats(hall, "แกลง", 1, waiting=False)
    phone, data = form(hall)
    data.pop("submission_key")
    jobs = [
        (phone, {**data, "first_name": "ที่สุดท้าย", "last_name": f"คนที่{number}", "phone": f"0812345{number:03}"})
        for number in range(CROWD)
    ]
    assert all_at_once(hall, jobs) == {302: 1, 422: CROWD - 1}
    assert standings(hall, "ที่สุดท้าย") == {"registered": 1}


def fill_up(server: LiveServer) -> list[str]:
    """140 people of บ้านค่าย in one go; returns the ids of those who have a seat."""
    with server.inside(), transaction():
        event = db.session.scalars(select(Event)).one()
        unit = next(unit for unit in event.units if unit.name == "บ้านค่าย")
        for name in ("ถอย", "สำรอง"):
            for number in range(70):
                signup.register(
                    event, first_name=name, last_name=f"คนที่{number}", unit=unit, phone=f"08980{number:05}"
                )
    found = sql(server, "SELECT public_id FROM registrant WHERE first_name = 'ถอย' AND standing = 'registered'")
    return [str(row[0]) for row in found]


def test_fifty_who_step_back_at_once_let_exactly_fifty_in(hall):
    set_seats(hall, "บ้านค่าย", FREED, waiting=True)
    ids = fill_up(hall)
    assert len(ids) == FREED
    organiser = requests.Session()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', organiser.get(f"{hall.url}/sign-in").text)
    signed = {"email": EMAIL, "password": PASSWORD, "csrf_token": token[1]}
    organiser.post(f"{hall.url}/sign-in", data=signed)
    token = re.search(r'name="csrf-token" content="([^"]+)"', organiser.get(f"{hall.url}/events").text)
    barrier = Barrier(FREED)

    def step_back(public_id: str) -> int:
        barrier.wait()
        address = f"{hall.url}/events/training/people/{public_id}/withdraw"
        answer = organiser.post(address, data={"csrf_token": token[1]}, allow_redirects=False, timeout=60)
        return answer.status_code

    with ThreadPoolExecutor(FREED) as pool:
        assert Counter(pool.map(step_back, ids)) == {302: FREED}
    assert standings(hall, "ถอย") == {"withdrawn": FREED, "registered": 20}
    assert standings(hall, "สำรอง") == {"registered": FREED - 20, "waiting": 40}


def test_hostile_posts_do_not_break_the_real_server(hall):
    phone, data = form(hall)
    chance = random.Random(7)
    seen: Counter[int] = Counter()
    for _ in range(150):
        body, kind = one_post(chance, good_answers(data["unit"]), data["csrf_token"])
        answer = phone.post(
            f"{hall.url}/e/training/register",
            data=body,
            headers={"Content-Type": kind} if kind else {},
            allow_redirects=False,
            timeout=60,
        )
        seen[answer.status_code] += 1
        assert answer.status_code < 500, f"{kind[:80]} {body[:500]!r}"
    assert seen[302] and seen[422]
