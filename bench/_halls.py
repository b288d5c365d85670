"""Servers to measure: the application as in a hall, and the minimal one beside it, on either database."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from app.database import db
from app.jobs import queue
from tests import postgres
from tests.live_server import ROOT, LiveServer, free_port


@dataclass
class Hall:
    """A running application with a seeded event, and what a client needs to know of it."""

    server: LiveServer
    facts: dict[str, Any]
    started_in: float  # seconds until the first answer


@contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """The environment that chooses a database of its own: "SQLite" or "PostgreSQL"."""
    if kind == "SQLite":
        yield {}
        return
    with postgres.running() as cluster:
        if cluster is None:
            raise SystemExit("no PostgreSQL programs on this machine; run make test-setup")
        yield {"DATABASE_URL": cluster.url}


@contextmanager
def hall(environment: dict[str, str], seeding: str = "bench._seeding", **wanted: int) -> Iterator[Hall]:
    """The application with what the module ``seeding`` makes, told ``wanted``; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sammana-bench-") as folder:
        server = LiveServer(Path(folder), free_port(), environment)
        facts = _seed(server, seeding, wanted)
        began = time.perf_counter()
        server.start()
        try:
            yield Hall(server, facts, time.perf_counter() - began)
        finally:
            server.kill()


@contextmanager
def working(ours: Hall) -> Iterator[None]:
    """The worker beside the server, as ``serve`` starts it; it has shown itself when the block begins."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=ours.server.variables)
    try:
        with ours.server.inside():
            while not queue.has_worker():
                db.session.rollback()
                time.sleep(0.2)
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def minimal(environment: dict[str, str], people: int, name: str = "application") -> Iterator[int]:
    """The minimal application of this name; yields its port. On PostgreSQL its tables stand beside ours."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="sammana-minimal-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench._minimal", str(port), str(people), name],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": folder, **environment},
            start_new_session=True,
        )
        try:
            _wait_for(port)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def processor_seconds(server: LiveServer) -> float:
    """What all processes of a server have used of the processors so far."""
    assert server.process is not None
    listed = subprocess.run(["ps", "-o", "pid=", "-g", str(server.process.pid)], capture_output=True, text=True)
    ticks = 0
    for number in listed.stdout.split():
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # in user and in system mode
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(server: LiveServer) -> float:
    """The largest process of a server, in megabytes."""
    assert server.process is not None
    listed = subprocess.run(["ps", "-o", "rss=", "-g", str(server.process.pid)], capture_output=True, text=True)
    return max(int(line) for line in listed.stdout.split()) / 1024


def _seed(server: LiveServer, seeding: str, wanted: dict[str, int]) -> dict[str, Any]:
    arguments = [f"--{name}={number}" for name, number in wanted.items()]
    done = subprocess.run(
        [sys.executable, "-m", seeding, *arguments],
        cwd=ROOT,
        env=server.variables,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _wait_for(port: int) -> None:
    for _attempt in range(400):
        try:
            requests.get(f"http://127.0.0.1:{port}/", timeout=1)
            return
        except requests.RequestException:
            time.sleep(0.05)
    raise SystemExit("the minimal server did not answer")
