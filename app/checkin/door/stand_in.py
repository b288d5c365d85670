"""มาแทน: an office sends somebody else, and the door hears of it when they stand there.

The person expected keeps their record, the stand-in gets one of their own at the same table. If both come, both
are present, and the review list settles whose seat it is (review.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event
from app.groups import assigning
from app.groups.models import Membership
from app.groups.queries import current_grouping
from app.registration import signup
from app.registration.duplicates import name_identity
from app.registration.models import Registrant, Standing
from app.registration.names import PersonName, split_name
from app.registration.records import standing_record

from ..ledger.deciding import Attempt, record_scan, stored_answer
from ..models import Device
from . import newcomers

NEEDS_TWO_NAMES = _l("โปรดพิมพ์ชื่อ เว้นวรรค แล้วตามด้วยนามสกุล")


def take_in(
    event: Event, attempt: Attempt, absent: Registrant | None, name: str, position: str, device: Device
) -> str:
    """Register who came instead, at the table of ``absent``, and let them in; returns the ledger's answer."""
    stored = stored_answer(event, attempt.client_uuid)
    if stored is not None:
        return stored
    absent = standing_record(absent) if absent is not None else None  # a phone's list may be older than a merger
    if absent is None or absent.event_id != event.id or absent.stands_for_id is not None:
        raise RuleBroken(_l("โปรดเลือกผู้มีรายชื่อที่ส่งผู้แทนมา"))
    parts = split_name(name)
    if not parts.first or not parts.last:
        raise RuleBroken(NEEDS_TWO_NAMES, "name")
    person = _came_before(absent, parts) or _register(event, attempt, absent, parts, position, device)
    return record_scan(
        event, replace(attempt, method="stand_in", code="", registrant_id=person.id), announce=False
    )


def of(absent: Registrant) -> list[Registrant]:
    """Who stands in for a person, first come first."""
    query = select(Registrant).where(
        Registrant.stands_for_id == absent.id,
        Registrant.standing == Standing.REGISTERED,
        Registrant.merged_into_id.is_(None),
    )
    return list(db.session.scalars(query.order_by(Registrant.id)))


def by_place(people: Iterable[Registrant]) -> dict[int, list[Registrant]]:
    """Of those listed: the id of who was expected and is listed too → who stands in."""
    people = list(people)
    listed = {person.id for person in people}
    found: dict[int, list[Registrant]] = defaultdict(list)
    for person in people:
        if person.stands_for_id in listed and person.stands_for_id is not None:
            found[person.stands_for_id].append(person)
    return dict(found)


def _came_before(absent: Registrant, parts: PersonName) -> Registrant | None:
    """The same stand-in, typed in by another phone or for an earlier check-point."""
    wanted = name_identity(parts.first, parts.last)
    return next((one for one in of(absent) if name_identity(one.first_name, one.last_name) == wanted), None)


def _register(
    event: Event, attempt: Attempt, absent: Registrant, parts: PersonName, position: str, device: Device
) -> Registrant:
    newcomers.check(event, attempt, absent.unit.public_id, absent.category)
    person = signup.register(
        event,
        title=parts.title,
        first_name=parts.first,
        last_name=parts.last,
        position=position,
        unit=absent.unit,
        organisation=absent.organisation,
        category=absent.category,
        submission_key=attempt.client_uuid.replace("-", ""),
        source="stand_in",
        oversteps=True,  # the seat is the one of the person expected
        actor=device,
    )
    person.stands_for_id, person.over_seats_of = absent.id, absent.over_seats_of
    person.part = absent.part
    db.session.flush()
    _seat(event, absent, person, device)
    return person


def _seat(event: Event, absent: Registrant, person: Registrant, device: Device) -> None:
    """The stand-in sits where the absent person would have."""
    grouping = current_grouping(event)
    if grouping is None:
        return
    query = select(Membership).where(Membership.grouping_id == grouping.id, Membership.registrant_id == absent.id)
    seat = db.session.scalar(query)
    if seat is not None:
        assigning.move(device, grouping, person, seat.group)
