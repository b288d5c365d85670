"""Who stands at the door: a person by ticket code or id, with unit and table, in Core statements (hot path).

Two records of one person may have been merged: ``root`` is the record that stands, and presence is read over it
and all records that lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import CTE, ColumnElement, FromClause, Integer, Row, Select, bindparam, func, select

from app.database import db
from app.events.models import CheckPoint, Event, Unit
from app.groups.models import IMPORTED, Group, Grouping, Membership
from app.registration.models import Registrant, Standing, whole_name

from ..devices.doors import Place
from ..models import RevokedTicket, SheetLine, SignInSheet


@dataclass(frozen=True)
class Card:
    """A person as a phone keeps them: the name in two pieces, which follow one another as they stand."""

    id: int
    public_id: str
    title: str
    name: str
    unit: str
    group: str
    table: int | None


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
    line: tuple[int, int] | None = None  # page and number on the printed sign-in sheet
    whence: tuple[str, str] = ("", "")  # the unit's public id and the category: whom a check-point is for

    @property
    def is_registered(self) -> bool:
        """Neither withdrawn nor on the reserve list."""
        return self.standing == Standing.REGISTERED

    def card(self) -> dict[str, Any]:
        """As a phone shows it. Nothing else of a person goes to the door."""
        shown = {"name": self.name, "unit": self.unit, "group": self.group, "table": self.table}
        if self.line is not None:
            shown["sheet"] = _("ใบลงทะเบียน หน้า %(page)s ที่ %(number)s", page=self.line[0], number=self.line[1])
        return shown


RECORD, _unit, _seat, _table, _line = (
    model.__table__.alias(name)
    for model, name in ((Registrant, "r"), (Unit, "u"), (Membership, "m"), (Group, "g"), (SheetLine, "l"))
)
_BY_REVOKED_CODE = select(RevokedTicket.registrant_id).where(RevokedTicket.code == bindparam("code"))
_BY_PUBLIC_ID = select(RECORD.c.id).where(
    RECORD.c.event_id == bindparam("event"), RECORD.c.public_id == bindparam("public_id")
)
_MERGED_INTO = select(RECORD.c.merged_into_id).where(RECORD.c.id == bindparam("id"))


def card_query(check_point: ColumnElement[int], start: FromClause = RECORD) -> Select[Any]:
    """A record with its unit, its seat in the grouping in force, its line on the check-point's printed sheet.

    ``start`` is RECORD, or a join that begins with it and holds the check-point.
    """
    grouping, sheet = Grouping.__table__.alias("newest"), SignInSheet.__table__
    newest = (
        select(func.max(grouping.c.id))
        .where(grouping.c.event_id == RECORD.c.event_id, grouping.c.mode != IMPORTED)
        .correlate(RECORD)
    ).scalar_subquery()
    printed = (
        select(func.max(sheet.c.id)).where(sheet.c.check_point_id == check_point).correlate(CheckPoint.__table__)
    )
    line = (_line.c.registrant_id == RECORD.c.id) & (_line.c.sheet_id == printed.scalar_subquery())
    seat = (_seat.c.registrant_id == RECORD.c.id) & (_seat.c.grouping_id == newest)
    return select(
        *(RECORD.c[name] for name in ("id", "event_id", "merged_into_id", "standing")),
        *(RECORD.c[name] for name in ("title", "first_name", "last_name")),
        _unit.c.name.label("unit"),
        _table.c.name.label("group"),
        _table.c.number.label("table"),
        _line.c.page,
        _line.c.number.label("line"),
        RECORD.c.category,
        _unit.c.public_id.label("unit_id"),
    ).select_from(
        start.join(_unit, _unit.c.id == RECORD.c.unit_id)
        .outerjoin(_seat, seat)
        .outerjoin(_table, _table.c.id == _seat.c.group_id)
        .outerjoin(_line, line)
    )


_AT_POINT: ColumnElement[int] = bindparam("check_point", type_=Integer)
_CARDS_OF_EVENT = (
    card_query(_AT_POINT)
    .add_columns(RECORD.c.public_id)
    .where(
        RECORD.c.event_id == bindparam("event"),
        RECORD.c.standing == Standing.REGISTERED,
        RECORD.c.merged_into_id.is_(None),
    )
    .order_by(RECORD.c.sort_key, RECORD.c.id)
)
_CARD_BY_ID = card_query(_AT_POINT).where(RECORD.c.id == bindparam("id"))
_CARD_BY_CODE = card_query(_AT_POINT).where(RECORD.c.ticket_code == bindparam("code"))


def find_by_code(code: str, check_point: Place | None = None) -> Person | None:
    """The person a ticket code admits; of any event, so that the door can tell a foreign badge.

    With a check-point: also the line on the sheet that was printed for it.
    """
    at = check_point.id if check_point is not None else None
    row = db.session.connection().execute(_CARD_BY_CODE, {"code": code, "check_point": at}).first()
    if row is not None and row.merged_into_id is not None:
        return find(row.id, check_point)
    return person_of(row) if row is not None else None


def find(registrant_id: int, check_point: Place | None = None) -> Person | None:
    """The person of a record, or of the record it was merged into."""
    values = {"id": root_of(registrant_id), "check_point": check_point.id if check_point is not None else None}
    row = db.session.connection().execute(_CARD_BY_ID, values).first()
    return person_of(row) if row is not None else None


def cards_of(event: Event) -> list[Card]:
    """Everybody who may come in, in the order of a Thai list."""
    rows = db.session.connection().execute(_CARDS_OF_EVENT, {"event": event.id, "check_point": None})
    return [_card(row) for row in rows]


def is_revoked(code: str) -> bool:
    """Whether the code was on a badge that has been replaced."""
    return db.session.scalar(_BY_REVOKED_CODE, {"code": code}) is not None


def id_of(event_id: int, public_id: str) -> int | None:
    """The number of the event's record with this public id."""
    return db.session.connection().execute(_BY_PUBLIC_ID, {"event": event_id, "public_id": public_id}).scalar()


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


def lock_owners(codes: Iterable[str], registrant_ids: Iterable[int] = ()) -> None:
    """The same for everybody a batch of scans names, by ticket code or by id, before its first scan."""
    if db.engine.dialect.name != "sqlite":
        found = (find_by_code(code) for code in codes)
        by_code = {person.id for person in found if person is not None}
        lock(by_code | {root_of(number) for number in registrant_ids})


def _card(row: Row[Any]) -> Card:
    whole, name = person_of(row).name, f"{row.first_name} {row.last_name}".strip()
    title = whole.removesuffix(name)
    return Card(row.id, row.public_id, title, name, row.unit, row.group or "", row.table)


def person_of(row: Row[Any]) -> Person:
    """A row of ``card_query``."""
    name = whole_name(row.title, row.first_name, row.last_name)
    line = (row.page, row.line) if row.page is not None else None
    whence = (row.unit_id, row.category)
    return Person(row.id, row.event_id, row.standing, name, row.unit, row.group or "", row.table, line, whence)
