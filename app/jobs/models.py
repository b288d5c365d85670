"""The table of recurring duties."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.database import Model, UtcDateTime


class Duty(Model):
    """When a recurring duty is due next; whoever moves ``due_at`` on has claimed it."""

    __tablename__ = "job_duty"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(String(80), default="")
