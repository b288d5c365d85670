"""Who is present: read from the ledger over merged records, for pages, walls, documents and other domains."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, Subquery, case, func, select
from sqlalchemy.orm import contains_eager

from app.database import db
from app.events.models import CheckPoint, Event, Unit
from app.registration.models import Part, Registrant
from app.registration.queries import participating

from ..door import people
from ..models import Scan
from .attendance import first_entry, standing_rows, stands


@dataclass(frozen=True)
class Entry:
    """A person who is present: when and where they came in, how, and whether somebody should look at it."""

    registrant: Registrant
    at: datetime
    gate: str
    method: str
    is_flagged: bool


@dataclass(frozen=True)
class UnitCount:
    """Of one unit: how many participants are expected, have registered, are present."""

    unit: Unit
    target: int
    registered: int
    present: int

    @property
    def expected(self) -> int:
        """What presence is measured against: the target where one is set, else the list."""
        return self.target or self.registered

    @property
    def percent(self) -> int:
        """Present in per cent of expected, at most 100 for a bar; 0 where none is expected."""
        return min(100, round(100 * self.present / self.expected)) if self.expected else 0


@dataclass(frozen=True)
class CategoryCount:
    """Of one category (ส่วนราชการ, อปท. …): how many are on the list, how many present."""

    name: str
    registered: int
    present: int


@dataclass(frozen=True)
class Turnout:
    """A check-point's figures, by unit and in all."""

    check_point: CheckPoint
    units: list[UnitCount]

    @property
    def expected(self) -> int:
        return sum(unit.expected for unit in self.units)

    @property
    def registered(self) -> int:
        return sum(unit.registered for unit in self.units)

    @property
    def present(self) -> int:
        return sum(unit.present for unit in self.units)

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.present / self.expected)) if self.expected else 0


def present_at(check_point: CheckPoint) -> dict[int, datetime]:
    """The id of every present person's standing record → the earliest time."""
    rows = _present(check_point.event_id)
    query = select(rows.c.root, rows.c.first_at).where(rows.c.check_point_id == check_point.id)
    return {row.root: row.first_at for row in db.session.execute(query)}


def times_of(event: Event) -> dict[int, dict[int, datetime]]:
    """Check-point id → (standing record's id → earliest time), for a register of the whole event."""
    rows = _present(event.id)
    found: dict[int, dict[int, datetime]] = {point.id: {} for point in event.check_points}
    for row in db.session.execute(select(rows.c.check_point_id, rows.c.root, rows.c.first_at)):
        found.setdefault(row.check_point_id, {})[row.root] = row.first_at
    return found


def anywhere(event: Event) -> Select[tuple[int]]:
    """The standing records of everybody present at any check-point of the event, to be used in a statement."""
    return select(_present(event.id).c.root)


def ever_present(event: Event) -> set[int]:
    """The ids of the standing records of everyone present at any half-day or session so far."""
    attended = {point.id for point in event.check_points if point.purpose == "attend"}
    rows = _present(event.id)
    return set(db.session.scalars(select(rows.c.root).where(rows.c.check_point_id.in_(attended))))


def counts(event: Event) -> dict[int, int]:
    """Check-point id → how many people are present."""
    rows = _present(event.id)
    query = select(rows.c.check_point_id, func.count()).group_by(rows.c.check_point_id)
    return dict(db.session.execute(query).tuples().all())


def is_present(check_point: CheckPoint, registrant: Registrant) -> bool:
    """Whether one person is present, by any record of theirs."""
    return first_entry(standing_rows(check_point.id, people.root_of(registrant.id))) is not None


def turnout(check_point: CheckPoint) -> Turnout:
    """Present against target and list, for every unit of the event."""
    return turnouts(check_point.event, check_point)[0]


def turnouts(event: Event, only: CheckPoint | None = None) -> list[Turnout]:
    """The same for every check-point of the event, in four statements however many there are."""
    registered = _registered(event.id)
    rows = _present(event.id)
    query = (
        select(rows.c.check_point_id, Registrant.unit_id, func.count())
        .join(Registrant, Registrant.id == rows.c.root)
        .where(Registrant.part == Part.PARTICIPANT)
        .group_by(rows.c.check_point_id, Registrant.unit_id)
    )
    points = [only] if only is not None else event.check_points
    if only is not None:
        query = query.where(rows.c.check_point_id == only.id)
    present = {(point_id, unit_id): number for point_id, unit_id, number in db.session.execute(query)}

    def count(point: CheckPoint, unit: Unit) -> UnitCount:
        meant = [number for category, number in registered.get(unit.id, []) if point.is_for(unit, category)]
        return UnitCount(unit, point.target_of(unit), sum(meant), present.get((point.id, unit.id), 0))

    return [Turnout(point, [count(point, unit) for unit in event.units]) for point in points]


def arrivals_since(check_point: CheckPoint, moment: datetime) -> list[datetime]:
    """When participants came in from a moment on; each person once, at the earliest time."""
    rows = _present(check_point.event_id)
    query = (
        select(rows.c.first_at)
        .join(Registrant, Registrant.id == rows.c.root)
        .where(rows.c.check_point_id == check_point.id, rows.c.first_at >= moment)
        .where(Registrant.part == Part.PARTICIPANT)
    )
    return list(db.session.scalars(query))


def by_category(check_point: CheckPoint) -> list[CategoryCount]:
    """Present against the list for each category meant to come, the largest first, people without one last."""
    rows = _present(check_point.event_id)
    query = (
        select(Registrant.category, func.count())
        .join(rows, rows.c.root == Registrant.id)
        .where(rows.c.check_point_id == check_point.id, Registrant.part == Part.PARTICIPANT)
        .group_by(Registrant.category)
    )
    present = dict(db.session.execute(query).tuples().all())
    units = {unit.id: unit for unit in check_point.event.units}
    registered: Counter[str] = Counter()
    for unit_id, numbers in _registered(check_point.event_id).items():
        registered.update({name: number for name, number in numbers if check_point.is_for(units[unit_id], name)})
    names = sorted({*present, *registered}, key=lambda name: (not name, -registered[name], name))
    return [CategoryCount(name, registered[name], present.get(name, 0)) for name in names]


def entries(check_point: CheckPoint, *, unit: Unit | None = None, most: int | None = None) -> list[Entry]:
    """Who is present, in the order of a Thai list; all of them, or those of one unit, or the first ``most``."""
    ranked = _ranked(check_point.event_id)
    query = (
        select(Registrant, ranked.c.occurred_at, ranked.c.gate, ranked.c.method, ranked.c.is_flagged)
        .join(ranked, ranked.c.root == Registrant.id)
        .join(Registrant.unit)
        .options(contains_eager(Registrant.unit))
        .where(ranked.c.place == 1, ranked.c.accepted > 0, ranked.c.check_point_id == check_point.id)
        .order_by(Registrant.sort_key, Registrant.id)
    )
    if unit is not None:
        query = query.where(Registrant.unit_id == unit.id)
    if most is not None:
        query = query.limit(most)
    return [Entry(*row) for row in db.session.execute(query)]


def _registered(event_id: int) -> dict[int, list[tuple[str, int]]]:
    """Unit id → how many take part in each category."""
    query = (
        select(Registrant.unit_id, Registrant.category, func.count())
        # A stand-in takes no further seat.
        .where(Registrant.event_id == event_id, Registrant.stands_for_id.is_(None), *participating())
        .group_by(Registrant.unit_id, Registrant.category)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for unit_id, category, number in db.session.execute(query):
        found.setdefault(unit_id, []).append((category, number))
    return found


def _present(event_id: int) -> Subquery:
    """One row for each person present at a check-point: ``check_point_id``, ``root``, ``first_at``."""
    roots = people.roots(event_id)
    accepted = func.sum(case((Scan.outcome == "accepted", 1), else_=0))
    return (
        select(Scan.check_point_id, roots.c.root, func.min(Scan.occurred_at).label("first_at"))
        .join(roots, roots.c.id == Scan.registrant_id)
        .where(Scan.event_id == event_id, stands())
        .group_by(Scan.check_point_id, roots.c.root)
        .having(accepted > 0)
        .subquery()
    )


def _ranked(event_id: int) -> Subquery:
    """The standing scans with their place by time within person and check-point, and how many were accepted."""
    roots = people.roots(event_id)
    whose = (Scan.check_point_id, roots.c.root)
    return (
        select(
            Scan.check_point_id,
            roots.c.root,
            Scan.occurred_at,
            Scan.gate,
            Scan.method,
            func.max(case((Scan.is_flagged, 1), else_=0)).over(partition_by=whose).label("is_flagged"),
            func.row_number().over(partition_by=whose, order_by=(Scan.occurred_at, Scan.id)).label("place"),
            func.sum(case((Scan.outcome == "accepted", 1), else_=0)).over(partition_by=whose).label("accepted"),
        )
        .join(roots, roots.c.id == Scan.registrant_id)
        .where(Scan.event_id == event_id, stands())
        .subquery()
    )
