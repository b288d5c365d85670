"""The tables of merging: each decision on a few items, and the items it was about."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise
from app.registration.models import Registrant


class MergeKind(StrEnum):
    """What was decided, in the words officials write in their plan books."""

    DUPLICATE = "duplicate"  # ซ้ำ: one stays for all
    MERGE = "merge"  # รวม
    BUNDLE = "bundle"  # รวมเป็นชุด: a programme above, the projects stay
    MOVE = "move"  # ย้าย: to another level
    ESCALATE = "escalate"  # ส่งประสาน: a project above, the sources stay
    JOINT = "joint"  # ทำร่วม: two projects, one link
    APART = "apart"  # ไม่ซ้ำ: never asked again


REPLACES = frozenset({MergeKind.DUPLICATE, MergeKind.MERGE, MergeKind.MOVE})  # the sources give way
MAKES_ITEM = REPLACES | {MergeKind.BUNDLE, MergeKind.ESCALATE}


class MergeRecord(Model):
    """One decision: what was made of which items, why, by whom; undone it stays, with who undid it."""

    __tablename__ = "linkage_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MergeKind] = mapped_column(String(20))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_item.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    budget_rule: Mapped[str] = mapped_column(String(10), default="")  # sum, max, enter
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list
    )  # links that went no further, and why
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))

    exercise: Mapped[Exercise] = relationship()
    item: Mapped[PlanItem | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])
    sources: Mapped[list[MergeSource]] = relationship(
        back_populates="merge", order_by="MergeSource.id", cascade="all, delete-orphan"
    )

    @property
    def stands(self) -> bool:
        """Not undone."""
        return self.undone_at is None


class MergeSource(Model):
    """An item a decision was about, its state before, and what its group says of it."""

    __tablename__ = "linkage_merge_source"
    __table_args__ = (UniqueConstraint("merge_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("linkage_merge.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"), index=True)
    status_before: Mapped[str | None] = mapped_column(String(20))
    group_status_before: Mapped[str | None] = mapped_column(String(20))
    objection: Mapped[str] = mapped_column(Text, default="")
    objected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="SET NULL"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    merge: Mapped[MergeRecord] = relationship(back_populates="sources")
    item: Mapped[PlanItem] = relationship()
    registrant: Mapped[Registrant | None] = relationship()

    @property
    def is_open_objection(self) -> bool:
        """The group objects and nobody has answered."""
        return self.objected_at is not None and self.answered_at is None
