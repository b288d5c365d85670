"""The organiser's overview: what is done, what comes next, the numbers by unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.checkin.ledger import presence
from app.core import clock
from app.database import db
from app.events.models import CheckPoint, Event, EventSession, TeamMember
from app.exercises.models import Exercise, Status, Submission
from app.groups import queries as groups
from app.materials.models import Material
from app.registration import queries as registration


@dataclass(frozen=True)
class Step:
    """One thing to do before the day. ``endpoint`` is where it is done."""

    label: object
    endpoint: str
    is_done: bool


@dataclass(frozen=True)
class UnitLine:
    """A unit's numbers."""

    name: str
    target: int
    registered: int
    present: tuple[int, ...]  # at each check-point in view


@dataclass(frozen=True)
class Progress:
    """How far the groups of an exercise are."""

    name: str
    public_id: str
    groups: int
    handed_in: int
    passed: int


@dataclass(frozen=True)
class Overview:
    """The numbers of the page."""

    units: list[UnitLine]
    check_points: list[CheckPoint]
    exercises: list[Progress]

    @property
    def target(self) -> int:
        return sum(line.target for line in self.units)

    @property
    def registered(self) -> int:
        return sum(line.registered for line in self.units)

    @property
    def present(self) -> list[int]:
        return [sum(line.present[place] for line in self.units) for place in range(len(self.check_points))]


def gather(event: Event, now: datetime) -> Overview:
    """Read the numbers; who is present is counted at every half-day of the day in view."""
    points = check_points_in_view(event, now)
    turnouts = [
        {count.unit.id: count.present for count in one.units}
        for one in presence.turnouts(event)
        if one.check_point in points
    ]
    lines = [
        UnitLine(one.unit.name, one.target, one.registered, tuple(found[one.unit.id] for found in turnouts))
        for one in registration.unit_numbers(event)
    ]
    return Overview(lines, points, progress(event))


def check_points_in_view(event: Event, now: datetime) -> list[CheckPoint]:
    """Every half-day of the day whose hour came last: at one o'clock the morning is still worth knowing.

    When the event is over, every half-day of it.
    """
    current = current_check_point(event, now)
    if current is None:
        return []
    if clock.local(now).date() > event.last_day:
        return [point for point in event.check_points if point.purpose == "attend"]
    return [point for point in event.check_points if point.purpose == "attend" and point.day_id == current.day_id]


def current_check_point(event: Event, now: datetime) -> CheckPoint | None:
    """The check-point whose hour came last, the first one before the event begins; None when there is none."""
    points = [point for point in event.check_points if point.purpose == "attend" and point.day]
    begun = [point for point in points if _hour(point) <= now]
    return begun[-1] if begun else (points[0] if points else None)


def _hour(point: CheckPoint) -> datetime:
    if point.opens_at:
        return point.opens_at
    starts = point.starts
    # People come before the hour: the desk of the morning is the desk in view an hour ahead.
    hour, minute = (max(0, starts.hour - 1), starts.minute) if starts else (0, 0)
    return clock.at_local(point.day.date, hour, minute)  # type: ignore[union-attr]


def progress(event: Event) -> list[Progress]:
    """Every exercise with how many groups have handed in and how many have passed, in one query."""
    handed = Submission.status.not_in((Status.DRAFT, Status.RETURNED))
    passed = Submission.status.in_((Status.PASSED, Status.CONDITIONAL, Status.LOCKED))
    query = (
        select(
            Exercise.name,
            Exercise.public_id,
            func.count(Submission.id),
            func.count(Submission.id).filter(handed),
            func.count(Submission.id).filter(passed),
        )
        .outerjoin(Submission, Submission.exercise_id == Exercise.id)
        .where(Exercise.event_id == event.id, Exercise.kind == "linkage")
        .group_by(Exercise.id)
        .order_by(Exercise.id)
    )
    return [Progress(*row) for row in db.session.execute(query)]


def steps(event: Event, overview: Overview) -> list[Step]:
    """What an organiser does before the day, in its order; only what has a page."""
    has_grouping = groups.current_grouping(event) is not None
    every = [
        Step(_l("ใส่กำหนดการ"), "events.programme", _any(EventSession, event)),
        Step(_l("ใส่เป้าหมายของแต่ละอำเภอ"), "events.units", overview.target > 0),
        Step(_l("นำเข้ารายชื่อหรือส่งลิงก์ตอบรับ"), "registration.people", overview.registered > 0),
        Step(_l("เพิ่มเจ้าหน้าที่และวิทยากรประจำกลุ่ม"), "events.team", _count(TeamMember, event) > 1),
        Step(_l("แนบเอกสารประกอบการอบรม"), "materials.library", _any(Material, event)),
        Step(_l("จัดกลุ่ม (ถ้ามีกิจกรรมกลุ่ม)"), "groups.overview", has_grouping),
        Step(_l("เตรียมจุดลงทะเบียนหน้างาน"), "checkin.overview", any(overview.present)),
    ]
    return [step for step in every if step.endpoint in current_app.view_functions]


def _any(model: Any, event: Event) -> bool:
    return _count(model, event) > 0


def _count(model: Any, event: Event) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.event_id == event.id)) or 0
