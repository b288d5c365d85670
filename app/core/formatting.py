"""Dates, times and numbers as a person reads them: พ.ศ. and 08.41 น. in Thai, the Gregorian year in English.

Stored dates are Gregorian and stored moments are aware; 543 is added here and nowhere else.
``locale`` is "th" or "en" (or anything whose text begins so, such as Flask-Babel's get_locale());
``thai_digits`` writes ๐-๙.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from app.core import text

BE_OFFSET = 543
# Thailand keeps one offset and no summer time; a fixed zone needs no time-zone files on the machine.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")

MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
SHORT_MONTHS = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_bangkok(moment: datetime) -> datetime:
    """Return an aware moment on the clock of Thailand; refuse a naive one, whose clock nobody knows."""
    if moment.tzinfo is None:
        raise ValueError("a datetime without a time zone cannot be shown")
    return moment.astimezone(BANGKOK)


def thai_date(
    day: date | datetime, locale: object = "th", *, thai_digits: bool = False, weekday: bool = False
) -> str:
    """7 สิงหาคม 2561, or วันอังคารที่ 7 สิงหาคม 2561 with ``weekday``; in English 7 August 2018."""
    day = _day_of(day)
    if _english(locale):
        written = f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
        return f"{ENGLISH_WEEKDAYS[day.weekday()]} {written}" if weekday else written
    written = f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day)}"
    return _digits(f"วัน{WEEKDAYS[day.weekday()]}ที่ {written}" if weekday else written, thai_digits)


def thai_date_short(day: date | datetime, locale: object = "th", *, thai_digits: bool = False) -> str:
    """7 ส.ค. 2561; in English 7 Aug 2018."""
    day = _day_of(day)
    if _english(locale):
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]} {day.year}"
    return _digits(f"{day.day} {SHORT_MONTHS[day.month - 1]} {buddhist_year(day)}", thai_digits)


def thai_date_range(
    first: date | datetime,
    last: date | datetime | None = None,
    locale: object = "th",
    *,
    thai_digits: bool = False,
) -> str:
    """7 – 8 สิงหาคม 2561, 31 สิงหาคม – 1 กันยายน 2561, 31 ธันวาคม 2561 – 2 มกราคม 2562, or one day alone."""
    start, end = sorted((_day_of(first), _day_of(last or first)))
    whole = thai_date(end, locale, thai_digits=thai_digits)
    if start == end:
        return whole
    opening = thai_date(start, locale, thai_digits=thai_digits)
    if start.year == end.year:
        opening = opening.rsplit(" ", 1)[0]
        if start.month == end.month:
            opening = opening.split(" ", 1)[0]
    return f"{opening} – {whole}"


def thai_time(moment: time | datetime, locale: object = "th", *, thai_digits: bool = False) -> str:
    """08.41 น.; in English 08:41. A plain time is already on the clock of Thailand."""
    clock = in_bangkok(moment) if isinstance(moment, datetime) else moment
    if _english(locale):
        return f"{clock:%H:%M}"
    return _digits(f"{clock:%H.%M} น.", thai_digits)


def thai_time_range(
    start: time | datetime, end: time | datetime, locale: object = "th", *, thai_digits: bool = False
) -> str:
    """08.30 – 12.00 น.; in English 08:30 – 12:00."""
    opening = thai_time(start, locale, thai_digits=thai_digits).removesuffix(" น.")
    return f"{opening} – {thai_time(end, locale, thai_digits=thai_digits)}"


def thai_datetime(
    moment: datetime, locale: object = "th", *, thai_digits: bool = False, short: bool = False
) -> str:
    """7 สิงหาคม 2561 เวลา 08.41 น., or 7 ส.ค. 2561 08.41 น. when short; in English 7 August 2018, 08:41."""
    day = (thai_date_short if short else thai_date)(moment, locale, thai_digits=thai_digits)
    clock = thai_time(moment, locale, thai_digits=thai_digits)
    if _english(locale):
        return f"{day}, {clock}"
    return f"{day} {clock}" if short else f"{day} เวลา {clock}"


def thai_number(number: int | float | Decimal, *, decimals: int | None = None, thai_digits: bool = False) -> str:
    """1,250 or 1,250.5; exactly ``decimals`` places, rounded half up, when they are given."""
    value = Decimal(str(number))
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return _digits(f"{value:,f}", thai_digits)


def baht(amount: int | float | Decimal, locale: object = "th", *, thai_digits: bool = False) -> str:
    """1,250 บาท; satang are written when there are any: 1,250.50 บาท. In English THB 1,250.50."""
    value = Decimal(str(amount)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    number = thai_number(value, decimals=0 if value == value.to_integral_value() else 2)
    return f"THB {number}" if _english(locale) else _digits(f"{number} บาท", thai_digits)


def buddhist_year(day: date | datetime | int) -> int:
    """The year of the Buddhist era: 2018 is 2561."""
    return (day if isinstance(day, int) else day.year) + BE_OFFSET


def parse_year_be_or_ce(year: str | int) -> int:
    """Read a year of either era and return the Gregorian one; above 2400 it is พ.ศ."""
    written = re.fullmatch(r"(พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s*(\d{4})", text.arabic_digits(str(year).strip()))
    if not written:
        raise ValueError(f"not a year: {year!r}")
    number = int(written[2])
    buddhist = written[1].startswith("พ") if written[1] else number > 2400
    number -= BE_OFFSET if buddhist else 0
    if not 1800 <= number <= 2400:
        raise ValueError(f"not a year of our time: {year!r}")
    return number


_MONTH_NUMBERS = {
    name.replace(".", "").casefold(): number
    for names in (MONTHS, SHORT_MONTHS, ENGLISH_MONTHS, [name[:3] for name in ENGLISH_MONTHS])
    for number, name in enumerate(names, start=1)
}
_YEAR = r"(?P<year>(?:[พค]\.?\s?ศ\.?\s*)?\d{4})"
_NUMERIC_DATES = [
    re.compile(rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})"),
    re.compile(rf"(?P<day>\d{{1,2}})\s*([/.-])\s*(?P<month>\d{{1,2}})\s*\2\s*{_YEAR}"),
]
_WRITTEN_DATE = re.compile(
    rf"(?:วัน\D*?)?(?P<day>\d{{1,2}})\s*(?:เดือน\s*)?(?P<month>[^\d\s]+?)\s*(?:{_YEAR}|(?P<short>\d\d))"
)


def parse_date(written: str) -> date:
    """Read a date with a year of either era: 2561-08-07, 7/8/2561, ๗ สิงหาคม ๒๕๖๑, 8 พ.ย. 61, 7 August 2018.

    The day comes before the month. A year of two digits counts only behind a Thai month's name, as พ.ศ.
    29 February is judged in the Gregorian year: 2563-02-29 is a day, 2562-02-29 raises ValueError.
    """
    plain = text.arabic_digits(text.clean_text(written))
    for pattern in _NUMERIC_DATES:
        if found := pattern.fullmatch(plain):
            return date(parse_year_be_or_ce(found["year"]), int(found["month"]), int(found["day"]))
    if not (found := _WRITTEN_DATE.fullmatch(plain)):
        raise ValueError(f"not a date: {written!r}")
    name = found["month"].replace(".", "").casefold()
    for era in ("พศ", "คศ"):
        name = name.removesuffix(era) or name
    month = _MONTH_NUMBERS.get(name)
    if month is None or (found["short"] and found["month"].isascii()):
        raise ValueError(f"not a date: {written!r}")
    year = f"25{found['short']}" if found["short"] else found["year"]
    return date(parse_year_be_or_ce(year), month, int(found["day"]))


def _day_of(day: date | datetime) -> date:
    return in_bangkok(day).date() if isinstance(day, datetime) else day


def _english(locale: object) -> bool:
    return str(locale).startswith("en")


def _digits(written: str, thai_digits: bool) -> str:
    return text.thai_digits(written) if thai_digits else written
