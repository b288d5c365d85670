"""Who sits with whom: plain people in, tables out. No database, no chance beyond the seed.

The same people, settings and seed always give the same tables, whatever order the people come in.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

DEFAULT_SIZE = 9


@dataclass(frozen=True)
class Person:
    """Who is to be seated: ``unit`` is the district's key, ``position_class`` the kind of post held."""

    key: int
    unit: int
    position_class: str = ""
    agency: str = ""  # the body a person comes from: an อปท., an office
    wishes: tuple[int, ...] = ()  # topics by key, the dearest first

    @property
    def stratum(self) -> tuple[int, str]:
        """The district and the kind of post: people alike enough to change places."""
        return self.unit, self.position_class


@dataclass(frozen=True)
class Table:
    """People who sit together. ``unit`` is the district the table belongs to; None when people are mixed."""

    unit: int | None
    number: int  # among the tables of its unit, from 1
    people: tuple[int, ...]  # keys


def tables_needed(count: int, max_size: int) -> int:
    """How many tables of at most ``max_size`` people ``count`` people need."""
    return -(-count // max_size)


def by_district(
    people: Iterable[Person],
    order: Sequence[int],
    *,
    max_size: int = DEFAULT_SIZE,
    spread: Collection[int] = (),
    joined: Mapping[int, int] | None = None,
    seed: int = 1,
) -> list[Table]:
    """Tables of each district, in the order given; sizes within a district differ by at most one.

    People of a ``spread`` unit (heads of provincial agencies) get no tables of their own: they are dealt one by
    one to the smallest tables of all districts and may make one a person larger than ``max_size``. ``joined``
    sends a small district's people to a neighbour. Where no district has people, nobody is spread.
    """
    joined = joined or {}
    homes: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        homes[joined.get(person.unit, person.unit)].append(person)
    spread = set(spread) if set(homes) - set(spread) else set()
    seats: list[tuple[int, int, list[int]]] = []
    for unit in order:
        if unit in spread or unit not in homes:
            continue
        dealt = _deal(homes[unit], tables_needed(len(homes[unit]), max_size), f"{seed}/{unit}")
        seats += [(unit, number, keys) for number, keys in enumerate(dealt, start=1)]
    for unit in order:
        if unit in spread:
            _spread(homes.get(unit, []), seats, f"{seed}/{unit}")
    return [Table(unit, number, tuple(keys)) for unit, number, keys in seats]


def mixed(people: Iterable[Person], count: int, *, seed: int = 1) -> list[Table]:
    """``count`` tables with every district and post spread as evenly as numbers allow.

    A stratum is a district and a post in it: its people at any two tables differ by at most one.
    """
    return [
        Table(None, number, tuple(keys)) for number, keys in enumerate(_deal(people, count, str(seed)), start=1)
    ]


def smallest_table(
    unit: int, tables: Sequence[Table], alike: Sequence[int] = (), barred: Collection[int] = ()
) -> int | None:
    """The index of the table where a latecomer goes: the smallest of their district, else of all; None if none.

    Among tables of one size the one with fewest people ``alike`` (a count a table: same post or same body) comes
    first. ``barred`` tables hold somebody who must be kept apart; they are taken only when there is no other.
    """
    open_places = [place for place in range(len(tables)) if place not in barred] or list(range(len(tables)))
    own = [place for place in open_places if tables[place].unit == unit]
    return min(
        own or open_places,
        key=lambda place: (len(tables[place].people), alike[place] if alike else 0, place),
        default=None,
    )


def deal_tables(people: Iterable[Person], unit: int | None, max_size: int, seed: str) -> list[Table]:
    """As few tables as ``max_size`` allows, sizes and strata even."""
    listed = list(people)
    dealt = _deal(listed, tables_needed(len(listed), max_size), seed)
    return [Table(unit, number, tuple(keys)) for number, keys in enumerate(dealt, start=1)]


def _deal(people: Iterable[Person], count: int, seed: str) -> list[list[int]]:
    """Deal people like cards. Those of one stratum lie together in the pack, so they land on different tables."""
    strata: dict[tuple[int, str], list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda person: person.key):
        strata[person.stratum].append(person)
    chance = random.Random(seed)
    seats: list[list[int]] = [[] for _ in range(count)]
    dealt = 0
    for stratum in sorted(strata):
        chance.shuffle(strata[stratum])
        for person in strata[stratum]:
            seats[dealt % count].append(person.key)
            dealt += 1
    return seats


def _spread(people: Iterable[Person], seats: list[tuple[int, int, list[int]]], seed: str) -> None:
    """Add each where fewest guests sit, then where fewest people sit, then in a district with few guests."""
    chance = random.Random(seed)
    guests = sorted(people, key=lambda person: person.key)
    chance.shuffle(guests)
    tie_break = [chance.random() for _ in seats]
    at_table: Counter[int] = Counter()
    in_unit: Counter[int] = Counter()
    for guest in guests:
        place = min(
            range(len(seats)),
            key=lambda place: (
                at_table[place],
                len(seats[place][2]),
                in_unit[seats[place][0]],
                tie_break[place],
            ),
        )
        seats[place][2].append(guest.key)
        at_table[place] += 1
        in_unit[seats[place][0]] += 1
