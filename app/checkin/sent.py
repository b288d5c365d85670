"""What a phone or a script sent, made into an attempt the ledger can judge."""

from __future__ import annotations

import uuid
from typing import Any

from app.core.ids import is_public_id
from app.events.models import Event
from app.registration import queries as registrants
from app.registration.models import Registrant

from . import check_points
from .ledger import Attempt, is_client_uuid
from .models import Device


def attempt_from(device: Device, sent: dict[str, Any]) -> Attempt:
    """What a phone or a script sent. Anything of a wrong type counts as absent, so that nothing is lost for it.

    ``who`` (a registrant's public id, from the door's search) stands in place of ``code``.
    """
    chosen = named_person(device.event, sent.get("who"))
    return Attempt(
        client_uuid=_text(sent.get("client_uuid")),
        check_point=check_points.find(device.event, sent.get("check_point")),
        method="staff_search" if chosen is not None else "staff_scan",
        code=_text(sent.get("code")),
        registrant_id=chosen.id if chosen is not None else None,
        action=_text(sent.get("action")) or "enter",
        occurred_at=_text(sent.get("occurred_at")),
        device_id=device.id,
        gate=device.name,
        actor=f"device:{device.id}",
        is_offline=sent.get("offline") is True,
    )


def form_uuid(text: str) -> str:
    """The id a plain form carries; a new one where it was emptied, so that its scan is kept all the same."""
    return text if is_client_uuid(text) else str(uuid.uuid4())


def named_person(event: Event, who: object) -> Registrant | None:
    """The person of the event with this public id; whatever else was sent is nobody."""
    return registrants.find(event, str(who)) if is_public_id(who) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
