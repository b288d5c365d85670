"""What a paired phone keeps so that it can work without the network: who may come in, and nothing else of them.

Codes go along as salted hashes only: a phone that is lost gives away no badge. The phone encrypts what it keeps
(js/door/vault.js) and forgets it when the device ends.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.tokens import sign
from app.database import db
from app.events.models import CheckPoint, Event
from app.registration.models import Registrant

from ..door import people
from ..models import Device

HASH_LENGTH = 20  # hex digits, 80 bits: ticket codes are random, so a guess is as good as a guessed code


def snapshot(device: Device) -> dict[str, Any]:
    """The roster of a device's event with what a door needs round it: check-points, units, the device's end."""
    event = device.event
    salt = salt_of(event)
    return {
        "event": {"id": event.public_id, "name": event.name},
        "device": {"name": device.name, "expires_at": device.expires_at.isoformat()},
        "salt": salt,
        "check_points": [_check_point(point) for point in event.check_points],
        "units": [{"id": unit.public_id, "name": unit.name} for unit in event.units],
        "people": _people(event, salt),
    }


def document(device: Device) -> tuple[str, str]:
    """The snapshot as JSON, and a word that changes with it."""
    text = json.dumps(snapshot(device), ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()[:32]


def salt_of(event: Event) -> str:
    """The salt of an event's code hashes; the same for every phone, so that two snapshots can be compared."""
    return sign("roster", event.public_id)


def code_hash(salt: str, code: str) -> str:
    """What stands for a ticket code on a phone."""
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()[:HASH_LENGTH]


def _check_point(point: CheckPoint) -> dict[str, Any]:
    return {
        "id": point.public_id,
        "name": point.name,
        "date": clock.at_local(point.day.date, 0).isoformat() if point.day is not None else None,
    }


def _people(event: Event, salt: str) -> list[dict[str, Any]]:
    """Title and name are apart because a name is searched without its title; together they are the name shown."""
    codes = _codes(event)
    return [
        {
            "id": row.public_id,
            "title": row.title,
            "name": row.name,
            "unit": row.unit,
            "group": row.group or "",
            "table": row.table,
            "code_hashes": [code_hash(salt, code) for code in codes[row.id]],
        }
        for row in people.cards_of(event)
    ]


def _codes(event: Event) -> dict[int, list[str]]:
    """Standing record's id → its ticket code and those of the records merged into it: all of them admit."""
    query = select(Registrant.id, Registrant.merged_into_id, Registrant.ticket_code)
    rows = db.session.execute(query.where(Registrant.event_id == event.id).order_by(Registrant.id)).all()
    above = {row.id: row.merged_into_id for row in rows}
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        root, seen = row.id, set()
        while above.get(root) is not None and root not in seen:
            seen.add(root)
            root = above[root]
        found[root].append(row.ticket_code)
    return found
