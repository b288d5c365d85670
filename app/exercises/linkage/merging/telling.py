"""Telling the groups what became of their cards, hearing what they say against it, answering."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Comment, Exercise, Submission
from app.exercises.ops import Author

from .models import MergeKind, MergeRecord, MergeSource

LONGEST = 1000
PURPOSE = "merge"  # of a Comment: shown on the card, and settled when the decision is taken back


def tell_groups(exercise: Exercise, merge: MergeRecord, user: User) -> None:
    """A line on every card that a decision was about, on the phones of the group that wrote it."""
    with force_locale("th"):  # one record for all readers, in the language of the cards
        for card in cards_behind(merge):
            if card.submission is None:
                continue
            db.session.add(
                Comment(
                    submission=card.submission,
                    entity="item",
                    entity_id=card.public_id,
                    purpose=PURPOSE,
                    text=_words(merge, card),
                    user=user,
                )
            )
    db.session.flush()


def _words(merge: MergeRecord, card: PlanItem) -> str:
    title = merge.item.shown_title if merge.item is not None else ""
    others = ", ".join(
        f"“{source.item.shown_title}”" + (f" ({source.item.submission.name})" if source.item.submission else "")
        for source in merge.sources
        if source.item_id != card.id
    )
    said = {
        MergeKind.DUPLICATE: _("ซ้ำกับ %(others)s จึงรวมเป็น “%(title)s”", others=others, title=title),
        MergeKind.MERGE: _("รวมกับ %(others)s เป็น “%(title)s”", others=others, title=title),
        MergeKind.BUNDLE: _("รวมเป็นชุดกับ %(others)s อยู่ใต้ “%(title)s” โครงการเดิมยังอยู่", others=others, title=title),
        MergeKind.MOVE: _("ย้ายระดับแผนเป็น “%(title)s”", title=title),
        MergeKind.ESCALATE: _("ส่งประสานแผนเป็น “%(title)s” โครงการเดิมยังอยู่", title=title),
        MergeKind.JOINT: _("จะทำร่วมกับ %(others)s", others=others),
    }[merge.kind]
    return f"{said} · {merge.reason}" if merge.reason else said


def cards_behind(merge: MergeRecord) -> list[PlanItem]:
    """The groups' own cards under a decision: a merged item leads on to what it was made of."""
    found: dict[int, PlanItem] = {}
    waiting = [source.item for source in merge.sources]
    while waiting:
        item = waiting.pop()
        if item.id in found:
            continue
        found[item.id] = item
        query = (
            select(MergeSource)
            .join(MergeSource.merge)
            .where(MergeRecord.item_id == item.id, MergeRecord.undone_at.is_(None))
        )
        waiting += [source.item for source in db.session.scalars(query)]
    return [item for item in found.values() if item.submission_id is not None]


def settle_words(merge: MergeRecord) -> None:
    """The decision was taken back: its lines no longer stand on the cards."""
    ids = [card.public_id for card in cards_behind(merge)]
    query = select(Comment).where(
        Comment.entity_id.in_(ids),
        Comment.purpose == PURPOSE,
        Comment.settled_at.is_(None),
        Comment.created_at >= merge.at,
    )
    for comment in db.session.scalars(query):
        comment.settled_at = clock.now()


def decisions_about(submission: Submission) -> list[MergeSource]:
    """What was decided on cards of a group, directly or one step further on, newest first."""
    query = (
        select(MergeSource)
        .join(MergeSource.merge)
        .where(MergeRecord.exercise_id == submission.exercise_id, MergeRecord.kind != MergeKind.APART)
        .options(contains_eager(MergeSource.merge), joinedload(MergeSource.item))
        .order_by(MergeRecord.id.desc(), MergeSource.id)
    )
    return [
        source
        for source in db.session.scalars(query)
        if any(card.submission_id == submission.id for card in _under(source))
    ]


def _under(source: MergeSource) -> Iterable[PlanItem]:
    if source.item.submission_id is not None:
        return [source.item]
    query = select(MergeRecord).where(MergeRecord.item_id == source.item_id)
    return [card for merge in db.session.scalars(query) for card in cards_behind(merge)]


def object_to(source: MergeSource, submission: Submission, text: str, author: Author) -> None:
    """A group says why a decision on its card is wrong; the organiser must answer before the plan is final."""
    exercise = submission.exercise
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    if not source.merge.stands:
        raise RuleBroken(_l("ผู้จัดเลิกการรวมนี้แล้ว การ์ดของท่านกลับมาเหมือนเดิม"))
    source.objection, source.objected_at = _said(text), clock.now()
    source.registrant, source.answer, source.answered_at = author.registrant, "", None
    record(author.registrant or author.user, exercise.event, "exercise.merge_objected", source.merge)
    lifecycle.moved(exercise)


def answer_objection(source: MergeSource, text: str, user: User) -> None:
    """The organiser lets the decision stand and says why."""
    exercise = source.merge.exercise
    lifecycle.lock(exercise)
    source.answer, source.answered_at = _said(text), clock.now()
    record(user, exercise.event, "exercise.merge_answered", source.merge)
    lifecycle.moved(exercise)


def _said(text: str) -> str:
    said = clean_text(text, multiline=True)
    if not said:
        raise RuleBroken(_l("โปรดเขียนเหตุผลสั้น ๆ"), "text")
    if len(said) > LONGEST:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST), "text")
    return said
