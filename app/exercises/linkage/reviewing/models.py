"""The tables of a review: which plan it reviews, and what was decided on each of its items."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise, Submission
from app.registration.models import Registrant


class Fate(StrEnum):
    """What becomes of an item of the former plan."""

    OPEN = ""
    KEPT = "kept"  # คงไว้
    CHANGED = "changed"  # ปรับปรุง
    DROPPED = "dropped"  # ยกเลิก
    DONE = "done"  # แล้วเสร็จ


LIVES_ON = frozenset({Fate.KEPT, Fate.CHANGED})


class ReviewRound(Model):
    """An exercise that reviews a former one."""

    __tablename__ = "linkage_review_round"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    former_id: Mapped[int | None] = mapped_column(ForeignKey("exercise.id", ondelete="SET NULL"))
    former_name: Mapped[str] = mapped_column(String(200))

    exercise: Mapped[Exercise] = relationship(foreign_keys=[exercise_id])
    former: Mapped[Exercise | None] = relationship(foreign_keys=[former_id])


class FormerItem(Model):
    """An item of the former plan, with its words as they were, and its fate."""

    __tablename__ = "linkage_former_item"
    __table_args__ = (UniqueConstraint("exercise_id", "former_item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_submission.id", ondelete="SET NULL"))
    former_item_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_item.id", ondelete="SET NULL"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_item.id", ondelete="SET NULL"), index=True)
    code: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(Text)
    group_name: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int]
    fate: Mapped[Fate] = mapped_column(String(10), default=Fate.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    year_be: Mapped[int | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))

    submission: Mapped[Submission | None] = relationship()
    former_item: Mapped[PlanItem | None] = relationship(foreign_keys=[former_item_id])
    item: Mapped[PlanItem | None] = relationship(foreign_keys=[item_id])
    registrant: Mapped[Registrant | None] = relationship()
    user: Mapped[User | None] = relationship()
