"""ผู้เข้าร่วมเพิ่มเติม: somebody who is on no list is registered and checked in with one form."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.events.models import Event, Unit
from app.registration import signup
from app.registration.contacts import read_phone
from app.registration.names import split_name

from .ledger import Attempt, record_scan, stored_answer
from .models import Device


def take_in(event: Event, attempt: Attempt, name: str, unit: Unit, phone: str, device: Device) -> str:
    """Register by full name and unit, then let in; returns the ledger's answer. Sent twice, one person."""
    stored = stored_answer(event, attempt.client_uuid)
    if stored is not None:
        return stored
    parts = split_name(name)
    if not parts.first or not parts.last:
        raise RuleBroken(_l("โปรดพิมพ์ชื่อ เว้นวรรค แล้วตามด้วยนามสกุล"), "name")
    registrant = signup.register(
        event,
        title=parts.title,
        first_name=parts.first,
        last_name=parts.last,
        unit=unit,
        phone=read_phone(phone),
        submission_key=attempt.client_uuid.replace("-", ""),
        source="walk_in",
        oversteps=True,  # who stands at the door is let in, and the list says that there was no seat
        actor=device,
    )
    return record_scan(event, replace(attempt, method="walk_in", registrant_id=registrant.id))
