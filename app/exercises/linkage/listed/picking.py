"""Finding a project of the plan in force, and what a card made of it says."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import case, func, select

from app.core.text import clean_text
from app.database import db
from app.exercises.models import Exercise, Submission

from .models import ListedProject

MOST_SHOWN = 30
LONGEST_QUESTION = 100


def count_of(exercise: Exercise) -> int:
    """How many projects there are to pick from."""
    query = select(func.count()).where(ListedProject.exercise_id == exercise.id)
    return db.session.scalar(query) or 0


def find(exercise: Exercise, public_id: str) -> ListedProject | None:
    """A project of the exercise's list, or None."""
    query = select(ListedProject).where(
        ListedProject.exercise_id == exercise.id, ListedProject.public_id == public_id
    )
    return db.session.scalar(query)


def matching(exercise: Exercise, submission: Submission, wanted: str = "") -> list[ListedProject]:
    """Up to thirty projects with all of the words, those of the group's district first."""
    order = case(
        (ListedProject.district == submission.district, 0), (ListedProject.district.is_(None), 1), else_=2
    )
    query = (
        select(ListedProject)
        .where(ListedProject.exercise_id == exercise.id)
        .order_by(order, ListedProject.position, ListedProject.id)
        .limit(MOST_SHOWN)
    )
    for word in clean_text(wanted[:LONGEST_QUESTION]).split():
        query = query.where(ListedProject.title.icontains(word, autoescape=True))
    return list(db.session.scalars(query))


def fields_of_card(listed: ListedProject) -> dict[str, Any]:
    """What a phone would send to write this project as a card."""
    lines = {f"budget/{uuid.uuid4()}": dict(line) for line in listed.budget}
    return {"kind": "project", "listed": listed.public_id, "title": listed.title, **listed.fields, **lines}
