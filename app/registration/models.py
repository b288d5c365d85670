"""The tables of registration."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.ids import new_public_id, new_ticket_code
from app.database import Model, UtcDateTime
from app.events.models import Event, Unit


class Standing(StrEnum):
    """Where a registration stands."""

    REGISTERED = "registered"  # holds a seat, or needs none
    PENDING = "pending"  # waits for the organiser's yes
    WAITING = "waiting"  # บัญชีสำรอง
    DECLINED = "declined"  # the organiser said no
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """In which part somebody comes. Only participants count against targets and seats."""

    PARTICIPANT = "participant"
    GUEST = "guest"  # ประธาน แขก
    SPEAKER = "speaker"
    STAFF = "staff"
    PRESS = "press"


class ImportRun(Model):
    """One list taken in: what was read, what went in, what came back."""

    __tablename__ = "registration_import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    file_key: Mapped[str | None] = mapped_column(String(32))  # the file itself, until the run is settled
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the columns as chosen by hand
    good: Mapped[int] = mapped_column(default=0)
    bad: Mapped[int] = mapped_column(default=0)
    duplicates: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)  # of the good ones: who found no seat
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()


def titled(title: str, first_name: str) -> str:
    """Title and first name as printed: no space between, except after a dotted ว่าที่ ร.ต."""
    space = " " if title.startswith("ว่าที่") and title.endswith(".") else ""
    return f"{title}{space}{first_name}"


def whole_name(title: str, first_name: str, last_name: str) -> str:
    """The whole name as printed."""
    return f"{titled(title, first_name)} {last_name}".strip()


class Registrant(Model):
    """One person of one event. Title, first and last name are apart; keys serve search and sorting."""

    __tablename__ = "registrant"
    __table_args__ = (
        Index("ix_registrant_event_sort", "event_id", "sort_key", "id"),
        Index("ix_registrant_event_search", "event_id", "search_key"),
        Index("ix_registrant_event_phone", "event_id", "phone"),
        Index("ix_registrant_event_email", "event_id", "email"),
        Index("ix_registrant_event_promoted", "event_id", "promoted_at"),
        # Holds all that counting seats asks for, so that it reads no row.
        Index(
            "ix_registrant_seats",
            "event_id",
            "standing",
            "part",
            "unit_id",
            "category",
            "merged_into_id",
            "stands_for_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("event_unit.id"), index=True)
    ticket_code: Mapped[str] = mapped_column(String(20), unique=True, default=new_ticket_code)
    link_version: Mapped[int] = mapped_column(default=1)  # raised to revoke the personal link

    title: Mapped[str] = mapped_column(String(60), default="")
    first_name: Mapped[str] = mapped_column(String(120))
    last_name: Mapped[str] = mapped_column(String(120))
    search_key: Mapped[str] = mapped_column(String(255))
    # Keys are made so that plain code-point order is Thai order; PostgreSQL must not apply its own.
    sort_key: Mapped[str] = mapped_column(String(520).with_variant(String(520, collation="C"), "postgresql"))
    position: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    category: Mapped[str] = mapped_column(String(100), default="")  # ประเภท: ส่วนราชการ, อปท. …
    phone: Mapped[str] = mapped_column(String(20), default="")  # national digits: 0812345678
    email: Mapped[str] = mapped_column(String(255), default="")
    food: Mapped[str] = mapped_column(String(60), default="")  # sensitive: can reveal religion or health

    part: Mapped[Part] = mapped_column(String(20), default=Part.PARTICIPANT)
    standing: Mapped[Standing] = mapped_column(String(20), default=Standing.REGISTERED)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the order of the waiting list
    promoted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the waiting list gave a seat
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # of that seat: by mail, or by somebody
    over_seats_of: Mapped[str] = mapped_column(String(250), default="")  # whose seats were overstepped on purpose
    source: Mapped[str] = mapped_column(String(20), default="form")  # form, import, walk_in, demo
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey("registration_import_run.id"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id"), index=True)  # whose seat it took
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id"), index=True)
    # มาแทน: who was expected where this person came instead, at the door
    stands_for_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id"), index=True)
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)  # a double submit makes one row
    notice_version: Mapped[str] = mapped_column(String(20), default="")  # the privacy notice that was shown
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")

    event: Mapped[Event] = relationship()
    unit: Mapped[Unit] = relationship()

    @property
    def full_name(self) -> str:
        """As printed: no space between title and first name, except after a dotted ว่าที่ ร.ต."""
        return whole_name(self.title, self.first_name, self.last_name)

    @property
    def name_parts(self) -> tuple[str, str]:
        """The name in the two pieces between which a line may break."""
        return titled(self.title, self.first_name), self.last_name


class Coordinator(Model):
    """A unit's link for its ผู้ประสานงาน; computed like a personal link, revoked by raising ``version``."""

    __tablename__ = "registration_coordinator"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("event_unit.id", ondelete="CASCADE"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    is_open: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    event: Mapped[Event] = relationship()
    unit: Mapped[Unit] = relationship()


class Consent(Model):
    """One answer to one question beyond the task itself; answers are added, never changed."""

    __tablename__ = "registration_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(30))  # "food"
    text_version: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(300), default="")  # the words beside the box, as they were shown
    given: Mapped[bool]
    channel: Mapped[str] = mapped_column(String(20))  # form, own_page, …
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    registrant: Mapped[Registrant] = relationship()


class Notice(Model):
    """An office's own words in the privacy notice. Never changed: other words are another version."""

    __tablename__ = "registration_notice"
    __table_args__ = (UniqueConstraint("event_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    version: Mapped[int]
    controller: Mapped[str] = mapped_column(String(300))
    contact: Mapped[str] = mapped_column(String(300))
    dpo: Mapped[str] = mapped_column(String(300), default="")  # เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล
    recipients: Mapped[str] = mapped_column(String(500))
    retention: Mapped[str] = mapped_column(String(500))
    consents: Mapped[list[str]] = mapped_column(JSON, default=list)  # the kinds of optional consent asked for
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Merger(Model):
    """Two records that turned out to be one person: what it changed, so that it can be taken back."""

    __tablename__ = "registration_merger"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    written: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # column → [before, after] of the kept one
    moved: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what each domain says it moved
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    kept: Mapped[Registrant] = relationship(foreign_keys=[kept_id])
    merged: Mapped[Registrant] = relationship(foreign_keys=[merged_id])


class NotTheSame(Model):
    """Two records that resemble each other and are two people: not asked again. ``one_id`` is the lower."""

    __tablename__ = "registration_not_the_same"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
