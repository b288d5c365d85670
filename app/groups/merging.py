"""One seat at the tables for two records of one person, and for two people of whom one takes the other's place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.database import db
from app.registration.models import Registrant

from .models import Grouping, Membership


def unite_seats(kept: Registrant, other: Registrant) -> dict[str, list[dict[str, Any]]]:
    """Give each grouping one seat for the person; returns the seats that the other record held."""
    mine = set(db.session.scalars(select(Membership.grouping_id).where(Membership.registrant_id == kept.id)))
    held = []
    for seat in db.session.scalars(select(Membership).where(Membership.registrant_id == other.id)).all():
        is_moved = seat.grouping_id not in mine
        held.append(
            {
                "grouping": seat.grouping_id,
                "group": seat.group_id,
                "is_scribe": seat.is_scribe,
                "is_adviser": seat.is_adviser,
                "is_moved": is_moved,
            }
        )
        if is_moved:
            seat.registrant_id = kept.id
        else:
            db.session.delete(seat)
    db.session.flush()
    return {"seats": held}


def hand_over_seats(gone: Registrant, come: Registrant) -> None:
    """Seat whoever comes where the one who goes sat; writing for the table is not handed on."""
    for seat in db.session.scalars(select(Membership).where(Membership.registrant_id == gone.id)).all():
        seat.registrant_id, seat.is_scribe = come.id, False
    db.session.flush()


def part_seats(kept: Registrant, other: Registrant, moved: dict[str, Any]) -> None:
    """Give the other record its seats back, in groupings that still exist and where it has none meanwhile."""
    for held in moved.get("seats", []):
        if db.session.get(Grouping, held["grouping"]) is None or _seat(other, held["grouping"]) is not None:
            continue
        seat = _seat(kept, held["grouping"]) if held["is_moved"] else None
        if seat is not None:
            seat.registrant_id = other.id
        elif not held["is_moved"]:
            values = {"grouping_id": held["grouping"], "group_id": held["group"], "is_scribe": held["is_scribe"]}
            values["is_adviser"] = held["is_adviser"]
            db.session.add(Membership(registrant_id=other.id, **values))
    db.session.flush()


def _seat(registrant: Registrant, grouping_id: int) -> Membership | None:
    query = select(Membership).where(
        Membership.registrant_id == registrant.id, Membership.grouping_id == grouping_id
    )
    return db.session.scalar(query)
