"""Finding people: whatever way a name was typed, only of one event, with as many queries for 1 as for 100."""

from __future__ import annotations

import pytest

from app.database import db
from app.registration import queries
from app.registration.models import Part, Standing
from tests.make import make_event, make_registrant, unit_named
from tests.query_count import counted


@pytest.fixture
def event(app):
    return make_event()


def names(page):
    return [person.first_name for person in page.items]


@pytest.mark.parametrize("typed", ["น้ำ", "นํ้า", "น้ํา", "นำ้", "นายน้ำเพชร", "นาย น้ำเพชร", "ทดสอบ น้ำ", "เพชร"])
def test_a_name_is_found_in_any_spelling_and_order_of_words(event, typed):
    make_registrant(event, "น้ำเพชร", "ทดสอบ", title="นาย")
    make_registrant(event, "สมศรี", "มานะ")
    assert names(queries.people(event, search=typed)) == ["น้ำเพชร"]


def test_part_of_a_telephone_number_finds_its_owner(event):
    make_registrant(event, "สมชาย", phone="0812345678")
    make_registrant(event, "สมศรี", phone="0898765432")
    assert names(queries.people(event, search="๐๘๑-๒๓๔")) == ["สมชาย"]


@pytest.mark.parametrize("typed", ["%", "_", "' OR 1=1 --", "\\", "\x00", "ๆๆ"])
def test_signs_of_the_database_mean_nothing_in_a_search(event, typed):
    make_registrant(event, "สมชาย")
    assert names(queries.people(event, search=typed)) == []


def test_people_stand_in_the_order_of_a_thai_list(event):
    for name in ("ไพโรจน์", "แก้ว", "เก่ง", "กานดา", "เอก"):
        make_registrant(event, name)
    assert names(queries.people(event)) == ["กานดา", "เก่ง", "แก้ว", "ไพโรจน์", "เอก"]


def test_the_list_is_narrowed_by_unit_and_standing(event):
    make_registrant(event, "หนึ่ง", unit=unit_named(event, "แกลง"))
    make_registrant(event, "สอง", unit=unit_named(event, "บ้านค่าย"))
    make_registrant(event, "สาม", unit=unit_named(event, "แกลง"), standing=Standing.WITHDRAWN)
    assert names(queries.people(event, unit=unit_named(event, "แกลง"))) == ["หนึ่ง"]
    assert queries.people(event, standing=None).total == 3
    assert names(queries.people(event, standing=Standing.WITHDRAWN)) == ["สาม"]


def test_people_of_another_event_are_never_found(event):
    other = make_event()
    stranger = make_registrant(other, "น้ำเพชร")
    assert queries.people(event, search="น้ำ").items == []
    assert queries.find(event, stranger.public_id) is None
    assert queries.search_people(event, "น้ำเพชร") == []


def test_one_letter_is_no_search_at_the_desk(event):
    make_registrant(event, "กานดา")
    assert queries.search_people(event, "ก") == []
    assert len(queries.search_people(event, "กา")) == 1


def test_a_page_beyond_the_end_is_the_last_one(event):
    make_registrant(event)
    page = queries.people(event, page=99)
    assert (page.number, page.total, len(page.items)) == (1, 1, 1)


def test_units_without_people_are_counted_too(event):
    unit = unit_named(event, "แกลง")
    unit.target = 3
    make_registrant(event, unit=unit)
    make_registrant(event, unit=unit, standing=Standing.WITHDRAWN)
    numbers = {row.unit.name: row for row in queries.unit_numbers(event)}
    assert len(numbers) == 9
    assert (numbers["แกลง"].registered, numbers["แกลง"].withdrawn, numbers["แกลง"].missing) == (1, 1, 2)
    assert numbers["บ้านค่าย"].registered == 0


def test_a_long_list_takes_no_more_queries_than_a_short_one(event):
    make_registrant(event, "หนึ่ง")
    db.session.expire_all()
    with counted() as few:
        [person.unit.name for person in queries.people(event).items]
    for number in range(100):
        make_registrant(event, f"คนที่{number}", unit=event.units[number % 9])
    db.session.expire_all()
    with counted() as many:
        [person.unit.name for person in queries.people(event).items]
    assert len(few) == len(many)


def test_the_numbers_of_the_list_page_cost_two_queries_however_many_people(event):
    for part, standing in ((Part.PARTICIPANT, Standing.REGISTERED), (Part.GUEST, Standing.REGISTERED)):
        make_registrant(event, str(part), unit=unit_named(event, "แกลง"), part=part, standing=standing)
    make_registrant(event, "รอ", standing=Standing.WAITING)
    with counted() as statements:
        heads = queries.heads(event)
        numbers = {row.unit.name: row for row in queries.unit_numbers(event, heads)}
        standings, parts = queries.standing_counts(event, heads), queries.part_counts(event, heads)
    assert len(statements) == 2
    assert numbers["แกลง"].registered == 1, "guests do not count against the target"
    assert standings == {"registered": 2, "waiting": 1} and parts["participant"] == parts["guest"] == 1
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[0]}", (event.id,)).all()
    assert any("COVERING INDEX ix_registrant_seats" in row[-1] for row in plan), plan
