"""The table of topic versions."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model


class LiveTopic(Model):
    """A named stream of changes of one event; the number is all a waiting page needs to know."""

    __tablename__ = "live_topic"

    # The event's public id: it goes to browsers, where numeric keys never go.
    scope: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
