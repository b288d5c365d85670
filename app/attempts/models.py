"""The table of counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model, UtcDateTime


class AttemptCount(Model):
    """How often somebody or something guessed within a stretch of time; see counting.py."""

    __tablename__ = "attempt_count"

    scope: Mapped[str] = mapped_column(String(100), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int] = mapped_column(default=0)
