"""The tables of screening beside reviews and scores: who reviews, and who stood back from what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.database import Model, UtcDateTime
from app.events.models import Unit


class Reviewer(Model):
    """A reviewer of an exercise. ``unit`` and ``agency`` say where one comes from and so may not judge."""

    __tablename__ = "linkage_reviewer"
    __table_args__ = (UniqueConstraint("exercise_id", "user_id"), UniqueConstraint("exercise_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("event_unit.id", ondelete="SET NULL"))
    code: Mapped[str] = mapped_column(String(20))  # "R1": the name that leaves the house
    agency: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()


class Recusal(Model):
    """A reviewer stood back from one item: a relative's project, a body one sits on."""

    __tablename__ = "linkage_recusal"
    __table_args__ = (UniqueConstraint("item_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
