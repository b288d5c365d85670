"""What is deleted when its use is over. Food can reveal religion or health: it goes within a week of the event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app.audit import trail
from app.core import clock
from app.database import db, reading, transaction
from app.events.models import Event

from .meals import forget_sent
from .models import Registrant
from .questions import answering

FOOD_KEPT = timedelta(days=7)


def forget_food(event: Event, *, actor: object) -> int:
    """Empty the food of everybody, withdrawn people too, and the numbers sent; returns of how many."""
    result: Any = db.session.execute(
        update(Registrant).where(Registrant.event_id == event.id, Registrant.food != "").values(food="")
    )
    forget_sent(event)
    trail.record(actor, event, "food.forgotten", event, people=result.rowcount)
    return int(result.rowcount)


def is_food_overdue(event: Event) -> bool:
    """Whether the week after the event is over and food is still stored."""
    if clock.today() <= event.last_day + FOOD_KEPT:
        return False
    query = select(Registrant.id).where(Registrant.event_id == event.id, Registrant.food != "").limit(1)
    return db.session.scalar(query) is not None


def forget_overdue() -> None:
    """Delete food and answers whose time is over, of every event that is no demonstration; for the worker."""
    with reading():
        ended = list(db.session.scalars(select(Event.id).where(Event.last_day < clock.today(), ~Event.is_demo)))
    for event_id in ended:
        with transaction():
            event = db.session.get_one(Event, event_id)
            if is_food_overdue(event):
                forget_food(event, actor="worker")
            answering.forget_overdue(event, actor="worker")
