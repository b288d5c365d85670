"""Pins, keep-together, keep-apart: what an organiser knows of people that no list says. Plain data in and out.

Wanted seats come after the deal: each wanted person changes places with somebody who is free, of the same stratum
where there is one, so that strata stay even; what is wanted wins over evenness where both cannot be had.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .grouping import Person, Table


@dataclass(frozen=True)
class Wanted:
    """``pins``: person → the table's place in the list, from 0. Sets of people who sit together, or never do."""

    pins: Mapping[int, int] = field(default_factory=dict)
    together: Sequence[frozenset[int]] = ()
    apart: Sequence[frozenset[int]] = ()

    def of(self, people: Iterable[int]) -> Wanted:
        """The same as far as these people go; sets of one are nothing."""
        here = set(people)
        return Wanted(
            {key: place for key, place in self.pins.items() if key in here},
            tuple(part & here for part in self.together if len(part & here) > 1),
            tuple(part & here for part in self.apart if len(part & here) > 1),
        )

    def __bool__(self) -> bool:
        return bool(self.pins or self.together or self.apart)


class CannotBe(ValueError):
    """The wanted seats contradict each other; ``people`` are those concerned."""

    def __init__(self, people: Iterable[int]) -> None:
        super().__init__("wanted seats contradict each other")
        self.people = sorted(set(people))


def arrange(tables: Sequence[Table], people: Iterable[Person], wanted: Wanted) -> list[Table]:
    """The same tables with everyone where they are wanted; CannotBe when that cannot be."""
    if not wanted:
        return list(tables)
    by_key = {person.key: person for person in people}
    hall = _Hall(tables, by_key, wanted.of(by_key))
    hall.arrange()
    return [replace(table, people=tuple(keys)) for table, keys in zip(tables, hall.seats, strict=True)]


class _Hall:
    """The seats while people change places."""

    def __init__(self, tables: Sequence[Table], people: Mapping[int, Person], wanted: Wanted) -> None:
        self.units = [table.unit for table in tables]
        self.seats = [list(table.people) for table in tables]
        self.at = {key: place for place, keys in enumerate(self.seats) for key in keys}
        self.people = people
        self.pins = wanted.pins
        self.block = _blocks(wanted)  # person → everyone who must be at the same table
        self.foes = self._foes(wanted)
        self.settled: dict[frozenset[int], int] = {}

    def _foes(self, wanted: Wanted) -> dict[frozenset[int], set[frozenset[int]]]:
        """Which blocks must be kept apart."""
        foes: dict[frozenset[int], set[frozenset[int]]] = defaultdict(set)
        for part in wanted.apart:
            for one in part:
                for other in part - {one}:
                    if self.block[one] == self.block[other]:
                        raise CannotBe((one, other))
                    foes[self.block[one]].add(self.block[other])
        return foes

    def arrange(self) -> None:
        """Pinned blocks first, then those with most foes, then the largest."""
        blocks = sorted(
            set(self.block.values()),
            key=lambda block: (not self._pins(block), -len(self.foes[block]), -len(block), sorted(block)),
        )
        for block in blocks:
            place = self._place_for(block)
            self.settled[block] = place
        for block in blocks:
            for key in sorted(block):
                self._bring(key, self.settled[block])

    def _pins(self, block: frozenset[int]) -> set[int]:
        return {self.pins[key] for key in block if key in self.pins}

    def _place_for(self, block: frozenset[int]) -> int:
        pins = self._pins(block)
        barred = {self.settled[foe] for foe in self.foes[block] if foe in self.settled}
        if len(pins) > 1 or pins & barred:
            raise CannotBe(block.union(*(foe for foe in self.foes[block] if self.settled.get(foe) in pins)))
        if pins:
            place = pins.pop()
            if not 0 <= place < len(self.seats):
                raise CannotBe(block)
            return place
        now = Counter(self.at[key] for key in block)
        # A block stays where most of it sits, within its own district, where fewest are settled already.
        home = Counter(self.units[self.at[key]] for key in block).most_common(1)[0][0]
        load = Counter(place for other, place in self.settled.items() for _ in other)
        free = [place for place in range(len(self.seats)) if place not in barred]
        if not free:
            raise CannotBe(block.union(*self.foes[block]))
        return min(
            free,
            key=lambda place: (
                self.units[place] != home,
                len(self.seats[place]) - load[place] < len(block),
                -now[place],
                load[place],
                place,
            ),
        )

    def _bring(self, key: int, place: int) -> None:
        """Seat one person at a table; somebody free of that table takes the seat left, the most alike first."""
        origin = self.at[key]
        if origin == place:
            return
        leaving = self.people[key]
        free = [other for other in self.seats[place] if other not in self.block]
        partner = min(free, key=lambda other: (*_unlike(leaving, self.people[other]), other), default=None)
        self._move(key, place)
        if partner is not None:
            self._move(partner, origin)

    def _move(self, key: int, place: int) -> None:
        self.seats[self.at[key]].remove(key)
        self.seats[place].append(key)
        self.at[key] = place


def _unlike(one: Person, other: Person) -> tuple[bool, bool]:
    return one.unit != other.unit, one.position_class != other.position_class


def _blocks(wanted: Wanted) -> dict[int, frozenset[int]]:
    """Everyone who is spoken of, with the whole of those who must sit at the same table."""
    block: dict[int, frozenset[int]] = {}
    alone = [frozenset([key]) for key in wanted.pins]
    alone += [frozenset([key]) for part in wanted.apart for key in part]
    for part in [*alone, *wanted.together]:
        joined = part.union(*(block[key] for key in part if key in block))
        block.update(dict.fromkeys(joined, joined))
    return block
