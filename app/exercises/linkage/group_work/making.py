"""A new card, with its first fields and the code that people call it by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.core.errors import RuleBroken
from app.database import db
from app.exercises.lifecycle import HANDED_IN_STATES
from app.exercises.models import Exercise, Status, Submission

from ..listed import picking
from ..models import ItemArea, PlanItem, PlanLink
from ..rules import link_ends
from .allowing import check, ranks
from .fields import Card, read_field, write_field
from .finding import LINES, find

# The letter of a kind in the codes people see: แกลง1-โ03.
LETTERS = {
    "need": "ป",
    "project": "โ",
    "goal": "ม",
    "activity": "ก",
    "issue": "ด",
    "approach": "น",
    "programme": "ผ",
    "link": "ช",
}
NEW_CARDS_FROM = 1_000_000  # positions below belong to what an imported file held
MERGED_END = _l("การ์ดนี้ถูกรวมเข้ากับรายการอื่นแล้ว โปรดเลือกการ์ดอื่น")
UNKNOWN_END = _l("ไม่พบการ์ดที่จะเชื่อม อาจถูกลบไปแล้ว โปรดเลือกใหม่")


def create(
    exercise: Exercise, submission: Submission, public_id: str, entity: str, sent: Mapping[str, Any], staff: bool
) -> Card:
    """A new card with its first fields, checked. ``submission`` is the group it is written for."""
    number = NEW_CARDS_FROM + exercise.last_seq + 1
    if entity == "item":
        card: Card = _new_item(exercise, submission, sent)
    else:
        card = _new_link(exercise, submission, sent)
    card.public_id, card.exercise_id, card.submission, card.position = (
        public_id,
        exercise.id,
        submission,
        number,
    )
    given = {"type": card.type, **sent} if isinstance(card, PlanLink) else sent
    fields = {name: read_field(card, name, value) for name, value in given.items() if name not in _ONLY_AT_FIRST}
    check(exercise, card, fields, staff)
    card.code = _next_code(exercise, submission, card)
    db.session.add(card)
    for name, value in fields.items():
        write_field(card, name, value)
    if isinstance(card, PlanItem) and not card.areas and submission.district:
        card.areas.append(ItemArea(code=submission.district))
    db.session.flush()
    return card


_ONLY_AT_FIRST = {"kind", "source", "target", "listed"}


def _new_item(exercise: Exercise, submission: Submission, sent: Mapping[str, Any]) -> PlanItem:
    kind = str(sent.get("kind"))
    kinds = kinds_of(exercise)
    if kind not in kinds:
        raise RuleBroken(_l("แบบฝึกนี้ไม่มีการ์ดประเภทนี้ โปรดโหลดหน้าใหม่"))
    listed = picking.find(exercise, str(sent.get("listed"))) if sent.get("listed") else None
    return PlanItem(
        kind=kind,
        level=sent.get("level") or kinds[kind],
        origin="imported" if listed is not None else "group",
        extra={"derived_from": {"listed": listed.code or listed.public_id}} if listed is not None else {},
        # In a change of a settled plan the team adds to groups that are through.
        status=submission.status if submission.status in HANDED_IN_STATES else Status.DRAFT,
        form_code=exercise.form.get("form_code") or None if kind == "project" else None,
        **{name: [] for name in LINES},  # known to be empty: nothing to ask the database about
    )


def kinds_of(exercise: Exercise) -> dict[str, str]:
    """The kinds of card a group may write, each with the level it begins on. Projects have activities."""
    kinds: dict[str, str] = exercise.form.get("kinds") or DEFAULT_LEVELS
    return {"activity": kinds["project"], **kinds} if "project" in kinds else kinds


# The level of a new card where the template names none.
DEFAULT_LEVELS = {"need": "VIL", "project": "LOC", "activity": "LOC", "goal": "DIS"}


def _new_link(exercise: Exercise, submission: Submission, sent: Mapping[str, Any]) -> PlanLink:
    ends = [find(exercise, "item", str(sent.get(end, ""))[:40]) for end in ("source", "target")]
    source, target = ends
    if not isinstance(source, PlanItem) or not isinstance(target, PlanItem):
        raise RuleBroken(UNKNOWN_END)
    if source.deleted_at is not None or target.deleted_at is not None:
        raise RuleBroken(UNKNOWN_END)
    if Status.MERGED in (source.status, target.status):
        raise RuleBroken(MERGED_END)
    if submission.id not in (source.submission_id, target.submission_id):
        raise RuleBroken(UNKNOWN_END)
    kind = str(sent.get("type") or natural_type(exercise, source, target))
    if (source.public_id, target.public_id) != link_ends(source.public_id, target.public_id, kind):
        source, target = target, source
    return PlanLink(source=source, target=target, type=kind)


def natural_type(exercise: Exercise, source: PlanItem, target: PlanItem) -> str:
    """What somebody means who only says that one card helps another."""
    if source.kind == "need":
        return "answered_by"
    if source.kind == "activity" and target.kind == "project":
        return "part_of"
    if source.kind != "project" or target.kind != "project":
        return "supports"
    rank_of = ranks(exercise)
    if rank_of.get(target.level, 0) > rank_of.get(source.level, 0):
        return "escalated_to" if source.beyond_capacity else "included_in"
    return "joint_with"


def _next_code(exercise: Exercise, submission: Submission, card: Card) -> str:
    """แกลง1-โ03: the group's name without spaces, the kind's letter, a number that is never given again."""
    model = type(card)
    query = select(func.count()).where(model.exercise_id == exercise.id, model.submission_id == submission.id)
    if isinstance(card, PlanItem):
        query = query.where(PlanItem.kind == card.kind)
    letter = LETTERS.get(card.kind if isinstance(card, PlanItem) else "link", "")
    number = (db.session.scalar(query) or 0) + 1
    name = "".join(submission.name.split())
    while True:
        code = f"{name}-{letter}{number:02d}"
        taken = select(model.id).where(model.exercise_id == exercise.id, model.code == code)
        if db.session.scalar(taken) is None:
            return code
        number += 1
