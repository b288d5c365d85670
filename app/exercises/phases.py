"""Phases guide: they change the prompt and the timer. They never refuse a write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from app.accounts.models import User
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db

from . import lifecycle
from .models import Exercise, Phase, Submission

GRACE = timedelta(minutes=3)
LONGEST_EXTENSION = 60  # minutes at once


@dataclass(frozen=True)
class Now:
    """The phase that runs, and when its time is up; the server's clock is the one that counts."""

    phase: Phase
    number: int
    count: int
    ends_at: datetime | None

    @property
    def minutes_left(self) -> int | None:
        """Whole minutes until its end, rounded up; 0 when it is over, None without a timer."""
        if self.ends_at is None:
            return None
        seconds = (self.ends_at - clock.now()).total_seconds()
        return max(0, -int(-seconds // 60))


def running(exercise: Exercise, submission: Submission | None = None) -> Now | None:
    """The phase that runs now, or None before the first; for a group with the time it was given alone."""
    phase = exercise.phase
    if phase is None:
        return None
    started = exercise.phase_started_at
    minutes = phase.minutes + exercise.phase_more_minutes + (submission.more_minutes if submission else 0)
    ends_at = started + timedelta(minutes=minutes) if started and phase.minutes else None
    return Now(phase, exercise.phases.index(phase) + 1, len(exercise.phases), ends_at)


def go_to(exercise: Exercise, position: int, user: User) -> Phase:
    """Begin a phase for all groups, its timer from now."""
    lifecycle.lock(exercise)
    phase = next((phase for phase in exercise.phases if phase.position == position), None)
    if phase is None:
        raise RuleBroken(_l("ไม่พบช่วงนี้ โปรดโหลดหน้าใหม่"))
    exercise.phase_position, exercise.phase_started_at = phase.position, clock.now()
    exercise.phase_more_minutes = 0
    db.session.execute(update(Submission).where(Submission.exercise_id == exercise.id).values(more_minutes=0))
    _note(exercise, "phase", user)
    return phase


def give_time(exercise: Exercise, minutes: int, user: User, submission: Submission | None = None) -> None:
    """Let the running phase last longer, for all groups or for one; its time up long ago, they count from now."""
    lifecycle.lock(exercise, submission)
    now = running(exercise, submission)
    if now is None or now.ends_at is None:
        raise RuleBroken(_l("ยังไม่มีช่วงที่จับเวลาอยู่ โปรดเริ่มช่วงก่อน"))
    if not 1 <= minutes <= LONGEST_EXTENSION:
        raise RuleBroken(_l("เพิ่มเวลาได้ครั้งละ 1–60 นาที"))
    late = max(0, int((clock.now() - now.ends_at).total_seconds() // 60))
    if submission is None:
        exercise.phase_more_minutes += late + minutes
    else:
        submission.more_minutes += late + minutes
    _note(exercise, "more_time", user, submission)


def is_late(exercise: Exercise, submission: Submission) -> bool:
    """Whether who hands in now is late: the last phase is over, and the grace after it too."""
    now = running(exercise, submission)
    if now is None or now.ends_at is None or now.number < now.count:
        return False
    return clock.now() > now.ends_at + GRACE


def set_locked(exercise: Exercise, locked: bool, user: User) -> None:
    """Close all groups' cards, or open them again."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    exercise.is_locked = locked
    _note(exercise, "lock" if locked else "unlock", user)


def _note(exercise: Exercise, action: str, user: User, submission: Submission | None = None) -> None:
    what = ("submission", submission.group.public_id) if submission else ("exercise", exercise.public_id)
    lifecycle.note(exercise, submission, action, entity=what[0], entity_id=what[1], user=user)
    lifecycle.moved(exercise, submission)
