"""Who has a page open: phones are heard when they ask what moved, and now and then it is written down for all.

Asking stays one question to the database. Each process remembers whom it heard and writes all of it in one
statement every twenty seconds, in a transaction of its own, so that a hall of phones never queues for the lock.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from app.core import clock
from app.core.errors import DatabaseBusy
from app.database import db, release_lock, transaction

from .models import LivePresence
from .topics import Scope

WRITE_EVERY = timedelta(seconds=20)
THERE_WITHIN = timedelta(seconds=45)  # a phone asks every two seconds; when the network is bad every thirty
TRUSTED_FOR = timedelta(seconds=75)  # what a process wrote longer ago, it would have written anew if it still ran
MOST_PHONES = 60  # of one topic, in one process
LONGEST_ID = 40

_TABLE: Any = LivePresence.__table__
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """How many phones have a page open now, and when one last had."""

    phones: int = 0
    last: datetime | None = None


@dataclass
class _Heard:
    """What one process heard: for each topic (scope, name), when each phone last asked."""

    process: str = field(default_factory=lambda: secrets.token_hex(8))
    phones: dict[tuple[str, str], dict[str, datetime]] = field(default_factory=dict)
    due_at: datetime | None = None
    lock: Lock = field(default_factory=Lock)


def _heard(app: Flask) -> _Heard:
    heard: _Heard = app.extensions.setdefault("live_presence", _Heard())
    return heard


def hear(scope: str, name: str, phone: str) -> None:
    """A phone with a topic's page open has asked; every twenty seconds whoever comes writes it down."""
    heard, now = _heard(current_app), clock.now()
    with heard.lock:
        phones = heard.phones.setdefault((scope, name), {})
        if phone in phones or len(phones) < MOST_PHONES:
            phones[phone[:LONGEST_ID]] = now
        if heard.due_at is not None and now < heard.due_at:
            return
        heard.due_at = now + WRITE_EVERY
        rows = _rows(heard, now)
    _write(rows)


def _rows(heard: _Heard, now: datetime) -> list[dict[str, Any]]:
    """What to write; who has not asked for a while is forgotten, a topic after it was written as empty."""
    rows = []
    for (scope, name), phones in sorted(heard.phones.items()):  # one order, so that two processes never wait
        last = max(phones.values(), default=None)
        for phone in [one for one, at in phones.items() if now - at > THERE_WITHIN]:
            del phones[phone]
        row = {"scope": scope, "name": name, "process": heard.process, "phones": len(phones), "written_at": now}
        rows.append({**row, "heard_at": last})
    heard.phones = {key: phones for key, phones in heard.phones.items() if phones}
    return rows


def _write(rows: list[dict[str, Any]]) -> None:
    insert: Any = _INSERT[db.engine.dialect.name](_TABLE)
    new = {column: insert.excluded[column] for column in ("phones", "heard_at", "written_at")}
    statement = insert.on_conflict_do_update(index_elements=["scope", "name", "process"], set_=new)
    release_lock()
    try:
        with transaction():
            db.session.execute(statement, rows)
    except (OperationalError, DatabaseBusy):
        _log.warning("who is there was not written down this time")


def seen(scope: Scope, names: Iterable[str]) -> dict[str, Seen]:
    """Who has the pages of these topics open, over all processes; topics never heard of are left out."""
    query = select(_TABLE).where(_TABLE.c.scope == scope.public_id, _TABLE.c.name.in_(list(names)))
    found: dict[str, Seen] = {}
    since = clock.now() - TRUSTED_FOR
    for row in db.session.execute(query):
        so_far = found.get(row.name, Seen())
        last = max((at for at in (so_far.last, row.heard_at) if at is not None), default=None)
        phones = row.phones if row.written_at >= since else 0
        found[row.name] = Seen(so_far.phones + phones, last)
    return found
