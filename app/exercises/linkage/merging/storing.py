"""Writing down what a decision makes: an item and links of the team's own, each with its line in the history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.models import Exercise

from ..document import rows
from ..group_work.making import LETTERS, NEW_CARDS_FROM


def store_item(exercise: Exercise, part: dict[str, Any], user: User) -> PlanItem:
    item = rows.item_row(part, exercise.id, None, NEW_CARDS_FROM + exercise.last_seq + 1)
    db.session.add(item)
    db.session.flush()
    note(exercise, item, "create", user)
    return item


def store_links(exercise: Exercise, new: PlanItem, links: list[dict[str, Any]], user: User) -> None:
    """Links of the team's: no group's phone may change them."""
    ends = {code for link in links for code in (link["source"], link["target"])}
    query = select(PlanItem).where(PlanItem.exercise_id == exercise.id, PlanItem.code.in_(ends))
    items = {item.code: item for item in db.session.scalars(query)}
    for part in links:
        code = free_code(exercise, PlanLink, LETTERS["link"])
        link = rows.link_row({"id": code, **part}, items, exercise.id, NEW_CARDS_FROM + exercise.last_seq + 1)
        link.submission = None
        db.session.add(link)
        db.session.flush()
        note(exercise, link, "create", user)


def free_code(exercise: Exercise, model: type[PlanItem] | type[PlanLink], letter: str) -> str:
    """รวม-โ01: a number that was never given."""
    query = select(model.code).where(model.exercise_id == exercise.id, model.code.like(f"รวม-{letter}%"))
    taken = set(db.session.scalars(query))
    number = len(taken) + 1
    while f"รวม-{letter}{number:02d}" in taken:
        number += 1
    return f"รวม-{letter}{number:02d}"


def join(exercise: Exercise, sources: list[PlanItem], reason: str, user: User) -> None:
    """Draw the one link of a pair that works together, unless it is there."""
    one, other = sorted(sources, key=lambda item: item.public_id)
    query = select(PlanLink).where(
        PlanLink.exercise_id == exercise.id,
        PlanLink.type == "joint_with",
        PlanLink.source_id.in_([one.id, other.id]),
        PlanLink.target_id.in_([one.id, other.id]),
        PlanLink.deleted_at.is_(None),
    )
    if db.session.scalar(query) is None:
        part = {"source": one.code, "target": other.code, "type": "joint_with", "rationale": reason or None}
        store_links(exercise, one, [part], user)


def note(exercise: Exercise, card: PlanItem | PlanLink, action: str, user: User) -> None:
    lifecycle.note(
        exercise,
        card.submission,
        action,
        entity="item" if isinstance(card, PlanItem) else "link",
        entity_id=card.public_id,
        rev=card.rev,
        user=user,
    )
