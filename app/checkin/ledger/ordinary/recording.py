"""Scans that wait for their turn at the same moment are recorded together, by the thread whose turn comes.

A commit costs as much as all the rest of a scan, and threads that hand the interpreter to each other as much again
(docs/decisions/0030). So a request puts its scan down and waits; whoever is first takes all that lie there.
"""

from __future__ import annotations

import logging
from collections import deque
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine

from app.core.errors import DatabaseBusy
from app.database import db
from app.driver import driver_transaction, session_is_idle

from . import on_postgres, on_sqlite
from .seeing import Waiting, waiting

_log = logging.getLogger(__name__)


class _Queue:
    """The scans that wait for a database; one of their threads records at a time."""

    def __init__(self) -> None:
        self._scans: deque[Waiting] = deque()
        self._lock = Lock()
        self._is_recording = False

    def must_record(self, one: Waiting) -> bool:
        """Put a scan down. True where this thread is to record what waits; False once the scan is recorded."""
        with self._lock:
            self._scans.append(one)
            if not self._is_recording:
                self._is_recording = True
                return True
        one.turn.acquire()
        return not one.is_done

    def take_all(self) -> list[Waiting]:
        """For the thread that records."""
        with self._lock:
            taken = list(self._scans)
            self._scans.clear()
        return taken

    def go_on(self, recorded: list[Waiting]) -> None:
        """Let the next one that waits record what came meanwhile, then those go whose scans are recorded."""
        with self._lock:
            following = self._scans[0] if self._scans else None
            self._is_recording = following is not None
        if following is not None:
            following.turn.release()
        for one in recorded:
            one.is_done = True
            one.turn.release()


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
    if queue.must_record(one):
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
    except BaseException as error:
        scans += queue.take_all()
        for one in scans:
            one.answer = None  # what was not committed is never said
        if not isinstance(error, Exception):
            raise
        if not isinstance(error, DatabaseBusy):
            _log.exception("%d scans were not recorded together", len(scans))
    finally:
        queue.go_on(scans)
