"""The tables of an organiser's own questions and their answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.events.models import Event

from ..models import Registrant


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    YES_NO = "yes_no"
    ONE = "one"  # one of a few, as rows
    LIST = "list"  # one of many, as a select
    SEVERAL = "several"
    SCALE = "scale"  # 1 to 5
    DAY = "day"
    TIME = "time"
    PHONE = "phone"
    EMAIL = "email"
    UNIT = "unit"  # one of the event's districts and agencies


class Purpose(StrEnum):
    """What an answer is for: a closed list, no "other"."""

    REGISTRATION = "registration"
    LOGISTICS = "logistics"
    CERTIFICATE = "certificate"
    EVALUATION = "evaluation"
    STATISTICS = "statistics"
    FINANCE = "finance"


class Question(Model):
    """One question of an event. ``show_if`` is an earlier one; this is asked when its answer is one of them."""

    __tablename__ = "registration_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Kind] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(300))
    help: Mapped[str] = mapped_column(String(300), default="")
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    is_sensitive: Mapped[bool] = mapped_column(default=False)  # can reveal religion or health, as food does
    purpose: Mapped[Purpose] = mapped_column(String(20))
    kept_days: Mapped[int]  # after the event's last day
    show_if_id: Mapped[int | None] = mapped_column(ForeignKey("registration_question.id", ondelete="SET NULL"))
    show_if_values: Mapped[list[str]] = mapped_column(JSON, default=list)

    event: Mapped[Event] = relationship()
    show_if: Mapped[Question | None] = relationship(remote_side=[id])

    @property
    def field_name(self) -> str:
        """The name of its field in a form."""
        return f"q_{self.public_id}"


class Answer(Model):
    """What one person answered; ``value`` is a text, or a list of texts where several could be chosen."""

    __tablename__ = "registration_answer"
    __table_args__ = (UniqueConstraint("question_id", "registrant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("registration_question.id", ondelete="CASCADE"))
    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    value: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    question: Mapped[Question] = relationship()
    registrant: Mapped[Registrant] = relationship()
