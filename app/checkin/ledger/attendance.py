"""One person at one check-point: the un-voided rows of the ledger that say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from app.database import db

from ..door.people import same_person
from ..models import Scan

COUNTING = ("accepted", "already")


def stands(action: str = "enter") -> ColumnElement[bool]:
    """The row is an enter that let somebody in (or a signature, an excuse …) and was not taken back."""
    void = aliased(Scan)
    return (
        (Scan.action == action)
        # Not IN: its list would be written out anew for every scan, the only statement of the hot path that is.
        & or_(*(Scan.outcome == outcome for outcome in COUNTING))
        & ~exists().where(void.void_of_id == Scan.id).correlate(Scan)
    )


def _of_person() -> Select[*tuple[Any, ...]]:
    same = same_person(bindparam("root", type_=Integer))
    return (
        select(Scan.id, Scan.outcome, Scan.occurred_at, Scan.gate, Scan.device_id, Scan.actor, Scan.registrant_id)
        .where(
            Scan.check_point_id == bindparam("check_point"), Scan.registrant_id.in_(select(same.c.id)), stands()
        )
        .order_by(Scan.occurred_at, Scan.id)
    )


OF_PERSON = _of_person()


def standing_rows(check_point_id: int, root: int) -> list[Row[Any]]:
    """The enters of a person (by the standing record's id) at a check-point, earliest first."""
    return list(db.session.connection().execute(OF_PERSON, {"check_point": check_point_id, "root": root}))


def first_entry(rows: Sequence[Row[Any]]) -> tuple[datetime, str] | None:
    """When and where the person came in: the earliest row counts, but without an accepted one nobody did."""
    if not any(row.outcome == "accepted" for row in rows):
        return None
    return rows[0].occurred_at, rows[0].gate
