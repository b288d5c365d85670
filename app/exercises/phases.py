"""Phases guide: they change the prompt and the timer. They never refuse a write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.core import clock
from app.core.errors import RuleBroken
from app.live.topics import touch

from . import lifecycle
from .models import Exercise, Phase


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


def running(exercise: Exercise) -> Now | None:
    """The phase that runs now, or None before the first."""
    phase = exercise.phase
    if phase is None:
        return None
    started = exercise.phase_started_at
    ends_at = started + timedelta(minutes=phase.minutes) if started and phase.minutes else None
    return Now(phase, exercise.phases.index(phase) + 1, len(exercise.phases), ends_at)


def go_to(exercise: Exercise, position: int, user: User) -> Phase:
    """Begin a phase for all groups, its timer from now."""
    lifecycle.lock(exercise)
    phase = next((phase for phase in exercise.phases if phase.position == position), None)
    if phase is None:
        raise RuleBroken(_l("ไม่พบช่วงนี้ โปรดโหลดหน้าใหม่"))
    exercise.phase_position, exercise.phase_started_at = phase.position, clock.now()
    _note(exercise, "phase", user)
    return phase


def set_locked(exercise: Exercise, locked: bool, user: User) -> None:
    """Close all groups' cards, or open them again."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    exercise.is_locked = locked
    _note(exercise, "lock" if locked else "unlock", user)


def _note(exercise: Exercise, action: str, user: User) -> None:
    lifecycle.note(exercise, None, action, entity="exercise", entity_id=exercise.public_id, user=user)
    touch(exercise.event, lifecycle.topic(exercise))
