"""Pages that somebody watches: when each of them began to ask, and when it had what had moved.

How long a commit took to a screen is read off afterwards: the first question begun after it, until it was through.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .connection import Connection


@dataclass
class Screen:
    """One open page: its topics, how often it asks, and what it fetches when something moved ("" = nothing)."""

    connection: Connection
    topics: Sequence[str]
    every: float  # seconds, ± 30 % as the script does
    fragment: str = ""
    asked: list[tuple[float, float]] = field(default_factory=list)  # (began, had it), moments in order
    wrong: list[str] = field(default_factory=list)
    fetched: int = 0
    _shown: str = ""
    _etag: str = ""

    async def watch(self, end: float) -> None:
        """Ask until the moment ``end``; the page rests as long as the server says, as the script does."""
        await asyncio.sleep(random.uniform(0, self.every))
        while time.monotonic() < end:
            began = time.monotonic()
            rest = await self.ask()
            took, pause = time.monotonic() - began, self.every * random.uniform(0.7, 1.3)
            await asyncio.sleep(max(pause - took, min(took, pause), rest * random.uniform(0.7, 1.3)))

    async def ask(self) -> float:
        """One question, and the fragment when something moved; returns the seconds of rest the server wants."""
        began, rest = time.monotonic(), 0.0
        known = {"If-None-Match": self._etag} if self._etag else {}
        answer = await self.connection.get("/live?" + "&".join(f"t={one}" for one in self.topics), **known)
        if answer.status not in (200, 304):
            self.wrong.append(f"{answer.status} from /live")
            return rest
        if answer.status == 200:
            self._etag = answer.headers.get("etag", "")
            moved, self._shown = json.dumps(json.loads(answer.body)) != self._shown, answer.body.decode()
            if moved and self.fragment:
                rest = await self._fetch()
        self.asked.append((began, time.monotonic()))
        return rest

    async def _fetch(self) -> float:
        answer = await self.connection.get(self.fragment, Live_Block="1")
        if answer.status != 200:
            self.wrong.append(f"{answer.status} from a fragment")
        self.fetched += 1
        return int(answer.headers.get("poll-after", 0)) / 1000


def waits(screens: Iterable[Screen], commits: Sequence[float]) -> list[float]:
    """Milliseconds from each commit to each screen that asked after it."""
    found = []
    for screen in screens:
        begun = [began for began, _had in screen.asked]
        for moment in commits:
            place = bisect_left(begun, moment)
            if place < len(begun):
                found.append((screen.asked[place][1] - moment) * 1000)
    return found
