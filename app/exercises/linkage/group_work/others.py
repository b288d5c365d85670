"""Projects of other tables, found by words: a chain goes on and projects are joined across tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from app.core.text import clean_text
from app.database import db
from app.exercises.models import Exercise, Submission

from ..models import PlanItem
from ..vocabulary import STAGES

MOST = 30
LONGEST_QUESTION = 100


def projects_of_others(exercise: Exercise, submission: Submission, wanted: str = "") -> list[dict[str, Any]]:
    """Up to thirty projects of other groups, those of the own district first."""
    title = func.coalesce(PlanItem.title_th, PlanItem.title, PlanItem.title_en, "")
    query = (
        select(PlanItem, Submission)
        .join(Submission, PlanItem.submission_id == Submission.id)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.submission_id != submission.id,
            PlanItem.kind == "project",
            PlanItem.deleted_at.is_(None),
        )
        .options(selectinload(PlanItem.chains))
        .order_by(case((Submission.district == submission.district, 0), else_=1), Submission.position, PlanItem.id)
        .limit(MOST)
    )
    for word in clean_text(wanted[:LONGEST_QUESTION]).split():
        query = query.where(title.icontains(word, autoescape=True))
    return [_part(item, group) for item, group in db.session.execute(query)]


def _part(item: PlanItem, group: Submission) -> dict[str, Any]:
    stages = [str(STAGES.get(row.stage or "", "")) for row in item.chains]
    return {
        "id": item.public_id,
        "code": item.code,
        "title": item.shown_title,
        "group": group.name,
        "stages": " ".join(stage for stage in stages if stage),
    }
