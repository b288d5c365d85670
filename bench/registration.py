"""Answering the invitation with eight at once, and the organiser's list of 5,000, on SQLite and on PostgreSQL.

Every unit has seats and one is full, so that the count under the lock and the waiting list are part of the price.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from statistics import median
from urllib.parse import urlencode

from ._halls import Hall, database, hall
from .connection import FORM, Answer, Connection
from .figure import Figure, percentile

LIST_MS, POST_MS = 150.0, 100.0
PEOPLE, AT_ONCE, ANSWERS, TO_WARM_UP = 5000, 8, 320, 80
LOOKS = 15


def figures() -> Iterable[Figure]:
    """Both figures on both databases."""
    for kind in ("SQLite", "PostgreSQL"):
        with (
            database(kind) as environment,
            hall(environment, seeding="bench._registration_seeding", people=PEOPLE) as ours,
        ):
            yield from _of(kind, ours)


def _of(kind: str, ours: Hall) -> Iterator[Figure]:
    looks, searches = asyncio.run(_list_pages(ours))
    asyncio.run(_answers(ours, TO_WARM_UP))  # imports, statements, pages of the database
    taken, wrong = asyncio.run(_answers(ours, ANSWERS))
    yield Figure(f"{kind}: the list page of {PEOPLE:,} people, median of {LOOKS}", LIST_MS, median(looks), "ms")
    yield Figure(f"{kind}: the same for a name that is searched", LIST_MS, median(searches), "ms")
    name = f"{kind}: POST of a registration, {AT_ONCE} at once, {ANSWERS} in all, {PEOPLE:,} people"
    yield Figure(f"{name}, p95", POST_MS, percentile(taken, 0.95), "ms")
    yield Figure(f"{name}, wrong answers", 0, wrong, "")


async def _list_pages(ours: Hall) -> tuple[list[float], list[float]]:
    """Milliseconds of the organiser's list: any page of it, and a search in it."""
    office = Connection("127.0.0.1", ours.server.port)
    found = await office.get("/sign-in")
    email, password = ours.facts["user"]
    await _post(office, "/sign-in", {"email": email, "password": password, "csrf_token": _token(found.body)})
    pages, searches = [], []
    for number in range(-2, LOOKS):  # two to warm up
        page = await office.get(f"/events/bench/people?page={1 + abs(number) * 6}")
        search = await office.get(f"/events/bench/people?{urlencode({'q': 'น้ำ'})}")
        assert page.status == search.status == 200, "the organiser's list does not answer"
        if number >= 0:
            pages.append(page.took)
            searches.append(search.took)
    return pages, searches


async def _answers(ours: Hall, wanted: int) -> tuple[list[float], int]:
    """Milliseconds of so many registrations, and how many were answered otherwise than with the page of thanks."""
    taken: list[float] = []
    wrong = 0
    phones = [Connection("127.0.0.1", ours.server.port) for _phone in range(AT_ONCE)]
    tokens = [_token((await one.get("/e/bench/register")).body) for one in phones]

    async def send(one: Connection, token: str, first: int) -> None:
        nonlocal wrong
        for number in range(first, wanted, AT_ONCE):
            answer = await _post(one, "/e/bench/register", _answer(ours, number, token))
            taken.append(answer.took)
            wrong += answer.status != 302
        one.close()

    await asyncio.gather(*(send(*one) for one in zip(phones, tokens, range(AT_ONCE), strict=True)))
    return taken, wrong


def _answer(ours: Hall, number: int, token: str) -> dict[str, str]:
    """What a person sends; the units take turns, and the first of them is full."""
    units = ours.facts["units"]
    return {
        "csrf_token": token,
        "submission_key": secrets.token_hex(16),
        "step": "send",
        "title": "นาย",
        "first_name": f"วัด{number}",
        "last_name": f"ความเร็ว{time.time_ns()}",
        "position": "กำนัน",
        "organisation": f"ตำบลที่ {number}",
        "category": "ฝ่ายปกครองท้องที่",
        "unit": units[number % len(units)],
        "phone": f"089{number:07}",
        "notice_read": "y",
    }


async def _post(one: Connection, path: str, data: dict[str, str]) -> Answer:
    return await one.post(path, urlencode(data).encode(), Content_Type=FORM)


def _token(body: bytes) -> str:
    found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', body)
    assert found, "the page carries no CSRF token"
    return found[1].decode()
