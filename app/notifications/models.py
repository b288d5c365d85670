"""The outbox's table. It holds no address, no name and no text: the mail is written when it is sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime


class State(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # given up after the last attempt; can be tried again by hand
    DROPPED = "dropped"  # nobody to write to any more


class Message(Model):
    """One mail to be written and sent. Event and subject are plain numbers: this package knows neither."""

    __tablename__ = "notification_message"
    __table_args__ = (
        Index("ix_notification_message_due", "state", "next_at"),
        Index("ix_notification_message_subject", "kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))  # who writes it: "registration.invitation"
    subject_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(5), default="th")
    base_url: Mapped[str] = mapped_column(String(200), default="")  # where links in it lead
    state: Mapped[State] = mapped_column(String(10), default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(String(80), default="")  # the kind of error, never its text
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
