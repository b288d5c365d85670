"""Reading events."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import User
from app.database import db

from .models import Event, TeamMember, Unit


def events_of(user: User) -> list[Event]:
    """The events a user works for, newest first; an administrator sees all."""
    query = select(Event).order_by(Event.first_day.desc(), Event.id.desc())
    if not user.is_administrator:
        query = query.where(Event.id.in_(select(TeamMember.event_id).where(TeamMember.user_id == user.id)))
    return list(db.session.scalars(query))


def public_events() -> list[Event]:
    """Events whose registration is open, for the front page."""
    return list(db.session.scalars(select(Event).where(Event.registration_open).order_by(Event.first_day.desc())))


def tree(event: Event) -> list[tuple[Unit, int]]:
    """The event's units with their depth, each followed by what lies below it, in the event's order."""
    under: dict[int | None, list[Unit]] = {}
    for unit in event.units:
        if unit.id is not None:
            under.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None, depth: int) -> list[tuple[Unit, int]]:
        return [row for unit in under.get(parent, []) for row in ((unit, depth), *walk(unit.id, depth + 1))]

    return walk(None, 0)
