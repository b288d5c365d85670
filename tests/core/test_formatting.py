"""Dates, times and numbers as they are read in Thailand."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.formatting import (
    baht,
    in_bangkok,
    parse_date,
    parse_year_be_or_ce,
    thai_date,
    thai_date_range,
    thai_date_short,
    thai_datetime,
    thai_number,
    thai_time,
    thai_time_range,
)

FIRST, SECOND = date(2018, 8, 7), date(2018, 8, 8)


def test_a_date_has_the_buddhist_year():
    assert thai_date(FIRST) == "7 สิงหาคม 2561"
    assert thai_date(FIRST, "en") == "7 August 2018"
    assert thai_date(FIRST, thai_digits=True) == "๗ สิงหาคม ๒๕๖๑"
    assert thai_date(FIRST, weekday=True) == "วันอังคารที่ 7 สิงหาคม 2561"
    assert thai_date(FIRST, "en_GB", weekday=True) == "Tuesday 7 August 2018"
    assert thai_date_short(FIRST) == "7 ส.ค. 2561"
    assert thai_date_short(FIRST, "en") == "7 Aug 2018"


@pytest.mark.parametrize(
    ("first", "last", "thai", "english"),
    [
        (FIRST, SECOND, "7 – 8 สิงหาคม 2561", "7 – 8 August 2018"),
        (FIRST, FIRST, "7 สิงหาคม 2561", "7 August 2018"),
        (FIRST, None, "7 สิงหาคม 2561", "7 August 2018"),
        (date(2018, 8, 31), date(2018, 9, 1), "31 สิงหาคม – 1 กันยายน 2561", "31 August – 1 September 2018"),
        (
            date(2018, 12, 31),
            date(2019, 1, 2),
            "31 ธันวาคม 2561 – 2 มกราคม 2562",
            "31 December 2018 – 2 January 2019",
        ),
        (SECOND, FIRST, "7 – 8 สิงหาคม 2561", "7 – 8 August 2018"),
    ],
)
def test_a_range_says_nothing_twice(first, last, thai, english):
    assert thai_date_range(first, last) == thai
    assert thai_date_range(first, last, "en") == english


def test_a_range_of_days_in_thai_digits():
    assert f"วันที่ {thai_date_range(FIRST, SECOND)}" == "วันที่ 7 – 8 สิงหาคม 2561"
    assert thai_date_range(FIRST, SECOND, thai_digits=True) == "๗ – ๘ สิงหาคม ๒๕๖๑"


def test_a_time_has_a_dot_and_a_unit():
    assert thai_time(time(8, 41)) == "08.41 น."
    assert thai_time(time(8, 41), "en") == "08:41"
    assert thai_time_range(time(8, 30), time(12, 0)) == "08.30 – 12.00 น."


def test_moments_are_shown_on_the_clock_of_thailand():
    late = datetime(2018, 12, 31, 18, 30, tzinfo=UTC)
    assert thai_datetime(late) == "1 มกราคม 2562 เวลา 01.30 น."
    assert thai_datetime(late, short=True) == "1 ม.ค. 2562 01.30 น."
    assert thai_datetime(late, "en") == "1 January 2019, 01:30"
    assert thai_date(late) == "1 มกราคม 2562"
    assert thai_time(late, thai_digits=True) == "๐๑.๓๐ น."


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError):
        in_bangkok(datetime(2018, 8, 7, 8, 41))


def test_numbers_and_money():
    assert thai_number(1250.5) == "1,250.5"
    assert thai_number(Decimal("0.125"), decimals=2) == "0.13"
    assert thai_number(1234567, thai_digits=True) == "๑,๒๓๔,๕๖๗"
    assert baht(1250) == "1,250 บาท"
    assert baht(Decimal("1250.5")) == "1,250.50 บาท"
    assert baht(1250.5, "en") == "THB 1,250.50"


@pytest.mark.parametrize("written", ["2561", "2018", "พ.ศ. 2561", "พศ2561", "ค.ศ. 2018", "๒๕๖๑", 2561, 2018])
def test_a_year_of_either_era_is_understood(written):
    assert parse_year_be_or_ce(written) == 2018


@pytest.mark.parametrize("written", ["61", "25611", "", "ปี 2561", "พ.ศ. 2018", "1000", "-2561"])
def test_what_is_not_a_year_is_refused(written):
    with pytest.raises(ValueError):
        parse_year_be_or_ce(written)


@pytest.mark.parametrize(
    "written",
    [
        "2018-08-07",
        "2561-08-07",
        "2561-8-7",
        "7/8/2561",
        "07-08-2561",
        "7.8.2018",
        "๗ สิงหาคม ๒๕๖๑",
        "๗/๘/๒๕๖๑",
        "7 ส.ค. 61",
        "7 ส.ค.61",
        "7 ส.ค. 2561",
        "วันอังคารที่ 7 สิงหาคม พ.ศ. 2561",
        "วันที่ 7 เดือนสิงหาคม พ.ศ.2561",
        "7 August 2018",
        "7 Aug 2018",
        " 7\u00a0สิงหาคม\u200b 2561 ",
    ],
)
def test_a_date_is_read_however_it_is_written(written):
    assert parse_date(written) == FIRST


@pytest.mark.parametrize("written", ["", "พรุ่งนี้", "7/8/61", "7 Aug 61", "32/1/2561", "2561-02-30", "7 สิงหา 2561"])
def test_what_is_not_a_date_is_refused(written):
    with pytest.raises(ValueError):
        parse_date(written)


def test_a_leap_day_is_judged_in_the_gregorian_year():
    assert parse_date("2563-02-29") == date(2020, 2, 29)
    assert parse_date("29 กุมภาพันธ์ 2563") == date(2020, 2, 29)
    with pytest.raises(ValueError):
        parse_date("2562-02-29")


@given(st.dates(date(1860, 1, 1), date(2390, 12, 31)), st.booleans())
def test_what_is_written_can_be_read_again(day, digits):
    assert parse_date(thai_date(day, thai_digits=digits)) == day
    assert parse_date(thai_date_short(day)) == day
    assert parse_date(thai_date(day, weekday=True)) == day
    assert parse_date(thai_date(day, "en")) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.year + 543}-{day:%m-%d}") == day
