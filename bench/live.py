"""530 phones that watch while fifty check-ins a second are written: how old is what they show, and at what price.

LOAD_SECONDS (default 60, here at most 60) shortens it at the same rates.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ._halls import Hall, database, hall, processor_seconds
from ._screens import Screen, waits
from .checkin import Round, one_check_in, ours_to_do
from .connection import Connection
from .figure import Figure, percentile

PHONES, WRITERS, WRITES = 530, 5, 50  # so many writes a second between the writers
LONGEST = 60
PEOPLE = 3000


@dataclass
class Load:
    """What the hall saw: the phones, when something was written, and the cores that the server used."""

    phones: list[Screen] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    cores: float = 0.0
    failed: int = 0


def figures() -> Iterable[Figure]:
    """At both intervals, on both databases."""
    seconds = min(int(os.environ.get("LOAD_SECONDS") or LONGEST), LONGEST)
    for kind in ("SQLite", "PostgreSQL"):
        with database(kind) as environment, hall(environment, people=PEOPLE, days=2) as ours:
            work = ours_to_do(ours)
            yield from _of(kind, asyncio.run(run(ours, work, seconds / 2, every=2.0)), 2, 2200, 0.5)
            yield from _of(kind, asyncio.run(run(ours, work, seconds / 2, every=1.0)), 1, 1200, None)


def _of(kind: str, load: Load, every: int, limit: float, cores: float | None) -> Iterator[Figure]:
    what = f"{kind}: {PHONES} phones asking every {every} s, {WRITES} check-ins a second"
    wrong = load.failed + sum(len(phone.wrong) for phone in load.phones)
    yield Figure(f"{what}, wrong answers", 0, wrong, "")
    yield Figure(f"{what}, p95 of commit → phone", limit, percentile(waits(load.phones, load.commits), 0.95), "ms")
    if cores is not None:
        yield Figure(f"{what}, cores used by the server, the check-ins with them", cores, load.cores, "")


async def run(ours: Hall, work: Iterator[bytes], seconds: float, every: float) -> Load:
    """Let the phones watch and the doors write for so many seconds."""
    load, end = Load(), time.monotonic() + seconds
    load.phones = [
        Screen(Connection("127.0.0.1", ours.server.port), [ours.facts["arrivals"]], every)
        for _phone in range(PHONES)
    ]
    began, before = time.monotonic(), processor_seconds(ours.server)
    await asyncio.gather(
        *(phone.watch(end + 2 * every) for phone in load.phones),
        *(_door(ours, work, load, end) for _door_number in range(WRITERS)),
    )
    for phone in load.phones:
        phone.connection.close()
    load.cores = (processor_seconds(ours.server) - before) / (time.monotonic() - began)
    return load


async def _door(ours: Hall, work: Iterator[bytes], load: Load, end: float) -> None:
    """A door at its share of the writes."""
    connection, due = Connection("127.0.0.1", ours.server.port), time.monotonic()
    while time.monotonic() < end:
        done = Round()
        await one_check_in(connection, next(work), done)
        load.commits.append(time.monotonic())
        load.failed += done.failed
        due += WRITERS / WRITES
        await asyncio.sleep(max(0, due - time.monotonic()))
    connection.close()
