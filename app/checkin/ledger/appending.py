"""Rows of the ledger that nobody asked for by a request of a phone, and that have no answer to give again."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import insert

from app.core import clock
from app.database import db

from ..devices.doors import Meeting
from ..models import Scan


def append(event: Meeting, check_point_id: int | None, registrant_id: int | None, **values: Any) -> None:
    """Add one accepted row, of this moment unless told otherwise."""
    now = clock.now()
    usual = {"client_uuid": str(uuid.uuid4()), "occurred_at": now, "received_at": now, "outcome": "accepted"}
    whose = {"event_id": event.id, "check_point_id": check_point_id, "registrant_id": registrant_id}
    db.session.execute(insert(Scan).values({**usual, **whose, "answer": "{}", **values}))
