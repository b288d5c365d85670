"""The code on the screen: changes every twenty seconds, is good for a minute, belongs to one check-point."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.checkin.hall import rotating
from app.core import clock
from tests.checkin.door import at

START = at(8, 40)  # a full step: 08.40.00
STEP = rotating.STEP


@pytest.fixture
def points(event):
    return event.check_points


@pytest.mark.parametrize("find", [rotating.find_by_qr, rotating.find_by_digits])
@pytest.mark.parametrize(
    ("seconds", "is_good"),
    [(0, True), (19, True), (20, True), (59, True), (60, False), (61, False), (86400, False)],
)
def test_a_code_is_good_for_its_step_and_two_more(points, find, seconds, is_good):
    shown = rotating.shown(points[0], START)
    code = shown.qr_code if find is rotating.find_by_qr else shown.digits
    found = find(points, code, START + timedelta(seconds=seconds))
    assert found is (points[0] if is_good else None)


def test_a_code_of_the_future_is_none(points):
    shown = rotating.shown(points[0], START + STEP)
    assert rotating.find_by_qr(points, shown.qr_code, START) is None
    assert rotating.find_by_digits(points, shown.digits, START) is None


def test_the_code_changes_with_every_step_and_not_between(points):
    codes = [rotating.shown(points[0], START + timedelta(seconds=number)) for number in range(0, 200, 5)]
    assert len({shown.qr_code for shown in codes}) == 10
    assert len({shown.digits for shown in codes}) == 10


def test_each_check_point_has_its_own(points):
    morning, afternoon = (rotating.shown(point, START) for point in points)
    assert rotating.find_by_qr(points, afternoon.qr_code, START) is points[1]
    assert rotating.find_by_digits(points, morning.digits, START) is points[0]


@pytest.mark.parametrize("typed", ["{d}", " {d} ", "{a} {b}", "{a}-{b}", "{t}"])
def test_digits_are_read_as_people_type_them(points, typed):
    digits = rotating.shown(points[0], START).digits
    thai = digits.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    written = typed.format(d=digits, a=digits[:3], b=digits[3:], t=thai)
    assert rotating.find_by_digits(points, written, START) is points[0]


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\ud800", "0" * 10000])
def test_odd_codes_are_wrong_codes(points, typed):
    assert rotating.find_by_digits(points, typed, START) is None
    assert rotating.find_by_qr(points, typed, START) is None


def test_the_codes_are_not_each_others(points):
    shown = rotating.shown(points[0], clock.now())
    assert shown.digits not in shown.qr_code
    assert len(shown.digits) == 6
