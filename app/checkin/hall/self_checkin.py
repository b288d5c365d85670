"""Checking oneself in: proof of being in the hall first, then who one is, then one press of a button.

The proof is a presence ticket in the browser's signed cookie: which check-point's code was read, when, and how.
It lasts ten minutes, and what counts is the time of the reading, not of the button.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import arabic_digits
from app.database import db
from app.events.models import CheckPoint, Event
from app.registration.models import Registrant, Standing

from ..ledger.deciding import Attempt, record_scan
from ..ledger.hours import why_shut

LASTS = timedelta(minutes=10)
# Who ticks a list stays in the hall for the half-day: not every ten minutes another look at the screen.
COORDINATOR_LASTS = timedelta(hours=4)
IN_COOKIE = "presence"  # the presence ticket's name in the browser's signed cookie
PHONE_DIGITS = 4
MOST_NAMES = 10
# Within ten minutes (app.attempts). The hall's limits stop a crowd of throw-away browsers; the QR goes on working.
WRONG_PER_PHONE, WRONG_PER_HALL = 5, 100
LOOKUPS_PER_PHONE, LOOKUPS_PER_HALL = 8, 1500
_FOUR = re.compile(rf"[0-9]{{{PHONE_DIGITS}}}")


@dataclass(frozen=True)
class PresenceTicket:
    """That this browser was in the hall: ``how`` is self_qr or self_code."""

    check_point: CheckPoint
    at: datetime
    how: str

    def packed(self) -> list[str]:
        """As the cookie carries it."""
        return [self.check_point.public_id, self.at.isoformat(), self.how]


@dataclass(frozen=True)
class Offered:
    """Names to pick one's own from; ``has_more`` says that it may not be among them."""

    people: list[Registrant]
    has_more: bool


def unpack(event: Event, packed: Any, now: datetime, lasts: timedelta = LASTS) -> PresenceTicket | None:
    """The ticket a cookie carries; None when there is none, it is of another event, or its time is over."""
    if not packed:
        return None
    public_id, written, how = packed
    at = datetime.fromisoformat(written)
    check_point = next((point for point in event.check_points if point.public_id == public_id), None)
    return PresenceTicket(check_point, at, how) if check_point is not None and at <= now < at + lasts else None


def open_now(event: Event, now: datetime) -> Iterable[CheckPoint]:
    """The check-points whose codes count at this moment."""
    return [point for point in event.check_points if not why_shut(point, now)]


def digit_limits(event: Event, browser_id: str) -> dict[str, int]:
    """Whose wrong six digits are counted: this browser's, and all of this hall's together."""
    return {f"digits:phone:{browser_id}": WRONG_PER_PHONE, f"digits:hall:{event.public_id}": WRONG_PER_HALL}


def lookup_limits(event: Event, browser_id: str) -> dict[str, int]:
    """Whose look-ups by telephone digits are counted: each shows names."""
    return {f"phone:phone:{browser_id}": LOOKUPS_PER_PHONE, f"phone:hall:{event.public_id}": LOOKUPS_PER_HALL}


def people_with(event: Event, last_digits: str) -> Offered:
    """Who registered with a telephone number that ends so; at most ten, in the order of a Thai list."""
    digits = arabic_digits(last_digits).strip()
    if not _FOUR.fullmatch(digits):
        raise RuleBroken(_l("โปรดพิมพ์เลขท้ายหมายเลขโทรศัพท์ 4 ตัว"), "digits")
    query = (
        select(Registrant)
        .where(
            Registrant.event_id == event.id,
            Registrant.phone.endswith(digits, autoescape=True),
            Registrant.standing == Standing.REGISTERED,
            Registrant.merged_into_id.is_(None),
        )
        .options(joinedload(Registrant.unit))
        .order_by(Registrant.sort_key, Registrant.id)
        .limit(MOST_NAMES + 1)
    )
    found = list(db.session.scalars(query))
    if not found:
        raise RuleBroken(_l("ไม่พบหมายเลขที่ลงท้ายเช่นนี้ ลองหมายเลขอื่นที่เคยแจ้งไว้ หรือไปที่โต๊ะลงทะเบียน"), "digits")
    return Offered(found[:MOST_NAMES], len(found) > MOST_NAMES)


def check_in(ticket: PresenceTicket, registrant: Registrant, browser_id: str, client_uuid: str) -> str:
    """Write the scan with the time of the reading; returns the ledger's answer."""
    return record_scan(
        ticket.check_point.event,
        Attempt(
            client_uuid,
            ticket.check_point,
            ticket.how,
            registrant_id=registrant.id,
            occurred_at=min(ticket.at, clock.now()),
            actor="participant",
            browser_id=browser_id,
        ),
    )
