"""What a phone or a script sent, made into an attempt the ledger can judge."""

from __future__ import annotations

import uuid
from typing import Any

from app.core.ids import is_public_id
from app.events.models import Event
from app.registration import queries as registrants
from app.registration.models import Registrant

from . import doors, glancing, people
from .doors import Meeting, PointFacts, Sender
from .ledger import Attempt, is_client_uuid


def attempt_from(sender: Sender, sent: dict[str, Any]) -> Attempt:
    """What a phone or a script sent. Anything of a wrong type counts as absent, so that nothing is lost for it.

    ``who`` (a registrant's public id, from the door's search) stands in place of ``code``.
    """
    client_uuid, code, action = (_text(sent.get(key)) for key in ("client_uuid", "code", "action"))
    who, point = sent.get("who"), sent.get("check_point")
    seen = None
    if action != "void" and is_client_uuid(client_uuid):
        seen = glancing.look(sender.event, client_uuid, point, who, code)
    place: PointFacts | None
    if seen is not None:
        place, person_id = seen.point, seen.person.id if is_public_id(who) else None
    else:
        place, person_id = _place(sender.event, point), _id_of(sender.event, who)
    return Attempt(
        client_uuid=client_uuid,
        check_point=place,
        method="staff_search" if person_id is not None else "staff_scan",
        code=code,
        registrant_id=person_id,
        action=action or "enter",
        occurred_at=_text(sent.get("occurred_at")),
        device_id=sender.id,
        gate=sender.name,
        actor=f"device:{sender.id}",
        is_offline=sent.get("offline") is True,
        seen=seen,
    )


def form_uuid(text: str) -> str:
    """The id a plain form carries; a new one where it was emptied, so that its scan is kept all the same."""
    return text if is_client_uuid(text) else str(uuid.uuid4())


def named_person(event: Event, who: object) -> Registrant | None:
    """The person of the event with this public id; whatever else was sent is nobody."""
    return registrants.find(event, str(who)) if is_public_id(who) else None


def _id_of(event: Meeting, who: object) -> int | None:
    return people.id_of(event.id, str(who)) if is_public_id(who) else None


def _place(event: Meeting, point: object) -> PointFacts | None:
    return doors.place(event.id, str(point)) if is_public_id(point) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
