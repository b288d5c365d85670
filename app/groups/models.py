"""The tables of groups."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.events.models import Event, Unit
from app.registration.models import Registrant

IMPORTED = "imported"  # the mode of a grouping that came with an exercise file: nobody was seated by it
SELF = "self"  # people choose a table at the door


class Grouping(Model):
    """One way of dividing people: mode, seed and inputs are kept, so a re-run gives the same."""

    __tablename__ = "grouping"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    mode: Mapped[str] = mapped_column(String(20), default="district")
    seed: Mapped[int] = mapped_column(default=1)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    event: Mapped[Event] = relationship()
    groups: Mapped[list[Group]] = relationship(back_populates="grouping", order_by="Group.number")


class Group(Model):
    """One table of people. ``facilitator_id`` is the วิทยากรประจำกลุ่ม."""

    __tablename__ = "group_table"
    __table_args__ = (UniqueConstraint("grouping_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    grouping_id: Mapped[int] = mapped_column(ForeignKey("grouping.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("event_unit.id"))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("group_topic.id", ondelete="SET NULL"))
    number: Mapped[int]  # the table's number in the hall
    name: Mapped[str] = mapped_column(String(120))  # "แกลง 2"

    grouping: Mapped[Grouping] = relationship(back_populates="groups")
    unit: Mapped[Unit | None] = relationship()
    facilitator: Mapped[User | None] = relationship()
    memberships: Mapped[list[Membership]] = relationship(back_populates="group", order_by="Membership.id")


class Membership(Model):
    """A person at a table. One table per grouping; moving a person never moves what they wrote."""

    __tablename__ = "group_membership"
    __table_args__ = (UniqueConstraint("grouping_id", "registrant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grouping_id: Mapped[int] = mapped_column(ForeignKey("grouping.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("group_table.id", ondelete="CASCADE"), index=True)
    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    is_scribe: Mapped[bool] = mapped_column(default=False)
    is_adviser: Mapped[bool] = mapped_column(default=False)  # ที่ปรึกษา: sits with the table, not one of its number

    group: Mapped[Group] = relationship(back_populates="memberships")
    registrant: Mapped[Registrant] = relationship()


class Topic(Model):
    """What people may ask to work on: a provincial issue. ``seats`` 0: an even share of the people."""

    __tablename__ = "group_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200))
    seats: Mapped[int] = mapped_column(default=0)


class TopicWish(Model):
    """A topic somebody asked for; rank 1 is the dearest."""

    __tablename__ = "group_topic_wish"
    __table_args__ = (UniqueConstraint("registrant_id", "rank"), UniqueConstraint("registrant_id", "topic_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("group_topic.id", ondelete="CASCADE"), index=True)
    rank: Mapped[int]

    registrant: Mapped[Registrant] = relationship()
    topic: Mapped[Topic] = relationship()


class SeatingKind(StrEnum):
    """What an organiser wants of some people's seats."""

    PIN = "pin"
    TOGETHER = "together"
    APART = "apart"


class SeatingWish(Model):
    """People who are wanted at one table, together, or never together."""

    __tablename__ = "group_seating_wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[SeatingKind] = mapped_column(String(10))
    table_number: Mapped[int | None]  # of a pin

    people: Mapped[list[SeatingWishPerson]] = relationship(
        order_by="SeatingWishPerson.id", cascade="all, delete-orphan"
    )


class SeatingWishPerson(Model):
    """One of the people a seating wish speaks of."""

    __tablename__ = "group_seating_wish_person"
    __table_args__ = (UniqueConstraint("wish_id", "registrant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("group_seating_wish.id", ondelete="CASCADE"))
    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)

    registrant: Mapped[Registrant] = relationship()
