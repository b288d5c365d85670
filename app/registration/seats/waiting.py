"""บัญชีสำรอง: whoever waits longest and fits is taken in, in the transaction that freed the seat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core import clock
from app.database import db
from app.events.models import Event
from app.live import topics

from ..models import Registrant, Standing
from ..signals import registered
from . import telling
from .quotas import read_seats


@dataclass(frozen=True)
class Turn:
    """Somebody on the waiting list with the place in it, counted from 1 within the whole event and the unit."""

    registrant: Registrant
    place: int
    place_in_unit: int


def promote(event: Event) -> list[Registrant]:
    """Give free seats to those who wait, in their order; whom no seat fits stays and lets the next one pass.

    Behind the event's lock, after the change that may have freed seats has been flushed.
    """
    columns = select(Registrant.id, Registrant.unit_id, Registrant.category)
    queue = db.session.execute(_in_turn(columns, event)).all()
    if not queue:
        return []
    seats, lucky = read_seats(event), []
    for row in queue:
        if seats.full(row.unit_id, row.category) is None:
            seats.take(row.unit_id, row.category)
            lucky.append(row.id)
    if not lucky:
        return []
    query = select(Registrant).where(Registrant.id.in_(lucky)).execution_options(populate_existing=True)
    people = sorted(db.session.scalars(query), key=lambda person: lucky.index(person.id))
    for person in people:
        give_seat(person)
    db.session.flush()
    for person in people:
        telling.tell(person)
        trail.record("waiting-list", event, "registrant.promoted", person)
        registered.send(person)
    topics.touch(event, "registration")
    return people


def give_seat(registrant: Registrant) -> None:
    """From the waiting list onto a seat; the own page says so, and ``telling`` does."""
    registrant.standing = Standing.REGISTERED
    registrant.promoted_at = clock.now()


def put_last(registrant: Registrant) -> None:
    """Onto the waiting list, behind everybody."""
    registrant.standing = Standing.WAITING
    registrant.waiting_since = clock.now()


def put_first(event: Event, registrant: Registrant) -> None:
    """Onto the waiting list, before everybody."""
    first = db.session.scalar(
        select(func.min(Registrant.waiting_since)).where(
            Registrant.event_id == event.id, Registrant.standing == Standing.WAITING
        )
    )
    registrant.standing = Standing.WAITING
    registrant.waiting_since = (first or clock.now()) - timedelta(milliseconds=1)


def _in_turn(query: Select[*tuple[Any, ...]], event: Event) -> Select[*tuple[Any, ...]]:
    waiting = (Registrant.standing == Standing.WAITING, Registrant.merged_into_id.is_(None))
    return query.where(Registrant.event_id == event.id, *waiting).order_by(Registrant.waiting_since, Registrant.id)


def turns(event: Event) -> list[Turn]:
    """Everybody who waits, in order, with their places."""
    seen: Counter[int] = Counter()
    found = []
    for place, person in enumerate(
        db.session.scalars(_in_turn(select(Registrant).options(joinedload(Registrant.unit)), event)), 1
    ):
        seen[person.unit_id] += 1
        found.append(Turn(person, place, seen[person.unit_id]))
    return found


def place_of(registrant: Registrant) -> int:
    """How many wait in this unit up to and with this person: 1 is next."""
    query = select(func.count()).where(
        Registrant.event_id == registrant.event_id,
        Registrant.unit_id == registrant.unit_id,
        Registrant.standing == Standing.WAITING,
        Registrant.merged_into_id.is_(None),
        (Registrant.waiting_since < registrant.waiting_since)
        | ((Registrant.waiting_since == registrant.waiting_since) & (Registrant.id <= registrant.id)),
    )
    return db.session.scalar(query) or 1
