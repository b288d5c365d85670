"""A stand-in came, and so did the one they stand in for: by whichever of a person's merged records."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, joinedload

from app.database import db
from app.events.models import Event
from app.registration.models import Registrant, Standing

from .door import people
from .ledger.attendance import stands
from .models import Scan, Settlement


@dataclass(frozen=True)
class Seat:
    """A stand-in and the one they stood in for, both of whom came."""

    stand_in: Registrant
    named: Registrant


def open_seats(event: Event) -> list[Seat]:
    """The seats nobody has settled: stand-ins who are present somewhere, whose named person is too."""
    named, came = aliased(Registrant), _came(event)
    query = (
        select(Registrant, named)
        .join(named, named.id == Registrant.stands_for_id)
        .where(
            Registrant.event_id == event.id,
            Registrant.standing == Standing.REGISTERED,
            Registrant.merged_into_id.is_(None),
            Registrant.id.in_(came),
            named.id.in_(came),
            ~exists().where(Settlement.registrant_id == Registrant.id),
        )
        .options(joinedload(Registrant.unit))
        .order_by(Registrant.id)
    )
    return [Seat(stand_in, one) for stand_in, one in db.session.execute(query).tuples()]


def named_people(event: Event) -> set[int]:
    """Who sent a stand-in and came all the same, to any check-point."""
    replaced = select(Registrant.stands_for_id).where(
        Registrant.event_id == event.id, Registrant.stands_for_id.is_not(None)
    )
    came = _came(event).subquery()
    return set(db.session.scalars(select(came.c.root).where(came.c.root.in_(replaced))))


def _came(event: Event) -> Select[tuple[int]]:
    """The standing records of who was let in anywhere."""
    roots = people.roots(event.id)
    query = select(roots.c.root).join(Scan, Scan.registrant_id == roots.c.id)
    return query.where(Scan.event_id == event.id, stands()).distinct()
