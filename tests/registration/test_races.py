"""Impatient fingers and hostile posts against the real server, on both databases: one person is one row."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests

from tests import postgres
from tests.live_event import make_live_event
from tests.live_server import ROOT, LiveServer, running
from tests.registration.test_fuzz import good_answers, one_post

AT_ONCE = 8


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def hall(request) -> Iterator[LiveServer]:
    if request.param == "sqlite":
        with running() as server:
            make_live_event(server)
            yield server
        return
    with postgres.running() as database:
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
    unit = re.search(r'<option value="([^"]+)">แกลง<', html)
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


def rows_named(server: LiveServer, name: str) -> int:
    """How many registrants have a first name, as the office's list gives them."""
    script = (
        "from app import create_app\n"
        "from app.database import db\n"
        "from app.registration.models import Registrant\n"
        "from sqlalchemy import func, select\n"
        "app = create_app()\n"
        "with app.app_context():\n"
        f"    print(db.session.scalar(select(func.count()).where(Registrant.first_name == {name!r})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=server.variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-1000:]
    return int(done.stdout.split()[-1])


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
