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


_registrant, _unit, _seat, _table = (
    model.__table__.alias(name)
    for model, name in ((Registrant, "r"), (Unit, "u"), (Membership, "m"), (Group, "g"))
)
_BY_REVOKED_CODE = select(RevokedTicket.registrant_id).where(RevokedTicket.code == bindparam("code"))
_MERGED_INTO = select(_registrant.c.merged_into_id).where(_registrant.c.id == bindparam("id"))


def _card_query() -> Select[Any]:
    """A record with its unit and its seat in the event's newest grouping."""
    grouping = Grouping.__table__.alias("newest")
    newest = (
        select(func.max(grouping.c.id)).where(grouping.c.event_id == _registrant.c.event_id).correlate(_registrant)
    ).scalar_subquery()
    seat = (_seat.c.registrant_id == _registrant.c.id) & (_seat.c.grouping_id == newest)
    return select(
        *(_registrant.c[name] for name in ("id", "event_id", "merged_into_id", "standing")),
        *(_registrant.c[name] for name in ("title", "first_name", "last_name")),
        _unit.c.name.label("unit"),
        _table.c.name.label("group"),
        _table.c.number.label("table"),
    ).select_from(
        _registrant.join(_unit, _unit.c.id == _registrant.c.unit_id)
        .outerjoin(_seat, seat)
        .outerjoin(_table, _table.c.id == _seat.c.group_id)
    )


_CARD_BY_ID = _card_query().where(_registrant.c.id == bindparam("id"))
_CARD_BY_CODE = _card_query().where(_registrant.c.ticket_code == bindparam("code"))


def find_by_code(code: str) -> Person | None:
    """The person a ticket code admits; of any event, so that the door can tell a foreign badge."""
    row = db.session.connection().execute(_CARD_BY_CODE, {"code": code}).first()
    if row is not None and row.merged_into_id is not None:
        return find(row.id)
    return _person(row) if row is not None else None


def find(registrant_id: int) -> Person | None:
    """The person of a record, or of the record it was merged into."""
    row = db.session.connection().execute(_CARD_BY_ID, {"id": root_of(registrant_id)}).first()
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


def roots(event_id: int) -> CTE:
    """Every record of the event with the record that stands for it: columns ``id`` and ``root``."""
    found = (
        select(Registrant.id, Registrant.id.label("root"))
        .where(Registrant.event_id == event_id, Registrant.merged_into_id.is_(None))
        .cte("roots", recursive=True)
    )
    merged = select(Registrant.id, found.c.root).join(found, Registrant.merged_into_id == found.c.id)
    return found.union_all(merged)


def lock(registrant_ids: Iterable[int]) -> None:
    """Let scans of one person follow one another until the commit; in the order of ids, so that none block.

    On SQLite writers follow one another anyway.
    """
    if db.engine.dialect.name == "sqlite":
        return
    for number in sorted(set(registrant_ids)):
        query = select(Registrant.id).where(Registrant.id == number).with_for_update(key_share=True)
        db.session.execute(query)


def lock_owners(codes: Iterable[str]) -> None:
    """The same for everybody a batch of ticket codes belongs to, before its first scan."""
    if db.engine.dialect.name != "sqlite":
        found = (find_by_code(code) for code in codes)
        lock(person.id for person in found if person is not None)


def _person(row: Row[Any]) -> Person:
    name = Registrant(title=row.title, first_name=row.first_name, last_name=row.last_name).full_name
    return Person(row.id, row.event_id, row.standing, name, row.unit, row.group or "", row.table)
