"""Seats for a whole list at once: rows take posts that were held for them, then seats, then the waiting list."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.database import db
from app.events.models import Event

from ..models import Registrant, Standing
from . import places
from .models import Answer, Place
from .posts import read_post
from .quotas import read_seats


def allot(event: Event, rows: list[dict[str, Any]]) -> dict[str, Place]:
    """Set the standing of rows that are about to be inserted, in their order; behind the event's lock.

    Returns which held posts they fill, by the rows' ``public_id``; ``fill`` writes that after the insert. An
    office's list is never refused for want of seats: who finds none waits, in the list's order.
    """
    held, filled, seats = _held(event), {}, read_seats(event)
    now = clock.now()
    for number, row in enumerate(rows):
        post = read_post(row["position"], held.names.get(row["unit_id"], "")).key if held.by_post else ""
        waiting_places = held.by_post.get((row["unit_id"], post))
        if waiting_places:
            filled[row["public_id"]] = waiting_places.pop(0)
        elif seats.full(row["unit_id"], row["category"]) is None:
            seats.take(row["unit_id"], row["category"])
        else:
            row["standing"] = Standing.WAITING
            row["waiting_since"] = now + timedelta(microseconds=number)
    return filled


def fill(filled: dict[str, Place]) -> None:
    """Write who came in the held posts."""
    query = select(Registrant).where(Registrant.public_id.in_(filled))
    for person in db.session.scalars(query) if filled else ():
        places.fill(filled[person.public_id], person)


class _Held:
    """The open posts of an event: by unit and post, with the units' names."""

    def __init__(self) -> None:
        self.by_post: dict[tuple[int, str], list[Place]] = defaultdict(list)
        self.names: dict[int, str] = {}


def _held(event: Event) -> _Held:
    query = select(Place).where(
        Place.event_id == event.id, Place.registrant_id.is_(None), Place.answer != Answer.DECLINED
    )
    held = _Held()
    for place in db.session.scalars(query.options(joinedload(Place.unit)).order_by(Place.number)):
        held.names[place.unit_id] = place.unit.name
        held.by_post[place.unit_id, read_post(place.position, place.unit.name).key].append(place)
    return held
