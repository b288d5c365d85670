"""The facilitator's tiles as HTML. Of sixty groups one or two have moved since a screen asked last.

Only those are made anew: a tile is made of nothing but its ``Shown``, so the same values give the same tile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.core.languages import language
from app.core.templating import rendered
from app.exercises.models import Exercise
from app.exercises.room import Tile
from app.live.presence import Seen

from ..linkage.group_work.progress import Counts
from .page_words import SIGNALS

_Count = tuple[int, int]  # so many of at least so many


@dataclass(frozen=True)
class Shown:
    """Everything that stands on a tile; ``url`` is empty for who may not open the group."""

    url: str
    number: int
    name: str
    status: str
    level: int
    signals: tuple[tuple[str, int, tuple[tuple[str, Any], ...]], ...]  # code, level, what its words tell
    is_locked: bool
    is_late: bool
    returned: int
    cards: int
    needs: _Count
    projects: _Count
    links: _Count
    saved_at: datetime | None
    writers: int
    members: int
    seen: Seen


def tile_card(exercise: Exercise, tile: Tile, count: Counts, *, may_open: bool) -> Markup:
    """One group's tile."""
    return _made(shown_of(exercise, tile, count, may_open=may_open), language())


def shown_of(exercise: Exercise, tile: Tile, count: Counts, *, may_open: bool) -> Shown:
    """What a group's tile shows."""
    submission, group = tile.submission, tile.submission.group
    least = exercise.form.get("minimum", {})
    url = url_for(
        "exercises.group_view",
        slug=exercise.event.slug,
        exercise_id=exercise.public_id,
        group_id=group.public_id,
    )
    return Shown(
        url=url if may_open else "",
        number=group.number,
        name=submission.name,
        status=submission.status,
        level=tile.level,
        signals=tuple((one.code, one.level, tuple(sorted(one.params.items()))) for one in tile.signals),
        is_locked=submission.is_locked or exercise.is_locked,
        is_late=submission.is_late,
        returned=count.statuses["returned"],
        cards=count.cards,
        needs=(count.kinds["need"], least.get("need", 0)),
        projects=(count.kinds["project"], least.get("project", 0)),
        links=(count.links, least.get("upward_link", 0)),
        saved_at=submission.saved_at,
        writers=tile.writers,
        members=tile.members,
        seen=tile.seen,
    )


@lru_cache(maxsize=2048)
def _made(shown: Shown, _language: str) -> Markup:
    return rendered("exercises/_tile.html", tile=shown, signal_words=SIGNALS)
