"""The table of materials."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.events.models import Event, EventSession


class Release(StrEnum):
    """From when a file may be had. A session that moves takes its files' opening along."""

    AT_ONCE = "at_once"
    SESSION_START = "session_start"
    SESSION_END = "session_end"
    AT_TIME = "at_time"


class Audience(StrEnum):
    """Who may have it."""

    REGISTERED = "registered"
    ALL = "all"


class Material(Model):
    """A file, mostly of a session. ``opens_at`` counts for ``AT_TIME`` alone; release.py tells the moment."""

    __tablename__ = "material"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(120))
    file_key: Mapped[str] = mapped_column(String(32))
    mime_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    audience: Mapped[Audience] = mapped_column(String(20), default=Audience.REGISTERED)
    release: Mapped[Release] = mapped_column(String(20), default=Release.AT_ONCE)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    session: Mapped[EventSession | None] = relationship()
