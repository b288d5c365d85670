"""มาแทน when two records of one person are united: who stands in for the one stands in for the other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.database import db

from .models import Registrant


def unite(kept: Registrant, other: Registrant) -> list[int]:
    """Let those who stand in for the other stand in for the record that stands; returns their ids.

    The record that stands may be one of them: somebody typed in as their own stand-in, who stands in for nobody.
    """
    moved = _standing_in_for(other.id)
    for person in moved:
        person.stands_for_id = kept.id if person.id != kept.id else None
    db.session.flush()
    return [person.id for person in moved]


def part(kept: Registrant, other: Registrant, moved: Iterable[int]) -> None:
    """Give them back to the other record; whom somebody settled otherwise meanwhile is left so."""
    for person in db.session.scalars(select(Registrant).where(Registrant.id.in_(list(moved)))).all():
        if person.stands_for_id == (kept.id if person.id != kept.id else None):
            person.stands_for_id = other.id
    db.session.flush()


def _standing_in_for(registrant_id: int) -> list[Registrant]:
    query = select(Registrant).where(Registrant.stands_for_id == registrant_id).order_by(Registrant.id)
    return list(db.session.scalars(query).all())
