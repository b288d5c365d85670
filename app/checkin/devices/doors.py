"""What a scan needs to know of the phone that sends it and of its event: plain values, read by one statement.

Pages of a phone work with the Device and the Event themselves; a scan comes several hundred times a minute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import bindparam, select, update

from app.core import clock
from app.core.tokens import token_hash
from app.database import UtcDateTime, db
from app.events.models import CheckPoint, Event, admitted
from app.live import topics

from ..models import Device

MOST_WAITING = 100_000
_SEEN_EVERY = timedelta(minutes=1)  # a write for every scan would say no more


class Meeting(Protocol):
    """What a scan reads of an event."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def first_day(self) -> date: ...
    @property
    def created_at(self) -> datetime: ...


class Place(Protocol):
    """What a scan reads of a check-point."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    def admits(self, unit_id: str, category: str) -> bool: ...


class Sender(Protocol):
    """Who sends a scan: a Device, or the Door of a request that only scans."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def event(self) -> Meeting: ...


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as a Meeting."""

    id: int
    public_id: str
    first_day: date
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A check-point as a Place."""

    id: int
    public_id: str
    opens_at: datetime | None
    closes_at: datetime | None
    audience: dict[str, list[str]] = field(default_factory=dict)

    def admits(self, unit_id: str, category: str) -> bool:
        """Whether people of this unit and category are meant to come here."""
        return admitted(self.audience, unit_id, category)


@dataclass(frozen=True, slots=True)
class Door:
    """A paired phone, as a request that only scans sees it."""

    id: int
    name: str
    last_seen_at: datetime | None
    waiting: int
    event: EventFacts


_device, _event, _point = Device.__table__, Event.__table__, CheckPoint.__table__
_BY_TOKEN = (
    select(
        *(_device.c[name] for name in ("id", "name", "last_seen_at", "waiting")),
        *(_event.c[name] for name in ("id", "public_id", "first_day", "created_at")),
    )
    .select_from(_device.join(_event, _event.c.id == _device.c.event_id))
    .where(
        _device.c.token_hash == bindparam("hash"),
        _device.c.revoked_at.is_(None),
        _device.c.expires_at > bindparam("now", type_=UtcDateTime),
    )
)
_POINT = select(*(_point.c[name] for name in ("id", "public_id", "opens_at", "closes_at", "audience"))).where(
    _point.c.event_id == bindparam("event"), _point.c.public_id == bindparam("point")
)


def find(token: str) -> Door | None:
    """The phone that holds a token; None when unknown, revoked or expired."""
    row = db.session.connection().execute(_BY_TOKEN, {"hash": token_hash(token), "now": clock.now()}).first()
    return Door(row[0], row[1], row[2], row[3], EventFacts(*row[4:])) if row is not None else None


def place(event_id: int, public_id: str) -> PointFacts | None:
    """A check-point of the event by its public id."""
    row: Any = db.session.connection().execute(_POINT, {"event": event_id, "point": public_id}).first()
    return PointFacts(*row) if row is not None else None


def has_news(device: Door | Device, said: str) -> bool:
    """Whether a phone that says it holds so many more scans tells of itself what is not written down yet."""
    seen = device.last_seen_at
    return seen is None or clock.now() - seen > _SEEN_EVERY or waiting(said, device.waiting) != device.waiting


def waiting(said: str, known: int) -> int:
    """How many scans a phone says it still holds; what is no number changes nothing."""
    return min(int(said), MOST_WAITING) if said.isascii() and said.isdigit() and len(said) < 10 else known


def heard_of(door: Door | Device, now: datetime, waiting: int) -> None:
    """A phone has written: when, and how many scans it still holds."""
    if waiting != door.waiting:
        topics.touch(door.event, "devices")
    values = {"last_seen_at": now, "waiting": waiting}
    db.session.connection().execute(update(Device).where(Device.id == door.id).values(values))
