"""The tables of following up: who reports, which projects, and every report."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise, Status

NOT_OF_THE_PLAN = (Status.MERGED, Status.REJECTED)


class Standing(StrEnum):
    """Where a project stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DELAYED = "delayed"
    DONE = "done"
    CANCELLED = "cancelled"


class Reporter(Model):
    """An office that reports by its own link; it has no account."""

    __tablename__ = "linkage_reporter"
    __table_args__ = (UniqueConstraint("exercise_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    link_version: Mapped[int] = mapped_column(default=1)  # raised, every earlier link stops

    exercise: Mapped[Exercise] = relationship()
    follow_ups: Mapped[list[FollowUp]] = relationship(back_populates="reporter", order_by="FollowUp.id")


class FollowUp(Model):
    """A project that is followed, and who reports on it."""

    __tablename__ = "linkage_follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"), unique=True)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_reporter.id", ondelete="SET NULL"))

    exercise: Mapped[Exercise] = relationship()
    item: Mapped[PlanItem] = relationship()

    @property
    def stands(self) -> bool:
        """Whether the project is one of the plan; merged or rejected it may become one again, so the row stays."""
        return self.item.deleted_at is None and self.item.status not in NOT_OF_THE_PLAN

    reporter: Mapped[Reporter | None] = relationship(back_populates="follow_ups")
    reports: Mapped[list[Report]] = relationship(
        back_populates="follow_up", order_by="Report.id", cascade="all, delete-orphan"
    )


class Report(Model):
    """What was said of a project at one moment; the newest stands, the others stay."""

    __tablename__ = "linkage_follow_up_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("linkage_follow_up.id", ondelete="CASCADE"), index=True)
    status: Mapped[Standing] = mapped_column(String(20))
    percent: Mapped[int]
    spent_satang: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(Text, default="")
    said_by: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    follow_up: Mapped[FollowUp] = relationship(back_populates="reports")
