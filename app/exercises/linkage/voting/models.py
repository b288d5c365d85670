"""The tables of voting: a round, what it asks about, and each participant's one ballot."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise, Submission
from app.registration.models import Registrant


class Method(StrEnum):
    """How a round asks."""

    DOTS = "dots"  # so many dots to spread
    TOP3 = "top3"  # first, second, third
    CRITERIA = "criteria"  # 0 to 3 for each weighted criterion
    MATRIX = "matrix"  # impact and feasibility, 1 to 3


class RoundState(StrEnum):
    """A round goes one way. Something forgotten is a new round, never a silent addition."""

    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"


class VoteRound(Model):
    """One vote: its question, its method, its state."""

    __tablename__ = "linkage_vote_round"
    __table_args__ = (UniqueConstraint("exercise_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    method: Mapped[Method] = mapped_column(String(20))
    state: Mapped[RoundState] = mapped_column(String(20), default=RoundState.READY)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # dots, most, own_allowed, criteria
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    exercise: Mapped[Exercise] = relationship()
    options: Mapped[list[VoteOption]] = relationship(
        back_populates="round", order_by="VoteOption.position", cascade="all, delete-orphan"
    )


class VoteOption(Model):
    """Something to vote on."""

    __tablename__ = "linkage_vote_option"
    __table_args__ = (UniqueConstraint("round_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("linkage_vote_round.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]

    round: Mapped[VoteRound] = relationship(back_populates="options")
    item: Mapped[PlanItem] = relationship()


class Ballot(Model):
    """A participant's vote as it stands; it may be changed until the round is closed."""

    __tablename__ = "linkage_ballot"
    __table_args__ = (UniqueConstraint("round_id", "registrant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("linkage_vote_round.id", ondelete="CASCADE"))
    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_submission.id", ondelete="SET NULL"))
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # by the option's item: see tally.py
    cast_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    registrant: Mapped[Registrant] = relationship()
    submission: Mapped[Submission | None] = relationship()
