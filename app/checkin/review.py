"""The review list: what a person must look at, and what a named person decided about it.

Three kinds. A scan the server would have refused although somebody had been let in; a phone that brought in more
people than one usually does; a stand-in who came, and so did the one they stood in for. Clearing an entry writes
who, when and what; whoever counts as present afterwards does so by a new row of the ledger.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.audit import trail
from app.core.errors import RuleBroken
from app.core.text import TextTooLong, UnreadableText, clean_text
from app.database import db
from app.events.models import Event, Unit
from app.live import topics
from app.registration import signup
from app.registration.models import Registrant, Standing

from . import erasure
from .both_came import Seat, open_seats
from .door import people, walk_in
from .ledger import undoing, unlisting
from .ledger.appending import append
from .ledger.attendance import first_entry, standing_rows, stands
from .models import Scan, Settlement

NOTE_LENGTH = 200
MOST_SHOWN = 300


@dataclass(frozen=True)
class Open:
    """What nobody has cleared yet."""

    scans: list[Scan]
    seats: list[Seat]

    def __len__(self) -> int:
        return len(self.scans) + len(self.seats)


def open_entries(event: Event) -> Open:
    """Everything to be looked at, the oldest first."""
    settled = exists().where(Settlement.scan_id == Scan.id)
    query = (
        select(Scan)
        .where(Scan.event_id == event.id, _to_look_at(), ~settled)
        .options(joinedload(Scan.registrant).joinedload(Registrant.unit), joinedload(Scan.check_point))
        .order_by(Scan.id)
        .limit(MOST_SHOWN)
    )
    return Open(list(db.session.scalars(query)), open_seats(event))


def open_count(event: Event) -> int:
    """How many entries wait."""
    settled = exists().where(Settlement.scan_id == Scan.id)
    query = select(func.count()).select_from(Scan).where(Scan.event_id == event.id, _to_look_at(), ~settled)
    return (db.session.scalar(query) or 0) + len(open_seats(event))


def settlements(event: Event) -> list[Settlement]:
    """What was cleared, the newest first, with who did it."""
    query = (
        select(Settlement)
        .where(Settlement.event_id == event.id)
        .options(
            joinedload(Settlement.user),
            joinedload(Settlement.registrant),
            joinedload(Settlement.scan).joinedload(Scan.registrant),
            joinedload(Settlement.scan).joinedload(Scan.check_point),
        )
        .order_by(Settlement.id.desc())
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(query))


def find(event: Event, client_uuid: str) -> Scan | None:
    """A scan of the review list by its id, cleared or not."""
    query = select(Scan).where(Scan.event_id == event.id, Scan.client_uuid == client_uuid, _to_look_at())
    return db.session.scalar(query.options(joinedload(Scan.registrant), joinedload(Scan.check_point)))


def find_seat(event: Event, public_id: str) -> Seat | None:
    """The open seat of a stand-in."""
    return next((seat for seat in open_seats(event) if seat.stand_in.public_id == public_id), None)


def settlement_of(scan: Scan) -> Settlement | None:
    """What was decided about a scan."""
    query = select(Settlement).where(Settlement.scan_id == scan.id).options(joinedload(Settlement.user))
    return db.session.scalar(query)


def typed_in(scan: Scan) -> dict[str, str]:
    """What was typed at the door of somebody who could not be taken in."""
    return dict(json.loads(scan.typed)) if scan.typed else {}


def meant(scan: Scan) -> Scan | None:
    """The scan an entry is about: itself, or the one that a phone wanted to take back too late."""
    if scan.action != "void":
        return scan
    query = select(Scan).where(Scan.event_id == scan.event_id, Scan.client_uuid == scan.raw_code)
    return db.session.scalar(query.options(joinedload(Scan.registrant), joinedload(Scan.check_point)))


def count_in(scan: Scan, person: Registrant, actor: User, note: str = "") -> None:
    """The person was there: they count as present from the moment the phone saw them."""
    if scan.check_point is None or scan.action != "enter":
        raise RuleBroken(_l("รายการนี้ไม่ได้บอกว่าเป็นช่วงใด จึงนับว่ามาไม่ได้"))
    _settle(scan.event, actor, "counted", note, scan=scan)
    person = db.session.get_one(Registrant, people.root_of(person.id))
    if person.standing == Standing.WITHDRAWN:
        signup.restore(person, actor=actor)
    signup.let_in(person, actor=actor)  # who waits for a seat too, or the next door would turn them away
    people.lock([person.id])
    is_here = first_entry(standing_rows(scan.check_point.id, person.id)) is not None
    append(
        scan.event,
        scan.check_point.id,
        person.id,
        action="enter",
        method="review",
        outcome="already" if is_here else "accepted",
        occurred_at=scan.occurred_at,
        gate=scan.gate,
        actor=f"user:{actor.id}",
        device_id=scan.device_id,
    )
    erasure.forget_typed(scan)  # now it stands in the person's own record


def count_walk_in(scan: Scan, name: str, unit: Unit | None, phone: str, actor: User) -> Registrant:
    """The person was on no list: registered now, present since then."""
    person = walk_in.register(scan.event, name, unit, phone, actor, str(uuid.uuid4()))
    count_in(scan, person, actor)
    return person


def dismiss(scan: Scan, actor: User, reason: str) -> None:
    """The entry changes nothing, and why."""
    _settle(scan.event, actor, "dismissed", _needed(reason), scan=scan)
    erasure.forget_typed(scan)


def mark_seen(scan: Scan, actor: User, note: str = "") -> None:
    """Looked at and in order."""
    _settle(scan.event, actor, "seen", note, scan=scan)


def void(scan: Scan, actor: User, reason: str) -> None:
    """The person was not there after all: taken back, with the reason."""
    about = meant(scan)
    if about is None or about.check_point is None or about.registrant is None:
        raise RuleBroken(_l("รายการนี้ไม่มีชื่อผู้ใด จึงไม่มีอะไรให้ยกเลิก"))
    _settle(scan.event, actor, "voided", _needed(reason), scan=scan)
    if about is scan:
        undoing.void_by_supervisor(scan.event, about.check_point, about.registrant, reason, actor)
    else:  # the door's own undo, granted late; a supervisor's own void may only move somebody
        undoing.grant(scan.event, about, reason, actor)
        unlisting.follow_undo(about.id, actor)


def settle_seat(event: Event, seat: Seat, holder: str, actor: User) -> None:
    """Both came: "named" or "stand_in" holds the seat, the other is a further participant. Nobody is sent out."""
    if holder not in ("named", "stand_in"):
        raise RuleBroken(_l("โปรดเลือกว่าที่นั่งเป็นของผู้ใด"))
    _settle(event, actor, holder, "", registrant=seat.stand_in)
    if holder == "named":
        seat.stand_in.stands_for_id = None
        db.session.flush()
    topics.touch(event, "registration")


def _to_look_at() -> ColumnElement[bool]:
    """A scan kept for review, or the standing scan of a person too many on one phone."""
    return (Scan.outcome == "pending_review") | (Scan.is_flagged & stands())


def _settle(
    event: Event,
    actor: User,
    decision: str,
    note: str,
    *,
    scan: Scan | None = None,
    registrant: Registrant | None = None,
) -> None:
    row = Settlement(
        event_id=event.id,
        scan_id=scan.id if scan is not None else None,
        registrant_id=registrant.id if registrant is not None else None,
        decision=decision,
        note=_readable(note),
        user_id=actor.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as problem:
        raise RuleBroken(_l("รายการนี้มีผู้ตรวจแล้ว โปรดโหลดหน้าใหม่")) from problem
    trail.record(actor, event, "review.settled", row, decision=decision)
    topics.touch(event, "checkin")


def _needed(reason: str) -> str:
    if not reason.strip():
        raise RuleBroken(_l("โปรดระบุเหตุผล"), "reason")
    return reason


def _readable(note: str) -> str:
    try:
        return clean_text(note, max_length=NOTE_LENGTH)
    except TextTooLong as problem:
        raise RuleBroken(_l("ยาวเกิน %(max)d ตัวอักษร โปรดย่อให้สั้นลง", max=NOTE_LENGTH), "reason") from problem
    except UnreadableText as problem:
        raise RuleBroken(_l("มีตัวอักษรที่ระบบอ่านไม่ได้ โปรดพิมพ์ใหม่"), "reason") from problem
