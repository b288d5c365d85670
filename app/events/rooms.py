"""Rooms of an event."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit import trail
from app.core.errors import RuleBroken
from app.core.text import clean_name
from app.database import db

from .models import Event, EventSession, Room
from .objections import check_removable


def find(event: Event, public_id: str) -> Room | None:
    """A room of the event, or None."""
    return db.session.scalar(select(Room).where(Room.event_id == event.id, Room.public_id == public_id))


def save_room(event: Event, room: Room | None, name: str, *, actor: object) -> Room:
    """Add a room, or rename one; no two rooms of an event have one name."""
    name = clean_name(name)
    if not name:
        raise RuleBroken(_l("โปรดใส่ชื่อห้อง"), "name")
    namesake = db.session.scalar(select(Room).where(Room.event_id == event.id, Room.name == name))
    if namesake is not None and namesake is not room:
        raise RuleBroken(_l("มีห้องชื่อนี้แล้ว"), "name")
    action = "room.edited" if room else "room.added"
    if room is None:
        room = Room(event_id=event.id)
        db.session.add(room)
    room.name = name
    db.session.flush()
    trail.record(actor, event, action, room)
    return room


def remove_room(event: Event, room: Room, *, actor: object) -> None:
    """Remove a room in which nothing takes place."""
    session = db.session.scalar(select(EventSession).where(EventSession.room_id == room.id).limit(1))
    if session is not None:
        raise RuleBroken(_l("ห้องนี้ใช้อยู่ในกำหนดการ “%(title)s” โปรดย้ายไปห้องอื่นก่อน", title=session.title))
    check_removable(room)
    trail.record(actor, event, "room.removed", room)
    db.session.delete(room)
    db.session.flush()
