"""What makes a scan ordinary, the one statement that sees all of it, and the row it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import bindparam

from app.core import clock
from app.core.ids import is_public_id
from app.core.languages import speaking
from app.core.tokens import token_hash
from app.database import UtcDateTime
from app.events.models import Event
from app.prepared import Prepared

from ...devices.doors import Door, EventFacts, has_news
from ...door import glancing, people
from ...door.codes import ticket_in
from ...models import Device, Scan
from .. import attendance
from .. import deciding as ledger
from ..deciding import Entry
from ..sent import attempt_at, text

_ACTIONS = ("", "enter", "exit")
_TYPED = ("walk_in", "stand_in")


class NotOrdinary(Exception):
    """This scan is for the longer road; nothing of it was written."""


def _taken_lock() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, eq=False)
class Waiting:
    """A scan that waits to be recorded. ``who`` is a ticket code, or a public id where ``is_chosen`` by name.

    ``said`` is how many more scans the phone says it holds, ``language`` the one it reads. Once ``is_done``, the
    answer is the stored one, or None where the longer road must look.
    """

    sent: dict[str, Any]
    who: str
    is_chosen: bool
    values: dict[str, Any]  # what SEE is told
    said: str
    language: str
    turn: Lock = field(default_factory=_taken_lock)  # of the thread that waits for it
    answer: str | None = None
    is_done: bool = False


def waiting(token: str, sent: object, said: str, language: str) -> Waiting | None:
    """The scan, where it looks like an ordinary one of the phone that holds the token."""
    if not token or not isinstance(sent, dict):
        return None
    client_uuid, who, point = text(sent.get("client_uuid")), sent.get("who"), sent.get("check_point")
    is_plain = text(sent.get("action")) in _ACTIONS and not any(isinstance(sent.get(key), dict) for key in _TYPED)
    if not (is_plain and ledger.is_client_uuid(client_uuid) and is_public_id(point)):
        return None
    is_chosen = is_public_id(who)
    named = str(who) if is_chosen else ticket_in(text(sent.get("code")))
    if not named:
        return None
    asker = {"hash": token_hash(token), "now": clock.now()}
    values = {**asker, "client_uuid": client_uuid, "point": point, "who": named}
    return Waiting(sent, named, is_chosen, values, said, language)


_device, _event, RECORD = Device.__table__, Event.__table__, people.RECORD
_PHONE = (
    (_device.c.token_hash == bindparam("hash"))
    & _device.c.revoked_at.is_(None)
    & (_device.c.expires_at > bindparam("now", type_=UtcDateTime))
)
_START = RECORD.join(_device, _device.c.event_id == RECORD.c.event_id).join(
    _event, _event.c.id == _device.c.event_id
)
_LOOK = (
    glancing.query(_START, _device.c.event_id)
    .add_columns(
        *(_device.c[name].label(f"door_{name}") for name in ("id", "name", "last_seen_at", "waiting")),
        *(_event.c[name].label(f"meeting_{name}") for name in ("id", "public_id", "first_day", "created_at")),
    )
    .where(_PHONE)
)
# Phone, event, check-point, person and what is known of the person there; by is_chosen.
SEE = {
    False: Prepared(_LOOK.where(RECORD.c.ticket_code == bindparam("who"))),
    True: Prepared(_LOOK.where(RECORD.c.public_id == bindparam("who"))),
}
STANDING = Prepared(attendance.OF_PERSON)
ROW = {
    column.name: bindparam(column.name, type_=column.type)
    for column in Scan.__table__.columns
    if not column.primary_key
}


def door_of(row: Any, one: Waiting) -> Door:
    """The phone that a row of SEE names, where it has nothing new to say of itself."""
    if row is None:
        raise NotOrdinary
    event = EventFacts(row.meeting_id, row.meeting_public_id, row.meeting_first_day, row.meeting_created_at)
    door = Door(row.door_id, row.door_name, row.door_last_seen_at, row.door_waiting, event)
    if has_news(door, one.said):
        raise NotOrdinary
    return door


def standing_asked(row: Any) -> dict[str, Any]:
    """What STANDING is told, where a row of SEE says that the person is known at the check-point."""
    return {"check_point": row.point_id, "root": row.id}


def entry_of(row: Any, door: Door, one: Waiting, standing: Sequence[Any]) -> Entry:
    """The ledger's verdict; the answer is in the phone's language, whoever's turn it is."""
    seen = glancing.glance_of(row, one.values["point"], standing)
    with speaking(one.language):
        return ledger.entry_at_a_glance(door.event, attempt_at(door, one.sent, seen))
