"""A hall that checks itself in: 530 phones in five minutes, while 530 pages stay open and ask what has moved.

LOAD_SECONDS (default 60) shortens it at the same rates; ``make load`` takes the whole five minutes.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from ._halls import Hall, database, hall
from .connection import FORM, Answer, Connection
from .figure import Figure, percentile

PEOPLE, WHOLE = 530, 300  # so many people, over so many seconds
ASK_EVERY = 2.0  # seconds, as a group's page asks; ± 30 %, as the script does


@dataclass
class Load:
    """What the hall was answered: check-ins and open pages apart, in milliseconds; what went wrong."""

    checking_in: list[float] = field(default_factory=list)
    asking: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    people: int = 0


def figures() -> Iterable[Figure]:
    """Errors and waiting times on both databases."""
    seconds = int(os.environ.get("LOAD_SECONDS") or 60)
    for kind in ("SQLite", "PostgreSQL"):
        with database(kind) as environment, hall(environment, people=PEOPLE) as ours:
            load = asyncio.run(run(ours, seconds))
        what = f"{kind}: {load.people} self check-ins in {seconds} s beside {PEOPLE} open pages"
        yield Figure(f"{what}, wrong answers", 0, len(load.wrong), "")
        yield Figure(f"{what}, p95 of a check-in's requests", 500, percentile(load.checking_in, 0.95), "ms")
        yield Figure(f"{what}, p95 of an open page's", 500, percentile(load.asking, 0.95), "ms")


async def run(ours: Hall, seconds: int, pages: int = PEOPLE) -> Load:
    """Let the hall come in for so many seconds."""
    load, end = Load(), time.monotonic() + seconds
    people = PEOPLE * seconds // WHOLE
    load.people = people
    dice = random.Random(1)
    arrivals = [_arrive(ours, load, link, dice.uniform(0, seconds)) for link in ours.facts["links"][:people]]
    waiting = [_stay(ours, load, end, dice.uniform(0, ASK_EVERY)) for _page in range(pages)]
    await asyncio.gather(*arrivals, *waiting)
    return load


async def _arrive(ours: Hall, load: Load, link: str, after: float) -> None:
    """One person: the personal link, the screen's QR, the button, the answer."""
    await asyncio.sleep(after)
    phone, slug = Connection("127.0.0.1", ours.server.port), ours.facts["slug"]

    async def ask(expected: int, answer: Answer) -> Answer:
        load.checking_in.append(answer.took)
        if answer.status != expected:
            load.wrong.append(f"{answer.status} where {expected} was due")
        return answer

    await ask(302, await phone.get(link))
    await ask(302, await phone.get(f"/C/{slug.upper()}/{_code(ours)}"))
    page = (await ask(200, await phone.get(f"/c/{slug}"))).body.decode()
    fields = dict(re.findall(r'name="(csrf_token|client_uuid)" value="([^"]+)"', page))
    await ask(302, await phone.post(f"/c/{slug}/check-in", urlencode(fields).encode(), Content_Type=FORM))
    done = await ask(200, await phone.get(f"/c/{slug}/done"))
    if b'data-outcome="accepted"' not in done.body:
        load.wrong.append("somebody was not let in")
    phone.close()


async def _stay(ours: Hall, load: Load, end: float, after: float) -> None:
    """One open page: loaded once, then asking what has moved until the end."""
    await asyncio.sleep(after)
    page = Connection("127.0.0.1", ours.server.port)
    await page.get(f"/e/{ours.facts['slug']}")
    known: dict[str, str] = {}
    while time.monotonic() < end:
        answer = await page.get(f"/live?t={ours.facts['topic']}", **known)
        load.asking.append(answer.took)
        if answer.status not in (200, 304):
            load.wrong.append(f"{answer.status} from /live")
        known = {"If-None-Match": answer.headers["etag"]} if "etag" in answer.headers else known
        await asyncio.sleep(ASK_EVERY * random.uniform(0.7, 1.3))
    page.close()


def _code(ours: Hall) -> str:
    """What the screen shows at this moment; made beforehand, as the key is the server's."""
    return str(ours.facts["screen"][str(int(time.time() // ours.facts["step"]))])
