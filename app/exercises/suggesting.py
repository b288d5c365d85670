"""Members suggest, the scribe accepts with one tap. A suggestion is one card as one member would have it.

What was suggested is in the history the moment it is answered for; once accepted it is written there again as the
member's own change, so that the card's history names who contributed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.errors import RuleBroken
from app.database import db

from . import lifecycle, pen, sync
from .models import Change, Exercise, Submission, Suggestion
from .ops import Author, Cards, Op
from .sync import Taking

MOST_OPEN = 200
_ENDS = ("source", "target")
_ONLY_AT_FIRST = ("kind", "listed", *_ENDS)

NO_LONGER = _l("ข้อเสนอนี้ตกลงไปแล้ว โปรดโหลดหน้าใหม่")
ONLY_SCRIBE = _l("เฉพาะผู้บันทึกของกลุ่มที่รับข้อเสนอได้")
TOO_MANY = _l("กลุ่มมีข้อเสนอค้างอยู่มากเกินไป โปรดให้ผู้บันทึกรับหรือไม่ใช้ข้อเสนอเดิมก่อน")


def write(
    cards: Cards, exercise: Exercise, submission: Submission, author: Author, ops: Sequence[Op | dict[str, Any]]
) -> list[dict[str, Any]]:
    """Take what somebody wrote, or keep it as suggestions while another holds the pen; answers in order."""
    lifecycle.lock(exercise, submission)
    if pen.may_write(exercise, submission, author):
        return sync.carry_out(cards, exercise, submission, author, ops)
    answers = [
        _answer(Taking(cards, exercise, submission, author, op)) if isinstance(op, Op) else op for op in ops
    ]
    lifecycle.moved(exercise, submission)
    return answers


def open_ones(submission: Submission) -> Sequence[Suggestion]:
    """What members suggested and nobody has answered, oldest first."""
    query = (
        select(Suggestion)
        .where(Suggestion.submission_id == submission.id, Suggestion.outcome == "")
        .options(joinedload(Suggestion.registrant))
        .order_by(Suggestion.id)
    )
    return db.session.scalars(query).all()


def counts_of_open(exercise: Exercise) -> dict[int, int]:
    """How many suggestions wait in each group, by its submission's id."""
    query = (
        select(Suggestion.submission_id, func.count())
        .join(Suggestion.submission)
        .where(Submission.exercise_id == exercise.id, Suggestion.outcome == "")
        .group_by(Suggestion.submission_id)
    )
    return dict(db.session.execute(query).tuples().all())


# -- keeping -----------------------------------------------------------------------------------------


def _answer(taking: Taking) -> dict[str, Any]:
    op, submission = taking.op, taking.submission
    first = db.session.scalar(select(Change).where(Change.op_id == op.op_id))
    if first is not None:
        return sync.again(taking.cards, taking.exercise, submission, op, first)
    card = taking.cards.find(taking.exercise, op.entity, op.id)
    mine = _mine(taking)
    if card is not None and card.submission_id != submission.id:
        return taking.unheard()
    if card is None and mine is None and (op.action != "create" or taking.cards.is_taken(op.entity, op.id)):
        return taking.unheard()
    try:
        lifecycle.check_open(taking.exercise, submission, card)
        kept = _keep(taking, card, mine)
    except RuleBroken as problem:
        return taking.refused(card, problem)
    result = {"op_id": op.op_id, "status": "suggested"}
    taking.write("suggest", card, {}, {}, dict(op.fields), result)
    shown = taking.cards.as_json(card, submission) if card is not None else None
    return {**result, "card": shown, "suggestion": as_op(kept)}


def _mine(taking: Taking) -> Suggestion | None:
    person = taking.author.registrant
    query = select(Suggestion).where(
        Suggestion.submission_id == taking.submission.id,
        Suggestion.entity == taking.op.entity,
        Suggestion.entity_id == taking.op.id,
        Suggestion.registrant_id == (person.id if person else None),
        Suggestion.outcome == "",
    )
    return db.session.scalar(query)


def _keep(taking: Taking, card: Any, mine: Suggestion | None) -> Suggestion:
    """The member's open suggestion for the card, with this op laid over it."""
    op = taking.op
    if mine is not None and (op.action == "restore" or (op.action == "delete" and mine.action == "create")):
        return _settle(mine, "withdrawn")
    if op.action == "restore":
        raise RuleBroken(_l("การกู้คืนการ์ดเป็นหน้าที่ของผู้บันทึก"))
    fields = _read(taking)
    if mine is None:
        if len(open_ones(taking.submission)) >= MOST_OPEN:
            raise RuleBroken(TOO_MANY)
        action = "update" if op.action == "create" and card is not None else op.action
        person = taking.author.registrant
        mine = Suggestion(
            submission_id=taking.submission.id,
            entity=op.entity,
            entity_id=op.id,
            action=action,
            registrant_id=person.id if person else None,
            outcome="",
        )
        db.session.add(mine)
    elif op.action == "delete":
        mine.action = "delete"
    mine.fields = {**(mine.fields or {}), **fields}
    db.session.flush()
    return mine


def _read(taking: Taking) -> dict[str, Any]:
    """The fields cleaned as those of a card are; what a card is made of stays as it was sent."""
    model = taking.cards.ENTITIES[taking.op.entity]
    found = {}
    for name, value in taking.op.fields.items():
        if name in _ONLY_AT_FIRST:
            found[name] = str(value)[:40]
        else:
            found[name] = taking.cards.read_field(model, name, value)
    return found


def _settle(suggestion: Suggestion, outcome: str) -> Suggestion:
    suggestion.outcome, suggestion.settled_at = outcome, clock.now()
    return suggestion


def as_op(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as a phone lays it over its cards."""
    return {
        "suggestion": suggestion.public_id,
        "entity": suggestion.entity,
        "id": suggestion.entity_id,
        "action": suggestion.action,
        "fields": suggestion.fields,
        "outcome": suggestion.outcome,
        "mine": True,
    }


# -- answering ---------------------------------------------------------------------------------------


def find(submission: Submission, public_id: str) -> Suggestion | None:
    """A group's suggestion by its id."""
    query = select(Suggestion).where(Suggestion.submission_id == submission.id, Suggestion.public_id == public_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def accept(cards: Cards, exercise: Exercise, submission: Submission, author: Author, public_id: str) -> None:
    """Write a suggestion into its card as the member's change; links that waited for the card follow it."""
    suggestion = _to_settle(exercise, submission, author, public_id)
    problem = _carry_out(cards, exercise, submission, suggestion)
    if problem is not None:
        raise RuleBroken(problem)
    if suggestion.entity == "item" and suggestion.action == "create":
        _accept_links(cards, exercise, submission, suggestion)
    _note(exercise, submission, "accept_suggestion", author, suggestion)


def decline(exercise: Exercise, submission: Submission, author: Author, public_id: str) -> None:
    """Leave a suggestion aside; its words stay in the history."""
    suggestion = _settle(_to_settle(exercise, submission, author, public_id), "declined")
    for link in open_ones(submission):
        if link.entity == "link" and suggestion.entity_id in {link.fields.get(end) for end in _ENDS}:
            _settle(link, "declined")
    _note(exercise, submission, "decline_suggestion", author, suggestion)


def _to_settle(exercise: Exercise, submission: Submission, author: Author, public_id: str) -> Suggestion:
    lifecycle.lock(exercise, submission)
    if not pen.may_write(exercise, submission, author):
        raise RuleBroken(ONLY_SCRIBE)
    suggestion = find(submission, public_id)
    if suggestion is None or suggestion.outcome:
        raise RuleBroken(NO_LONGER)
    return suggestion


def _carry_out(cards: Cards, exercise: Exercise, submission: Submission, suggestion: Suggestion) -> str | None:
    """The sentence that says why it could not be, or None. Whoever accepts has both texts before their eyes."""
    card = cards.find(exercise, suggestion.entity, suggestion.entity_id)
    op = Op(
        op_id=f"suggested-{suggestion.public_id}",
        entity=suggestion.entity,
        id=suggestion.entity_id,
        action=suggestion.action,
        base_rev=card.rev if card is not None else 0,
        fields=suggestion.fields if suggestion.action != "delete" else {},
        client="",
    )
    author = Author(registrant=suggestion.registrant)
    [answer] = sync.carry_out(cards, exercise, submission, author, [op], is_kept=False)
    if answer["status"] != "taken":
        return str(answer["sentence"])
    _settle(suggestion, "accepted")
    return None


def _accept_links(cards: Cards, exercise: Exercise, submission: Submission, item: Suggestion) -> None:
    for link in _links_with(submission, item):
        ends = [cards.find(exercise, "item", link.fields.get(end, "")) for end in _ENDS]
        if all(end is not None and end.deleted_at is None for end in ends):
            _carry_out(cards, exercise, submission, link)


def _links_with(submission: Submission, item: Suggestion) -> Iterable[Suggestion]:
    for one in open_ones(submission):
        is_link = one.entity == "link" and one.action == "create" and one.registrant_id == item.registrant_id
        if is_link and item.entity_id in {one.fields.get(end) for end in _ENDS}:
            yield one


def _note(exercise: Exercise, submission: Submission, action: str, author: Author, suggestion: Suggestion) -> None:
    lifecycle.note(
        exercise,
        submission,
        action,
        entity=suggestion.entity,
        entity_id=suggestion.entity_id,
        registrant=author.registrant,
        user=author.user,
    )
    lifecycle.moved(exercise, submission)
