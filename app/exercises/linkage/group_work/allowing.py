"""Whether a card may be kept as it is written, by the exercise's rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.core.errors import RuleBroken
from app.database import db
from app.exercises.models import Exercise

from ..models import PlanItem, PlanLink
from ..rules import check_item, check_link
from .fields import Card, check_line_count
from .sentences import sentence_of


class CycleFound(RuleBroken):
    """A link that would lead back to where it starts; ``path`` names the cards on the way."""

    def __init__(self, sentence: object, path: list[str]) -> None:
        super().__init__(sentence)
        self.path = path


def check(exercise: Exercise, card: Card, changed: Mapping[str, Any], staff: bool) -> None:
    """Raise RuleBroken when the card, with these fields changed, may not be kept so."""
    check_line_count(card, changed)
    if isinstance(card, PlanItem):
        _check_item(exercise, card, changed)
    elif card.id is None or {"type"} & changed.keys():
        _check_link(exercise, card, changed.get("type", card.type), staff)


def _check_item(exercise: Exercise, item: PlanItem, changed: Mapping[str, Any]) -> None:
    part = _as_part(item)
    part["title_th"] = changed.get("title", item.shown_title) or ""
    part["level"] = changed.get("level", item.level) or ""
    problems = check_item(part)
    if problems:
        raise RuleBroken(sentence_of(problems[0]), "title" if problems[0].code == "title_empty" else None)
    if part["level"] not in {level["code"] for level in exercise.levels}:
        raise RuleBroken(_l("แบบฝึกนี้ไม่มีระดับแผนนี้ โปรดเลือกจากรายการ"), "level")
    if item.id is not None and part["level"] != item.level:
        _check_links_of(exercise, item, part)


def _check_links_of(exercise: Exercise, item: PlanItem, part: dict[str, Any]) -> None:
    """A card moved to another level must still fit its links."""
    query = select(PlanLink).where(
        PlanLink.deleted_at.is_(None), or_(PlanLink.source_id == item.id, PlanLink.target_id == item.id)
    )
    for link in db.session.scalars(query):
        ends = [part if end is item else _as_part(end) for end in (link.source, link.target)]
        problem = check_link(ends[0], ends[1], link.type, ranks(exercise), (), by_facilitator=True)
        if problem is not None:
            raise RuleBroken(_("ย้ายระดับแผนไม่ได้ เพราะมีข้อเชื่อมเดิมอยู่: %(why)s", why=sentence_of(problem)), "level")


def _check_link(exercise: Exercise, link: PlanLink, link_type: str | None, staff: bool) -> None:
    source, target = _as_part(link.source), _as_part(link.target)
    titles = dict(
        db.session.execute(
            select(PlanItem.public_id, func.coalesce(PlanItem.title_th, PlanItem.title, PlanItem.title_en)).where(
                PlanItem.exercise_id == exercise.id
            )
        )
        .tuples()
        .all()
    )
    problem = check_link(
        source,
        target,
        link_type or "",
        ranks(exercise),
        _all_links(exercise),
        titles=titles,
        link_id=link.public_id,
        by_facilitator=staff,
        upward_types=exercise.settings.get("upward_link_types") or UPWARD,
    )
    if problem is None:
        return
    words = {"source_title": link.source.shown_title, "target_title": link.target.shown_title}
    sentence = sentence_of(type(problem)(problem.code, problem.item, problem.link, {**words, **problem.params}))
    if problem.code == "cycle":
        raise CycleFound(sentence, list(problem.params["titles"]))
    raise RuleBroken(sentence)


UPWARD = ("answered_by", "included_in", "escalated_to", "supports", "part_of")


def check_restored(exercise: Exercise, card: Card, staff: bool) -> None:
    """A deleted card may come back unless, as a link, it no longer fits what was drawn since."""
    if isinstance(card, PlanLink):
        _check_link(exercise, card, card.type, staff)


def _all_links(exercise: Exercise) -> list[dict[str, Any]]:
    """Every link that is not deleted itself, as its ids. One whose ends are deleted counts: they may come back."""
    source, target = aliased(PlanItem), aliased(PlanItem)
    query = (
        select(PlanLink.public_id, source.public_id, target.public_id, PlanLink.type)
        .join(source, PlanLink.source_id == source.id)
        .join(target, PlanLink.target_id == target.id)
        .where(PlanLink.exercise_id == exercise.id, PlanLink.deleted_at.is_(None))
    )
    keys = ("id", "source", "target", "type")
    return [dict(zip(keys, row, strict=True)) for row in db.session.execute(query)]


def ranks(exercise: Exercise) -> dict[str, int]:
    return {level["code"]: level["rank"] for level in exercise.levels}


def _as_part(item: PlanItem) -> dict[str, Any]:
    """What the rules look at."""
    return {
        "id": item.public_id,
        "kind": item.kind,
        "level": item.level,
        "origin": item.origin,
        "title_th": item.shown_title,
        "chains": [{"chain": row.chain, "stage": row.stage} for row in item.chains],
    }
