"""The cards of an exercise read as plain rows, for the document: a province's are thirty thousand.

As objects of the tables they would take four times as long to read; here nothing is loaded that can be changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import aliased

from app.database import db
from app.exercises.models import Exercise, Submission

from ..models import (
    BudgetLine,
    Evidence,
    Indicator,
    ItemArea,
    ItemChain,
    Partner,
    PlanItem,
    PlanLink,
    Review,
    Row,
    Score,
)
from . import rows

Part = dict[str, Any]

_LINES: dict[str, tuple[type[Row], tuple[str, ...]]] = {
    "areas": (ItemArea, ("code",)),
    "chains": (ItemChain, ("chain", "stage")),
    "partners": (Partner, ("name", "sector")),
    "budget": (BudgetLine, ("fy_be", "satang", "source")),
    "indicators": (Indicator, ("name", "unit", "baseline", "baseline_year_be", "target", "target_year_be")),
    "evidence": (Evidence, ("title", "data_year_be", "type")),
}


def item_parts(exercise: Exercise) -> list[Part]:
    """Every item that is not deleted, in order."""
    columns = [getattr(PlanItem, name) for name in ("id", "code", *rows.ITEM_COLUMNS)]
    query = (
        select(*columns, Submission.code.label("group"), *_texts(PlanItem, "extra", "lead_extra"))
        .outerjoin(PlanItem.submission)
        .where(PlanItem.exercise_id == exercise.id, PlanItem.deleted_at.is_(None))
        .order_by(PlanItem.position, PlanItem.id)
    )
    lines = {name: _lines_of(exercise, *spec) for name, spec in _LINES.items()}
    found = []
    for item in _read(query, "extra", "lead_extra"):
        for name, by_item in lines.items():
            setattr(item, name, by_item.get(item.id, ()))
        item.is_reference = item.origin == "reference"
        item.submission = SimpleNamespace(code=item.group) if item.group is not None else None
        found.append(rows.item_part(item))
    return found


def _lines_of(exercise: Exercise, model: type[Row], names: tuple[str, ...]) -> dict[int, list[Any]]:
    """Rows of one kind by their item."""
    query = (
        select(model.item_id, *(getattr(model, name) for name in names), *_texts(model, "extra"))
        .join(PlanItem, PlanItem.id == model.item_id)
        .where(PlanItem.exercise_id == exercise.id, PlanItem.deleted_at.is_(None))
        .order_by(model.id)
    )
    return _grouped(_read(query, "extra"), "item_id")


def link_parts(exercise: Exercise) -> list[Part]:
    """Every link that is not deleted and joins two items that are not, in order."""
    source, target = aliased(PlanItem), aliased(PlanItem)
    standing = (PlanLink.exercise_id == exercise.id, PlanLink.deleted_at.is_(None))
    evidence = (
        select(Evidence.link_id, Evidence.title, Evidence.data_year_be, Evidence.type, *_texts(Evidence, "extra"))
        .join(PlanLink, PlanLink.id == Evidence.link_id)
        .where(*standing)
        .order_by(Evidence.id)
    )
    by_link = _grouped(_read(evidence, "extra"), "link_id")
    columns = [getattr(PlanLink, name) for name in ("id", "code", *rows.LINK_COLUMNS)]
    query = (
        select(*columns, source.code.label("s"), target.code.label("t"), *_texts(PlanLink, "extra"))
        .join(source, PlanLink.source)
        .join(target, PlanLink.target)
        .where(*standing, source.deleted_at.is_(None), target.deleted_at.is_(None))
        .order_by(PlanLink.position, PlanLink.id)
    )
    found = []
    for link in _read(query, "extra"):
        link.source, link.target = SimpleNamespace(code=link.s), SimpleNamespace(code=link.t)
        link.evidence = by_link.get(link.id, ())
        found.append(rows.link_part(link))
    return found


def review_parts(exercise: Exercise) -> list[Part]:
    """Every review of an item that is not deleted, oldest first."""
    of_exercise = (PlanItem.exercise_id == exercise.id, PlanItem.deleted_at.is_(None))
    scores = (
        select(Score.review_id, Score.criterion, Score.value)
        .join(Review, Review.id == Score.review_id)
        .join(Review.item)
        .where(*of_exercise)
        .order_by(Score.id)
    )
    by_review = _grouped(_read(scores), "review_id")
    query = (
        select(Review.id, Review.reviewer, PlanItem.code.label("code"), *_texts(Review, "extra"))
        .join(Review.item)
        .where(*of_exercise)
        .order_by(Review.id)
    )
    found = []
    for review in _read(query, "extra"):
        review.item, review.scores = review, by_review.get(review.id, ())
        found.append(rows.review_part(review))
    return found


def _texts(model: Any, *names: str) -> list[Any]:
    """Documents as text: nearly all are empty and need no parsing."""
    return [cast(getattr(model, name), Text).label(name) for name in names]


def _read(query: Any, *documents: str) -> list[Any]:
    result = db.session.execute(query)
    names = tuple(result.keys())
    found = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in result]
    for name in documents:
        for one in found:
            text = getattr(one, name)
            setattr(one, name, {} if text is None or text == "{}" else json.loads(text) or {})
    return found


def _grouped(found: Iterable[Any], key: str) -> dict[int, list[Any]]:
    by_key: dict[int, list[Any]] = defaultdict(list)
    for one in found:
        by_key[getattr(one, key)].append(one)
    return by_key
