"""Who sits with whom: the promises hold for any people, and the two sample lists give the known tables."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.groups.grouping import Person, Table, by_district, mixed, smallest_table, tables_needed
from app.groups.position_classes import position_class

FIXTURES = Path(__file__).parent.parent / "fixtures"
AGENCIES = "ส่วนราชการประจำจังหวัด"

people_lists = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(["นายอำเภอ", "ท้องถิ่น", "ประชาสังคม", "ส่วนราชการ"])), max_size=120
).map(lambda rows: [Person(key, unit, post) for key, (unit, post) in enumerate(rows)])
seeds = st.integers(0, 1000)
ORDER = [1, 2, 3, 4, 5, 6]


def read_list(name):
    with open(FIXTURES / name, encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    units = list(dict.fromkeys(row["อำเภอ"] for row in rows))
    people = [
        Person(key, units.index(row["อำเภอ"]), position_class(row["ตำแหน่ง"], row["ประเภท"]))
        for key, row in enumerate(rows)
    ]
    return people, units


def everyone(tables):
    return sorted(key for table in tables for key in table.people)


def differ_by_at_most_one(counts):
    return max(counts) - min(counts) <= 1


@pytest.mark.parametrize(("name", "count"), [("rayong_200.csv", 24), ("roiet_530.csv", 60)])
def test_the_two_trainings_get_their_known_number_of_tables(name, count):
    people, units = read_list(name)
    tables = by_district(people, range(len(units)), spread={units.index(AGENCIES)})
    assert len(tables) == count
    assert everyone(tables) == [person.key for person in people]
    assert max(len(table.people) for table in tables) == 9


@pytest.mark.parametrize("name", ["rayong_200.csv", "roiet_530.csv"])
def test_provincial_agencies_can_have_tables_of_their_own(name):
    people, units = read_list(name)
    tables = by_district(people, range(len(units)))
    own = [table for table in tables if table.unit == units.index(AGENCIES)]
    assert [len(table.people) for table in own] == [8]


@given(people_lists, st.integers(1, 12), seeds)
def test_every_person_sits_once_and_tables_of_a_district_are_alike(people, max_size, seed):
    tables = by_district(people, ORDER, max_size=max_size, seed=seed)
    assert everyone(tables) == [person.key for person in people]
    for unit in ORDER:
        sizes = [len(table.people) for table in tables if table.unit == unit]
        count = sum(person.unit == unit for person in people)
        assert len(sizes) == tables_needed(count, max_size)
        assert not sizes or (differ_by_at_most_one(sizes) and max(sizes) <= max_size)


@given(people_lists, st.integers(1, 12), seeds)
def test_a_kind_of_post_is_shared_among_the_tables_of_its_district(people, max_size, seed):
    posts = {person.key: person.position_class for person in people}
    tables = by_district(people, ORDER, max_size=max_size, seed=seed)
    for unit in {table.unit for table in tables}:
        own = [Counter(posts[key] for key in table.people) for table in tables if table.unit == unit]
        for post in set(posts.values()):
            assert differ_by_at_most_one([counted[post] for counted in own])


@given(people_lists, st.integers(1, 12), seeds)
def test_spread_people_are_dealt_evenly_over_all_tables(people, max_size, seed):
    tables = by_district(people, ORDER, max_size=max_size, spread={6}, seed=seed)
    assert everyone(tables) == [person.key for person in people]
    guests = {person.key for person in people if person.unit == 6}
    if guests != {person.key for person in people}:
        assert all(table.unit != 6 for table in tables)
        assert not tables or differ_by_at_most_one([len(guests & set(table.people)) for table in tables])


@given(people_lists, st.integers(1, 15), seeds)
def test_mixing_shares_every_stratum_and_every_district(people, count, seed):
    tables = mixed(people, count, seed=seed)
    assert everyone(tables) == [person.key for person in people]
    assert differ_by_at_most_one([len(table.people) for table in tables])
    strata = {person.key: (person.unit, person.position_class) for person in people}
    for stratum in set(strata.values()):
        assert differ_by_at_most_one([sum(strata[key] == stratum for key in table.people) for table in tables])
    for unit in ORDER:
        assert differ_by_at_most_one([sum(strata[key][0] == unit for key in table.people) for table in tables])


@given(people_lists, seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(people, seed, chance):
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert by_district(shuffled, ORDER, spread={6}, seed=seed) == by_district(people, ORDER, spread={6}, seed=seed)
    assert mixed(shuffled, 5, seed=seed) == mixed(people, 5, seed=seed)


@given(people_lists, seeds)
def test_a_person_more_in_one_district_moves_nobody_elsewhere(people, seed):
    more = [*people, Person(9999, 1, "ท้องถิ่น")]
    elsewhere = [table for table in by_district(people, ORDER, seed=seed) if table.unit != 1]
    assert [table for table in by_district(more, ORDER, seed=seed) if table.unit != 1] == elsewhere


def test_another_seed_gives_other_tables():
    people, units = read_list("rayong_200.csv")
    assert by_district(people, range(len(units)), seed=1) != by_district(people, range(len(units)), seed=2)


def test_a_small_district_joins_its_neighbour():
    people = [Person(key, 1) for key in range(9)] + [Person(100, 2), Person(101, 2)]
    tables = by_district(people, [1, 2], joined={2: 1})
    assert [(table.unit, len(table.people)) for table in tables] == [(1, 6), (1, 5)]


def test_a_latecomer_goes_to_the_smallest_table_of_their_district():
    tables = [Table(1, 1, (1, 2)), Table(2, 1, (3, 4)), Table(2, 2, (5,)), Table(3, 1, ())]
    assert smallest_table(2, tables) == 2
    assert smallest_table(9, tables) == 3, "a district without tables: the smallest of all"
    assert smallest_table(9, []) is None


def test_posts_that_lead_are_told_apart():
    assert position_class("ปลัดอำเภอ (เจ้าพนักงานปกครองชำนาญการพิเศษ)", "ส่วนราชการ") == "นายอำเภอและปลัดอำเภอ"
    assert position_class("นายกองค์การบริหารส่วนตำบล", "องค์กรปกครองส่วนท้องถิ่น") == "ผู้บริหารท้องถิ่น"
    assert position_class("กำนัน", "ฝ่ายปกครองท้องที่") == "ฝ่ายปกครองท้องที่"
