"""The demo's agenda, rooms and documents."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core import clock, files
from app.database import db
from app.events.models import Event, EventSession, Room
from app.materials import library
from app.materials.models import Audience, Release

from .papers import paper_pdf
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


def add_papers(event: Event, training: Training, sessions: list[EventSession]) -> None:
    """Store the documents; a hidden one opens a year from now."""
    for paper in training.papers:
        library.attach(
            event,
            files.store(paper_pdf(event.name, paper)),
            session=sessions[paper.slot],
            title=paper.title,
            file_name=paper.file_name,
            mime_type="application/pdf",
            release=Release.AT_TIME if paper.is_hidden else Release.AT_ONCE,
            opens_at=clock.now() + timedelta(days=365) if paper.is_hidden else None,
            audience=Audience.REGISTERED,
            actor="command",
        )


def _moment(event: Event, slot: Slot, hour_minute: int) -> datetime:
    return clock.at_local(event.days[slot.day].date, *divmod(hour_minute, 100))
