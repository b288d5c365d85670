"""The programme as people read it: day by day, with what is on now and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.database import db

from .models import Day, Event, EventSession


@dataclass(frozen=True)
class AgendaDay:
    """A day and its sessions by time."""

    day: Day
    sessions: list[EventSession]


@dataclass(frozen=True)
class Moment:
    """What is on: several sessions may run side by side; ``following`` is the next to begin."""

    running: list[EventSession]
    following: EventSession | None


def agenda(event: Event) -> list[AgendaDay]:
    """Every day of the event with its sessions and their rooms, in two queries."""
    query = (
        select(EventSession)
        .where(EventSession.event_id == event.id)
        .options(joinedload(EventSession.room))
        .order_by(EventSession.starts_at, EventSession.ends_at, EventSession.id)
    )
    by_day: dict[int, list[EventSession]] = {}
    for session in db.session.scalars(query):
        by_day.setdefault(session.day_id, []).append(session)
    return [AgendaDay(day, by_day.get(day.id, [])) for day in event.days]


def at(days: Sequence[AgendaDay], moment: datetime) -> Moment:
    """What is on at a moment, and what begins next on the same day."""
    sessions = [session for day in days for session in day.sessions]
    running = [session for session in sessions if session.starts_at <= moment < session.ends_at]
    later = [session for session in sessions if session.starts_at > moment]
    today = [session for session in later if clock.local(session.starts_at).date() == clock.local(moment).date()]
    return Moment(running, today[0] if today else None)
