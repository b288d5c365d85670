"""The tables of seats, held posts, replies and decisions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.events.models import Event, Unit

from ..models import Registrant


class Answer(StrEnum):
    """What a unit said about one post, or about the whole invitation."""

    NONE = "none"
    COMING = "coming"
    REPRESENTATIVE = "representative"  # ส่งผู้แทน
    DECLINED = "declined"


class CategoryQuota(Model):
    """Target and seats of one category (ประเภท) in all, or of one unit's share of it."""

    __tablename__ = "registration_category_quota"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("event_unit.id", ondelete="CASCADE"))
    category: Mapped[str] = mapped_column(String(100))
    target: Mapped[int] = mapped_column(default=0)
    seats: Mapped[int | None]

    event: Mapped[Event] = relationship()
    unit: Mapped[Unit | None] = relationship()


class Place(Model):
    """A seat held for a post before the name is known: นายอำเภอ 1. It holds until declined or filled."""

    __tablename__ = "registration_place"
    __table_args__ = (UniqueConstraint("unit_id", "position", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("event_unit.id", ondelete="CASCADE"))
    position: Mapped[str] = mapped_column(String(200))
    number: Mapped[int] = mapped_column(default=1)
    category: Mapped[str] = mapped_column(String(100), default="")
    answer: Mapped[Answer] = mapped_column(String(20), default=Answer.NONE)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registrant_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrant.id", ondelete="SET NULL"), unique=True
    )

    event: Mapped[Event] = relationship()
    unit: Mapped[Unit] = relationship()
    registrant: Mapped[Registrant | None] = relationship()

    @property
    def holds_seat(self) -> bool:
        """Whether it keeps a seat free for somebody who has no name yet."""
        return self.registrant_id is None and self.answer != Answer.DECLINED


class UnitReply(Model):
    """A unit's answer to the whole invitation, where it was given without posts or names."""

    __tablename__ = "registration_unit_reply"

    unit_id: Mapped[int] = mapped_column(ForeignKey("event_unit.id", ondelete="CASCADE"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(String(20))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    unit: Mapped[Unit] = relationship()


class Decision(Model):
    """One press of a button over several people, with what they were before, so that it can be undone."""

    __tablename__ = "registration_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(String(20))  # approve, decline, admit, first, drop
    actor: Mapped[str] = mapped_column(String(80))
    before: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # [{id, standing, since, became}]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()


class MealReport(Model):
    """The numbers that were last sent to the hotel: {meal: {food: people}}, without names."""

    __tablename__ = "registration_meal_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    numbers: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    event: Mapped[Event] = relationship()
