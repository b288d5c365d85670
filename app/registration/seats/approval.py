"""Deciding over many people with one press: approve, decline, admit beyond the seats; each press can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event
from app.live import topics

from ..models import Registrant, Standing
from ..signals import registered
from . import places, telling, waiting
from .admitting import note_overstep
from .models import Decision
from .quotas import Seats, lock, read_seats

MOST = 1000  # people in one press


@dataclass(frozen=True)
class Outcome:
    """What a press did: the batch that can be undone, and how many of its people stand where now."""

    decision: Decision
    seated: int = 0
    waiting: int = 0
    other: int = 0


def approve(event: Event, ids: Sequence[str], *, actor: object) -> Outcome:
    """Say yes to people who asked, in the order they came: a seat where there is one, else the waiting list."""
    return _decide(event, ids, "approve", _seat_or_wait, (Standing.PENDING, Standing.DECLINED), actor)


def decline(event: Event, ids: Sequence[str], *, actor: object) -> Outcome:
    """Say no to people who asked or wait; their rows stay."""
    return _decide(event, ids, "decline", _refuse, (Standing.PENDING, Standing.WAITING), actor)


def admit(event: Event, ids: Sequence[str], *, actor: object) -> Outcome:
    """Take people in from the waiting list even where the seats are overstepped; beside each stands a note."""
    return _decide(event, ids, "admit", _seat_anyway, (Standing.WAITING,), actor)


def move_first(event: Event, ids: Sequence[str], *, actor: object) -> Outcome:
    """Put people before everybody else who waits, in the order they have among themselves."""

    return _decide(event, ids, "first", _to_the_front, (Standing.WAITING,), actor, is_reversed=True)


def undo(event: Event, decision: Decision, *, actor: object) -> int:
    """Put the people of a press back where they were, unless somebody has changed them since; returns how many."""
    lock(event)
    db.session.refresh(decision)
    if decision.undone_at is not None:
        raise RuleBroken(_l("รายการนี้ยกเลิกไปแล้ว"))
    entries = {entry["id"]: entry for entry in decision.before}
    undone = 0
    for person in _people(event, list(entries)):
        if person.standing == entries[person.public_id]["became"]:
            _put_back(person, entries[person.public_id])
            undone += 1
    decision.undone_at = clock.now()
    db.session.flush()
    trail.record(actor, event, "decision.undone", decision, people=undone)
    topics.touch(event, "registration")
    waiting.promote(event)
    return undone


def find(event: Event, public_id: str) -> Decision | None:
    """A press of the event, or None."""
    return db.session.scalar(
        select(Decision).where(Decision.event_id == event.id, Decision.public_id == public_id)
    )


def newest(event: Event, most: int = 5) -> list[Decision]:
    """The last presses, newest first."""
    query = select(Decision).where(Decision.event_id == event.id).order_by(Decision.id.desc()).limit(most)
    return list(db.session.scalars(query))


def _decide(
    event: Event,
    ids: Sequence[str],
    action: str,
    change: Callable[[Event, Registrant, Seats], None],
    allowed: tuple[Standing, ...],
    actor: object,
    *,
    is_reversed: bool = False,
) -> Outcome:
    """Apply one change to people in turn, remembering what they were; people who stand elsewhere are left out."""
    if not ids:
        raise RuleBroken(_l("โปรดเลือกอย่างน้อยหนึ่งคน"))
    if len(ids) > MOST:
        raise RuleBroken(_l("เลือกได้ครั้งละไม่เกิน %(most)d คน", most=MOST))
    lock(event)
    people = [person for person in _people(event, ids) if person.standing in allowed]
    if not people:
        raise RuleBroken(_l("รายชื่อที่เลือกเปลี่ยนสถานะไปแล้ว โปรดโหลดหน้าใหม่"))
    seats, before = read_seats(event), [_was(person) for person in people]
    for person in reversed(people) if is_reversed else people:
        change(event, person, seats)
        db.session.flush()
    for entry, person in zip(before, people, strict=True):
        entry["became"] = str(person.standing)
    decision = Decision(event_id=event.id, action=action, actor=trail.name_of(actor), before=before)
    db.session.add(decision)
    db.session.flush()
    _announce(event, people, decision, actor)
    standings = [person.standing for person in people]
    seated, queued = standings.count(Standing.REGISTERED), standings.count(Standing.WAITING)
    return Outcome(decision, seated, queued, len(people) - seated - queued)


def _announce(event: Event, people: list[Registrant], decision: Decision, actor: object) -> None:
    for person in people:
        trail.record(actor, event, f"registrant.{decision.action}", person, standing=str(person.standing))
        if person.standing == Standing.REGISTERED:
            telling.tell(person)
            registered.send(person)
    topics.touch(event, "registration")


def _people(event: Event, ids: Sequence[str]) -> list[Registrant]:
    """The people as they are now, in the order they wait or came."""
    query = (
        select(Registrant)
        .where(Registrant.event_id == event.id, Registrant.public_id.in_(ids), Registrant.merged_into_id.is_(None))
        .order_by(Registrant.waiting_since, Registrant.id)
        .options(joinedload(Registrant.unit))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def _was(person: Registrant) -> dict[str, Any]:
    moments = {"since": person.waiting_since, "promoted": person.promoted_at}
    told = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return {"id": person.public_id, "standing": str(person.standing), **told}


def _put_back(person: Registrant, entry: dict[str, Any]) -> None:
    person.standing = Standing(entry["standing"])
    person.waiting_since = datetime.fromisoformat(entry["since"]) if entry["since"] else None
    person.promoted_at = datetime.fromisoformat(entry["promoted"]) if entry["promoted"] else None
    person.over_seats_of = ""
    places.release(person)


def _seat_or_wait(_event: Event, person: Registrant, seats: Seats) -> None:
    """A post that is held for this person, else a seat, else the waiting list's end."""
    place = places.held_for(person)
    if place is not None:
        places.fill(place, person)
        person.standing = Standing.REGISTERED
    elif seats.full(person.unit_id, person.category) is None:
        seats.take(person.unit_id, person.category)
        person.standing = Standing.REGISTERED
    else:
        waiting.put_last(person)


def _seat_anyway(_event: Event, person: Registrant, seats: Seats) -> None:
    full = seats.full(person.unit_id, person.category)
    if full is not None:
        note_overstep(person, full)
    seats.take(person.unit_id, person.category)
    waiting.give_seat(person)


def _refuse(_event: Event, person: Registrant, _seats: Seats) -> None:
    person.standing = Standing.DECLINED


def _to_the_front(event: Event, person: Registrant, _seats: Seats) -> None:
    waiting.put_first(event, person)
