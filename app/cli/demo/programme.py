"""The demo's agenda, rooms and documents."""

from __future__ import annotations

from datetime import datetime

from app.core import clock
from app.database import db
from app.events.models import Event, EventSession, Room

from .programmes import Slot, Training


def add_programme(event: Event, training: Training) -> list[EventSession]:
    """Rooms and sessions as the programme says, in its order."""
    rooms = {name: Room(event=event, name=name) for name in dict.fromkeys(slot.room for slot in training.slots)}
    db.session.add_all(rooms.values())
    sessions = [
        EventSession(
            event=event,
            day=event.days[slot.day],
            room=rooms[slot.room],
            title=slot.title,
            speaker=slot.speaker,
            starts_at=_moment(event, slot, slot.starts),
            ends_at=_moment(event, slot, slot.ends),
        )
        for slot in training.slots
    ]
    db.session.add_all(sessions)
    db.session.flush()
    return sessions


def _moment(event: Event, slot: Slot, hour_minute: int) -> datetime:
    return clock.at_local(event.days[slot.day].date, *divmod(hour_minute, 100))
