"""What the rules of merging look at, read from the store in three statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, selectinload

from app.database import db
from app.exercises.linkage.analysis.settings import UPWARD_LINK_TYPES
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.models import Exercise, Submission

from ..document import rows
from .united import Surroundings


def surroundings_of(exercise: Exercise) -> Surroundings:
    """Every item, and every link not deleted itself. One whose end is deleted counts: it may come back."""
    return Surroundings(
        items=_items(exercise),
        links=_links(exercise),
        ranks={level["code"]: level["rank"] for level in exercise.levels},
        groups={submission.code: submission.name for submission in exercise.submissions},
        upward=frozenset(exercise.settings.get("upward_link_types") or UPWARD_LINK_TYPES),
    )


def _items(exercise: Exercise) -> dict[str, dict[str, Any]]:
    """What the rules ask of an item, without its rows: its kind, level, origin, title and group."""
    title = func.coalesce(PlanItem.title_th, PlanItem.title, PlanItem.title_en)
    query = (
        select(PlanItem.code, PlanItem.kind, PlanItem.level, PlanItem.origin, title, Submission.code)
        .outerjoin(Submission, PlanItem.submission_id == Submission.id)
        .where(PlanItem.exercise_id == exercise.id)
    )
    keys = ("id", "kind", "level", "origin", "title_th", "group")
    items: dict[str, dict[str, Any]] = {
        row[0]: dict(zip(keys, row, strict=True)) for row in db.session.execute(query)
    }
    for item, chains in _chains(exercise):
        items[item]["chains"] = chains
    return items


def _chains(exercise: Exercise) -> list[tuple[str, list[dict[str, Any]]]]:
    """Chains and stages of the items that have any: a feed must keep their order."""
    query = (
        select(PlanItem)
        .where(PlanItem.exercise_id == exercise.id, PlanItem.chains.any())
        .options(selectinload(PlanItem.chains))
    )
    return [
        (item.code, [{"chain": row.chain, "stage": row.stage} for row in item.chains])
        for item in db.session.scalars(query)
    ]


def _links(exercise: Exercise) -> list[dict[str, Any]]:
    source, target = aliased(PlanItem), aliased(PlanItem)
    query = (
        select(PlanLink)
        .join(source, PlanLink.source_id == source.id)
        .join(target, PlanLink.target_id == target.id)
        .where(PlanLink.exercise_id == exercise.id, PlanLink.deleted_at.is_(None))
        .options(selectinload(PlanLink.source), selectinload(PlanLink.target), selectinload(PlanLink.evidence))
        .order_by(PlanLink.position, PlanLink.id)
    )
    return [rows.link_part(link) for link in db.session.scalars(query)]
