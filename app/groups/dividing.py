"""The tables as they would be: settings and people in, a plan to look at out. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.events.models import Event, Unit, UnitKind
from app.registration.models import Registrant

from . import grouping as rule
from . import queries, topics, wanting
from .balancing import balanced
from .position_classes import position_class
from .signals import present_people
from .wanted import CannotBe, arrange
from .wishing import by_wish

SMALLEST = 4  # a district with fewer people had better join a neighbour
SIZE_RANGE = (4, 30)
MODES = ("district", "mixed", "balanced", "topic", "self")


@dataclass(frozen=True)
class Settings:
    """How to divide: kept with the grouping, so that the same can be done again."""

    mode: str = "district"  # one of MODES
    max_size: int = rule.DEFAULT_SIZE
    # Heads of provincial agencies: "spread" over the districts' tables, their "own", or "advise" at those tables.
    agencies: str = "spread"
    joined: dict[str, str] = field(default_factory=dict)  # small district -> neighbour, by public id
    seed: int = 1
    only_present: bool = False  # those recorded present so far


@dataclass(frozen=True)
class PlannedTable:
    """A table as it would be."""

    name: str
    unit: Unit | None
    people: list[Registrant]
    advisers: frozenset[int] = frozenset()  # of the people, by id
    topic_id: int | None = None

    @property
    def classes(self) -> list[tuple[str, int]]:
        """How many of each kind of post, most first."""
        return _most_first(position_class(person.position, person.category) for person in self.people)

    @property
    def districts(self) -> list[tuple[str, int]]:
        """How many of each district or agency, most first."""
        return _most_first(person.unit.name for person in self.people)

    @property
    def men_and_women(self) -> tuple[int, int]:
        """As far as titles tell."""
        titles = [person.title for person in self.people]
        return sum(title == "นาย" for title in titles), sum(title in _WOMEN for title in titles)


_WOMEN = ("นาง", "นางสาว", "น.ส.")


def _most_first(words: object) -> list[tuple[str, int]]:
    return sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))  # type: ignore[call-overload]


@dataclass(frozen=True)
class Plan:
    """All tables as they would be, for the organiser to look at before anyone else does."""

    settings: Settings
    tables: list[PlannedTable]
    small_units: list[Unit]  # fewer than SMALLEST people, not joined to a neighbour

    @property
    def people_count(self) -> int:
        """How many people have a seat in the plan."""
        return sum(len(table.people) for table in self.tables)

    def by_unit(self) -> list[tuple[Unit | None, int, list[int]]]:
        """Each district with its people and the sizes of its tables, in order."""
        rows: dict[Unit | None, list[int]] = {}
        for table in self.tables:
            rows.setdefault(table.unit, []).append(len(table.people))
        return [(unit, sum(sizes), sizes) for unit, sizes in rows.items()]


def plan(event: Event, settings: Settings) -> Plan:
    """Work out the tables without writing anything."""
    _check(settings)
    people = _people(event, settings)
    if not people:
        raise RuleBroken(_l("ยังไม่มีรายชื่อผู้เข้าร่วม โปรดนำเข้ารายชื่อก่อนจัดกลุ่ม"))
    by_id = {person.id: person for person in people}
    advisers = _agencies(event) if settings.agencies == "advise" and settings.mode == "district" else set()
    tables = [
        PlannedTable(
            name,
            _unit(event, table, settings),
            [by_id[key] for key in table.people],
            frozenset(key for key in table.people if by_id[key].unit_id in advisers),
            table.unit if settings.mode == "topic" else None,
        )
        for name, table in _named(event, _wanted(event, people, settings), settings)
    ]
    return Plan(settings, tables, _small_units(event, people, settings))


def persons(event: Event, people: Sequence[Registrant]) -> list[rule.Person]:
    """People as the rules take them."""
    wishes = topics.wishes_of(event)
    return [
        rule.Person(
            person.id,
            person.unit_id,
            position_class(person.position, person.category),
            person.organisation,
            tuple(wishes.get(person.id, ())),
        )
        for person in people
    ]


def joined_units(event: Event, by_public_id: dict[str, str]) -> dict[int, int]:
    """The settings' pairs of districts as ids; pairs that name no unit of the event are left out."""
    ids: dict[str, int] = {unit.public_id: unit.id for unit in event.units}
    return {ids[small]: ids[big] for small, big in by_public_id.items() if small in ids and big in ids}


def _check(settings: Settings) -> None:
    low, high = SIZE_RANGE
    if not low <= settings.max_size <= high:
        raise RuleBroken(_l("จำนวนคนต่อกลุ่มต้องอยู่ระหว่าง %(low)s ถึง %(high)s คน", low=low, high=high), "max_size")


def _people(event: Event, settings: Settings) -> list[Registrant]:
    people = queries.without_group(event, None)
    if not settings.only_present:
        return people
    present = present_people(event)
    return [person for person in people if person.id in present]


def _agencies(event: Event) -> set[int]:
    return {unit.id for unit in event.units if unit.kind == UnitKind.PROVINCE_AGENCIES}


def _wanted(event: Event, people: list[Registrant], settings: Settings) -> list[rule.Table]:
    """The dealt tables, with everyone where the organiser wants them."""
    listed = persons(event, people)
    tables = _DEALS[settings.mode](event, listed, settings)
    if settings.mode == "self":
        return tables
    try:
        return arrange(tables, listed, wanting.wanted(event))
    except CannotBe as problem:
        raise RuleBroken(wanting.contradiction(event, problem.people)) from problem


def _by_district(event: Event, people: list[rule.Person], settings: Settings) -> list[rule.Table]:
    return rule.by_district(
        people,
        [unit.id for unit in event.units],
        max_size=settings.max_size,
        spread=_agencies(event) if settings.agencies in ("spread", "advise") else (),
        joined=joined_units(event, settings.joined),
        seed=settings.seed,
    )


def _mixed(event: Event, people: list[rule.Person], settings: Settings) -> list[rule.Table]:
    return rule.mixed(people, rule.tables_needed(len(people), settings.max_size), seed=settings.seed)


def _balanced(event: Event, people: list[rule.Person], settings: Settings) -> list[rule.Table]:
    return balanced(people, rule.tables_needed(len(people), settings.max_size), seed=settings.seed)


def _by_topic(event: Event, people: list[rule.Person], settings: Settings) -> list[rule.Table]:
    seats = topics.seats(event, len(people))
    return by_wish(people, list(seats), seats, max_size=settings.max_size, seed=settings.seed)


def _empty(event: Event, people: list[rule.Person], settings: Settings) -> list[rule.Table]:
    """Tables for people to choose at the door."""
    count = rule.tables_needed(len(people), settings.max_size)
    return [rule.Table(None, number, ()) for number in range(1, count + 1)]


_DEALS: dict[str, Callable[[Event, list[rule.Person], Settings], list[rule.Table]]] = {
    "district": _by_district,
    "mixed": _mixed,
    "balanced": _balanced,
    "topic": _by_topic,
    "self": _empty,
}


def _small_units(event: Event, people: list[Registrant], settings: Settings) -> list[Unit]:
    counted = Counter(person.unit_id for person in people)
    if settings.mode != "district":
        return []
    return [
        unit
        for unit in event.units
        if unit.kind == UnitKind.DISTRICT
        and 0 < counted[unit.id] < SMALLEST
        and unit.public_id not in settings.joined
    ]


def _unit(event: Event, table: rule.Table, settings: Settings) -> Unit | None:
    if settings.mode != "district":
        return None
    return next((unit for unit in event.units if unit.id == table.unit), None)


def _named(event: Event, tables: list[rule.Table], settings: Settings) -> list[tuple[str, rule.Table]]:
    """Each table with its name: แกลง 2; of a topic's tables the topic; else a number."""
    if settings.mode == "district":
        heads = {unit.id: unit.name for unit in event.units}
    else:
        heads = {topic.id: topic.title[:100] for topic in topics.topics_of(event)}
    return [
        (f"{heads[table.unit]} {table.number}", table)
        if table.unit in heads
        else (_("กลุ่มที่ %(number)d", number=number), replace(table, number=number))
        for number, table in enumerate(tables, start=1)
    ]
