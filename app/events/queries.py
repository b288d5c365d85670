"""Reading events."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import User
from app.database import db

from .models import Event, TeamMember


def events_of(user: User) -> list[Event]:
    """The events a user works for, newest first; an administrator sees all."""
    query = select(Event).order_by(Event.first_day.desc(), Event.id.desc())
    if not user.is_administrator:
        query = query.where(Event.id.in_(select(TeamMember.event_id).where(TeamMember.user_id == user.id)))
    return list(db.session.scalars(query))


def public_events() -> list[Event]:
    """Events whose registration is open, for the front page."""
    return list(db.session.scalars(select(Event).where(Event.registration_open).order_by(Event.first_day.desc())))
