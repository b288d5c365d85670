"""Making an event's tables, seating latecomers, moving people, giving tables their facilitators."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event, Unit, UnitKind
from app.live.topics import touch
from app.registration.models import Registrant

from . import grouping as rule
from . import queries
from .models import IMPORTED, Group, Grouping, Membership
from .position_classes import position_class

TOPIC = "groups"
SMALLEST = 4  # a district with fewer people had better join a neighbour
SIZE_RANGE = (4, 20)


@dataclass(frozen=True)
class Settings:
    """How to divide: kept with the grouping, so that the same can be done again."""

    mode: str = "district"  # or "mixed"
    max_size: int = rule.DEFAULT_SIZE
    agencies: str = "spread"  # provincial agencies: "spread" over the districts' tables, or their "own"
    joined: dict[str, str] = field(default_factory=dict)  # small district -> neighbour, by public id
    seed: int = 1


@dataclass(frozen=True)
class PlannedTable:
    """A table as it would be."""

    name: str
    unit: Unit | None
    people: list[Registrant]

    @property
    def classes(self) -> list[tuple[str, int]]:
        """How many of each kind of post, most first."""
        counted = Counter(position_class(person.position, person.category) for person in self.people)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


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
    people = queries.without_group(event, None)
    if not people:
        raise RuleBroken(_l("ยังไม่มีรายชื่อผู้เข้าร่วม โปรดนำเข้ารายชื่อก่อนจัดกลุ่ม"))
    units = {unit.id: unit for unit in event.units}
    by_id = {person.id: person for person in people}
    tables = [
        PlannedTable(_name(table, units), units.get(table.unit or 0), [by_id[key] for key in table.people])
        for table in _tables(event, people, settings)
    ]
    return Plan(settings, tables, _small_units(event, people, settings))


def make_groups(actor: object, event: Event, settings: Settings, name: str = "") -> Grouping:
    """Carry the plan out: from now on participants see their table."""
    planned = plan(event, settings)
    grouping = Grouping(
        event=event,
        name=name or _("กลุ่มย่อย"),
        mode=settings.mode,
        seed=settings.seed,
        settings={key: value for key, value in asdict(settings).items() if key not in ("mode", "seed")},
    )
    for number, table in enumerate(planned.tables, start=1):
        group = Group(event_id=event.id, number=number, name=table.name, unit=table.unit)
        grouping.groups.append(group)
    db.session.add(grouping)
    db.session.flush()
    seats = [
        {"grouping_id": grouping.id, "group_id": group.id, "registrant_id": person.id, "is_scribe": False}
        for group, table in zip(grouping.groups, planned.tables, strict=True)
        for person in table.people
    ]
    db.session.execute(insert(Membership), seats)
    record(
        actor, event, "groups.made", grouping, groups=len(planned.tables), people=len(seats), seed=settings.seed
    )
    touch(event, TOPIC)
    return grouping


def seat_latecomers(actor: object, grouping: Grouping) -> list[Registrant]:
    """Seat everyone who has no table yet; the smallest table of one's own district comes first."""
    latecomers = queries.without_group(grouping.event, grouping)
    for registrant in latecomers:
        seat(actor, grouping, registrant)
    return latecomers


def seat(actor: object, grouping: Grouping, registrant: Registrant) -> Group:
    """Seat one latecomer at the smallest table of their district, or of all where it has none."""
    groups = queries.groups_of(grouping)
    sizes = queries.sizes(grouping)
    joined = _joined(grouping.event, (grouping.settings or {}).get("joined", {}))
    tables = [rule.Table(group.unit_id, group.number, tuple(range(sizes[group.id]))) for group in groups]
    place = rule.smallest_table(joined.get(registrant.unit_id, registrant.unit_id), tables)
    if place is None:
        raise RuleBroken(_l("ยังไม่มีกลุ่ม โปรดจัดกลุ่มก่อน"))
    return move(actor, grouping, registrant, groups[place])


def seat_newcomer(registrant: Registrant) -> None:
    """Whoever registers after groups were made sits down at once; before that, nobody needs a seat."""
    grouping = queries.current_grouping(registrant.event)
    if grouping is not None and grouping.mode != IMPORTED:
        seat(registrant, grouping, registrant)


def move(actor: object, grouping: Grouping, registrant: Registrant, group: Group) -> Group:
    """Seat a person at a table. What they wrote stays with the table where it was written."""
    if group.grouping_id != grouping.id or registrant.event_id != grouping.event_id:
        raise RuleBroken(_l("กลุ่มนี้ไม่ใช่กลุ่มของงานนี้ โปรดโหลดหน้าใหม่แล้วเลือกอีกครั้ง"))
    seat = db.session.scalar(
        select(Membership).where(Membership.grouping_id == grouping.id, Membership.registrant_id == registrant.id)
    )
    before = seat.group_id if seat else None
    if seat is None:
        db.session.add(Membership(grouping_id=grouping.id, group=group, registrant=registrant))
    elif seat.group_id != group.id:
        seat.group, seat.is_scribe = group, False
    db.session.flush()
    if before != group.id:
        record(actor, grouping.event, "groups.moved", registrant, source=before, target=group.id)
        touch(grouping.event, TOPIC)
    return group


def assign_facilitator(actor: object, event: Event, group: Group, user: User | None) -> None:
    """Give a table its วิทยากรประจำกลุ่ม, or none."""
    if user is not None and user.id not in {person.id for person in queries.facilitators(event)}:
        raise RuleBroken(_l("ผู้นี้ยังไม่เป็นวิทยากรประจำกลุ่มของงาน โปรดเพิ่มในหน้าคณะทำงานก่อน"), "facilitator")
    group.facilitator = user
    record(actor, event, "groups.facilitator", group, user=user.id if user else None)
    touch(event, TOPIC)


def share_out_facilitators(actor: object, event: Event, grouping: Grouping) -> int:
    """Share the tables among all facilitators in runs of neighbouring numbers; returns how many facilitators."""
    users = queries.facilitators(event)
    if not users:
        raise RuleBroken(_l("ยังไม่มีวิทยากรประจำกลุ่มในคณะทำงาน โปรดเพิ่มก่อนแล้วกดอีกครั้ง"))
    groups = queries.groups_of(grouping)
    for place, group in enumerate(groups):
        group.facilitator = users[place * len(users) // len(groups)]
    record(actor, event, "groups.facilitators_shared", grouping, facilitators=len(users))
    touch(event, TOPIC)
    return len(users)


def _check(settings: Settings) -> None:
    low, high = SIZE_RANGE
    if not low <= settings.max_size <= high:
        raise RuleBroken(_l("จำนวนคนต่อกลุ่มต้องอยู่ระหว่าง %(low)s ถึง %(high)s คน", low=low, high=high), "max_size")


def _tables(event: Event, people: list[Registrant], settings: Settings) -> list[rule.Table]:
    persons = [
        rule.Person(person.id, person.unit_id, position_class(person.position, person.category))
        for person in people
    ]
    if settings.mode == "mixed":
        return rule.mixed(persons, rule.tables_needed(len(persons), settings.max_size), seed=settings.seed)
    agencies = {unit.id for unit in event.units if unit.kind == UnitKind.PROVINCE_AGENCIES}
    return rule.by_district(
        persons,
        [unit.id for unit in event.units],
        max_size=settings.max_size,
        spread=agencies if settings.agencies == "spread" else (),
        joined=_joined(event, settings.joined),
        seed=settings.seed,
    )


def _joined(event: Event, by_public_id: dict[str, str]) -> dict[int, int]:
    """The settings' pairs of districts as ids; pairs that name no unit of the event are left out."""
    ids: dict[str, int] = {unit.public_id: unit.id for unit in event.units}
    return {ids[small]: ids[big] for small, big in by_public_id.items() if small in ids and big in ids}


def _small_units(event: Event, people: list[Registrant], settings: Settings) -> list[Unit]:
    counted = Counter(person.unit_id for person in people)
    if settings.mode == "mixed":
        return []
    return [
        unit
        for unit in event.units
        if unit.kind == UnitKind.DISTRICT
        and 0 < counted[unit.id] < SMALLEST
        and unit.public_id not in settings.joined
    ]


def _name(table: rule.Table, units: dict[int, Unit]) -> str:
    if table.unit is None:
        return _("กลุ่มที่ %(number)d", number=table.number)
    return f"{units[table.unit].name} {table.number}"
