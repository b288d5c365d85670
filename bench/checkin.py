"""Check-in through the full application against the minimal one, interleaved, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from ._halls import Hall, database, hall, memory, minimal, working
from .connection import FORM, Connection
from .figure import Figure, percentile

PEOPLE, DAYS, PASSES = 5000, 3, 3
ALONE, AT_EIGHT, AT_32 = 200, 1200, 1200  # requests of a pass, by how many are under way at once
SEARCHES = 150
LIMITS = ("limit 1", "limit 8", "Flask 8", "limit 32")  # the same of the minimal applications


@dataclass
class Round:
    """What one burst took: each request in milliseconds, all of it in seconds, how many failed."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failed: int = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds


def figures() -> Iterable[Figure]:
    """Every figure of the door, by database."""
    for kind in ("SQLite", "PostgreSQL"):
        with database(kind) as environment:
            yield from _of(kind, environment)
    yield _growth()


def _of(kind: str, environment: dict[str, str]) -> Iterator[Figure]:
    with (
        hall(environment, people=PEOPLE, days=DAYS) as ours,
        minimal(environment, PEOPLE) as port,
        database(kind) as another,
        minimal(another, PEOPLE, "flask_application") as flask_port,
    ):
        work = ours_to_do(ours)
        theirs, flasks = _minimal_to_do(), _minimal_to_do()
        bursts: dict[str, list[Round]] = {name: [] for name in ("1", "8", "32", *LIMITS)}
        asyncio.run(burst(ours.server.port, work, 8, 200))  # warm: imports, statements, pages of the database
        asyncio.run(burst(port, theirs, 8, 200))
        asyncio.run(burst(flask_port, flasks, 8, 200))
        for _pass in range(PASSES):
            bursts["limit 1"].append(asyncio.run(burst(port, theirs, 1, ALONE)))
            bursts["1"].append(asyncio.run(burst(ours.server.port, work, 1, ALONE)))
            bursts["limit 8"].append(asyncio.run(burst(port, theirs, 8, AT_EIGHT)))
            bursts["8"].append(asyncio.run(burst(ours.server.port, work, 8, AT_EIGHT)))
            bursts["Flask 8"].append(asyncio.run(burst(flask_port, flasks, 8, AT_EIGHT)))
            bursts["limit 32"].append(asyncio.run(burst(port, theirs, 32, AT_32)))
            bursts["32"].append(asyncio.run(burst(ours.server.port, work, 32, AT_32)))
        yield from _rush(kind, bursts)
        scanned = memory(ours.server)
        with working(ours):
            busy = asyncio.run(_while_printing(ours, work))
        yield Figure(f"{kind}: check-in while badges are made, p99", 50, percentile(busy, 0.99), "ms")
        found = asyncio.run(_searching(ours))
        yield Figure(f"{kind}: name search among {PEOPLE:,}, p95", 15, percentile(found, 0.95), "ms")
        yield Figure(f"{kind}: largest web process after the check-ins", 150, scanned, "MB")
        yield Figure(f"{kind}: the same after printing {PEOPLE:,} badges", 150, memory(ours.server), "MB")
        yield Figure(f"{kind}: first answer after the start", 1.5, ours.started_in, "s")


def _rush(kind: str, bursts: dict[str, list[Round]]) -> Iterator[Figure]:
    """Each figure beside the minimal application's of the same minutes."""

    def of(name: str, share: float) -> float:
        return percentile([took for one in bursts[name] for took in one.times], share)

    def beside(name: str, share: float) -> str:
        return f"p{100 * share:.0f} (the minimal application's {of(name, share):.2f} ms)"

    for share, most in ((0.5, 3), (0.95, 8)):
        yield Figure(f"{kind}: check-in, 1 at a time, {beside('limit 1', share)}", most, of("1", share), "ms")
    rate = {name: median(one.rate for one in bursts[name]) for name in ("8", "limit 8", "Flask 8")}
    for limit, whose in (("limit 8", "the minimal application"), ("Flask 8", "a bare Flask application")):
        name = f"{kind}: check-in, 8 at once (limit: half of {whose}'s {rate[limit]:,.0f}/s)"
        yield Figure(name, rate[limit] / 2, rate["8"], "/s", at_least=True)
    yield Figure(f"{kind}: check-in, 32 at once, {beside('limit 32', 0.95)}", 60, of("32", 0.95), "ms")
    failed = sum(one.failed for name in ("1", "8", "32") for one in bursts[name])
    yield Figure(f"{kind}: check-ins that failed", 0, failed, "")


def _growth() -> Figure:
    """How much dearer one check-in is among 50,000 people in 100 events than among 530 in one; on SQLite."""
    medians = []
    with hall({}, people=530) as small, hall({}, people=500, others=99) as large:
        rounds: list[list[float]] = [[], []]
        for _pass in range(2):
            for place, one in enumerate((small, large)):
                done = asyncio.run(burst(one.server.port, ours_to_do(one), 1, ALONE))
                rounds[place] += done.times
        medians = [percentile(times, 0.5) for times in rounds]
    return Figure("SQLite: check-in p50 among 50,000 people against 530", 1.2, medians[1] / medians[0], "×")


def ours_to_do(ours: Hall) -> Iterator[bytes]:
    """Bodies of check-ins that nobody has made: every person at every check-point, then from the start."""
    while True:
        for point in ours.facts["points"]:
            for code in ours.facts["codes"]:
                scan = {"client_uuid": str(uuid.uuid4()), "check_point": point, "code": code, "action": "enter"}
                head = f"/api/v1/scans\n{ours.facts['token']}\n".encode()
                yield head + json.dumps({"scans": [scan]}).encode()


def _minimal_to_do() -> Iterator[bytes]:
    point = 0
    while True:
        point += 1
        for number in range(PEOPLE):
            yield b"/\n\n" + json.dumps({"token": f"token-{number}", "point": point}).encode()


async def burst(port: int, work: Iterator[bytes], at_once: int, number: int) -> Round:
    """So many check-ins over so many connections as fast as they go."""
    done, left = Round(), number

    async def client() -> None:
        nonlocal left
        connection = Connection("127.0.0.1", port)
        while left > 0:
            left -= 1
            await one_check_in(connection, next(work), done)
        connection.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _client in range(at_once)))
    done.seconds = time.perf_counter() - began
    return done


async def one_check_in(connection: Connection, job: bytes, done: Round) -> None:
    """Send one, and write down how it went."""
    path, token, body = job.split(b"\n", 2)
    headers = {"Authorization": f"Bearer {token.decode()}"} if token else {}
    answer = await connection.post(path.decode(), body, Content_Type="application/json", **headers)
    done.times.append(answer.took)
    done.failed += answer.status != 200 or (bool(token) and b'"outcome": "refused"' in answer.body)


async def _while_printing(ours: Hall, work: Iterator[bytes]) -> list[float]:
    """Two doors at fifty people a second between them, while an organiser takes the badges of everybody.

    The worker makes them, on the same processors, and the organiser's page asks every second until they are there.
    """
    desk = await signed_in(ours)
    printing = asyncio.ensure_future(_badges_of_all(desk, f"/events/{ours.facts['slug']}/documents"))
    done = Round()

    async def door() -> None:
        connection = Connection("127.0.0.1", ours.server.port)
        while not printing.done():
            await one_check_in(connection, next(work), done)
            await asyncio.sleep(0.04)

    await asyncio.gather(door(), door())
    assert (await printing).startswith(b"%PDF")
    return done.times


async def _badges_of_all(desk: Connection, documents: str) -> bytes:
    form = urlencode({"csrf_token": _token((await desk.get(documents)).body)}).encode()
    asked = await desk.post(f"{documents}/badges", form, Content_Type=FORM)
    assert asked.status == 303, f"{asked.status}: is a worker there?"
    address = asked.headers["location"]
    while b"/file" not in (page := (await desk.get(f"{address}/part")).body):
        assert b"/again" not in page, "the worker could not make the badges"
        await asyncio.sleep(1)
    answer = await desk.post(f"{address}/file", form, Content_Type=FORM)
    assert answer.status == 200, answer.status
    return answer.body


async def _searching(ours: Hall) -> list[float]:
    """A door that types two to four letters of a name."""
    door = Connection("127.0.0.1", ours.server.port, {"door": ours.facts["token"]})
    address = f"/staff/at/{ours.facts['points'][0]}"
    token = _token((await door.get(address)).body)
    times = []
    for number in range(SEARCHES):
        typed = ("สมช", "น้ำ", "ใจดี", "รักเ", "วง")[number % 5]
        form = urlencode({"csrf_token": token, "q": typed}).encode()
        answer = await door.post(f"{address}/search?part=1", form, Content_Type=FORM)
        assert answer.status == 200, answer.status
        times.append(answer.took)
    return times


async def signed_in(ours: Hall) -> Connection:
    """The organiser's browser."""
    desk = Connection("127.0.0.1", ours.server.port)
    email, password = ours.facts["user"]
    token = _token((await desk.get("/sign-in")).body)
    form = urlencode({"csrf_token": token, "email": email, "password": password}).encode()
    await desk.post("/sign-in", form, Content_Type=FORM)
    return desk


def _token(page: bytes) -> str:
    found = re.search(rb'name="csrf[_-]token"[^>]*(?:value|content)="([^"]+)"', page)
    assert found, page[:300]
    return found[1].decode()
