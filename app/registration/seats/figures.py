"""Numbers for the page of seats: of each unit and category, how many are wanted, seated, held, waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.database import db
from app.events.models import Event, Unit
from app.events.queries import tree

from ..models import Part, Registrant, Standing
from .models import Answer, CategoryQuota, Place
from .quotas import below
from .setting import quotas_of


@dataclass(frozen=True)
class Line:
    """One row; a unit's numbers include what lies below it, as its seats do. ``target`` is the row's own."""

    name: str
    target: int
    seats: int | None
    registered: int
    held: int
    waiting: int
    unit: Unit | None = None
    depth: int = 0
    quota: CategoryQuota | None = None

    @property
    def is_over(self) -> bool:
        """Whether more sit than there are seats."""
        return self.seats is not None and self.registered + self.held > self.seats


@dataclass(frozen=True)
class Figures:
    """Everything by unit, by category, and by a category's share of a unit."""

    whole: Line
    units: list[Line]
    categories: list[Line]
    shares: list[Line]


class _Counts:
    """(unit id, category) → people and held seats of an event, in two statements."""

    def __init__(self, event: Event) -> None:
        people = (
            select(Registrant.standing, Registrant.unit_id, Registrant.category, func.count())
            .where(
                Registrant.event_id == event.id,
                Registrant.merged_into_id.is_(None),
                Registrant.part == Part.PARTICIPANT,
                Registrant.standing.in_((Standing.REGISTERED, Standing.WAITING)),
            )
            .group_by(Registrant.standing, Registrant.unit_id, Registrant.category)
        )
        held = (
            select(Place.unit_id, Place.category, func.count())
            .where(Place.event_id == event.id, Place.registrant_id.is_(None), Place.answer != Answer.DECLINED)
            .group_by(Place.unit_id, Place.category)
        )
        self.numbers: dict[str, Counter[tuple[int, str]]] = {"held": Counter()}
        for standing, unit_id, category, number in db.session.execute(people):
            self.numbers.setdefault(str(standing), Counter())[unit_id, category] = number
        for unit_id, category, number in db.session.execute(held):
            self.numbers["held"][unit_id, category] = number

    def of(self, units: Iterable[int] | None = None, category: str = "") -> tuple[int, int, int]:
        """Registered, held, waiting of some units and one category, or of all."""
        wanted = None if units is None else set(units)
        sums = [
            sum(
                number
                for (unit_id, named), number in self.numbers.get(kind, Counter()).items()
                if (wanted is None or unit_id in wanted) and category in ("", named)
            )
            for kind in (Standing.REGISTERED, "held", Standing.WAITING)
        ]
        return sums[0], sums[1], sums[2]

    @property
    def categories(self) -> list[str]:
        """The categories in use, the commonest first."""
        found: Counter[str] = Counter()
        for counted in self.numbers.values():
            for (_unit_id, category), number in counted.items():
                found[category] += number
        return [category for category, _number in found.most_common() if category]


def read_figures(event: Event, usual: Iterable[str] = ()) -> Figures:
    """The numbers now; ``usual`` names categories that are shown though nobody is in them yet."""
    counts, quotas, units = _Counts(event), quotas_of(event), tree(event)
    pairs = [(unit.id, unit.parent_id) for unit, _depth in units]
    target = sum(unit.target for unit, _depth in units)
    in_all = {quota.category: quota for quota in quotas if quota.unit_id is None}
    names = list(dict.fromkeys([*in_all, *counts.categories, *usual]))
    return Figures(
        Line(event.name, target, event.seats, *counts.of()),
        [
            Line(unit.name, unit.target, unit.seats, *counts.of(below(unit.id, pairs)), unit=unit, depth=depth)
            for unit, depth in units
        ],
        [_category(name, in_all.get(name), counts) for name in names],
        [_share(quota, counts, pairs) for quota in quotas if quota.unit is not None],
    )


def _category(name: str, quota: CategoryQuota | None, counts: _Counts) -> Line:
    numbers = counts.of(None, name)
    return Line(name, quota.target if quota else 0, quota.seats if quota else None, *numbers, quota=quota)


def _share(quota: CategoryQuota, counts: _Counts, pairs: list[tuple[int, int | None]]) -> Line:
    assert quota.unit is not None
    numbers = counts.of(below(quota.unit.id, pairs), quota.category)
    return Line(quota.category, quota.target, quota.seats, *numbers, unit=quota.unit, quota=quota)
