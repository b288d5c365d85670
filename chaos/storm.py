"""Sixty-four clients scan everybody on two phones, say a third of it again, and the server dies under them.

Whatever the server acknowledged is written down here; afterwards the ledger is compared with it.
"""

from __future__ import annotations

import json
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from tests.live_server import ROOT, LiveServer, free_port

CLIENTS = 64
CONTROL_CLIENTS = 3  # each scan is slow there: a queue would be through before the restarted server says hello
REPEATED = 0.3
GIVE_UP = 120  # seconds without an answer to one scan


class EarlyServer(LiveServer):
    """The negative control."""

    def command(self) -> list[str]:
        return [sys.executable, "-m", "chaos.early", str(self.port)]


@dataclass
class Outcome:
    """What the storm left behind."""

    people: int
    scans: int  # made on both phones
    requests: int  # answered, with what was said again
    kills: int
    lost: int  # acknowledged, and not in the ledger as acknowledged
    doubled: int  # people let in other than once, and ids with more than one row
    changed: int  # repeated requests that got another answer than before
    present: int
    whole: bool
    recoveries: list[float] = field(default_factory=list)  # seconds from the kill to the first answer
    seconds: float = 0.0


def storm(people: int, kills: int, seed: int, *, early: bool = False, **environment: str) -> Outcome:
    """Run one storm on a server of its own and compare.

    The control repeats nothing: said again after the kill, a lost scan would be written after all.
    """
    with hall(people, EarlyServer if early else LiveServer, environment) as (server, facts):
        scans = _scans(facts, random.Random(seed), repeated=0 if early else REPEATED)
        clients = Clients(server, scans, CONTROL_CLIENTS if early else CLIENTS)
        began = time.monotonic()
        recoveries = clients.run(kills)
        took = time.monotonic() - began
        if early:
            time.sleep(1)  # it may finish what it promised
        found = _run(server)
    unique = len({scan["client_uuid"] for _token, scan in scans})
    return _compare(
        clients.heard,
        found,
        people=people,
        scans=unique,
        requests=len(scans),
        kills=kills,
        changed=clients.changed,
        recoveries=recoveries,
        seconds=took,
    )


@contextmanager
def hall(
    people: int, kind: type[LiveServer], environment: dict[str, str]
) -> Iterator[tuple[LiveServer, dict[str, Any]]]:
    """A started server with a hall full of people still outside."""
    with tempfile.TemporaryDirectory(prefix="sammana-chaos-") as folder:
        server = kind(Path(folder), free_port(), environment)
        facts = _run(server, str(people))
        server.start()
        try:
            yield server, facts
        finally:
            server.kill()


def _run(server: LiveServer, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "chaos.seeding", *arguments], cwd=ROOT, env=server.variables,
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _scans(facts: dict[str, Any], chance: random.Random, repeated: float) -> list[tuple[str, dict[str, str]]]:
    """(token, scan): everybody at both doors, and a share of these requests a second time."""
    made = [
        (token, {
            "client_uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "check_point": facts["check_point"],
            "code": code,
            "occurred_at": datetime.now(UTC).isoformat(),
        })
        for token in facts["tokens"]
        for code in facts["codes"]
    ]  # fmt: skip
    made += [one for one in made if chance.random() < repeated]
    chance.shuffle(made)
    return made


class Clients:
    """Phones that repeat a request until they hear, and remember what they heard."""

    def __init__(self, server: LiveServer, scans: list[tuple[str, dict[str, str]]], number: int) -> None:
        self.server, self.total, self.number = server, len(scans), number
        self.waiting: queue.SimpleQueue[tuple[str, dict[str, str]]] = queue.SimpleQueue()
        for scan in scans:
            self.waiting.put(scan)
        self.lock = threading.Lock()
        self.heard: dict[str, dict[str, Any]] = {}
        self.answers = self.changed = 0
        self.problems: list[BaseException] = []

    def run(self, kills: int) -> list[float]:
        """Send everything; the server is killed at even distances. Returns how long each recovery took."""
        threads = [threading.Thread(target=self._client) for _number in range(self.number)]
        for thread in threads:
            thread.start()
        recoveries = [self._kill_at(self.total * (number + 1) // (kills + 2)) for number in range(kills)]
        for thread in threads:
            thread.join()
        if self.problems:
            raise self.problems[0]
        return recoveries

    def _kill_at(self, answers: int) -> float:
        while self.answers < answers and not self.problems:
            time.sleep(0.002)
        began = time.monotonic()
        self.server.kill()
        self.server.start()
        return time.monotonic() - began

    def _client(self) -> None:
        connection = requests.Session()
        try:
            while True:
                token, scan = self.waiting.get_nowait()
                self._remember(scan["client_uuid"], self._until_heard(connection, token, scan))
        except queue.Empty:
            return
        except BaseException as problem:  # a client that dies must not look like one that is done
            self.problems.append(problem)

    def _until_heard(self, connection: requests.Session, token: str, scan: dict[str, str]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        deadline = time.monotonic() + GIVE_UP
        while time.monotonic() < deadline:
            try:
                answer = connection.post(
                    f"{self.server.url}/api/v1/scans", json={"scans": [scan]}, headers=headers, timeout=10
                )
                if answer.status_code == 200:
                    return dict(answer.json()["results"][0])
                if answer.status_code < 500:
                    raise RuntimeError(f"{answer.status_code}: {answer.text[:200]}")
            except requests.RequestException:
                pass
            time.sleep(0.02 + random.random() * 0.05)
        raise RuntimeError("the server did not come back")

    def _remember(self, client_uuid: str, said: dict[str, Any]) -> None:
        with self.lock:
            self.answers += 1
            if self.heard.setdefault(client_uuid, said) != said:
                self.changed += 1


def _compare(heard: dict[str, dict[str, Any]], found: dict[str, Any], **known: Any) -> Outcome:
    """The clients' memory against the ledger."""
    kept = {client_uuid: outcome for client_uuid, _who, outcome, _answer in found["rows"]}
    rows = Counter(client_uuid for client_uuid, *_rest in found["rows"])
    accepted = Counter(who for _uuid, who, outcome, _answer in found["rows"] if outcome == "accepted")
    return Outcome(
        lost=sum(kept.get(client_uuid) != said["outcome"] for client_uuid, said in heard.items()),
        doubled=sum(number != 1 for number in (*rows.values(), *accepted.values())),
        present=found["present"],
        whole=found["whole"],
        **known,
    )
