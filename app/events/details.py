"""Changing what an event is: its name, place and office, whether it takes answers, its days."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.audit import trail
from app.core.errors import RuleBroken
from app.core.formatting import thai_date_short
from app.core.text import clean_text
from app.database import db
from app.live import topics

from .creating import HALVES, add_day, check_dates, half_day_name, place_of
from .models import Day, Event, EventSession
from .objections import check_removable


def edit(
    event: Event,
    *,
    name: str,
    venue: str,
    organiser_name: str,
    contact: str,
    registration_open: bool,
    first_day: date,
    last_day: date,
    edit_until: date | None = None,
    actor: object,
) -> None:
    """Change an event's details. The slug is printed on paper and never changes."""
    if not clean_text(name):
        raise RuleBroken(_l("โปรดใส่ชื่อโครงการ"), "name")
    event.name = clean_text(name)
    event.venue = clean_text(venue)
    event.organiser_name = clean_text(organiser_name)
    event.contact = clean_text(contact)
    event.registration_open = registration_open
    event.edit_until = edit_until
    set_days(event, first_day, last_day)
    db.session.flush()
    trail.record(actor, event, "event.edited", event)
    topics.touch(event, "registration")


def set_days(event: Event, first_day: date, last_day: date) -> None:
    """Move an event of the same length as a whole, with its programme; else add and remove days."""
    if (event.first_day, event.last_day) == (first_day, last_day):
        return
    check_dates(first_day, last_day)
    if last_day - first_day == event.last_day - event.first_day:
        _move(event, first_day - event.first_day)
    else:
        _resize(event, first_day, last_day)
    event.first_day, event.last_day = first_day, last_day
    db.session.flush()
    db.session.expire(event, ["days", "check_points", "sessions"])


def _move(event: Event, by: timedelta) -> None:
    """Postpone or bring forward: every day, session and opening time by the same number of days."""
    for point in event.check_points:
        check_removable(point)  # whoever has scans of a check-point minds its day moving too
    # Dates are unique within an event: the day that moves into free ground goes first.
    for day in sorted(event.days, key=lambda day: day.date, reverse=by > timedelta()):
        old = day.date
        day.date = old + by
        db.session.flush()
        for point in event.check_points:
            if point.day_id == day.id:
                point.name = point.name.replace(thai_date_short(old), thai_date_short(day.date))
                point.position = place_of(day.date, point.starts)
    for session in event.sessions:
        session.starts_at, session.ends_at = session.starts_at + by, session.ends_at + by
    for point in event.check_points:
        for column in ("opens_at", "late_after", "closes_at"):
            moment = getattr(point, column)
            if moment is not None:
                setattr(point, column, moment + by)


def _resize(event: Event, first_day: date, last_day: date) -> None:
    wanted = {first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1)}
    several = first_day != last_day
    for day in list(event.days):
        if day.date not in wanted:
            _remove_day(event, day)
        else:
            _rename_halves(event, day, several)
    for missing in sorted(wanted - {day.date for day in event.days}):
        add_day(event, missing, several=several)


def _remove_day(event: Event, day: Day) -> None:
    sessions = select(func.count()).select_from(EventSession).where(EventSession.day_id == day.id)
    if db.session.scalar(sessions):
        raise RuleBroken(
            _l("วันที่ %(day)s มีกำหนดการอยู่ โปรดย้ายหรือลบกำหนดการของวันนั้นก่อน", day=thai_date_short(day.date)),
            "last_day",
        )
    check_removable(day)
    for point in [point for point in event.check_points if point.day_id == day.id]:
        check_removable(point)
        db.session.delete(point)
    db.session.delete(day)


def _rename_halves(event: Event, day: Day, several: bool) -> None:
    """A half-day's name carries its date only in an event of several days; names given by hand stay."""
    ours = {
        half_day_name(label, day.date, several=value)
        for _half, label, _starts in HALVES
        for value in (True, False)
    }
    labels = {half: label for half, label, _starts in HALVES}
    for point in event.check_points:
        if point.day_id == day.id and point.half in labels and point.name in ours:
            point.name = half_day_name(labels[point.half], day.date, several=several)
