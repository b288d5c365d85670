"""Sixty tables of nine phones draft together: every acknowledged edit in the history, all phones alike at the end.

One edit a table every ten seconds; one request in ten is sent twice, one in twenty loses its answer and is sent
again, as the phones' outbox does. LOAD_SECONDS (default 60) shortens it at the same rates; ``make load``: 600.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import random
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.live_server import ROOT

from ._halls import Hall, database, hall
from ._screens import Screen, waits
from .checkin import signed_in
from .connection import Connection
from .figure import Figure, percentile

GROUPS, PHONES = 60, 9
EDIT_EVERY, ASK_EVERY = 10.0, 2.0  # seconds; a table writes, a phone asks
SCREEN_EVERY = 0.25  # seconds; the facilitator's page and the projector ask
REPEATED, DROPPED = 0.10, 0.05
ALIKE_WITHIN = 5.0  # seconds after the last edit
WORDS = ("สวนผลไม้ขาดแคลนน้ำในฤดูแล้ง", "ขุดลอกสระน้ำตำบล", "อบรมเกษตรกรตามมาตรฐาน GAP", "คัดแยกขยะต้นทาง")
TEXTS = ("title", "objective", "detail", "output_target", "lead_name")


@dataclass
class Load:
    """What became of the edits; times in milliseconds."""

    saves: list[float] = field(default_factory=list)
    asking: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    commits: list[float] = field(default_factory=list)  # moments of the acknowledged edits
    screens: dict[str, Screen] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    repeated: int = 0
    dropped: int = 0
    lost: int = 0  # acknowledged, and not in the history
    unlike: int = 0  # phones that do not show their table's cards in time


@dataclass
class Phone:
    """One phone with the group's page open: what it shows, and how it asks."""

    port: int
    link: str
    load: Load
    page: dict[str, str] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)  # card -> revision
    versions: dict[str, int] = field(default_factory=dict)
    seq: int = 0
    etag: str = ""

    def __post_init__(self) -> None:
        self.asks = Connection("127.0.0.1", self.port)
        self.writes = Connection("127.0.0.1", self.port, self.asks.cookies)  # two requests at once, one phone

    async def open(self, exercise: str) -> None:
        """The personal link, then the group's page."""
        await self.asks.get(self.link)
        body = (await self.asks.get(f"/x/{exercise}")).body.decode()
        found = re.findall(r"data-(ops|changes|live|topics|here|state)=(\"[^\"]*\"|'[^']*')", body)
        self.page = {
            name: html.unescape(value[1:-1]) for name, value in reversed(found)
        }  # the page's own come first
        self.page["token"] = re.search(r'name="csrf-token" content="([^"]+)"', body)[1]  # type: ignore[index]
        self.versions = {name: int(count) for name, count in map(_topic, self.page["topics"].split())}
        self._receive(json.loads(self.page.pop("state")))

    def _receive(self, state: dict[str, Any]) -> None:
        self.seq = state["seq"]
        for card in state["cards"]:
            self.shown[card["id"]] = card["rev"]

    async def follow(self, end: float) -> None:
        """Ask what moved, and fetch it when something did, until the end."""
        while time.monotonic() < end:
            await asyncio.sleep(ASK_EVERY * random.uniform(0.7, 1.3))
            await self.ask()

    async def ask(self) -> None:
        """The page's one small question."""
        topics = "&".join(f"t={name}" for name in self.versions)
        known = {"If-None-Match": self.etag} if self.etag else {}
        open_here = f"here={self.page['here']}&me={id(self)}"  # the tiles say how many phones are open
        answer = await self.asks.get(f"{self.page['live']}?{topics}&{open_here}", **known)
        self.load.asking.append(answer.took)
        if answer.status == 304:
            return
        if answer.status != 200:
            self.load.wrong.append(f"{answer.status} from /live")
            return
        versions = json.loads(answer.body)
        if versions != self.versions:
            changed = await self.asks.get(f"{self.page['changes']}?since={self.seq}")
            if changed.status != 200:
                self.load.wrong.append(f"{changed.status} from /changes")
                return
            self._receive(json.loads(changed.body))
        self.versions, self.etag = versions, answer.headers.get("etag", "")

    async def write(self, op: dict[str, Any], dice: random.Random) -> None:
        """Send an op until it is answered; sometimes twice, sometimes with the first answer lost."""
        body = json.dumps({"ops": [op]}).encode()
        if dice.random() < DROPPED:
            self.load.dropped += 1
            await self._lose(body)
        answer = await self._post(body)
        results = json.loads(answer)["results"] if answer else []
        if [one["status"] for one in results] not in (["taken"], ["conflict"]):
            self.load.wrong.append(f"an edit was answered {results}")
            return
        self.load.acknowledged.add(op["op_id"])
        self.load.commits.append(time.monotonic())
        if dice.random() < REPEATED:
            self.load.repeated += 1
            again = json.loads(await self._post(body) or b'{"results": [{}]}')["results"][0]
            if again.get("rev") != results[0]["rev"]:
                self.load.wrong.append("a repeated edit was answered otherwise")

    async def _post(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.page["token"]}
        answer = await self.writes.post(self.page["ops"], body, **headers)
        self.load.saves.append(answer.took)
        if answer.status != 200:
            self.load.wrong.append(f"{answer.status} from /ops")
            return b""
        return answer.body

    async def _lose(self, body: bytes) -> None:
        """The request arrives, its answer does not."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        cookies = "; ".join(f"{name}={value}" for name, value in self.asks.cookies.items())
        head = (
            f"POST {self.page['ops']} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n"
            f"X-CSRFToken: {self.page['token']}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()


def _topic(signed: str) -> tuple[str, int]:
    name, _, version = signed.partition(":")
    return name, int(version)


class Table:
    """A table: its phones, and the cards it has written."""

    def __init__(self, phones: list[Phone], dice: random.Random) -> None:
        self.phones, self.dice = phones, dice
        self.cards: list[str] = []

    async def draft(self, end: float) -> None:
        """An edit by one of the phones every ten seconds."""
        await asyncio.sleep(self.dice.uniform(0, EDIT_EVERY))
        while time.monotonic() < end:
            phone = self.dice.choice(self.phones)
            await phone.write(self._op(phone), self.dice)
            await asyncio.sleep(EDIT_EVERY * self.dice.uniform(0.7, 1.3))

    def _op(self, phone: Phone) -> dict[str, Any]:
        op = {"op_id": str(uuid.uuid4()), "entity": "item", "client": f"c-{id(phone)}"}
        words = f"{self.dice.choice(WORDS)} {self.dice.randrange(1000)}"
        known = [card for card in self.cards if card in phone.shown]
        if not known or self.dice.random() < 0.3:
            self.cards.append(str(uuid.uuid4()))
            return {**op, "id": self.cards[-1], "action": "create", "fields": {"kind": "project", "title": words}}
        card = self.dice.choice(known)
        fields = {self.dice.choice(TEXTS): words}
        return {**op, "id": card, "action": "update", "base_rev": phone.shown[card], "fields": fields}


def figures() -> Iterable[Figure]:
    """Lost edits, phones that differ and the wait for a save, on both databases."""
    seconds = int(os.environ.get("LOAD_SECONDS") or 60)
    for kind in ("SQLite", "PostgreSQL"):
        with database(kind) as environment, tables(environment) as ours:
            load = asyncio.run(run(ours, seconds))
        what = f"{kind}: {GROUPS} tables × {PHONES} phones, {len(load.acknowledged)} edits in {seconds} s"
        yield Figure(f"{what}, acknowledged and not in the history", 0, load.lost, "")
        yield Figure(f"{what}, phones not alike after {ALIKE_WITHIN:.0f} s", 0, load.unlike, "")
        yield Figure(f"{what}, wrong answers", 0, len(load.wrong), "")
        yield Figure(f"{what}, p95 of a save", 300, percentile(load.saves, 0.95), "ms")
        yield Figure(f"{what}, p95 of a phone's question", 300, percentile(load.asking, 0.95), "ms")
        for name, screen in load.screens.items():
            shown = percentile(waits([screen], load.commits), 0.95)
            yield Figure(f"{what}, p95 of commit → {name}", 400, shown, "ms")


def tables(environment: dict[str, str], groups: int = GROUPS, phones: int = PHONES) -> Any:
    """A running server with the tables seated."""
    return hall(environment, seeding="bench._tables_seeding", groups=groups, phones=phones)


async def run(ours: Hall, seconds: float) -> Load:
    """Open every page, let the tables write for so many seconds, then look whether all agree."""
    load, dice = Load(), random.Random(1)
    rooms = [
        Table([Phone(ours.server.port, link, load) for link in links], random.Random(dice.random()))
        for links in ours.facts["tables"]
    ]
    everyone = [phone for room in rooms for phone in room.phones]
    gate = asyncio.Semaphore(8)

    async def enter(phone: Phone) -> None:
        async with gate:
            await phone.open(ours.facts["exercise"])

    await asyncio.gather(*(enter(phone) for phone in everyone))
    load.screens = await _screens(ours)
    end = time.monotonic() + seconds
    await asyncio.gather(
        *(room.draft(end) for room in rooms),
        *(phone.follow(end + ALIKE_WITHIN) for phone in everyone),
        *(screen.watch(end + ALIKE_WITHIN) for screen in load.screens.values()),
    )
    load.wrong += [wrong for screen in load.screens.values() for wrong in screen.wrong]
    load.unlike = sum([await _unlike(room) for room in rooms])
    load.lost = len(load.acknowledged - _history(ours))
    return load


async def _screens(ours: Hall) -> dict[str, Screen]:
    """The facilitator's tiles, and the projector with the slide that counts who took part."""
    exercise, slug = ours.facts["exercise"], ours.facts["slug"]
    desk, projector = await signed_in(ours), await signed_in(ours)
    tiles = f"/events/{slug}/exercises/{exercise}"
    found = {"the facilitator's tiles": Screen(desk, await _topics(desk, tiles), SCREEN_EVERY, f"{tiles}/tiles")}
    slide = f"/present/{exercise}"
    page = (await projector.get(slide)).body.decode()
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert token, "the projector's page carries no CSRF token"
    turned = json.dumps({"slide": "participation"}).encode()
    await projector.post(f"{slide}/go", turned, Content_Type="application/json", X_CSRFToken=token[1])
    topics = await _topics(projector, slide)
    return {**found, "the projector's slide": Screen(projector, topics, SCREEN_EVERY, f"{slide}/slide")}


async def _topics(browser: Connection, page: str) -> list[str]:
    """The topics that a page's live block carries."""
    body = (await browser.get(page)).body.decode()
    found = re.search(r'data-live-topics="([^"]+)"', body)
    assert found, f"{page} has no live block"
    return html.unescape(found[1]).split()


async def _unlike(room: Table) -> int:
    """How many phones of a table show other revisions than the server holds."""
    first = room.phones[0]
    answer = await first.asks.get(f"{first.page['changes']}?since=0")
    stored = {card["id"]: card["rev"] for card in json.loads(answer.body)["cards"]}
    return sum(phone.shown != stored for phone in room.phones)


def _history(ours: Hall) -> set[str]:
    """The ids of every op that the database has kept."""
    script = (
        "from app import create_app; from app.database import db; from app.exercises.models import Change\n"
        "with create_app().app_context(): print(' '.join(db.session.scalars(db.select(Change.op_id))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, env=ours.server.variables, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return set(done.stdout.split())
