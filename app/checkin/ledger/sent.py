"""What a phone or a script sent, made into an attempt the ledger can judge."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.ids import is_public_id
from app.events.models import Event
from app.registration import queries as registrants
from app.registration.models import Registrant

from ..devices import doors
from ..devices.doors import Meeting, PointFacts, Sender
from ..door import glancing, people
from ..door.glancing import Glance
from .deciding import Attempt, is_client_uuid
from .moments import skew


def scans_in(body: dict[str, Any]) -> list[Any] | None:
    """The scans of a request, each knowing how far the clock of its phone is behind; None where there is no list.

    ``sent_at`` is what the phone's clock shows as it sends.
    """
    scans = body.get("scans")
    if not isinstance(scans, list):
        return None
    behind = skew(body.get("sent_at"), clock.now())
    return [{**scan, "skew": behind} if isinstance(scan, dict) else scan for scan in scans] if behind else scans


def attempt_from(sender: Sender, sent: dict[str, Any]) -> Attempt:
    """What a phone or a script sent. Anything of a wrong type counts as absent, so that nothing is lost for it.

    ``who`` (a registrant's public id, from the door's search) stands in place of ``code``.
    """
    client_uuid, code, action = (text(sent.get(key)) for key in ("client_uuid", "code", "action"))
    who, point = sent.get("who"), sent.get("check_point")
    seen = None
    if action != "void" and is_client_uuid(client_uuid):
        seen = glancing.look(sender.event, client_uuid, point, who, code)
    if seen is not None:
        return attempt_at(sender, sent, seen)
    person_id = _id_of(sender.event, who)
    return _attempt(sender, sent, _place(sender.event, point), person_id, None)


def attempt_at(sender: Sender, sent: dict[str, Any], seen: Glance) -> Attempt:
    """The same where one look has found the check-point and the person."""
    person_id = seen.person.id if is_public_id(sent.get("who")) else None
    return _attempt(sender, sent, seen.point, person_id, seen)


def _attempt(
    sender: Sender, sent: dict[str, Any], place: PointFacts | None, person_id: int | None, seen: Glance | None
) -> Attempt:
    # An id that is nobody's here counts as a code nobody knows: it is kept, and shown to whoever looks at the row.
    nobody = sent["who"] if person_id is None and is_public_id(sent.get("who")) else ""
    return Attempt(
        client_uuid=text(sent.get("client_uuid")),
        check_point=place,
        method="staff_search" if person_id is not None else "staff_scan",
        code=text(sent.get("code")) or nobody,
        registrant_id=person_id,
        action=text(sent.get("action")) or "enter",
        occurred_at=text(sent.get("occurred_at")),
        device_id=sender.id,
        gate=sender.name,
        actor=f"device:{sender.id}",
        is_offline=sent.get("offline") is True,
        skew=_skew_of(sent),
        seen=seen,
    )


def _skew_of(sent: dict[str, Any]) -> timedelta:
    """What ``scans_in`` found; nothing a sender writes there can pass for it."""
    found = sent.get("skew")
    return found if isinstance(found, timedelta) else timedelta(0)


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


def text(value: object) -> str:
    """What was sent, where it is a text; anything else counts as absent."""
    return value if isinstance(value, str) else ""
