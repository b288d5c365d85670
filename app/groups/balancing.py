"""The people of one body (an อปท., an office) spread over the tables. Plain data, no chance beyond the seed.

Begins with the stratified deal and lets two people of one stratum change places whenever that spreads bodies
better. So every stratum's count stays even, sizes stay what they are, and the result is never worse than the deal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from .grouping import Person, Table, mixed

MOST_LOOKS = 1_500_000  # pairs looked at in all: a bound that gives the same tables on any machine


def balanced(people: Iterable[Person], count: int, *, seed: int = 1) -> list[Table]:
    """``count`` tables, strata even as in ``mixed``, with each body's people on as many tables as can be."""
    listed = list(people)
    by_key = {person.key: person for person in listed}
    tables = mixed(listed, count, seed=seed)
    seats = [[by_key[key] for key in table.people] for table in tables]
    _swap_until_quiet(seats)
    return [
        Table(None, table.number, tuple(person.key for person in people))
        for table, people in zip(tables, seats, strict=True)
    ]


def crowding(seats: Iterable[Iterable[Person]]) -> int:
    """The sum over tables and bodies of squared counts: the lower, the better spread. No body counts for none."""
    counts = (Counter(person.agency for person in table if person.agency) for table in seats)
    return sum(number * number for table in counts for number in table.values())


def _swap_until_quiet(seats: list[list[Person]]) -> None:
    """Exchange people of one stratum while the crowding falls."""
    counts = [Counter(person.agency for person in table) for table in seats]
    strata: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for table, people in enumerate(seats):
        for place, person in enumerate(people):
            strata[person.stratum].append((table, place))
    looks, moved = MOST_LOOKS, True
    while moved and looks > 0:
        moved = False
        for stratum in sorted(strata):
            for seat in strata[stratum]:
                looks -= len(strata[stratum])
                if looks <= 0:
                    return
                moved |= _exchange(seats, counts, seat, strata[stratum])


def _exchange(
    seats: list[list[Person]], counts: list[Counter[str]], seat: tuple[int, int], others: Sequence[tuple[int, int]]
) -> bool:
    """Give one person the best other seat of the stratum, if any is better."""
    here, place = seat
    mine = seats[here][place].agency
    if not mine or counts[here][mine] < 2:
        return False
    best, gain = None, 0
    crowd = counts[here]
    for there, other in others:
        theirs = seats[there][other].agency
        if there == here or theirs == mine:
            continue
        found = crowd[mine] - counts[there][mine] - 1
        if theirs:
            found += counts[there][theirs] - crowd[theirs] - 1
        if found > gain:
            best, gain = (there, other), found
    if best is None:
        return False
    there, other = best
    theirs = seats[there][other].agency
    seats[here][place], seats[there][other] = seats[there][other], seats[here][place]
    for agency, left, entered in ((mine, here, there), (theirs, there, here)):
        counts[left][agency] -= 1
        counts[entered][agency] += 1
    return True
