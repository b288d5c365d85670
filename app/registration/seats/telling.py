"""Telling who has got a seat after all: by mail where there is an address, else the organiser is asked to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.database import db
from app.events.models import Event

from .. import emails
from ..models import Registrant
from ..queries import taking_part


def tell(registrant: Registrant) -> None:
    """Say it: a mail in the same transaction, or a line on the organiser's list."""
    registrant.told_at = clock.now() if emails.tell_seated(registrant) else None


def untold(event: Event, most: int = 200) -> list[Registrant]:
    """Who came off the waiting list and was not told yet, nor by mail; in the order they got their seats."""
    query = (
        select(Registrant)
        .where(
            Registrant.event_id == event.id,
            Registrant.promoted_at.is_not(None),
            Registrant.told_at.is_(None),
            *taking_part(),
        )
        .order_by(Registrant.promoted_at, Registrant.id)
        .options(joinedload(Registrant.unit))
        .limit(most)
    )
    return list(db.session.scalars(query))


def note_told(registrant: Registrant) -> None:
    """Somebody rang, or sent the text."""
    registrant.told_at = clock.now()
    db.session.flush()
