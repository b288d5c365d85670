"""The demo's arrivals: scans at two or three gates, written by the ledger as on any morning."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta

from sqlalchemy import select

from app.checkin.devices.pairing import enrol
from app.checkin.ledger.deciding import Attempt, record_scan
from app.checkin.models import Device
from app.core import clock
from app.database import db
from app.events.models import CheckPoint, Event
from app.live.topics import touch
from app.registration.models import Registrant

COMING = 0.93
BACK_AFTER_LUNCH = 0.85
_METHODS = {"staff_scan": 0.82, "staff_search": 0.1, "self_code": 0.08}
# A few show their badge at a second gate; the ledger answers that they are in already.
_TWICE = 0.03


def add_arrivals(event: Event, half_days: int, gates: int) -> None:
    """Let most people come in, in the order of their arrival, at the first half-days of the event."""
    chance = random.Random(event.slug)
    # Nobody holds their tokens: the gates are names on a page.
    doors = [enrol(event, f"ประตู {number}", "command")[0] for number in range(1, gates + 1)]
    people = list(db.session.scalars(select(Registrant.id).where(Registrant.event_id == event.id)))
    chance.shuffle(people)
    coming = people[: round(len(people) * COMING)]
    for point in event.check_points[:half_days]:
        for at, registrant_id in sorted((_arrival(chance, point), person) for person in coming):
            _scan(event, point, registrant_id, at, chance, doors)
            if chance.random() < _TWICE:
                _scan(event, point, registrant_id, at + timedelta(minutes=2), chance, doors)
        coming = coming[: round(len(coming) * BACK_AFTER_LUNCH)]
    touch(event, "checkin")


def _arrival(chance: random.Random, point: CheckPoint) -> datetime:
    """Most arrive in the twenty minutes before it starts; a few are late."""
    if point.day is None or point.starts is None:
        raise ValueError("a half-day has a day and an hour")
    starts = clock.at_local(point.day.date, point.starts.hour, point.starts.minute)
    minutes = max(-38.0, min(45.0, chance.gauss(-9, 13)))
    return starts + timedelta(seconds=round(minutes * 60))


def _scan(
    event: Event,
    point: CheckPoint,
    registrant_id: int,
    at: datetime,
    chance: random.Random,
    doors: list[Device],
) -> None:
    method = chance.choices(list(_METHODS), list(_METHODS.values()))[0]
    door = chance.choice(doors) if method != "self_code" else None
    attempt = Attempt(
        client_uuid=str(uuid.UUID(int=chance.getrandbits(128))),
        check_point=point,
        method=method,
        registrant_id=registrant_id,
        occurred_at=at,
        gate=door.name if door else "",
        device_id=door.id if door else None,
        browser_id=uuid.UUID(int=chance.getrandbits(128)).hex if method == "self_code" else None,
    )
    record_scan(event, attempt, announce=False)
