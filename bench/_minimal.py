"""The limit: look one person up by a unique token, insert one unique attendance row, commit, answer. No more.

``python -m bench._minimal PORT PEOPLE [NAME]`` with DATA_DIR, or DATABASE_URL for PostgreSQL; tokens are "token-0"
and so on. NAME is "application", which speaks WSGI itself, or "flask_application", the same as the one route of a
bare Flask application.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, request

TABLES = (
    "CREATE TABLE person (id INTEGER PRIMARY KEY, token TEXT UNIQUE, name TEXT)",
    "CREATE TABLE attendance (id {key}, person INTEGER, point INTEGER, at TEXT, UNIQUE (person, point))",
)
_local, _lock = threading.local(), threading.Lock()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One check-in: {"token", "point"} in, the name out."""
    if environ["REQUEST_METHOD"] != "POST":
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]
    sent = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    body = json.dumps({"name": _write(sent["token"], sent["point"])}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


flask_application = Flask(__name__)


@flask_application.get("/")
def _alive() -> str:
    return ""


@flask_application.post("/")
def _check_in() -> dict[str, str]:
    sent = request.get_json()
    return {"name": _write(sent["token"], sent["point"])}


def _write(token: str, point: int) -> str:
    return (_on_postgres if os.environ.get("DATABASE_URL") else _on_sqlite)(token, point)


def _on_sqlite(token: str, point: int) -> str:
    if not hasattr(_local, "db"):
        _local.db = _open_sqlite()
    with _lock:
        _local.db.execute("BEGIN IMMEDIATE")
        number, name = _local.db.execute("SELECT id, name FROM person WHERE token = ?", (token,)).fetchone()
        _local.db.execute(
            "INSERT INTO attendance (person, point, at) VALUES (?, ?, datetime()) ON CONFLICT DO NOTHING",
            (number, point),
        )
        _local.db.execute("COMMIT")
    return str(name)


def _on_postgres(token: str, point: int) -> str:
    import psycopg

    if not hasattr(_local, "db"):
        _local.db = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    row = _local.db.execute(
        "WITH who AS (SELECT id, name FROM person WHERE token = %s), came AS (INSERT INTO attendance "
        "(person, point, at) SELECT id, %s, now()::text FROM who ON CONFLICT DO NOTHING) SELECT name FROM who",
        (token, point),
    ).fetchone()
    return str(row[0])


def _open_sqlite() -> sqlite3.Connection:
    db = sqlite3.connect(Path(os.environ["DATA_DIR"]) / "minimal.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        db.execute(f"PRAGMA {pragma}")
    return db


def prepare(people: int) -> None:
    """Make the tables and the people."""
    rows = [(number, f"token-{number}", f"name {number}") for number in range(people)]
    if os.environ.get("DATABASE_URL"):
        _prepare_postgres(rows)
        return
    db = _open_sqlite()
    for statement in TABLES:
        db.execute(statement.format(key="INTEGER PRIMARY KEY"))
    db.execute("BEGIN")
    db.executemany("INSERT INTO person VALUES (?, ?, ?)", rows)
    db.execute("COMMIT")


def _prepare_postgres(rows: list[tuple[int, str, str]]) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as db, db.cursor() as cursor:
        for statement in TABLES:
            cursor.execute(statement.format(key="bigserial PRIMARY KEY"))
        cursor.executemany("INSERT INTO person VALUES (%s, %s, %s)", rows)


if __name__ == "__main__":
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    from app.cli import serve

    on_postgres = bool(os.environ.get("DATABASE_URL"))
    prepare(int(sys.argv[2]))
    Granian(
        f"bench._minimal:{sys.argv[3] if len(sys.argv) > 3 else 'application'}",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=serve.POSTGRES_PROCESSES if on_postgres else serve.SQLITE_PROCESSES,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()
