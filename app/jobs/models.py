"""The tables of recurring duties and of single jobs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime


class Duty(Model):
    """When a recurring duty is due next; whoever moves ``due_at`` on has claimed it."""

    __tablename__ = "job_duty"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(String(80), default="")


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # can be asked for again by hand


class Job(Model):
    """A file somebody asked for that takes too long for a request. Event and exercise are known by number only."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    kind: Mapped[str] = mapped_column(String(40))  # who makes it: "plan-book", "print"
    event_id: Mapped[int] = mapped_column(index=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what the maker is told
    language: Mapped[str] = mapped_column(String(5), default="th")
    state: Mapped[JobState] = mapped_column(String(10), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)  # of `whole` steps
    whole: Mapped[int] = mapped_column(default=0)  # 0 while nobody knows
    failure: Mapped[str] = mapped_column(String(80), default="")  # the kind of error, never its text
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the worker's last sign of life
    keep_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The finished file, as app/core/files.py knows it.
    file_key: Mapped[str] = mapped_column(String(32), default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    mimetype: Mapped[str] = mapped_column(String(100), default="")
    size: Mapped[int] = mapped_column(default=0)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # for the audit trail when it is taken

    @property
    def is_open(self) -> bool:
        """Whether somebody is still waiting for it."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def megabytes(self) -> float:
        """The size of the file."""
        return max(round(self.size / 1_000_000, 1), 0.1)

    @property
    def percent(self) -> int:
        """How far it is, in hundredths."""
        return min(100 * self.done // self.whole, 100) if self.whole else 0
