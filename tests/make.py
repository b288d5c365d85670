"""Builders with sensible defaults. They commit: the browser under test has a session of its own."""

from __future__ import annotations

import itertools
from datetime import date, time
from typing import Any

from app.accounts.models import User
from app.accounts.security import create_user
from app.core import clock
from app.core.text import search_key, sort_key
from app.database import db
from app.events.creating import add_to_team, create_event
from app.events.models import Event, EventSession, Role, Unit
from app.registration.models import Registrant

_number = itertools.count(1)


def make_user(name: str = "สมศรี ทดสอบ", email: str | None = None, **extra: Any) -> User:
    """An account whose password is "a long password"."""
    user = create_user(email or f"user{next(_number)}@example.com", name, "a long password", **extra)
    db.session.commit()
    return user


def make_event(slug: str | None = None, *, owner: User | None = None, **extra: Any) -> Event:
    """A one-day event in Rayong with its eight districts and the provincial agencies."""
    values: dict[str, Any] = {
        "name": "โครงการพัฒนาศักยภาพ กบอ.",
        "province_code": "21",
        "first_day": date(2018, 11, 8),
        "last_day": date(2018, 11, 8),
    }
    event = create_event(slug or f"event-{next(_number)}", **{**values, **extra}, owner=owner)
    db.session.commit()
    return event


def make_member(event: Event, *roles: Role, **extra: Any) -> User:
    """A user with roles in an event."""
    user = make_user(**extra)
    add_to_team(event, user, *roles)
    db.session.commit()
    return user


def unit_named(event: Event, name: str) -> Unit:
    """A unit of an event by its name."""
    return next(unit for unit in event.units if unit.name == name)


def make_registrant(event: Event, first_name: str = "ทดสอบ", last_name: str = "ระบบ", **extra: Any) -> Registrant:
    """A registered person of แกลง, or of ``unit``."""
    unit = extra.pop("unit", None) or event.units[0]
    registrant = Registrant(
        event=event,
        unit=unit,
        first_name=first_name,
        last_name=last_name,
        search_key=search_key(f"{first_name} {last_name}"),
        sort_key=sort_key(f"{first_name} {last_name}"),
        **extra,
    )
    db.session.add(registrant)
    db.session.commit()
    return registrant


def make_session(
    event: Event, title: str = "บรรยาย", starts: time = time(9), ends: time = time(12)
) -> EventSession:
    """A session on the event's first day."""
    day = event.days[0]
    session = EventSession(
        event_id=event.id,
        day_id=day.id,
        title=title,
        starts_at=clock.at_local(day.date, starts.hour, starts.minute),
        ends_at=clock.at_local(day.date, ends.hour, ends.minute),
    )
    db.session.add(session)
    db.session.commit()
    return session
