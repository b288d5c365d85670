"""Assisted check-in: somebody who knows the people ticks a list. One tap, undone within ten seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import select

from app.core import clock
from app.database import db
from app.events.models import CheckPoint
from app.registration.models import Registrant

from . import excusing
from .ledger import presence
from .ledger.attendance import stands
from .ledger.deciding import Attempt, record_scan
from .ledger.undoing import WITHIN
from .models import Scan

GATE_LENGTH = 80


@dataclass(frozen=True)
class Ticker:
    """Who ticks: ``actor`` as the ledger keeps it, ``gate`` as the next door is told."""

    actor: str
    gate: str


@dataclass(frozen=True)
class Row:
    """A person of the list: when they came, the scan that may still be undone, why they do not come."""

    registrant: Registrant
    at: datetime | None
    undo: str = ""
    seconds: int = 0  # how long it may
    excuse: str = ""


def rows(check_point: CheckPoint, people: Iterable[Registrant], ticker: Ticker) -> list[Row]:
    """The list as it stands, in the order given; people the check-point is not for are left out."""
    came, fresh = presence.present_at(check_point), _undoable(check_point, ticker)
    reasons = excusing.reasons(check_point.event)
    return [
        Row(
            person,
            came.get(person.id),
            *(fresh.get(person.id, ("", 0)) if person.id in came else ("", 0)),
            reasons.get((check_point.id, person.id), ""),
        )
        for person in people
        if person.id in came or check_point.is_for(person.unit, person.category)
    ]


def tick(check_point: CheckPoint, registrant: Registrant, client_uuid: str, ticker: Ticker) -> str:
    """Write that the person is here; returns the ledger's answer."""
    attempt = Attempt(
        client_uuid,
        check_point,
        "ticked",
        registrant_id=registrant.id,
        gate=ticker.gate[:GATE_LENGTH],
        actor=ticker.actor,
    )
    return record_scan(check_point.event, attempt)


def untick(check_point: CheckPoint, scan_uuid: str, client_uuid: str, ticker: Ticker) -> str:
    """Take a slip of the finger back, within ten seconds and by who made it; returns the ledger's answer."""
    attempt = Attempt(client_uuid, check_point, "ticked", code=scan_uuid, action="void", actor=ticker.actor)
    return record_scan(check_point.event, attempt)


def _undoable(check_point: CheckPoint, ticker: Ticker) -> dict[int, tuple[str, int]]:
    """Registrant id → the id of the scan made by this hand within the last seconds, and how many are left."""
    now = clock.now()
    query = (
        select(Scan.registrant_id, Scan.client_uuid, Scan.received_at)
        .where(
            Scan.check_point_id == check_point.id,
            Scan.actor == ticker.actor,
            Scan.outcome == "accepted",
            Scan.received_at > now - WITHIN,
            stands(),
        )
        .order_by(Scan.id)
    )
    return {
        registrant_id: (client_uuid, ceil((received_at + WITHIN - now).total_seconds()))
        for registrant_id, client_uuid, received_at in db.session.execute(query)
        if registrant_id is not None
    }
