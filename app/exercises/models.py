"""The tables of every kind of exercise: the exercise itself, its phases, what groups hand in, and the history."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.events.models import Event
from app.groups.models import Group, Grouping
from app.registration.models import Registrant


class Status(StrEnum):
    """Where a group's work stands, and each of its cards."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PASSED = "passed"
    CONDITIONAL = "conditional"  # ผ่านโดยมีข้อแก้ไข
    REJECTED = "rejected"
    MERGED = "merged"
    LOCKED = "locked"


class Exercise(Model):
    """One exercise of an event. What a template gave it (levels, settings, prompts) is its own copy."""

    __tablename__ = "exercise"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    grouping_id: Mapped[int | None] = mapped_column(ForeignKey("grouping.id", ondelete="SET NULL"))
    phase_position: Mapped[int | None]  # the Phase now running
    kind: Mapped[str] = mapped_column(String(20), default="linkage")
    template: Mapped[str] = mapped_column(String(40), default="")  # the code of the template it was copied from
    name: Mapped[str] = mapped_column(String(200))
    is_locked: Mapped[bool] = mapped_column(default=False)  # the only thing that refuses writing for all groups
    is_final: Mapped[bool] = mapped_column(
        default=False
    )  # the plan is settled: only a numbered change may alter it
    last_seq: Mapped[int] = mapped_column(default=0)  # the newest Change; raised under this row's lock
    # Documents, in the shape of an exported exercise.
    meta: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    levels: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    areas: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    vote_settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    form: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # which questions the phones ask
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # keys of an imported file we do not know
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    phase_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    phase_more_minutes: Mapped[int] = mapped_column(default=0)  # given to the running phase by a facilitator

    event: Mapped[Event] = relationship()
    grouping: Mapped[Grouping | None] = relationship()
    phases: Mapped[list[Phase]] = relationship(back_populates="exercise", order_by="Phase.position")
    submissions: Mapped[list[Submission]] = relationship(
        back_populates="exercise", order_by="Submission.position, Submission.id"
    )

    @property
    def phase(self) -> Phase | None:
        """The phase now running, or None before the first."""
        return next((phase for phase in self.phases if phase.position == self.phase_position), None)


class OwnTemplate(Model):
    """A template of an office's own: begun as a copy, edited by itself. Starting an exercise copies it."""

    __tablename__ = "exercise_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # as in templates_data.py
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    event: Mapped[Event] = relationship()


class Phase(Model):
    """A stretch of the hour: it changes the prompt and the timer, and refuses nothing."""

    __tablename__ = "exercise_phase"
    __table_args__ = (UniqueConstraint("exercise_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(20))  # needs, projects, links, review
    name: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int] = mapped_column(default=0)
    prompt: Mapped[str] = mapped_column(Text, default="")

    exercise: Mapped[Exercise] = relationship(back_populates="phases")


class Submission(Model):
    """A group's work in an exercise. It stays what it is when people of the group move."""

    __tablename__ = "exercise_submission"
    __table_args__ = (UniqueConstraint("exercise_id", "group_id"), UniqueConstraint("exercise_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("group_table.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(200))  # the group's id in an exported exercise: "G1"
    name: Mapped[str] = mapped_column(String(200))  # the group's name when the exercise began
    district: Mapped[str | None] = mapped_column(String(20))  # area code
    size: Mapped[int | None]  # as imported; the members are counted when empty
    position: Mapped[int] = mapped_column(default=0)
    status: Mapped[Status] = mapped_column(String(20), default=Status.DRAFT)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last save of any card
    is_locked: Mapped[bool] = mapped_column(default=False)  # closed by the facilitator, whatever its status
    hand_raised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the group asks for its facilitator
    more_minutes: Mapped[int] = mapped_column(default=0)  # of the running phase, for this group alone
    is_late: Mapped[bool] = mapped_column(default=False)  # handed in after the time and its grace
    # Who holds the pen (pen.py): a member, or one of the team; nobody: everyone writes.
    scribe_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="SET NULL"))
    scribe_user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    exercise: Mapped[Exercise] = relationship(back_populates="submissions")
    group: Mapped[Group] = relationship()
    scribe: Mapped[Registrant | None] = relationship()
    scribe_user: Mapped[User | None] = relationship()


class Photo(Model):
    """A photograph of a table's paper, small and without what the telephone wrote into it."""

    __tablename__ = "exercise_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("exercise_submission.id", ondelete="CASCADE"), index=True
    )
    file_key: Mapped[str] = mapped_column(String(32))
    size: Mapped[int]  # bytes
    width: Mapped[int]
    height: Mapped[int]
    caption: Mapped[str] = mapped_column(String(200), default="")
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    submission: Mapped[Submission] = relationship()
    registrant: Mapped[Registrant | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def sender(self) -> str:
        """Who sent it."""
        if self.registrant is not None:
            return self.registrant.full_name
        return self.user.name if self.user is not None else ""


class Comment(Model):
    """What a facilitator says to a group about a card, or about all of it."""

    __tablename__ = "exercise_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("exercise_submission.id", ondelete="CASCADE"), index=True
    )
    entity: Mapped[str] = mapped_column(String(10), default="")  # "item", "link", or empty: the whole group's work
    entity_id: Mapped[str] = mapped_column(String(40), default="")  # the card's public id
    purpose: Mapped[str] = mapped_column(String(10), default="comment")  # comment, return
    text: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the returned card was handed in again

    submission: Mapped[Submission] = relationship()
    user: Mapped[User | None] = relationship()


class Suggestion(Model):
    """What a member would change on a card while another holds the pen; one open row a member and card."""

    __tablename__ = "exercise_suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("exercise_submission.id", ondelete="CASCADE"), index=True
    )
    entity: Mapped[str] = mapped_column(String(12))  # item, link
    entity_id: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(20))  # create, update, delete
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    outcome: Mapped[str] = mapped_column(String(10), default="")  # empty: open; accepted, declined, withdrawn
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    submission: Mapped[Submission] = relationship()
    registrant: Mapped[Registrant | None] = relationship()


class Change(Model):
    """The single history: what was asked of a card, by whom, what was taken and what was kept aside.

    ``before`` and ``after`` hold only the fields that changed. ``aside`` holds what was typed but not taken
    (the loser of a conflict, text sent to a locked card), so that no text is ever lost. ``result`` is the answer
    given, and given again when the same ``op_id`` comes twice.
    """

    __tablename__ = "exercise_change"
    __table_args__ = (
        UniqueConstraint("exercise_id", "seq"),
        Index("ix_exercise_change_entity", "entity_id", "rev"),
        Index("ix_exercise_change_group", "exercise_id", "submission_id", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_submission.id", ondelete="CASCADE"))
    seq: Mapped[int]
    op_id: Mapped[str] = mapped_column(String(40), unique=True)
    client: Mapped[str] = mapped_column(String(40), default="")  # the browser: its own earlier ops do not collide
    entity: Mapped[str] = mapped_column(String(12))  # item, link, submission, exercise
    entity_id: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(20))  # create, update, delete, restore, refused, submit, return …
    rev: Mapped[int] = mapped_column(default=0)  # the card's revision after this
    base_rev: Mapped[int] = mapped_column(default=0)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    aside: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    registrant: Mapped[Registrant | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def actor_name(self) -> str:
        """Who did it, as the others at the table know them; empty when the person was erased."""
        if self.registrant is not None:
            return self.registrant.full_name
        return self.user.name if self.user is not None else ""
