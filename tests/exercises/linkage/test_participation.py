"""A18: who is writing, and where somebody should walk over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.exercises.linkage.analysis.participation import Edit, participation

NOW = datetime(2018, 11, 8, 3, 0, tzinfo=UTC)


def test_a_table_is_quiet_when_silent_behind_or_in_one_hand():
    now = NOW

    def edit(group, person, minutes):
        return Edit(group, person, now - timedelta(minutes=minutes))

    edits = [edit("A", 1, 1), edit("A", 2, 2), edit("B", 1, 9), edit("B", None, 20)]
    edits += [edit("C", 5, 0)] * 5 + [edit("C", 6, 30)]
    counts = {"A": (10, 5), "B": (9, 5), "C": (8, 5), "D": (0, 0)}
    rows = {row.group: row for row in participation(counts, edits, now)}
    assert rows["A"].quiet == () and rows["A"].people_seen == 2 and rows["A"].minutes == 1
    assert rows["B"].quiet == ("silent",) and rows["B"].people_seen == 1 and rows["B"].top_share == 1.0
    assert rows["C"].quiet == ("one_hand",) and rows["C"].people_seen == 1
    assert rows["D"].quiet == ("silent", "behind") and rows["D"].minutes is None and rows["D"].top_share is None


def test_nobody_is_behind_where_nobody_began():
    assert [row.quiet for row in participation({"A": (0, 0)}, [], NOW)] == [("silent",)]
    assert participation({}, [], NOW) == []


def test_the_edges_belong_to_the_quiet_side_only_when_passed():
    five, ten = NOW - timedelta(minutes=5), NOW - timedelta(minutes=10)
    exactly, past = participation({"A": (4, 0), "B": (2, 0)}, [Edit("A", 1, five), Edit("B", 1, ten)], NOW)
    assert exactly.quiet == () and exactly.minutes == 5
    assert past.people_seen == 1 and past.quiet == ("silent",), "half of three is not more than two"
    four_fifths = [Edit("A", 1, NOW)] * 4 + [Edit("A", 2, NOW)]
    assert participation({"A": (1, 0)}, four_fifths, NOW)[0].quiet == ()
    few = [Edit("A", 1, NOW)] * 4
    assert participation({"A": (1, 0)}, few, NOW)[0].quiet == (), "four saves say nothing"
    assert participation({"A": (1, 0)}, [Edit("A", 1, NOW)] * 5, NOW)[0].quiet == ("one_hand",)


def test_the_median_of_an_even_number_of_tables_lies_between():
    rows = participation({"A": (2, 0), "B": (3, 1), "C": (9, 0), "D": (9, 0)}, [], NOW)
    assert ["behind" in row.quiet for row in rows] == [True, False, False, False]
    assert [(row.items, row.links, row.edits) for row in rows[:2]] == [(2, 0, 0), (3, 1, 0)]


def test_half_a_minute_past_the_edge_is_past_it():
    now = NOW
    edits = [
        Edit("A", 1, now - timedelta(minutes=5, seconds=30)),
        Edit("A", 2, now - timedelta(minutes=10, seconds=1)),
    ]
    (row,) = participation({"A": (4, 0)}, edits, now)
    assert row.quiet == ("silent",) and row.people_seen == 1


def test_the_median_is_of_the_sizes_in_order_not_as_the_tables_stand():
    sizes = {"A": (9, 0), "B": (1, 0), "C": (5, 0)}
    assert [row.group for row in participation(sizes, [], NOW) if "behind" in row.quiet] == ["B"]
    sizes = {"A": (2, 0), "B": (6, 0), "C": (6, 0), "D": (9, 0)}
    assert [row.group for row in participation(sizes, [], NOW) if "behind" in row.quiet] == ["A"]
