"""The tables of a board's cards and of the dots on them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.database import Model, UtcDateTime
from app.exercises.models import Exercise, Submission
from app.registration.models import Registrant


class BoardCard(Model):
    """A card in a slot of a group's board. Its writer matters only while a board is silent."""

    __tablename__ = "board_card"
    __table_args__ = (Index("ix_board_card_submission", "exercise_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True, default=lambda: str(uuid.uuid4()))
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("exercise_submission.id", ondelete="CASCADE"))
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="SET NULL"), index=True)
    slot: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(String(40))  # the public id of the card it hangs under
    cites: Mapped[list[str]] = mapped_column(JSON, default=list)  # public ids
    cluster: Mapped[str | None] = mapped_column(String(100))
    carried_to: Mapped[str | None] = mapped_column(String(40))  # the public id of its linkage card
    position: Mapped[int] = mapped_column(default=0)
    rev: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    exercise: Mapped[Exercise] = relationship()
    submission: Mapped[Submission] = relationship()
    registrant: Mapped[Registrant | None] = relationship()

    @property
    def status(self) -> None:
        """A board is not handed in: it is open until it is locked."""
        return None


class BoardVote(Model):
    """One member's dot on one card."""

    __tablename__ = "board_vote"

    card_id: Mapped[int] = mapped_column(ForeignKey("board_card.id", ondelete="CASCADE"), primary_key=True)
    registrant_id: Mapped[int] = mapped_column(
        ForeignKey("registrant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
