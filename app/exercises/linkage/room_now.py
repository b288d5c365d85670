"""The room counted once for all its screens: two dozen facilitators ask for the same figures at one moment."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from app.core import clock
from app.exercises import lifecycle, room
from app.exercises.models import Exercise
from app.exercises.room import RoomFacts
from app.live import topics

from .group_work import progress
from .group_work.progress import Counts
from .room_coverage import Reach, reach_of

# Phones come and go, and minutes pass, without anything being written.
GOOD_FOR = timedelta(seconds=1)
_KEPT = 50

_rooms: OrderedDict[str, RoomNow] = OrderedDict()  # by the exercise's public id
_lock = Lock()


@dataclass(frozen=True)
class RoomNow:
    """What is counted over a room: plain values, shared between requests."""

    version: int  # of the exercise's live topic
    counted_at: datetime
    counts: Mapping[int, Counts]  # by the submission's id
    facts: RoomFacts
    reach: list[Reach]


def room_now(exercise: Exercise) -> RoomNow:
    """The room as it stands; what another screen has counted a moment ago, while nothing was written."""
    version, now = topics.version(exercise.event, lifecycle.topic(exercise)), clock.now()
    with _lock:
        known = _rooms.get(exercise.public_id)
    if known and known.version == version and timedelta(0) <= now - known.counted_at < GOOD_FOR:
        return known
    counts = progress.counts(exercise)
    facts = room.facts_of(exercise, {group: one.cards for group, one in counts.items()})
    found = RoomNow(version, now, counts, facts, reach_of(exercise))
    with _lock:
        _rooms[exercise.public_id] = found
        _rooms.move_to_end(exercise.public_id)
        while len(_rooms) > _KEPT:
            _rooms.popitem(last=False)
    return found
