"""Handing in, returning one card, accepting: what becomes of a group's cards."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle, pen, phases
from app.exercises.models import Comment, Exercise, Status, Submission
from app.exercises.ops import Author

from ..completeness import submit_gate
from ..models import PlanItem
from ..rules import Problem
from .progress import group_document

LONGEST_COMMENT = 1000


def what_is_missing(
    exercise: Exercise, submission: Submission, document: dict[str, Any] | None = None
) -> list[Problem]:
    """What keeps the group from handing in; each names its card where there is one.

    ``document`` is the group's document where the caller has just made it.
    """
    document = document or group_document(exercise, submission)
    return submit_gate(document, submission.code, exercise.form.get("minimum"))


def submit(exercise: Exercise, submission: Submission, author: Author) -> None:
    """Hand in all cards; from then on only returned ones open again."""
    if author.is_adviser:
        raise RuleBroken(pen.ADVISERS_SUGGEST)
    lifecycle.lock(exercise, submission)
    if submission.status in (Status.SUBMITTED, Status.PASSED):
        return  # two phones pressed at once
    lifecycle.check_open(exercise, submission, None)
    if what_is_missing(exercise, submission):
        raise RuleBroken(_l("ยังส่งไม่ได้ โปรดเติมข้อมูลที่แจ้งไว้ให้ครบก่อน"))
    _set_cards(submission, Status.SUBMITTED, (Status.DRAFT, Status.RETURNED, None))
    db.session.execute(
        update(Comment)
        .where(Comment.submission_id == submission.id, Comment.purpose == "return", Comment.settled_at.is_(None))
        .values(settled_at=clock.now())
    )
    if submission.status == Status.DRAFT:
        submission.is_late = phases.is_late(exercise, submission)
    submission.status, submission.submitted_at = Status.SUBMITTED, clock.now()
    _note(exercise, submission, "submit", author)
    record(author.registrant or author.user, exercise.event, "exercise.submitted", submission)


def return_card(exercise: Exercise, submission: Submission, item: PlanItem, reason: str, user: User) -> Comment:
    """Give one card back with a reason. Only returned cards reopen."""
    lifecycle.lock(exercise, submission)
    lifecycle.check_not_final(exercise)
    if submission.status not in (Status.SUBMITTED, Status.RETURNED):
        raise RuleBroken(_l("ส่งการ์ดกลับได้เมื่อกลุ่มส่งงานแล้วและยังไม่ได้รับรอง"))
    if item.status == Status.MERGED:
        raise RuleBroken(lifecycle.MERGED)
    comment = _comment(submission, item, reason, user, "return")
    item.status = submission.status = Status.RETURNED
    _note(exercise, submission, "return", Author(user=user), "item", item.public_id)
    record(user, exercise.event, "exercise.card_returned", submission, item=item.id)
    return comment


def accept(exercise: Exercise, submission: Submission, user: User) -> None:
    """Pass the group's work; it is closed from then on."""
    lifecycle.lock(exercise, submission)
    lifecycle.check_not_final(exercise)
    if submission.status == Status.PASSED:
        return
    if submission.status != Status.SUBMITTED:
        raise RuleBroken(_l("รับรองได้เมื่อกลุ่มส่งงานครบทุกการ์ดแล้ว"))
    _set_cards(submission, Status.PASSED, (Status.SUBMITTED,))
    submission.status = Status.PASSED
    _note(exercise, submission, "accept", Author(user=user))
    record(user, exercise.event, "exercise.accepted", submission)


def reopen(exercise: Exercise, submission: Submission, user: User) -> None:
    """Open all cards of a group again, as a draft."""
    lifecycle.lock(exercise, submission)
    lifecycle.check_not_final(exercise)
    _set_cards(submission, Status.DRAFT, (Status.SUBMITTED, Status.RETURNED, Status.PASSED))
    submission.status = Status.DRAFT
    _note(exercise, submission, "reopen", Author(user=user))
    record(user, exercise.event, "exercise.reopened", submission)


def set_locked(exercise: Exercise, submission: Submission, locked: bool, author: Author) -> None:
    """Close one group's cards whatever their state, or open them again as they were."""
    lifecycle.lock(exercise, submission)
    lifecycle.check_not_final(exercise)
    submission.is_locked = locked
    _note(exercise, submission, "lock" if locked else "unlock", author)
    record(author.user, exercise.event, "exercise.group_locked" if locked else "exercise.group_opened", submission)


def comment_on(
    exercise: Exercise, submission: Submission, item: PlanItem | None, text: str, user: User
) -> Comment:
    """Say something to the group, about a card or about all of it; nothing is closed or opened."""
    lifecycle.lock(exercise, submission)
    comment = _comment(submission, item, text, user, "comment")
    where = ("item", item.public_id) if item is not None else ("submission", submission.group.public_id)
    _note(exercise, submission, "comment", Author(user=user), *where)
    return comment


def _comment(submission: Submission, item: PlanItem | None, text: str, user: User, purpose: str) -> Comment:
    said = clean_text(text, multiline=True)
    if not said:
        raise RuleBroken(_l("โปรดเขียนข้อความถึงกลุ่ม เช่น สิ่งที่ต้องแก้และเหตุผล"), "text")
    if len(said) > LONGEST_COMMENT:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_COMMENT), "text")
    comment = Comment(submission=submission, text=said, user=user, purpose=purpose)
    if item is not None:
        comment.entity, comment.entity_id = "item", item.public_id
    db.session.add(comment)
    db.session.flush()
    return comment


def _set_cards(submission: Submission, status: Status, among: tuple[Status | None, ...]) -> None:
    query = select(PlanItem).where(PlanItem.submission_id == submission.id, PlanItem.deleted_at.is_(None))
    for item in db.session.scalars(query):
        if item.status in among:
            item.status = status


def _note(
    exercise: Exercise,
    submission: Submission,
    action: str,
    author: Author,
    entity: str = "submission",
    entity_id: str = "",
) -> None:
    lifecycle.note(
        exercise,
        submission,
        action,
        entity=entity,
        entity_id=entity_id or submission.group.public_id,
        registrant=author.registrant,
        user=author.user,
    )
    lifecycle.moved(exercise, submission)
