"""How many may come: of the event, of a unit with what lies below it, of a category. Counted under a lock.

Only participants need a seat. A seat is taken by whoever is registered, and by every post that is held for a name
that is still to come (places.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, CompoundSelect, bindparam, exists, func, select, union_all
from sqlalchemy.orm.attributes import set_committed_value

from app.events.models import Event, Unit

from ..models import Part, Registrant, Standing
from ..reading import rows
from .models import Answer, CategoryQuota, Place


@dataclass
class Limit:
    """So many seats, for whom, and how many of them are taken. ``units`` None means every unit."""

    label: object
    seats: int
    units: frozenset[int] | None = None
    category: str = ""
    taken: int = 0

    def covers(self, unit_id: int, category: str) -> bool:
        """Whether somebody of this unit and category sits on one of these seats."""
        return (self.units is None or unit_id in self.units) and self.category in ("", category)

    @property
    def free(self) -> int:
        """Seats left; 0 also where more have come than there are seats."""
        return max(0, self.seats - self.taken)


class Seats:
    """The limits of one event with what is taken, as read once; taking and giving back change the count."""

    def __init__(self, limits: list[Limit], taken: Counter[tuple[int, str]]) -> None:
        self.limits = limits
        for (unit_id, category), number in taken.items():
            self._move(unit_id, category, number)

    def full(self, unit_id: int, category: str) -> Limit | None:
        """The first limit that leaves no seat for somebody of this unit and category; None when there is one."""
        return next((one for one in self.limits if one.free == 0 and one.covers(unit_id, category)), None)

    def take(self, unit_id: int, category: str) -> None:
        """Count one more."""
        self._move(unit_id, category, 1)

    def give_back(self, unit_id: int, category: str) -> None:
        """Count one less."""
        self._move(unit_id, category, -1)

    def _move(self, unit_id: int, category: str, number: int) -> None:
        for limit in self.limits:
            if limit.covers(unit_id, category):
                limit.taken += number


def lock(event: Event) -> None:
    """Let what takes or frees seats of one event follow one another until the commit.

    A lock that leaves foreign keys alone: scans at the doors must not wait for it, nor it for them. What the
    event says about taking people in is read anew with it.
    """
    for name, value in rows(_LOCK, {"event": event.id}).one()._mapping.items():
        set_committed_value(event, name, value)


def read_seats(event: Event) -> Seats:
    """The event's limits and counts now; without limits nothing is counted. Belongs behind ``lock``."""
    limits = limits_of(event)
    return Seats(limits, taken_seats(event) if limits else Counter())


def full_for(event: Event, unit_id: int, category: str) -> Limit | None:
    """What leaves no seat for one person of this unit and category; counts only what that hangs on."""
    limits = [limit for limit in limits_of(event, unit_id) if limit.covers(unit_id, category)]
    if not limits:
        return None
    units: set[int] | None = set()
    for limit in limits:
        units = None if units is None or limit.units is None else units | limit.units
    return Seats(limits, taken_seats(event, units)).full(unit_id, category)


def limits_of(event: Event, unit_id: int | None = None) -> list[Limit]:
    """Every limit of the event, or those that this unit lies under.

    The narrowest come first, so that a refusal names what really is full.
    """
    units = rows(_UNITS, {"event": event.id}).all()
    pairs = [(unit.id, unit.parent_id) for unit in units]
    over = {id for id, _parent in pairs} if unit_id is None else _above(unit_id, dict(pairs))
    whole = units[0].whole if units else None
    return [
        *(_category_limits(event, pairs, over) if units and units[0].has_quotas else []),
        *(
            Limit(unit.name, unit.seats, frozenset(below(unit.id, pairs)))
            for unit in units
            if unit.seats is not None and unit.id in over
        ),
        *([] if whole is None else [Limit(_l("งานนี้"), whole)]),
    ]


def _category_limits(event: Event, pairs: list[tuple[int, int | None]], over: set[int]) -> list[Limit]:
    return [
        Limit(
            f"{row.category} {row.name}" if row.name else row.category,
            row.seats,
            frozenset(below(row.unit_id, pairs)) if row.unit_id is not None else None,
            row.category,
        )
        for row in rows(_CATEGORIES, {"event": event.id})
        if row.unit_id is None or row.unit_id in over
    ]


def _above(unit_id: int, parents: dict[int, int | None]) -> set[int]:
    """A unit and everything it lies in."""
    found: set[int] = set()
    place: int | None = unit_id
    while place is not None and place not in found:
        found.add(place)
        place = parents.get(place)
    return found


def below(unit_id: int, pairs: Sequence[tuple[int, int | None]]) -> set[int]:
    """A unit and everything below it, from pairs of id and parent's id."""
    found, fresh = {unit_id}, {unit_id}
    while fresh:
        fresh = {one for one, parent in pairs if parent in fresh} - found
        found |= fresh
    return found


def taken_seats(event: Event, units: Collection[int] | None = None) -> Counter[tuple[int, str]]:
    """(unit id, category) → how many seats are taken, held posts included; in these units, by default in all."""
    values: dict[str, Any] = {"event": event.id}
    if units is not None:
        values["units"] = list(units)
    counted: Counter[tuple[int, str]] = Counter()
    for unit_id, category, number in rows(_TAKEN if units is None else _TAKEN_IN, values):
        counted[unit_id, category] += number
    return counted


def sits() -> tuple[ColumnElement[bool], ...]:
    """Conditions on Registrant: takes a seat."""
    return (
        Registrant.standing == Standing.REGISTERED,
        Registrant.stands_for_id.is_(None),  # a stand-in at the door sits where the one expected would have
        Registrant.part == Part.PARTICIPANT,
        Registrant.merged_into_id.is_(None),
    )


def _taken(*units: Any) -> CompoundSelect[Any]:
    """The statement of ``taken_seats``; ``units`` is a parameter, or nothing for all of them."""
    people = select(Registrant.unit_id, Registrant.category, func.count()).where(Registrant.event_id == _EVENT)
    held = select(Place.unit_id, Place.category, func.count()).where(Place.event_id == _EVENT)
    for one in units:
        people, held = people.where(Registrant.unit_id.in_(one)), held.where(Place.unit_id.in_(one))
    return union_all(
        people.where(*sits()).group_by(Registrant.unit_id, Registrant.category),
        held.where(Place.registrant_id.is_(None), Place.answer != Answer.DECLINED).group_by(
            Place.unit_id, Place.category
        ),
    )


# Prepared once: everybody who answers the form waits behind these.
_EVENT: Any = bindparam("event")
_LOCK = (
    select(Event.registration_open, Event.asks_approval, Event.has_waiting_list, Event.seats)
    .where(Event.id == _EVENT)
    .with_for_update(key_share=True)
)
_UNITS = (
    select(
        *(Unit.id, Unit.parent_id, Unit.name, Unit.seats),
        Event.seats.label("whole"),
        exists().where(CategoryQuota.event_id == _EVENT).label("has_quotas"),
    )
    .join(Event, Event.id == Unit.event_id)
    .where(Event.id == _EVENT)
    .order_by(Unit.parent_id.is_(None), Unit.position, Unit.id)
)
_CATEGORIES = (
    select(CategoryQuota.category, CategoryQuota.seats, CategoryQuota.unit_id, Unit.name)
    .outerjoin(Unit, Unit.id == CategoryQuota.unit_id)
    .where(CategoryQuota.event_id == _EVENT, CategoryQuota.seats.is_not(None))
    .order_by(CategoryQuota.unit_id.is_(None), CategoryQuota.id)
)
_TAKEN, _TAKEN_IN = _taken(), _taken(bindparam("units", expanding=True))
