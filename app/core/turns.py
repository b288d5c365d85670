"""Requests are worked on one at a time, in the order in which they came; nobody waits long for a long one.

Threads of Python hand the interpreter to each other at every question to the database and wait for it again, so
four requests at once take longer than the same four one after the other, every one of them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from flask import Flask

PATIENCE = 0.25  # seconds; whoever has worked for so long is joined by the next
MOST = 8  # at once, however long they take: each may hold a connection to the database


class _Turn:
    """The lock is held until the turn is given; ``began`` is when it was."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.lock.acquire()
        self.began = 0.0


class Turns:
    """The WSGI application, by turns. What it answers is sent outside of its turn."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app
        self._lock = Lock()
        self._waiting: deque[_Turn] = deque()
        self._working: list[_Turn] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        turn = _Turn()
        with self._lock:
            self._waiting.append(turn)
            self._give_on()
        while not turn.lock.acquire(timeout=PATIENCE):
            with self._lock:
                self._give_on()
        try:
            return self.app(environ, start_response)
        finally:
            with self._lock:
                self._working.remove(turn)
                self._give_on()

    def _give_on(self) -> None:
        """Let the next one begin, unless somebody has only just begun."""
        now = time.monotonic()
        if not self._waiting or len(self._working) >= MOST:
            return
        if all(now - one.began > PATIENCE for one in self._working):
            following = self._waiting.popleft()
            following.began = now
            self._working.append(following)
            following.lock.release()


def init_turns(app: Flask) -> None:
    """Around the framework; shortcuts go before it, for they are short."""
    app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[method-assign]
