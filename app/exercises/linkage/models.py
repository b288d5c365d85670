"""The tables of the plan linkage: cards (items and links) with their rows, reviews and votes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.core import clock
from app.database import Model, UtcDateTime
from app.exercises.models import Exercise, Submission


def new_card_id() -> str:
    """A UUID, as phones make them too."""
    return str(uuid.uuid4())


class Chain(Model):
    """A value chain that matters to the province: ทุเรียนและผลไม้."""

    __tablename__ = "linkage_chain"
    __table_args__ = (UniqueConstraint("exercise_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(200))
    title_th: Mapped[str | None] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    exercise: Mapped[Exercise] = relationship()


class Card:
    """What items and links share: an id made on the phone, a short code people see, a revision."""

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        table = cls.__tablename__  # type: ignore[attr-defined]
        return (
            UniqueConstraint("exercise_id", "code"),
            Index(f"ix_{table}_submission", "exercise_id", "submission_id"),
        )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True, default=new_card_id)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    # None: a reference item, or a link between such; everyone sees it and no group owns it.
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_submission.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    rev: Mapped[int] = mapped_column(default=1)
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # keys of an imported file we do not know
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @declared_attr
    def submission(cls) -> Mapped[Submission | None]:
        return relationship()

    @declared_attr
    def exercise(cls) -> Mapped[Exercise]:
        return relationship()


class PlanItem(Card, Model):
    """A need, project, goal, issue … on one level of the plans. Reference items live here too."""

    __tablename__ = "linkage_item"

    level: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(200))
    status: Mapped[str | None] = mapped_column(String(20))  # a Status; None: imported without one
    origin: Mapped[str | None] = mapped_column(String(200))  # reference, group, facilitator, merged, imported
    title_th: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)  # only in imported files
    title_en: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[str | None] = mapped_column(Text)
    objective: Mapped[str | None] = mapped_column(Text)
    output_target: Mapped[str | None] = mapped_column(Text)
    expected_result: Mapped[str | None] = mapped_column(Text)
    form_code: Mapped[str | None] = mapped_column(Text)
    beyond_capacity: Mapped[bool | None]
    not_escalated_because: Mapped[str | None] = mapped_column(Text)
    no_budget: Mapped[bool | None]  # ticked "ไม่ใช้งบประมาณ"
    output_without_number: Mapped[bool | None]  # confirmed "ไม่มีตัวเลข"
    lead_name: Mapped[str | None] = mapped_column(Text)
    lead_sector: Mapped[str | None] = mapped_column(Text)
    lead_extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    areas: Mapped[list[ItemArea]] = relationship(order_by="ItemArea.id", cascade="all, delete-orphan")
    chains: Mapped[list[ItemChain]] = relationship(order_by="ItemChain.id", cascade="all, delete-orphan")
    partners: Mapped[list[Partner]] = relationship(order_by="Partner.id", cascade="all, delete-orphan")
    budget: Mapped[list[BudgetLine]] = relationship(order_by="BudgetLine.id", cascade="all, delete-orphan")
    indicators: Mapped[list[Indicator]] = relationship(order_by="Indicator.id", cascade="all, delete-orphan")
    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id", cascade="all, delete-orphan")

    @property
    def shown_title(self) -> str:
        """The title in the language it was written in."""
        return self.title_th or self.title or self.title_en or ""

    @property
    def is_reference(self) -> bool:
        """Given from above rather than drafted by a group."""
        return self.origin == "reference"


class PlanLink(Card, Model):
    """What one item does for another: how strongly, and why."""

    __tablename__ = "linkage_link"

    source_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"), index=True)
    type: Mapped[str] = mapped_column(String(200))
    strength: Mapped[int | None]  # 3 direct, 2 middling, 1 indirect
    rationale: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[str | None] = mapped_column(Text)  # agreed, or still of different minds

    source: Mapped[PlanItem] = relationship(foreign_keys=[source_id])
    target: Mapped[PlanItem] = relationship(foreign_keys=[target_id])
    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id", cascade="all, delete-orphan")

    @property
    def status(self) -> str | None:
        """A link has no state of its own: it may be changed while the card it leaves may."""
        return self.source.status


class Row:
    """A line of a card. Its id is made on the phone, so two people adding lines never collide."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), default=new_card_id)
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @declared_attr
    def item_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"), index=True)


class ItemArea(Row, Model):
    """A place where an item happens: the code of an area of the exercise."""

    __tablename__ = "linkage_area"

    code: Mapped[str] = mapped_column(String(200))


class ItemChain(Row, Model):
    """The stage of a value chain that an item serves: upstream, midstream, downstream, support."""

    __tablename__ = "linkage_item_chain"

    chain: Mapped[str | None] = mapped_column(String(200))  # Chain.code
    stage: Mapped[str | None] = mapped_column(String(200))


class Partner(Row, Model):
    """An agency or network that joins a project."""

    __tablename__ = "linkage_partner"

    name: Mapped[str | None] = mapped_column(Text)
    sector: Mapped[str | None] = mapped_column(Text)


class BudgetLine(Row, Model):
    """Money of one budget year from one source, in satang so that sums are exact."""

    __tablename__ = "linkage_budget_line"

    fy_be: Mapped[int | None]
    satang: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[str | None] = mapped_column(Text)


class Indicator(Row, Model):
    """How a goal or project is measured."""

    __tablename__ = "linkage_indicator"

    name: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Text)
    # As typed: a number, or words where there is no number yet.
    baseline: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    baseline_year_be: Mapped[int | None]
    target: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    target_year_be: Mapped[int | None]


class Evidence(Row, Model):
    """What an item or a link rests on, and the year of its data."""

    __tablename__ = "linkage_evidence"

    link_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_link.id", ondelete="CASCADE"), index=True)
    title: Mapped[str | None] = mapped_column(Text)
    data_year_be: Mapped[int | None]
    type: Mapped[str | None] = mapped_column(Text)


class Review(Model):
    """One reviewer's look at one item."""

    __tablename__ = "linkage_review"
    __table_args__ = (UniqueConstraint("item_id", "reviewer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    reviewer: Mapped[str] = mapped_column(String(200))
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    item: Mapped[PlanItem] = relationship()
    scores: Mapped[list[Score]] = relationship(order_by="Score.id", cascade="all, delete-orphan")


class Score(Model):
    """A reviewer's score for one criterion; None where they left it open."""

    __tablename__ = "linkage_score"
    __table_args__ = (UniqueConstraint("review_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("linkage_review.id", ondelete="CASCADE"))
    criterion: Mapped[str] = mapped_column(String(200))
    value: Mapped[float | None]


class DotVote(Model):
    """The dots a group gave an item."""

    __tablename__ = "linkage_dot_vote"
    __table_args__ = (UniqueConstraint("submission_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("exercise_submission.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("linkage_item.id", ondelete="CASCADE"), index=True)
    dots: Mapped[float | None]

    submission: Mapped[Submission] = relationship()
    item: Mapped[PlanItem] = relationship()
