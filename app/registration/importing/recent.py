"""The lists judged last in this process: preview and applying need not read again what the upload has read.

A list is taken from here only while the event still knows the same units and people. Two lists at most, for
twenty minutes; another process reads the kept file, and long lists are not held in memory.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from app.core import clock
from app.core.languages import language

from .preparing import Prepared

KEPT = timedelta(minutes=20)
MOST, MOST_ROWS = 2, 2000
Key = tuple[int, str, str, frozenset[tuple[str, str]], str]

_lock = threading.Lock()
_lists: dict[Key, tuple[datetime, object, Prepared]] = {}


def key_of(event_id: int, filename: str, data: bytes, choice: Mapping[str, str]) -> Key:
    """What makes a list the same list: its bytes, its name, the columns chosen, the language of its sentences."""
    return event_id, filename, hashlib.sha256(data).hexdigest(), frozenset(choice.items()), language()


def find(key: Key, around: object) -> Prepared | None:
    """The list as it was judged, when it was judged against the same surroundings."""
    with _lock:
        _forget_old()
        _since, then, prepared = _lists.get(key, (None, None, None))
        return prepared if prepared is not None and then == around else None


def keep(key: Key, around: object, prepared: Prepared) -> None:
    """Hold a judged list for the pages that follow."""
    with _lock:
        _forget_old()
        _lists.pop(key, None)
        if len(prepared.rows) <= MOST_ROWS:
            _lists[key] = clock.now(), around, prepared
        while len(_lists) > MOST:
            del _lists[next(iter(_lists))]


def forget(event_id: int) -> None:
    """Hold nothing of an event's lists any more: they were taken in or put aside."""
    with _lock:
        for key in [key for key in _lists if key[0] == event_id]:
            del _lists[key]


def _forget_old() -> None:
    for key in [key for key, (since, *_rest) in _lists.items() if since < clock.now() - KEPT]:
        del _lists[key]
