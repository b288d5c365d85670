"""Writing a prepared list: everybody new in one go, the write lock held for the inserts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, insert, select

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.ids import new_public_id, new_ticket_code
from app.core.spreadsheets import read_tables
from app.database import db, reading
from app.events.models import Event, Unit, UnitKind
from app.events.provinces import district_names, english_name, province_name, province_names
from app.live import topics

from ..models import ImportRun, Part, Registrant, Standing
from ..person import name_keys
from ..seats import allotting, waiting
from . import recent
from .matching import KnownPerson, People
from .preparing import Prepared, PreparedRow, prepare
from .undoing import about_to_undo_import
from .units import UnitChoice, Units


@dataclass(frozen=True)
class Surroundings:
    """What an event knows before a list comes: its units, its people, and the newest person's key."""

    units: Units
    known: list[KnownPerson]
    newest: int


@dataclass(frozen=True)
class Plan:
    """A judged list and the rows that applying will insert, complete but for the run they belong to."""

    prepared: Prepared
    around: Surroundings
    rows: list[dict[str, Any]]


@dataclass
class Applied:
    """What applying did: who came in, and whom somebody else had entered meanwhile."""

    entered: int = 0
    waiting: int = 0  # of those entered: who found no seat
    overtaken: list[PreparedRow] = field(default_factory=list)


def surroundings(event_id: int) -> Surroundings:
    """Read units and people of an event, without the write lock."""
    with reading():
        event = db.session.get_one(Event, event_id)
        units = units_of(event)
        known = known_people(event_id)
    return Surroundings(units, known, max((int(str(person.key)) for person in known), default=0))


def units_of(event: Event) -> Units:
    """An event's units as plain data, keyed by their ids; districts before what lies below them."""
    choices = [UnitChoice(unit.id, unit.name, unit.kind, _also_called(unit)) for unit in _in_order(event.units)]
    return Units(choices, province_name(event.province_code), district_names(), province_names())


def _also_called(unit: Unit) -> tuple[str, ...]:
    if unit.kind == UnitKind.PROVINCE_AGENCIES:
        return ("Provincial agencies", "Provincial offices", "Provincial office")
    return tuple(filter(None, [english_name(unit.code)]))


def _in_order(units: Sequence[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.parent_id is not None, unit.position, unit.id))


def known_people(event_id: int, after: int = 0) -> list[KnownPerson]:
    """Everybody an event has a record of, keyed by id: who withdrew or was merged is no new person either."""
    query = select(
        Registrant.id,
        Registrant.first_name,
        Registrant.last_name,
        Registrant.unit_id,
        Registrant.organisation,
        Registrant.phone,
        Registrant.email,
    ).where(Registrant.event_id == event_id, Registrant.id > after, Registrant.first_name != "")
    return [KnownPerson(*row) for row in db.session.execute(query.order_by(Registrant.id))]


def look(event_id: int, filename: str, data: bytes, choice: Mapping[str, str] | None = None) -> Prepared:
    """Read a file and judge its rows against an event; the database is not held."""
    return _look(event_id, filename, data, choice or {})[0]


def plan_import(event_id: int, filename: str, data: bytes, choice: Mapping[str, str] | None = None) -> Plan:
    """The same, with what to insert made ready."""
    prepared, around = _look(event_id, filename, data, choice or {})
    return Plan(prepared, around, [_values(row, event_id) for row in prepared.good])


def _look(event_id: int, filename: str, data: bytes, choice: Mapping[str, str]) -> tuple[Prepared, Surroundings]:
    around, key = surroundings(event_id), recent.key_of(event_id, filename, data, choice)
    known = (around.units.choices, around.units.province, around.known)
    prepared = recent.find(key, known)
    if prepared is None:
        tables = read_tables(filename, data, with_hidden=True)
        prepared = prepare(tables, around.units, around.known, choice, filename)
        recent.keep(key, known, prepared)
    return prepared, around


def _values(row: PreparedRow, event_id: int) -> dict[str, Any]:
    person = row.person
    assert person is not None
    return {
        "public_id": new_public_id(),
        "ticket_code": new_ticket_code(),
        "event_id": event_id,
        "unit_id": person.unit,
        "title": person.title,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "position": person.position,
        "organisation": person.organisation,
        "category": person.category,
        "phone": person.phone,
        "email": person.email,
        "food": person.food,
        "note": person.note,
        "part": Part.PARTICIPANT,
        "standing": Standing.REGISTERED,
        "waiting_since": None,
        "over_seats_of": "",
        "source": "import",
        "link_version": 1,
        "notice_version": "",
        "created_at": clock.now(),
        **name_keys(person.first_name, person.last_name),
    }


def apply(run: ImportRun, plan: Plan, *, actor: object) -> Applied:
    """Enter the good rows of a plan. Belongs at the start of a write transaction; flushes.

    Whoever was entered since the plan was made is compared again, so nobody comes in twice.
    Raises RuleBroken when the list went in before.
    """
    event = db.session.get_one(Event, run.event_id, with_for_update={"key_share": True})
    db.session.refresh(run)
    if run.applied_at is not None:
        raise RuleBroken(_l("รายชื่อนี้นำเข้าแล้ว"))
    meanwhile = People(known_people(event.id, after=plan.around.newest))
    result = Applied()
    entering = []
    for row, values in zip(plan.prepared.good, plan.rows, strict=True):
        assert row.person is not None
        if meanwhile.same(row.person, row.sheet):
            result.overtaken.append(row)
        else:
            entering.append({**values, "import_run_id": run.id})
    if entering:
        # The table rather than the model: half the time under the lock, and nothing of the model is needed.
        filled = allotting.allot(event, entering)
        db.session.execute(insert(Registrant.__table__), entering)  # type: ignore[arg-type]
        allotting.fill(filled)
    result.entered = len(entering)
    result.waiting = sum(values["standing"] == Standing.WAITING for values in entering)
    run.good, run.bad, run.waiting = len(entering), len(plan.prepared.bad), result.waiting
    run.duplicates = len(plan.prepared.duplicates) + len(result.overtaken)
    run.applied_at = clock.now()
    db.session.flush()
    trail.record(actor, event, "list.imported", run, entered=run.good, bad=run.bad, duplicates=run.duplicates)
    topics.touch(event, "registration")
    return result


def undo(run: ImportRun, *, actor: object) -> int:
    """Take an applied list back, everybody it entered with it; RuleBroken when somebody may not go any more."""
    event = db.session.get_one(Event, run.event_id, with_for_update={"key_share": True})
    db.session.refresh(run)
    if run.applied_at is None or run.undone_at is not None:
        raise RuleBroken(_l("รายชื่อนี้ยังไม่ได้นำเข้า หรือยกเลิกไปแล้ว"))
    for _receiver, sentence in about_to_undo_import.send(run):
        if sentence:
            raise RuleBroken(sentence)
    entered = db.session.scalar(select(func.count()).where(Registrant.import_run_id == run.id)) or 0
    db.session.execute(delete(Registrant).where(Registrant.import_run_id == run.id))
    run.undone_at = clock.now()
    db.session.flush()
    trail.record(actor, event, "list.import_undone", run, removed=entered)
    topics.touch(event, "registration")
    waiting.promote(event)
    return entered
