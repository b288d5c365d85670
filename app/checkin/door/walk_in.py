"""ผู้เข้าร่วมเพิ่มเติม: somebody who is on no list is registered and checked in with one form."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.events.models import Event, Unit
from app.registration import signup
from app.registration.contacts import read_phone
from app.registration.duplicates import find_same
from app.registration.models import Registrant
from app.registration.names import PersonName, split_name
from app.registration.person import cleaned, write

from ..ledger.deciding import Attempt, record_scan, stored_answer
from ..models import Device
from . import newcomers
from .stand_in import NEEDS_TWO_NAMES


def take_in(event: Event, attempt: Attempt, name: str, unit: Unit | None, phone: str, device: Device) -> str:
    """Register by full name and unit, then let in; returns the ledger's answer. Sent twice, one person.

    Who turns out to be on the list already is let in as the one on the list.
    """
    stored = stored_answer(event, attempt.client_uuid)
    if stored is not None:
        return stored
    person = register(event, name, unit, phone, device, attempt.client_uuid, door=attempt)
    return record_scan(event, replace(attempt, method="walk_in", code="", registrant_id=person.id), announce=False)


def register(
    event: Event,
    name: str,
    unit: Unit | None,
    phone: str,
    actor: object,
    client_uuid: str,
    *,
    door: Attempt | None = None,
) -> Registrant:
    """The record of a walk-in: the one that is there already, or a new one where the ``door`` takes newcomers."""
    parts = split_name(name)
    if not parts.first or not parts.last:
        raise RuleBroken(NEEDS_TWO_NAMES, "name")
    if unit is None:
        raise RuleBroken(_l("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"), "unit")
    number = read_phone(phone)
    known = _on_the_list(event, parts, unit, number)
    if known is not None:
        return signup.let_in(known, actor=actor)
    if door is not None:
        newcomers.check(event, door, unit.public_id)
    return signup.register(
        event,
        title=parts.title,
        first_name=parts.first,
        last_name=parts.last,
        unit=unit,
        phone=number,
        submission_key=client_uuid.replace("-", ""),
        source="walk_in",
        oversteps=True,  # who stands at the door is let in, and the list says that there was no seat
        actor=actor,
    )


def _on_the_list(event: Event, parts: PersonName, unit: Unit, phone: str) -> Registrant | None:
    candidate = Registrant(event_id=event.id, unit_id=unit.id, organisation="", email="")
    write(candidate, cleaned({"first_name": parts.first, "last_name": parts.last, "phone": phone}))
    return find_same(event, candidate)
