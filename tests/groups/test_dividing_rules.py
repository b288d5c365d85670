"""Balanced bodies, wished-for topics, wanted seats: promises that hold for any people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.groups.balancing import balanced, crowding
from app.groups.grouping import Person, Table, mixed, smallest_table
from app.groups.wanted import CannotBe, Wanted, arrange
from app.groups.wishing import assign, by_wish

POSTS = ["นายอำเภอ", "ท้องถิ่น", "ประชาสังคม"]
BODIES = ["", "อบต.ก", "อบต.ข", "เทศบาล"]
people_lists = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(POSTS),
        st.sampled_from(BODIES),
        st.lists(st.integers(1, 5), unique=True, max_size=3),
    ),
    min_size=1,
    max_size=80,
).map(lambda rows: [Person(key, *row[:3], tuple(row[3])) for key, row in enumerate(rows)])
seeds = st.integers(0, 1000)


def everyone(tables):
    return sorted(key for table in tables for key in table.people)


def even(counts):
    return max(counts) - min(counts) <= 1


def seats_of(tables, people):
    by_key = {person.key: person for person in people}
    return [[by_key[key] for key in table.people] for table in tables]


@given(people_lists, st.integers(1, 9), seeds)
def test_balancing_bodies_keeps_strata_even_and_is_never_worse_than_the_deal(people, count, seed):
    dealt, tables = mixed(people, count, seed=seed), balanced(people, count, seed=seed)
    assert everyone(tables) == [person.key for person in people]
    assert [len(table.people) for table in tables] == [len(table.people) for table in dealt]
    assert crowding(seats_of(tables, people)) <= crowding(seats_of(dealt, people))
    for stratum in {person.stratum for person in people}:
        assert even([sum(p.stratum == stratum for p in table) for table in seats_of(tables, people)])


def test_two_of_one_office_do_not_sit_together_where_they_need_not():
    people = [Person(key, 1, "ท้องถิ่น", f"อบต.{key % 3}") for key in range(9)]
    tables = balanced(people, 3, seed=4)
    assert [len({p.agency for p in table}) for table in seats_of(tables, people)] == [3, 3, 3]


def test_five_thousand_people_are_balanced_and_every_stratum_is_even():
    people = [
        Person(key, key % 20, POSTS[key * 7 % 3], f"อปท.{key * 13 % 400}", (key % 5 + 1, key % 3 + 1))
        for key in range(5000)
    ]
    tables = balanced(people, 556)
    assert everyone(tables) == list(range(5000))
    for stratum in {person.stratum for person in people}:
        assert even([sum(p.stratum == stratum for p in table) for table in seats_of(tables, people)])


@given(people_lists, seeds, st.integers(0, 5))
def test_wishes_fill_no_topic_beyond_its_seats_and_no_lot_is_envied(people, seed, spare):
    seats = {topic: -(-len(people) // 5) + (spare if topic == 1 else 0) for topic in range(1, 6)}
    given_topic = {person.key: topic for person, topic in assign(people, seats, seed=seed)}
    assert len(given_topic) == len(people)
    filled = {topic: list(given_topic.values()).count(topic) for topic in seats}
    assert all(filled[topic] <= seats[topic] for topic in seats)
    for person in people:  # a dearer topic than the one given is full of people who asked for it
        got = given_topic[person.key]
        dearer = person.wishes[: person.wishes.index(got)] if got in person.wishes else person.wishes
        for topic in dearer:
            asked = [p for p in people if given_topic[p.key] == topic and topic in p.wishes]
            assert len(asked) == seats[topic]
    tables = by_wish(people, list(seats), seats, max_size=4, seed=seed)
    assert everyone(tables) == [person.key for person in people]
    assert max(len(table.people) for table in tables) <= 4


def test_the_dearest_topic_is_given_while_there_is_room():
    people = [Person(1, 1, wishes=(7, 8)), Person(2, 1, wishes=(8, 7)), Person(3, 1)]
    assert {p.key: t for p, t in assign(people, {7: 1, 8: 2})} == {1: 7, 2: 8, 3: 8}
    with pytest.raises(ValueError, match="fewer seats"):
        assign(people, {7: 1, 8: 1})


@given(people_lists, st.integers(2, 6), seeds, st.data())
def test_wanted_seats_are_had_and_nobody_is_lost(people, count, seed, data):
    keys = [person.key for person in people]
    pinned = data.draw(st.dictionaries(st.sampled_from(keys), st.integers(0, count - 1), max_size=4))
    rest = [key for key in keys if key not in pinned]
    pair = frozenset(data.draw(st.permutations(rest))[:2]) if len(rest) >= 4 else frozenset()
    apart = frozenset(sorted(set(rest) - pair)[:2]) if len(rest) >= 4 else frozenset()
    tables = mixed(people, count, seed=seed)
    wanted = Wanted(pinned, [pair], [apart]).of(keys)
    arranged = arrange(tables, people, wanted)
    at = {key: place for place, table in enumerate(arranged) for key in table.people}
    assert everyone(arranged) == keys
    assert all(at[key] == place for key, place in pinned.items())
    assert len({at[key] for key in pair}) <= 1
    assert len({at[key] for key in apart}) == len(apart)
    assert arrange(tables, list(reversed(people)), wanted) == arranged


def test_a_wanted_person_changes_places_with_one_of_the_same_stratum():
    people = [Person(key, 1, POSTS[key % 3]) for key in range(12)]
    tables = mixed(people, 3)
    mover = next(key for key in tables[0].people if key % 3 == 0)
    arranged = arrange(tables, people, Wanted({mover: 2}))
    assert [len(table.people) for table in arranged] == [4, 4, 4]
    for post in POSTS:
        assert even([sum(p.position_class == post for p in table) for table in seats_of(arranged, people)])


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted({1: 0, 2: 1}, [frozenset({1, 2})]),
        Wanted({1: 0, 2: 0}, (), [frozenset({1, 2})]),
        Wanted({}, [frozenset({1, 2})], [frozenset({1, 2})]),
        Wanted({}, (), [frozenset({1, 2, 3})]),
        Wanted({1: 9}),
    ],
)
def test_wants_that_contradict_each_other_name_the_people(wanted):
    people = [Person(key, 1) for key in range(1, 7)]
    with pytest.raises(CannotBe) as told:
        arrange(mixed(people, 2), people, wanted)
    assert 1 in told.value.people


def test_a_latecomer_goes_where_fewest_are_alike_and_no_foe_sits():
    tables = [Table(None, 1, (1, 2)), Table(None, 2, (3, 4)), Table(None, 3, (5,))]
    assert smallest_table(1, tables[:2], alike=(2, 1)) == 1
    assert smallest_table(1, tables, barred={2}) == 0
    assert smallest_table(1, tables, barred={0, 1, 2}) == 2
