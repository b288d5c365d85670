"""The programme: sessions of a day with their hours, speaker and room."""

from __future__ import annotations

from datetime import datetime, time

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.live import topics

from .models import Day, Event, EventSession, Room
from .objections import check_removable


def find(event: Event, public_id: str) -> EventSession | None:
    """A session of the event, or None."""
    return db.session.scalar(
        select(EventSession).where(EventSession.event_id == event.id, EventSession.public_id == public_id)
    )


def save_session(
    event: Event,
    session: EventSession | None,
    *,
    day: Day,
    title: str,
    speaker: str,
    starts: time,
    ends: time,
    room: Room | None,
    actor: object,
) -> EventSession:
    """Add a session, or change one. Two sessions may run at once, but not in one room."""
    if not clean_text(title):
        raise RuleBroken(_l("โปรดใส่หัวข้อ"), "title")
    if ends <= starts:
        raise RuleBroken(_l("เวลาเลิกต้องอยู่หลังเวลาเริ่ม"), "ends")
    starts_at = clock.at_local(day.date, starts.hour, starts.minute)
    ends_at = clock.at_local(day.date, ends.hour, ends.minute)
    if room is not None:
        _check_room_free(event, session, room, starts_at, ends_at)
    action = "session.edited" if session else "session.added"
    if session is None:
        session = EventSession(event_id=event.id)
        db.session.add(session)
    session.title, session.speaker = clean_text(title), clean_text(speaker)
    session.day_id, session.room_id = day.id, room.id if room else None
    session.starts_at, session.ends_at = starts_at, ends_at
    db.session.flush()
    db.session.expire(session, ["day", "room"])
    _note(event, session, action, actor)
    return session


def _check_room_free(
    event: Event, session: EventSession | None, room: Room, starts_at: datetime, ends_at: datetime
) -> None:
    query = select(EventSession).where(
        EventSession.event_id == event.id,
        EventSession.room_id == room.id,
        EventSession.starts_at < ends_at,
        EventSession.ends_at > starts_at,
    )
    if session is not None:
        query = query.where(EventSession.id != session.id)
    other = db.session.scalar(query.limit(1))
    if other is not None:
        raise RuleBroken(_l("ห้องนี้มี “%(title)s” อยู่ในเวลาเดียวกัน", title=other.title), "room")


def remove_session(event: Event, session: EventSession, *, actor: object) -> None:
    """Take a session out of the programme, unless something hangs on it."""
    check_removable(session)
    _note(event, session, "session.removed", actor)
    db.session.delete(session)
    db.session.flush()


def _note(event: Event, session: EventSession, action: str, actor: object) -> None:
    trail.record(actor, event, action, session)
    topics.touch(event, "programme")
