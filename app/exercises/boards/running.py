"""Starting a board for an event's tables, revealing a silent one, carrying a card into the linkage."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import Event
from app.exercises import lifecycle, pen, phases, sync
from app.exercises.linkage.models import PlanItem, new_card_id
from app.exercises.linkage.starting import add_groups
from app.exercises.models import Exercise, Phase, Status, Submission
from app.exercises.ops import Author, Op
from app.groups.models import Grouping

from ..linkage.group_work import cards as linkage_cards
from .cards import cards_of, is_revealed, kind_of
from .kinds import KINDS
from .models import BoardCard

BOARD = "board"


def start(event: Event, grouping: Grouping, kind_code: str, name: str, actor: User) -> Exercise:
    """A board for the tables of a grouping."""
    kind = KINDS.get(kind_code)
    if kind is None:
        raise RuleBroken(_l("โปรดเลือกแบบกระดาน"), "kind")
    if not grouping.groups:
        raise RuleBroken(_l("ยังไม่มีกลุ่ม โปรดจัดกลุ่มก่อนเริ่มกิจกรรม"))
    exercise = Exercise(
        event=event,
        grouping=grouping,
        kind=BOARD,
        template=f"board-{kind.code}",
        name=clean_text(name)[:200] or str(kind.name),
        form={"board": kind.code},
    )
    db.session.add(exercise)
    db.session.flush()
    db.session.add_all(
        Phase(exercise_id=exercise.id, position=place, **phase) for place, phase in enumerate(kind.phases)
    )
    add_groups(exercise)
    lifecycle.note(exercise, None, "start", entity="exercise", entity_id=exercise.public_id, user=actor)
    record(actor, event, "exercise.started", exercise, groups=len(grouping.groups), board=kind.code)
    lifecycle.moved(exercise)
    return exercise


def set_revealed(exercise: Exercise, revealed: bool, actor: User) -> None:
    """Let every table see all its cards, or only each writer the own ones."""
    lifecycle.lock(exercise)
    exercise.settings = {**exercise.settings, "revealed": revealed}
    action = "reveal" if revealed else "hide"
    lifecycle.note(exercise, None, action, entity="exercise", entity_id=exercise.public_id, user=actor)
    for submission in exercise.submissions:
        lifecycle.moved(exercise, submission)


def submit(exercise: Exercise, submission: Submission, author: Author) -> None:
    """Hand the table's board in: it is closed, and its dots are counted."""
    if author.is_adviser:
        raise RuleBroken(pen.ADVISERS_SUGGEST)
    lifecycle.lock(exercise, submission)
    if submission.status == Status.SUBMITTED:
        return  # two phones pressed at once
    lifecycle.check_open(exercise, submission, None)
    if not is_revealed(exercise):
        raise RuleBroken(_l("ยังเขียนเงียบอยู่ ส่งได้เมื่อเปิดการ์ดของทุกคนแล้ว"))
    empty = missing_slots(submission)
    if empty:
        raise RuleBroken(_l("ยังส่งไม่ได้ ยังไม่มีการ์ดในช่อง %(slots)s", slots=", ".join(str(one) for one in empty)))
    submission.is_late = phases.is_late(exercise, submission)
    submission.status, submission.submitted_at = Status.SUBMITTED, clock.now()
    _note_group(exercise, submission, "submit", author)
    record(author.registrant or author.user, exercise.event, "exercise.submitted", submission)


def missing_slots(submission: Submission) -> list[object]:
    """The labels of slots that must not be empty and are."""
    filled = {card.slot for card in cards_of(submission)}
    return [slot.label for slot in kind_of(submission.exercise).slots if slot.needed and slot.code not in filled]


def reopen(exercise: Exercise, submission: Submission, user: User) -> None:
    """Let the table go on; its dots are hidden again."""
    lifecycle.lock(exercise, submission)
    submission.status, submission.submitted_at, submission.is_late = Status.DRAFT, None, False
    _note_group(exercise, submission, "reopen", Author(user=user))


def _note_group(exercise: Exercise, submission: Submission, action: str, author: Author) -> None:
    lifecycle.note(
        exercise,
        submission,
        action,
        entity="submission",
        entity_id=submission.group.public_id,
        registrant=author.registrant,
        user=author.user,
    )
    lifecycle.moved(exercise, submission)


def linkage_for(submission: Submission) -> Submission | None:
    """The same table's work in the event's newest linkage, or None where there is none."""
    query = (
        select(Submission)
        .join(Submission.exercise)
        .where(
            Exercise.event_id == submission.exercise.event_id,
            Exercise.kind != BOARD,
            Submission.group_id == submission.group_id,
        )
        .order_by(Exercise.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def carry(card: BoardCard, becomes: str, author: Author) -> PlanItem:
    """Copy a card into the group's linkage; the copy says where it came from. A second time gives the first."""
    board = card.exercise
    if becomes not in kind_of(board).by_code[card.slot].becomes:
        raise RuleBroken(_l("การ์ดในช่องนี้ส่งต่อเป็นประเภทนี้ไม่ได้"))
    target = linkage_for(card.submission)
    if target is None:
        raise RuleBroken(_l("กลุ่มนี้ยังไม่มีกิจกรรมเชื่อมโยงแผน โปรดให้ผู้จัดเริ่มก่อน"))
    there = linkage_cards.find(target.exercise, "item", card.carried_to) if card.carried_to else None
    if isinstance(there, PlanItem) and there.deleted_at is None:
        return there
    item = _copy(card, target, becomes, author)
    card.carried_to = item.public_id
    lifecycle.lock(board)
    lifecycle.note(
        board,
        card.submission,
        "carry",
        entity="card",
        entity_id=card.public_id,
        rev=card.rev,
        after={"carried_to": item.public_id},
        registrant=author.registrant,
        user=author.user,
    )
    lifecycle.moved(board, card.submission)
    return item


def _copy(card: BoardCard, target: Submission, becomes: str, author: Author) -> PlanItem:
    new_id = new_card_id()
    op = Op(f"c-{new_id}", "item", new_id, "create", fields={"kind": becomes, "title": card.text})
    [answer] = sync.take(linkage_cards, target.exercise, target, author, [op])
    if answer["status"] != "taken":
        raise RuleBroken(answer.get("sentence") or sync.NOT_HERE)
    item: Any = linkage_cards.find(target.exercise, "item", new_id)
    item.extra = {
        **(item.extra or {}),
        "derived_from": {"exercise": card.exercise.public_id, "card": card.public_id, "slot": card.slot},
    }
    db.session.flush()
    return item
