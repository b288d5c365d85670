"""The tables of topic versions and of whose pages are open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model, UtcDateTime


class LiveTopic(Model):
    """A named stream of changes of one event; the number is all a waiting page needs to know."""

    __tablename__ = "live_topic"

    # The event's public id: it goes to browsers, where numeric keys never go.
    scope: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


class LivePresence(Model):
    """How many phones have a topic's page open, as one process of the server heard it."""

    __tablename__ = "live_presence"

    scope: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    process: Mapped[str] = mapped_column(String(16), primary_key=True)  # a random name, new at each start
    phones: Mapped[int] = mapped_column(default=0)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
