"""Finding a check-point, and guessing which one is meant now."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm.attributes import set_committed_value

from app.core import clock
from app.database import db
from app.events.models import CheckPoint, Event

_OF_EVENT = select(CheckPoint).where(CheckPoint.event_id == bindparam("event")).order_by(CheckPoint.position)
_BEFORE = timedelta(hours=2)  # people come early; the afternoon's list opens at lunch


def find(event: Event, public_id: object) -> CheckPoint | None:
    """A check-point of the event by its public id; whatever was sent is only compared, never looked up."""
    return next((point for point in loaded(event) if point.public_id == public_id), None)


def loaded(event: Event) -> list[CheckPoint]:
    """The event's check-points; the first time by a statement that is prepared once."""
    if "check_points" in inspect(event).unloaded:
        points = list(db.session.scalars(_OF_EVENT, {"event": event.id}))
        set_committed_value(event, "check_points", points)
    return event.check_points


def likely(event: Event, now: datetime) -> CheckPoint | None:
    """Where people are coming to now: today's last check-point that has begun or begins within two hours."""
    begun = [
        point
        for point in event.check_points
        if point.day is not None
        and point.starts is not None
        and point.day.date == clock.local(now).date()
        and clock.at_local(point.day.date, point.starts.hour, point.starts.minute) - _BEFORE <= now
    ]
    return max(begun, key=lambda point: (point.starts, point.position)) if begun else None  # type: ignore[type-var, return-value]
