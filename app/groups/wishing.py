"""People to the topics they asked for: nobody over a topic's seats, nobody envies a seat that a lot gave away.

Deferred acceptance: everyone asks for the dearest topic first; a topic holds those with the best lot and sends the
others on to their next. Whoever asked for nothing, or found all asked-for topics full, goes where most seats are
left. The same people, wishes, seats and seed give the same tables.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterable, Mapping, Sequence

from .grouping import Person, Table, deal_tables


def by_wish(
    people: Iterable[Person], order: Sequence[int], seats: Mapping[int, int], *, max_size: int, seed: int = 1
) -> list[Table]:
    """Tables of every topic in ``order``; a table's ``unit`` is its topic's key here.

    ``seats`` says how many people a topic takes. ValueError when they are fewer than the people.
    """
    taken = assign(people, seats, seed=seed)
    by_topic: dict[int, list[Person]] = {topic: [] for topic in order}
    for person, topic in taken:
        by_topic[topic].append(person)
    return [
        table
        for topic in order
        if by_topic[topic]
        for table in deal_tables(by_topic[topic], topic, max_size, f"{seed}/{topic}")
    ]


def assign(people: Iterable[Person], seats: Mapping[int, int], *, seed: int = 1) -> list[tuple[Person, int]]:
    """Each person with a topic."""
    listed = sorted(people, key=lambda person: person.key)
    if sum(seats.values()) < len(listed):
        raise ValueError("fewer seats than people")
    chance = random.Random(seed)
    lots = list(range(len(listed)))
    chance.shuffle(lots)
    held = _asked_for(listed, seats, lots)
    room = {topic: seats[topic] - len(kept) for topic, kept in held.items()}
    found = {place: topic for topic, kept in held.items() for _, place in kept}
    for place in sorted(set(range(len(listed))) - found.keys(), key=lambda place: lots[place]):
        topic = max(sorted(room), key=lambda topic: room[topic])
        room[topic] -= 1
        found[place] = topic
    return [(person, found[place]) for place, person in enumerate(listed)]


def _asked_for(
    listed: Sequence[Person], seats: Mapping[int, int], lots: Sequence[int]
) -> dict[int, list[tuple[int, int]]]:
    """Topic → heap of (minus lot, place) of those it holds: the worst lot on top."""
    held: dict[int, list[tuple[int, int]]] = {topic: [] for topic in seats}
    asking = [(place, 0) for place in range(len(listed))]
    while asking:
        place, turn = asking.pop()
        wishes = listed[place].wishes
        while turn < len(wishes) and not seats.get(wishes[turn]):
            turn += 1
        if turn >= len(wishes):
            continue
        topic = wishes[turn]
        heapq.heappush(held[topic], (-lots[place], place))
        if len(held[topic]) > seats[topic]:
            _, sent_on = heapq.heappop(held[topic])
            asked = listed[sent_on].wishes
            asking.append((sent_on, asked.index(topic) + 1))
    return held
