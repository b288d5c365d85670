"""How far a group is: its cards as a small document, what is missing, what deserves a yellow mark, counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.database import db
from app.exercises.models import Exercise, Submission

from ..completeness import warnings
from ..document import rows
from ..models import PlanItem, PlanLink
from ..rules import Problem
from .finding import cards_of_group


def group_document(exercise: Exercise, submission: Submission) -> dict[str, Any]:
    """What one group sees, in the schema of an exercise file: its cards, the reference items, its links."""
    items = [item for item in cards_of_group(exercise, submission, "item") if item.deleted_at is None]
    here = {item.id for item in items}
    links = [
        link
        for link in cards_of_group(exercise, submission, "link")
        if isinstance(link, PlanLink) and link.deleted_at is None
        if link.source_id in here and link.target_id in here
    ]
    return {
        "meta": exercise.meta,
        "settings": exercise.settings,
        "levels": exercise.levels,
        "areas": exercise.areas,
        "groups": [{"id": submission.code, "name": submission.name, "district": submission.district}],
        "items": [rows.item_part(item) for item in items if isinstance(item, PlanItem)],
        "links": [rows.link_part(link) for link in links],
    }


def card_ids(exercise: Exercise, submission: Submission) -> dict[str, str]:
    """The id of each of the group's cards by its code: what a sentence about a card links to."""
    query = select(PlanItem.code, PlanItem.public_id).where(
        PlanItem.exercise_id == exercise.id,
        or_(PlanItem.submission_id == submission.id, PlanItem.submission_id.is_(None)),
    )
    return dict(db.session.execute(query).tuples().all())


def yellow_marks(document: dict[str, Any], submission: Submission) -> list[Problem]:
    """Warnings about a group's document: shown and counted, never stopping anything."""
    return warnings(document, submission.code)


@dataclass
class Counts:
    """What a group has written."""

    kinds: Counter[str] = field(default_factory=Counter)
    links: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def cards(self) -> int:
        """All items together."""
        return sum(self.kinds.values())


def counts(exercise: Exercise) -> dict[int, Counts]:
    """Each group's counts, by its submission's id."""
    found: dict[int, Counts] = {}
    items = (
        select(PlanItem.submission_id, PlanItem.kind, PlanItem.status, func.count())
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.submission_id.is_not(None),
            PlanItem.deleted_at.is_(None),
        )
        .group_by(PlanItem.submission_id, PlanItem.kind, PlanItem.status)
    )
    for submission_id, kind, status, count in db.session.execute(items):
        one = found.setdefault(submission_id or 0, Counts())
        one.kinds[kind] += count
        one.statuses[status or "draft"] += count
    source, target = aliased(PlanItem), aliased(PlanItem)
    links = (
        select(PlanLink.submission_id, func.count())
        .join(source, PlanLink.source_id == source.id)
        .join(target, PlanLink.target_id == target.id)
        .where(
            source.deleted_at.is_(None),
            target.deleted_at.is_(None),
            PlanLink.exercise_id == exercise.id,
            PlanLink.submission_id.is_not(None),
            PlanLink.deleted_at.is_(None),
        )
        .group_by(PlanLink.submission_id)
    )
    for submission_id, count in db.session.execute(links):
        found.setdefault(submission_id or 0, Counts()).links = count
    return found
