"""The ordinary scan seen at one glance: somebody of the event, by badge or picked by name, at one of its points.

One statement reads whether this very request was answered before, the check-point, the person, and whether
anything is known of the person there. What it does not find takes the longer road through ledger.py, to the same
answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Row, Select, bindparam, case, or_, select
from sqlalchemy.orm import aliased

from app.core.ids import is_public_id
from app.database import db
from app.events.models import CheckPoint
from app.registration.models import Registrant

from ..devices.doors import Meeting, PointFacts
from ..models import Scan
from . import people
from .codes import ticket_in
from .people import Person


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look gave. ``standing``: the person's enters at the check-point where they are known already."""

    point: PointFacts
    person: Person
    stored: str | None
    standing: Sequence[Any] | None


def query(start: FromClause, event_id: ColumnElement[int]) -> Select[Any]:
    """A person, found by a condition to be added, at a check-point of an event; ``start`` begins with a record."""
    point, person = CheckPoint.__table__, people.RECORD
    merged = aliased(Registrant)
    at = (point.c.event_id == person.c.event_id) & (point.c.public_id == bindparam("point"))
    # The event is compared with what is found, not looked for: a plan made while the ledger was empty, which
    # PostgreSQL keeps, would else go through the event's whole ledger at each scan.
    mine = case((Scan.event_id == event_id, Scan.answer))
    stored = select(mine).where(Scan.client_uuid == bindparam("client_uuid"))
    known = or_(
        select(Scan.id).where(Scan.check_point_id == point.c.id, Scan.registrant_id == person.c.id).exists(),
        select(merged.id).where(merged.merged_into_id == person.c.id).exists(),
    )
    return (
        people.card_query(point.c.id, start.join(point, at))
        .add_columns(
            point.c.id.label("point_id"),
            *(point.c[name] for name in ("opens_at", "closes_at", "audience")),
            stored.scalar_subquery().label("stored"),
            known.label("is_known"),
        )
        .where(person.c.event_id == event_id, person.c.merged_into_id.is_(None))
    )


def glance_of(row: Row[Any], public_id: str, standing: Sequence[Any] | None) -> Glance:
    """A row of ``query``, at the check-point of this public id."""
    place = PointFacts(row.point_id, public_id, row.opens_at, row.closes_at, row.audience)
    return Glance(place, people.person_of(row), row.stored, standing)


# PostgreSQL locks the person's row with it, so that the next scan of the person waits (see people.lock).
_QUERY = query(people.RECORD, bindparam("event", type_=Integer)).with_for_update(key_share=True, of=people.RECORD)
_BY_CODE = _QUERY.where(people.RECORD.c.ticket_code == bindparam("who"))
_BY_PUBLIC_ID = _QUERY.where(people.RECORD.c.public_id == bindparam("who"))


def look(event: Meeting, client_uuid: str, point: object, who: object, code: str) -> Glance | None:
    """The person named by public id or by a code at a check-point; None where the longer road must look."""
    if not is_public_id(point):
        return None
    named = who if is_public_id(who) else ticket_in(code)
    if not named:
        return None
    values = {"event": event.id, "client_uuid": client_uuid, "point": point, "who": named}
    statement = _BY_PUBLIC_ID if named == who else _BY_CODE
    row = db.session.connection().execute(statement, values).first()
    if row is None:
        return None
    # On PostgreSQL the look may have waited for another scan of the person, and knows nothing of it.
    is_new = db.engine.dialect.name == "sqlite" and not row.is_known
    return glance_of(row, str(point), () if is_new else None)
