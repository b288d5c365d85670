"""Who stands at the door: a person by ticket code or id, with unit and table, in Core statements (hot path).

Two records of one person may have been merged: ``root`` is the record that stands, and presence is read over it
and all records that lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Row, Select, bindparam, func, select

from app.database import db
from app.events.models import Unit
from app.groups.models import Group, Grouping, Membership
from app.registration.models import Registrant, Standing

from .models import RevokedTicket


@dataclass(frozen=True)
class Person:
    """What the door shows of a person, and what it judges by. ``id`` is the standing record's."""

    id: int
    event_id: int
    standing: str
    name: str
    unit: str
    group: str = ""
    table: int | None = None

    @property
    def is_registered(self) -> bool:
        """Neither withdrawn nor on the reserve list."""
        return self.standing == Standing.REGISTERED

    def card(self) -> dict[str, Any]:
        """As a phone shows it. Nothing else of a person goes to the door."""
        return {"name": self.name, "unit": self.unit, "group": self.group, "table": self.table}


_BY_CODE = select(Registrant.id, Registrant.merged_into_id).where(Registrant.ticket_code == bindparam("code"))
_BY_REVOKED_CODE = select(RevokedTicket.registrant_id).where(RevokedTicket.code == bindparam("code"))
_MERGED_INTO = select(Registrant.merged_into_id).where(Registrant.id == bindparam("id"))


def _card_query() -> Select[Any]:
    """The standing record with its unit and its seat in the event's newest grouping."""
    newest = (
        select(func.max(Grouping.id)).where(Grouping.event_id == Registrant.event_id).correlate(Registrant)
    ).scalar_subquery()
    seat = (Membership.registrant_id == Registrant.id) & (Membership.grouping_id == newest)
    return (
        select(
            Registrant.id,
            Registrant.event_id,
            Registrant.standing,
            Registrant.title,
            Registrant.first_name,
            Registrant.last_name,
            Unit.name.label("unit"),
            Group.name.label("group"),
            Group.number.label("table"),
        )
        .join(Unit, Unit.id == Registrant.unit_id)
        .outerjoin(Membership, seat)
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Registrant.id == bindparam("id"))
    )


_CARD = _card_query()


def find_by_code(code: str) -> Person | None:
    """The person a ticket code admits; of any event, so that the door can tell a foreign badge."""
    row = db.session.execute(_BY_CODE, {"code": code}).first()
    return find(row.id) if row is not None else None


def find(registrant_id: int) -> Person | None:
    """The person of a record, or of the record it was merged into."""
    row = db.session.execute(_CARD, {"id": root_of(registrant_id)}).first()
    return _person(row) if row is not None else None


def is_revoked(code: str) -> bool:
    """Whether the code was on a badge that has been replaced."""
    return db.session.scalar(_BY_REVOKED_CODE, {"code": code}) is not None


def root_of(registrant_id: int) -> int:
    """The record that stands for this one, through any number of mergers."""
    seen = {registrant_id}
    while (above := db.session.scalar(_MERGED_INTO, {"id": registrant_id})) is not None and above not in seen:
        seen.add(above)
        registrant_id = above
    return registrant_id


def same_person(root: object) -> CTE:
    """A table of one column ``id``: the standing record and all that were merged into it."""
    same = select(root.label("id")).cte("same_person", recursive=True)  # type: ignore[attr-defined]
    merged = select(Registrant.id).join(same, Registrant.merged_into_id == same.c.id)
    return same.union(merged)


def lock(registrant_ids: Iterable[int]) -> None:
    """Let scans of one person follow one another until the commit; in the order of ids, so that none block.

    On SQLite writers follow one another anyway.
    """
    if db.engine.dialect.name == "sqlite":
        return
    for number in sorted(set(registrant_ids)):
        query = select(Registrant.id).where(Registrant.id == number).with_for_update(key_share=True)
        db.session.execute(query)


def _person(row: Row[Any]) -> Person:
    name = Registrant(title=row.title, first_name=row.first_name, last_name=row.last_name).full_name
    return Person(row.id, row.event_id, row.standing, name, row.unit, row.group or "", row.table)
