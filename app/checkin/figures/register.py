"""The attendance register: everybody against every half-day, and the sums by unit and category.

Present is read from the ledger. Late exists only where a check-point says from when; who is excused was
absent with a reason (excusing.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.database import db
from app.events.models import CheckPoint, Event, Unit
from app.registration.models import Part, Registrant, Standing
from app.registration.queries import taking_part

from .. import excusing
from ..ledger import presence


class Status(StrEnum):
    """How a person stands at a check-point."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    EXPECTED = "expected"  # not here yet, and the check-point is not over
    REPLACED = "replaced"  # somebody came instead
    NOT_MEANT = "not_meant"  # the check-point is for others, or a stand-in came to another one


@dataclass(frozen=True)
class Mark:
    """One cell: the status, when the person came, why not."""

    status: Status
    at: datetime | None = None
    remark: str = ""

    @property
    def came(self) -> bool:
        return self.status in (Status.PRESENT, Status.LATE)


@dataclass(frozen=True)
class Line:
    """A person and their marks, one for each check-point of the register."""

    registrant: Registrant
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Register:
    """The check-points across, the people down in the order of a Thai list."""

    points: Sequence[CheckPoint]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Count:
    """How many stand how at one check-point; ``expected`` is what presence is measured against."""

    expected: int
    present: int  # late ones included
    late: int
    excused: int
    absent: int


@dataclass(frozen=True)
class Tally:
    """The sums of some people; ``target`` is that of their units in the event, and 0 where none is set."""

    label: str
    category: str
    target: int
    registered: int
    counts: Sequence[Count]


def registers_of(event: Event) -> list[CheckPoint]:
    """The check-points that say who took part; meals and hand-outs have figures of their own."""
    return [point for point in event.check_points if point.purpose == "attend"]


def read(event: Event, now: datetime, *, unit: Unit | None = None) -> Register:
    """The register of an event, or of one unit, in as many statements for one person as for a thousand."""
    points = registers_of(event)
    times, excuses = presence.times_of(event), excusing.reasons(event)
    stand_ins = _stand_ins(event)
    over = {point.id for point in points if is_over(point, points, now)}

    def mark(point: CheckPoint, person: Registrant) -> Mark:
        at = times.get(point.id, {}).get(person.id)
        if at is not None:
            late = point.late_after is not None and at >= point.late_after
            return Mark(Status.LATE if late else Status.PRESENT, at)
        if not point.is_for(person.unit, person.category) or person.stands_for_id is not None:
            return Mark(Status.NOT_MEANT)
        if instead := [name for root, name in stand_ins.get(person.id, []) if root in times.get(point.id, {})]:
            return Mark(Status.REPLACED, remark=instead[0])
        if (reason := excuses.get((point.id, person.id))) is not None:
            return Mark(Status.EXCUSED, remark=reason)
        return Mark(Status.ABSENT if point.id in over else Status.EXPECTED)

    people = _people(event, unit)
    return Register(points, [Line(person, [mark(point, person) for point in points]) for person in people])


def is_over(point: CheckPoint, points: Sequence[CheckPoint], now: datetime) -> bool:
    """Whether who has not come by now is absent: closed, followed by the next half-day, or the day is over."""
    if point.closes_at is not None and now >= point.closes_at:
        return True
    if point.day is None:
        return False
    if now >= clock.at_local(point.day.date + timedelta(days=1), 0):
        return True
    begin = clock.at_local(point.day.date, point.starts.hour, point.starts.minute) if point.starts else None
    later = [
        clock.at_local(other.day.date, other.starts.hour, other.starts.minute)
        for other in points
        if other.half and other.day is not None and other.day_id == point.day_id and other.starts
    ]
    return begin is not None and any(begin < start <= now for start in later)


def by_unit(register: Register, units: Iterable[Unit]) -> list[Tally]:
    """A tally for each unit, in the event's order; a unit nobody comes from is there with its target."""
    lines = _grouped(register, lambda person: person.unit_id)
    return [_tally_of_unit(register, unit, lines[unit.id]) for unit in units]


def by_category(register: Register) -> list[Tally]:
    """A tally for each category in use, the commonest first, people without one last."""
    lines = _grouped(register, lambda person: person.category)
    names = sorted(lines, key=lambda name: (not name, -len(lines[name]), name))
    return [Tally("", name, 0, _listed(lines[name]), _counts(register, lines[name])) for name in names]


def by_unit_and_category(register: Register, units: Iterable[Unit]) -> list[Tally]:
    """A tally for each category of each unit that sends anybody of it."""
    lines = _grouped(register, lambda person: (person.unit_id, person.category))
    names = [tally.category for tally in by_category(register)]
    return [
        Tally(unit.name, name, 0, _listed(found), _counts(register, found))
        for unit in units
        for name in names
        if (found := lines[unit.id, name])
    ]


def whole(register: Register, units: Iterable[Unit]) -> Tally:
    """The sum of everybody; at each check-point as many are expected as of the units together."""
    units = list(units)
    columns = zip(*(tally.counts for tally in by_unit(register, units)), strict=True)
    expected = [sum(count.expected for count in column) for column in columns]
    counts = _counts(register, register.lines, expected)
    return Tally("", "", sum(unit.target for unit in units), _listed(register.lines), counts)


def _grouped(register: Register, key: Callable[[Registrant], Any]) -> defaultdict[Any, list[Line]]:
    found: defaultdict[Any, list[Line]] = defaultdict(list)
    for line in register.lines:
        found[key(line.registrant)].append(line)
    return found


def _tally_of_unit(register: Register, unit: Unit, lines: Sequence[Line]) -> Tally:
    """A unit's sums: its target where one holds for the check-point, else the list says how many are expected."""
    expected = [point.target_of(unit) or _listed(lines, point) for point in register.points]
    return Tally(unit.name, "", unit.target, _listed(lines), _counts(register, lines, expected))


def _listed(lines: Sequence[Line], point: CheckPoint | None = None) -> int:
    """How many are on the list, or on it for one check-point; a stand-in takes no further place."""
    people = [line.registrant for line in lines]
    return sum(
        person.standing == Standing.REGISTERED
        and person.stands_for_id is None
        and (point is None or point.is_for(person.unit, person.category))
        for person in people
    )


def _counts(register: Register, lines: Sequence[Line], expected: Sequence[int] | None = None) -> list[Count]:
    """A count for each check-point; without ``expected`` the list says how many should come."""
    if expected is None:
        expected = [_listed(lines, point) for point in register.points]
    return [_count([line.marks[place] for line in lines], number) for place, number in enumerate(expected)]


def _count(marks: Sequence[Mark], expected: int) -> Count:
    statuses = [mark.status for mark in marks]
    return Count(
        expected=expected,
        present=sum(mark.came for mark in marks),
        late=statuses.count(Status.LATE),
        excused=statuses.count(Status.EXCUSED),
        absent=statuses.count(Status.ABSENT),
    )


def _stand_ins(event: Event) -> dict[int, list[tuple[int, str]]]:
    """Who is stood in for → the stand-ins, by id and name."""
    query = select(Registrant).where(Registrant.event_id == event.id, Registrant.stands_for_id.is_not(None))
    found: dict[int, list[tuple[int, str]]] = {}
    for person in db.session.scalars(query):
        found.setdefault(person.stands_for_id, []).append((person.id, person.full_name))  # type: ignore[arg-type]
    return found


def _people(event: Event, unit: Unit | None) -> list[Registrant]:
    """Who takes part, and who was here though the name was withdrawn since."""
    query = (
        select(Registrant)
        .where(
            Registrant.event_id == event.id,
            Registrant.part == Part.PARTICIPANT,
            or_(and_(*taking_part()), Registrant.id.in_(presence.anywhere(event))),
        )
        .options(joinedload(Registrant.unit))
        .order_by(Registrant.sort_key, Registrant.id)
    )
    if unit is not None:
        query = query.where(Registrant.unit_id == unit.id)
    return list(db.session.scalars(query))
