"""What the nine phones of a table ask within the same second is worked out once in each process.

The number of the newest change names the content: everything a group sees changes under the exercise's lock and
with a line in the history. What differs between readers (who holds the pen, whose suggestion) is never kept here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

Key = tuple[str, str, int, int]  # exercise, group, since, newest

MOST = 300  # sixty tables, a few phones that lag behind

_kept: OrderedDict[Key, dict[str, Any]] = OrderedDict()
_lock = Lock()


def shared(key: Key, work_out: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The answer kept under a key, or worked out now. It must not be changed by whoever gets it."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = work_out()
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found
