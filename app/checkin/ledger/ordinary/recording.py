"""Scans that wait for their turn at the same moment are recorded together, by the thread whose turn comes.

A commit costs as much as all the rest of a scan, and threads that hand the interpreter to each other as much again
(docs/decisions/0030). So a request puts its scan down and waits; whoever is first takes all that lie there.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine

from app.core.errors import DatabaseBusy
from app.database import db
from app.driver import driver_transaction, session_is_idle

from . import on_postgres, on_sqlite
from .seeing import Waiting, waiting

_log = logging.getLogger(__name__)


@dataclass
class _Queue:
    """The scans that wait for a database, and whose turn it is."""

    scans: deque[Waiting] = field(default_factory=deque)
    turn: Lock = field(default_factory=Lock)

    def take_all(self) -> list[Waiting]:
        return [self.scans.popleft() for _scan in range(len(self.scans))]


_queues: WeakKeyDictionary[Engine, _Queue] = WeakKeyDictionary()
_making = Lock()


def record(token: str, sent: object, said: str = "", language: str = "th") -> str | None:
    """The stored answer to what the phone that holds the token sent; None where the longer road must look.

    ``said`` is how many more scans the phone says it holds. Committed when it returns. Never raises for the
    database: whatever goes wrong is undone, and the longer road says what it is.
    """
    one = waiting(token, sent, said, language)
    if one is None or not session_is_idle():
        return None
    engine = db.engine
    queue = _queue_of(engine)
    queue.scans.append(one)
    with queue.turn:
        if not one.is_done:
            _record_all(queue, engine.dialect)
    return one.answer


def _queue_of(engine: Engine) -> _Queue:
    queue = _queues.get(engine)
    if queue is None:
        with _making:
            queue = _queues.setdefault(engine, _Queue())
    return queue


def _record_all(queue: _Queue, dialect: Dialect) -> None:
    """Whatever waits now, in one transaction. If that fails nothing is written, and each goes on by itself."""
    road = on_sqlite if dialect.name == "sqlite" else on_postgres
    scans: list[Waiting] = []
    try:
        with driver_transaction() as connection:
            scans += queue.take_all()
            road.record_all(connection, dialect, scans)
    except Exception as error:
        if not isinstance(error, DatabaseBusy):
            _log.exception("%d scans were not recorded together", len(scans))
        scans += queue.take_all()
        for one in scans:
            one.answer = None
    for one in scans:
        one.is_done = True
