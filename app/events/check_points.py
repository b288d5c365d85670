"""What people can be recorded present at: half-days made with the event, and others added by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.live import topics

from .creating import place_of
from .models import CheckPoint, Day, Event, EventSession
from .objections import check_removable

PURPOSES = ("attend", "meal", "materials")


def find(event: Event, public_id: str) -> CheckPoint | None:
    """A check-point of the event, or None."""
    return db.session.scalar(
        select(CheckPoint).where(CheckPoint.event_id == event.id, CheckPoint.public_id == public_id)
    )


def save_check_point(
    event: Event,
    point: CheckPoint | None,
    *,
    name: str,
    day: Day,
    purpose: str = "attend",
    starts: time | None = None,
    opens: time | None = None,
    late: time | None = None,
    closes: time | None = None,
    session: EventSession | None = None,
    units: Collection[str] = (),
    categories: Collection[str] = (),
    actor: object,
) -> CheckPoint:
    """Add a check-point, or change one. Without opening and closing hours it is always open.

    ``units`` (public ids) and ``categories`` say whom it is for; both empty: everybody. A session brings its day.
    """
    if not clean_text(name):
        raise RuleBroken(_l("โปรดใส่ชื่อจุดลงทะเบียน"), "name")
    if purpose not in PURPOSES:
        raise RuleBroken(_l("โปรดเลือกจากรายการ"), "purpose")
    _check_order(opens, late, closes)
    day = session.day if session is not None else day
    action = "check_point.edited" if point else "check_point.added"
    if point is None:
        point = CheckPoint(event_id=event.id)
        db.session.add(point)
    elif point.day_id != day.id:
        check_removable(point)  # its scans belong to the day they were made on
    point.name, point.purpose, point.day_id, point.starts = clean_text(name), purpose, day.id, starts
    point.opens_at, point.late_after, point.closes_at = _on(day, opens), _on(day, late), _on(day, closes)
    point.session_id = session.id if session is not None else None
    audience = {"units": sorted(units), "categories": sorted(categories)}
    point.audience = {key: chosen for key, chosen in audience.items() if chosen}
    point.position = place_of(day.date, starts or opens)
    db.session.flush()
    db.session.expire(point, ["day", "session"])
    trail.record(actor, event, action, point)
    topics.touch(event, "checkin")
    return point


def _check_order(opens: time | None, late: time | None, closes: time | None) -> None:
    if opens and closes and closes <= opens:
        raise RuleBroken(_l("เวลาปิดต้องอยู่หลังเวลาเปิด"), "closes")
    if late and ((opens and late < opens) or (closes and late > closes)):
        raise RuleBroken(_l("เวลาที่เริ่มนับว่าสายต้องอยู่ระหว่างเวลาเปิดและเวลาปิด"), "late")


def _on(day: Day, hour: time | None) -> datetime | None:
    return clock.at_local(day.date, hour.hour, hour.minute) if hour else None


def remove_check_point(event: Event, point: CheckPoint, *, actor: object) -> None:
    """Remove a check-point at which nobody has been recorded."""
    check_removable(point)
    trail.record(actor, event, "check_point.removed", point)
    topics.touch(event, "checkin")
    db.session.delete(point)
    db.session.flush()
