"""The attendance ledger and the devices that write to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.ids import new_public_id
from app.database import Model, UtcDateTime
from app.events.models import CheckPoint, Event, Unit
from app.registration.models import Registrant


class Device(Model):
    """A paired phone or scanner of one event. Only the token's hash is kept; revoking acts at once."""

    __tablename__ = "checkin_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(14), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))  # "ประตู 1"
    profile: Mapped[str] = mapped_column(String(20), default="door")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waiting: Mapped[int] = mapped_column(default=0)  # scans it had not sent when it was last heard of

    event: Mapped[Event] = relationship()


class Pairing(Model):
    """A single-use invitation for a phone to become a device; opened by GET, used by POST."""

    __tablename__ = "checkin_pairing"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()


class Scan(Model):
    """One row of the ledger; never updated or deleted. ``answer`` is the reply, given again byte for byte."""

    __tablename__ = "checkin_scan"
    __table_args__ = (
        Index("ix_checkin_scan_presence", "check_point_id", "registrant_id", "outcome"),
        Index("ix_checkin_scan_event_received", "event_id", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_uuid: Mapped[str] = mapped_column(String(36), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    check_point_id: Mapped[int | None] = mapped_column(ForeignKey("event_check_point.id"))
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id"))
    raw_code: Mapped[str] = mapped_column(String(200), default="")
    # enter, exit, void; and what does not let anybody in: sign (on paper), excuse, settle (of paper and scans)
    action: Mapped[str] = mapped_column(String(10), default="enter")
    # staff_scan, staff_search, self_qr, self_code, walk_in, stand_in, review, ticked, paper, kept (undoing.py)
    method: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(20))  # accepted, already, refused, pending_review
    reason: Mapped[str] = mapped_column(String(30), default="")
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)  # as believed; see moments.py
    claimed_at: Mapped[str] = mapped_column(String(40), default="")  # what the phone's clock said, as sent
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    actor: Mapped[str] = mapped_column(String(80), default="")
    gate: Mapped[str] = mapped_column(String(80), default="")  # the device's name then, as shown to the next
    device_id: Mapped[int | None] = mapped_column(ForeignKey("checkin_device.id"))
    browser_id: Mapped[str | None] = mapped_column(String(64), index=True)  # self check-in: one phone, many people
    is_offline: Mapped[bool] = mapped_column(default=False)
    is_flagged: Mapped[bool] = mapped_column(default=False)  # the fourth person on one phone
    void_of_id: Mapped[int | None] = mapped_column(ForeignKey("checkin_scan.id"), index=True)
    remark: Mapped[str] = mapped_column(String(200), default="")  # why: of a void, an excuse, a settlement
    typed: Mapped[str] = mapped_column(Text, default="")  # of a walk-in or stand-in that could not be taken in
    answer: Mapped[str] = mapped_column(Text)

    event: Mapped[Event] = relationship()
    check_point: Mapped[CheckPoint | None] = relationship()
    registrant: Mapped[Registrant | None] = relationship()


class SignInSheet(Model):
    """One edition of a check-point's printed sheets: which line of which page is whose.

    Printing the same list again is the same edition; a changed list is a new one, and the old stays readable.
    """

    __tablename__ = "checkin_sheet"
    __table_args__ = (UniqueConstraint("check_point_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_point_id: Mapped[int] = mapped_column(ForeignKey("event_check_point.id", ondelete="CASCADE"))
    edition: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    check_point: Mapped[CheckPoint] = relationship()


class SheetLine(Model):
    """A numbered line of a printed page; without a registrant it was left for who comes unannounced."""

    __tablename__ = "checkin_sheet_line"
    __table_args__ = (Index("ix_checkin_sheet_line_registrant", "registrant_id", "sheet_id"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("checkin_sheet.id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("event_unit.id", ondelete="CASCADE"))
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"))

    registrant: Mapped[Registrant | None] = relationship()
    unit: Mapped[Unit] = relationship()


class Settlement(Model):
    """What a named person decided about one entry of the review list; the ledger itself stays as it is.

    Either ``scan_id`` (a scan to look at) or ``registrant_id`` (a stand-in who came, and so did the other).
    """

    __tablename__ = "checkin_settlement"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("checkin_scan.id"), unique=True)
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), unique=True)
    decision: Mapped[str] = mapped_column(String(20))  # counted, dismissed, seen, voided, named, stand_in
    note: Mapped[str] = mapped_column(String(200), default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    event: Mapped[Event] = relationship()
    scan: Mapped[Scan | None] = relationship()
    registrant: Mapped[Registrant | None] = relationship()
    user: Mapped[User] = relationship()


class RevokedTicket(Model):
    """A ticket code that no longer admits, because its badge was lost and a new one was made."""

    __tablename__ = "checkin_revoked_ticket"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id", ondelete="CASCADE"), index=True)
    revoked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
