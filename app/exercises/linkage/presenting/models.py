"""The table of presentations: what an exercise's projector shows now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.core import clock
from app.database import Model, UtcDateTime
from app.exercises.models import Exercise


class Presentation(Model):
    """One for each exercise; every screen that shows it follows."""

    __tablename__ = "linkage_presentation"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    slide: Mapped[str] = mapped_column(String(60), default="title")
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen_content: Mapped[str | None] = deferred(
        mapped_column(Text)
    )  # the exercise as a document, while it is frozen
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    exercise: Mapped[Exercise] = relationship()
