"""What the public form says of seats before anything is sent: which units and kinds of people are full."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from app.database import db
from app.events.models import Event

from .models import Answer, Place
from .quotas import read_seats


@dataclass(frozen=True)
class Full:
    """Public ids of units, names of categories, and shares of a category in a unit in words."""

    units: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    shares: list[str] = field(default_factory=list)
    has_held_posts: bool = False  # whose holders have a seat all the same

    def __bool__(self) -> bool:
        return bool(self.units or self.categories or self.shares)


def full_now(event: Event) -> Full:
    """What has no seat left; nothing where the organiser decides about everybody anyway. No lock: a hint only."""
    if event.asks_approval:
        return Full()
    seats = read_seats(event)
    of_kinds = [limit for limit in seats.limits if limit.category and limit.free == 0]
    found = Full(
        frozenset(unit.public_id for unit in event.units if seats.full(unit.id, "")),
        frozenset(limit.category for limit in of_kinds if limit.units is None),
        [str(limit.label) for limit in of_kinds if limit.units is not None],
    )
    return Full(found.units, found.categories, found.shares, _has_held_posts(event)) if found else found


def _has_held_posts(event: Event) -> bool:
    held = select(Place.id).where(
        Place.event_id == event.id, Place.registrant_id.is_(None), Place.answer != Answer.DECLINED
    )
    return db.session.scalar(held.limit(1)) is not None
