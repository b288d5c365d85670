"""Making an event: its days and half-days, its units, its first team member."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.core.errors import RuleBroken
from app.core.formatting import thai_date_short
from app.core.text import arabic_digits, clean_name, clean_text
from app.database import db

from .models import CheckPoint, Day, Event, Role, TeamMember, Unit, UnitKind
from .provinces import districts, find_province

LONGEST_DAYS = 30
LONGEST_TEXTS = {"name": 300, "venue": 300, "organiser_name": 200}  # as the columns of an event
PROVINCE_AGENCIES = "ส่วนราชการประจำจังหวัด"
_RESERVED = {"new"}  # /events/new is a page
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
HALVES = (("morning", "ช่วงเช้า", time(8, 30)), ("afternoon", "ช่วงบ่าย", time(13, 0)))


def create_event(
    slug: str,
    name: str,
    province_code: str,
    first_day: date,
    last_day: date,
    *,
    owner: User | None = None,
    venue: str = "",
    organiser_name: str = "",
) -> Event:
    """Make an event with its days, an open check-point for every half-day, and the province's units."""
    texts = {"name": clean_text(name), "venue": clean_text(venue), "organiser_name": clean_text(organiser_name)}
    province_code = arabic_digits(province_code.strip())
    _check(slug, texts, province_code, first_day, last_day)
    event = Event(slug=slug, province_code=province_code, first_day=first_day, last_day=last_day, **texts)
    db.session.add(event)
    db.session.flush()
    add_days(event)
    add_units(event)
    if owner is not None:
        add_to_team(event, owner, Role.OWNER)
    db.session.flush()
    return event


def _check(slug: str, texts: dict[str, str], province_code: str, first_day: date, last_day: date) -> None:
    if not _SLUG.fullmatch(slug) or slug in _RESERVED:
        raise RuleBroken(_l("ชื่อในลิงก์ใช้ได้เฉพาะ a–z, 0–9 และขีด เช่น rayong-2561"), "slug")
    if not texts["name"]:
        raise RuleBroken(_l("โปรดใส่ชื่อโครงการ"), "name")
    for field, longest in LONGEST_TEXTS.items():
        if len(texts[field]) > longest:
            raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=longest), field)
    if find_province(province_code) is None:
        raise RuleBroken(_l("ไม่พบรหัสจังหวัดนี้ รหัสมีสองหลัก เช่น 21 คือระยอง"), "province_code")
    check_dates(first_day, last_day)
    if db.session.scalar(select(Event.id).where(Event.slug == slug)) is not None:
        raise RuleBroken(_l("มีงานที่ใช้ชื่อในลิงก์นี้แล้ว โปรดเลือกชื่ออื่น"), "slug")


def check_dates(first_day: date, last_day: date) -> None:
    """Refuse days in the wrong order or too many of them."""
    if last_day < first_day:
        raise RuleBroken(_l("วันสุดท้ายมาก่อนวันแรก โปรดตรวจวันที่"), "last_day")
    if (last_day - first_day).days >= LONGEST_DAYS:
        raise RuleBroken(_l("งานยาวได้ไม่เกิน %(days)d วัน", days=LONGEST_DAYS), "last_day")


def add_days(event: Event) -> None:
    """A day row for each date, and a morning and an afternoon check-point for each day."""
    several = event.first_day != event.last_day
    for number in range((event.last_day - event.first_day).days + 1):
        add_day(event, event.first_day + timedelta(days=number), several=several)


def add_day(event: Event, date_: date, *, several: bool) -> None:
    """A day and its two half-days' check-points; ``several`` days put their date into the names."""
    day = Day(event=event, date=date_)
    db.session.add(day)
    for half, label, starts in HALVES:
        name = half_day_name(label, date_, several=several)
        place = place_of(date_, starts)
        db.session.add(CheckPoint(event=event, day=day, half=half, name=name, starts=starts, position=place))


def place_of(day: date, starts: time | None) -> int:
    """Where a check-point stands in the event's list: by day, then by its hour."""
    return day.toordinal() * 1440 + (starts.hour * 60 + starts.minute if starts else 0)


def half_day_name(label: str, day: date, *, several: bool) -> str:
    """ช่วงเช้า, or ช่วงเช้า 8 พ.ย. 2561 where there are several days."""
    return f"{label} {thai_date_short(day)}" if several else label


def add_units(event: Event) -> None:
    """The districts of the province, then one unit for the heads of provincial agencies."""
    found = districts(event.province_code)
    for position, district in enumerate(found):
        db.session.add(
            Unit(event=event, kind=UnitKind.DISTRICT, code=district.code, name=district.name, position=position)
        )
    db.session.add(Unit(event=event, kind=UnitKind.PROVINCE_AGENCIES, name=PROVINCE_AGENCIES, position=len(found)))


def add_to_team(event: Event, user: User, *roles: Role) -> None:
    """Give a user roles in an event."""
    db.session.add_all(TeamMember(event=event, user=user, role=role) for role in roles)


def set_targets(units: Iterable[Unit], targets: dict[str, int]) -> None:
    """Set how many people each unit is expected to send, by the unit's name."""
    for unit in units:
        unit.target = targets.get(clean_name(unit.name), unit.target)
