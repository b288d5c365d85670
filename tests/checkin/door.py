"""A door for tests: an event with people and gates, and scans as a phone would make them."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.checkin.door import glancing
from app.checkin.ledger.deciding import Attempt, is_client_uuid, record_scan
from app.checkin.models import Device
from app.core import clock
from app.core.tokens import token_hash
from app.database import db
from app.events.models import CheckPoint, Event
from app.registration.models import Registrant


@dataclass
class Gate:
    """A paired phone and the token only it knows."""

    device: Device
    token: str

    @property
    def id(self) -> int:
        return self.device.id

    @property
    def name(self) -> str:
        return self.device.name

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def make_gate(event: Event, name: str = "ประตู 1", **extra: Any) -> Gate:
    """A paired phone that works for a day."""
    token = uuid.uuid4().hex
    values = {"expires_at": clock.now() + timedelta(days=1), **extra}
    device = Device(event_id=event.id, name=name, token_hash=token_hash(token), **values)
    db.session.add(device)
    db.session.commit()
    return Gate(device, token)


def attempt(
    who: Registrant | str, check_point: CheckPoint | None, gate: Gate | None = None, **extra: Any
) -> Attempt:
    """What a phone sends for a badge, or for any text."""
    values: dict[str, Any] = {
        "client_uuid": str(uuid.uuid4()),
        "check_point": check_point,
        "method": "staff_scan",
        "code": who if isinstance(who, str) else who.ticket_code,
    }
    if gate is not None:
        values |= {"device_id": gate.id, "gate": gate.name, "actor": f"device:{gate.id}"}
    return Attempt(**{**values, **extra})


def scan(who: Registrant | str, check_point: CheckPoint, gate: Gate | None = None, **extra: Any) -> dict[str, Any]:
    """Scan and commit, as a request does; returns the answer read.

    With a gate the ordinary badge is seen at one glance, as a phone's is; without one the ledger looks by itself.
    """
    made = attempt(who, check_point, gate, **extra)
    if gate is not None and made.action != "void" and is_client_uuid(made.client_uuid):
        db.session.flush()
        seen = glancing.look(check_point.event, made.client_uuid, check_point.public_id, None, made.code)
        made = replace(made, seen=seen, check_point=seen.point if seen is not None else check_point)
    answer = record_scan(check_point.event, made)
    db.session.commit()
    return json.loads(answer)


def at(hour: int, minute: int = 0) -> datetime:
    """A moment on the day of the sample event, 8 Nov 2561."""
    return clock.at_local(datetime(2018, 11, 8).date(), hour, minute)
