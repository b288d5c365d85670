"""Finding cards: one of an exercise, or all that a group sees."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, selectinload

from app.database import db
from app.exercises.models import Exercise, Submission

from ..models import PlanItem, PlanLink
from .fields import Card

ENTITIES: dict[str, type[Card]] = {"item": PlanItem, "link": PlanLink}
LINES = ("areas", "chains", "partners", "budget", "indicators", "evidence")


def find(exercise: Exercise, entity: str, public_id: str) -> Card | None:
    """A card of the exercise, deleted ones too, as it is now."""
    model: Any = ENTITIES[entity]
    query = (
        select(model)
        .where(model.exercise_id == exercise.id, model.public_id == public_id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(query)


def is_taken(entity: str, public_id: str) -> bool:
    """Whether a card of any exercise has this id."""
    model: Any = ENTITIES[entity]
    return db.session.scalar(select(model.id).where(model.public_id == public_id)) is not None


def cards_of_group(
    exercise: Exercise, submission: Submission, entity: str, only: Collection[tuple[str, str]] | None = None
) -> list[Card]:
    """Every card a group sees, deleted ones too: its own and the reference ones; links that touch its items.

    ``only`` narrows it to these (entity, id) and the links of these items: what sixty phones ask for all the time.
    """
    items_only = {card_id for kind, card_id in only or () if kind == "item"}
    if entity == "item":
        if only is not None and not items_only:
            return []
        query = (
            select(PlanItem)
            .where(
                PlanItem.exercise_id == exercise.id,
                or_(PlanItem.submission_id == submission.id, PlanItem.submission_id.is_(None)),
            )
            .options(*(selectinload(getattr(PlanItem, name)) for name in LINES))
            .order_by(PlanItem.position, PlanItem.id)
        )
        if only is not None:
            query = query.where(PlanItem.public_id.in_(items_only))
        return list(db.session.scalars(query))
    source, target = aliased(PlanItem), aliased(PlanItem)
    links = (
        select(PlanLink)
        .join(source, PlanLink.source)
        .join(target, PlanLink.target)
        .where(
            PlanLink.exercise_id == exercise.id,
            or_(source.submission_id == submission.id, target.submission_id == submission.id),
        )
        .options(selectinload(PlanLink.source), selectinload(PlanLink.target), selectinload(PlanLink.evidence))
        .order_by(PlanLink.position, PlanLink.id)
    )
    if only is not None:
        links_only = {card_id for kind, card_id in only if kind == "link"}
        touched = or_(source.public_id.in_(items_only), target.public_id.in_(items_only))
        links = links.where(or_(PlanLink.public_id.in_(links_only), touched))
    return list(db.session.scalars(links))
