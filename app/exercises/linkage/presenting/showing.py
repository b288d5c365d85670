"""Turning the hall's page, and holding its figures still while people talk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.database import db
from app.exercises.models import Exercise
from app.live.topics import touch

from ..document.storing import document_of
from .models import Presentation


def topic(exercise: Exercise) -> str:
    """The live topic of what the hall sees."""
    return f"present-{exercise.public_id}"


def shown(exercise: Exercise) -> Presentation:
    """What the hall sees now; the first slide where nothing was ever chosen (not stored until it is)."""
    found = db.session.get(Presentation, exercise.id)
    return found or Presentation(exercise_id=exercise.id, slide="title")


def go_to(exercise: Exercise, slide: str) -> Presentation:
    """Show a slide on every screen."""
    presentation = _stored(exercise)
    presentation.slide, presentation.changed_at = slide[:60], clock.now()
    touch(exercise.event, topic(exercise))
    return presentation


def step(keys: Sequence[str], now: str, by: int) -> str:
    """The slide so many further on; the ends hold. A slide that is gone counts as the first."""
    place = keys.index(now) if now in keys else 0
    return keys[max(0, min(len(keys) - 1, place + by))]


def set_frozen(exercise: Exercise, frozen: bool, user: User) -> Presentation:
    """Hold the figures as they are now, whatever groups write; or let them move again."""
    presentation = _stored(exercise)
    presentation.frozen_at = clock.now() if frozen else None
    presentation.frozen_content = json.dumps(document_of(exercise), ensure_ascii=False) if frozen else None
    record(user, exercise.event, "presentation.frozen" if frozen else "presentation.thawed", exercise)
    touch(exercise.event, topic(exercise))
    return presentation


def frozen_document(presentation: Presentation) -> dict[str, Any] | None:
    """The exercise as it was when it was frozen; None while figures move."""
    if presentation.frozen_at is None or not presentation.frozen_content:
        return None
    return json.loads(presentation.frozen_content)


def _stored(exercise: Exercise) -> Presentation:
    presentation = db.session.get(Presentation, exercise.id)
    if presentation is None:
        presentation = Presentation(exercise_id=exercise.id)
        db.session.add(presentation)
        db.session.flush()
    return presentation
