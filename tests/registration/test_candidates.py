"""Who may be in the list twice: found by name, telephone and e-mail, and no office's switchboard among them."""

from __future__ import annotations

import pytest

from app.registration import merging
from app.registration.candidates import Candidate, find_pairs, pairs_of
from app.registration.models import Standing
from tests.make import make_event, make_registrant, unit_named


def person(number, first, last, unit=1, phone="", email=""):
    return Candidate(number, first, last, unit, phone, email)


def found(*people, apart=()):
    return [(pair.one_id, pair.other_id) for pair in find_pairs(people, apart)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("ณัฐพงษ์", "ศรีสุข"), ("ณัฐพงศ์", "ศรีสุข")),
        (("สมชาย", "ใจดี"), ("สมชัย", "ใจดี")),
        (("น้ำค้าง", "ใสดี"), ("นํ้าค้าง", "ใสดี")),
        (("สมชาย", "ใจดี"), ("ใจดี", "สมชาย")),
        (("กาญจนา", "วงษ์ทอง"), ("กาญจนา", "วงศ์ทอง")),
    ],
)
def test_names_that_resemble_each_other_in_one_unit_are_a_pair(app, first, second):
    assert found(person(1, *first), person(2, *second)) == [(1, 2)]
    is_same_spelling = sorted(first) == sorted(second) or "น้ำ" in first[0]
    assert found(person(1, *first), person(2, *second, unit=2)) == ([(1, 2)] if "น้ำ" in first[0] else [])
    assert is_same_spelling or found(person(1, *first), person(2, "สุดา", "มานะ")) == []


def test_one_name_sent_by_two_districts_is_a_pair(app):
    assert found(person(1, "สมชาย", "ใจดี", unit=1), person(2, "สมชาย", "ใจดี", unit=2)) == [(1, 2)]


def test_one_telephone_is_a_pair_and_a_switchboard_is_none(app):
    two = [person(1, "สมชาย", "ใจดี", 1, "0812345678"), person(2, "สุดา", "มานะ", 2, "0812345678")]
    assert found(*two) == [(1, 2)]
    office = [person(number, f"คน{number}", f"ตระกูล{number * 7}", number, "038611104") for number in range(1, 7)]
    assert found(*office) == []


def test_the_likeliest_pair_comes_first(app):
    pairs = find_pairs(
        [
            person(1, "สุดา", "มานะ", 1, "038611104"),
            person(2, "ประเสริฐ", "คงทน", 2, "038611104"),
            person(3, "สมชาย", "ใจดี", 1, "0812345678"),
            person(4, "สมชาย", "ใจดีมาก", 1, "0812345678"),
        ]
    )
    assert [(pair.one_id, pair.other_id) for pair in pairs] == [(3, 4), (1, 2)]
    assert "โทรศัพท์เดียวกัน" in pairs[0].reasons


def test_two_people_once_told_apart_are_not_asked_again(app):
    event = make_event("training")
    one, other = make_registrant(event, "สมชาย", "ใจดี"), make_registrant(event, "สมชัย", "ใจดี")
    assert len(pairs_of(event)) == 1
    merging.keep_apart(other, one, actor="test")
    merging.keep_apart(one, other, actor="test")
    assert pairs_of(event) == []
    merging.look_again(one, other, actor="test")
    assert len(pairs_of(event)) == 1


def test_withdrawn_and_merged_records_and_other_events_are_no_pairs(app):
    event = make_event("training")
    one = make_registrant(event, "สมชาย", "ใจดี")
    make_registrant(event, "สมชาย", "ใจดี", standing=Standing.WITHDRAWN)
    make_registrant(make_event("other"), "สมชาย", "ใจดี", phone="0812345678")
    assert pairs_of(event) == []
    again = make_registrant(event, "สมชาย", "ใจดี", unit=unit_named(event, "บ้านค่าย"))
    merging.merge(one, again, actor="test")
    assert pairs_of(event) == []
