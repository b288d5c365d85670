"""The tables of versions: what a plan was at a moment, and the numbered changes of a settled plan."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.exercises.models import Exercise


class Purpose(StrEnum):
    """At which point of the work a version was kept."""

    DRAFT = "draft"  # ร่างของกลุ่ม
    SCREENED = "screened"  # หลังกลั่นกรอง
    PLENARY = "plenary"  # หลังเวที
    PROPOSED = "proposed"  # ฉบับเสนอ
    FINAL = "final"  # ฉบับสมบูรณ์; only settling the plan makes it
    AMENDED = "amended"  # after a numbered change; only closing one makes it


class Snapshot(Model):
    """A version: the very text that was hashed."""

    __tablename__ = "linkage_snapshot"
    __table_args__ = (UniqueConstraint("exercise_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    number: Mapped[int]
    purpose: Mapped[Purpose] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = deferred(mapped_column(Text))  # canonical JSON; large, so loaded only when read
    sha256: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int]  # the change number it was taken at
    items: Mapped[int]
    links: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    exercise: Mapped[Exercise] = relationship()
    user: Mapped[User | None] = relationship()


class AmendmentKind(StrEnum):
    """How a settled plan may change, in the words of the plan books."""

    ADD = "add"  # เพิ่มเติม: new items and links only
    CHANGE = "change"  # เปลี่ยนแปลง: anything
    CORRECT = "correct"  # แก้ไข: the words and figures of what is there


class Amendment(Model):
    """One numbered change of a settled plan, from opening to the version it ended in."""

    __tablename__ = "linkage_amendment"
    __table_args__ = (UniqueConstraint("exercise_id", "kind", "year_be", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    kind: Mapped[AmendmentKind] = mapped_column(String(20))
    number: Mapped[int]  # ครั้งที่, counted for each kind and year
    year_be: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_snapshot.id", ondelete="SET NULL"))

    exercise: Mapped[Exercise] = relationship()
    user: Mapped[User | None] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
