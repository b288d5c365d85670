"""Taking a decision back: everything as it was before."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.models import Exercise, Status

from .models import MAKES_ITEM, REPLACES, MergeKind, MergeRecord, MergeSource
from .storing import note
from .telling import settle_words

_CLOSED = frozenset({Status.SUBMITTED, Status.PASSED, Status.CONDITIONAL, Status.REJECTED, Status.LOCKED})


def undo(merge: MergeRecord, user: User) -> None:
    """Everything as it was before the decision. What was built on the new item since must be undone first."""
    exercise = merge.exercise
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    db.session.refresh(merge)
    if not merge.stands:
        return
    later = _built_on(merge)
    if later is not None:
        title = later.item.shown_title if later.item else ""
        raise RuleBroken(_l("รายการนี้ถูกรวมต่อเป็น “%(title)s” แล้ว โปรดเลิกรายการนั้นก่อน", title=title))
    if merge.item is not None and merge.item.deleted_at is None:
        _delete(exercise, merge.item, user)
    if merge.kind == MergeKind.JOINT:
        _part(exercise, merge, user)
    for source in merge.sources:
        if merge.kind in REPLACES and source.item.status == Status.MERGED:
            source.item.status = _status_again(source)
        note(exercise, source.item, "unmerge", user)
    merge.undone_at, merge.undone_by = clock.now(), user
    settle_words(merge)
    record(user, exercise.event, "exercise.merge_undone", merge)
    lifecycle.moved(exercise)


def _built_on(merge: MergeRecord) -> MergeRecord | None:
    """A standing decision that was made about the item of this one."""
    if merge.item_id is None:
        return None
    query = (
        select(MergeRecord)
        .join(MergeSource, MergeSource.merge_id == MergeRecord.id)
        .where(
            MergeSource.item_id == merge.item_id,
            MergeRecord.undone_at.is_(None),
            MergeRecord.kind.in_(MAKES_ITEM),
        )
    )
    return db.session.scalar(query)


def _delete(exercise: Exercise, item: PlanItem, user: User) -> None:
    """The new item and its links go; as everywhere, they stay in the store."""
    query = select(PlanLink).where(
        (PlanLink.source_id == item.id) | (PlanLink.target_id == item.id), PlanLink.deleted_at.is_(None)
    )
    for link in db.session.scalars(query):
        link.deleted_at, link.rev = clock.now(), link.rev + 1
        note(exercise, link, "delete", user)
    item.deleted_at, item.rev = clock.now(), item.rev + 1
    note(exercise, item, "delete", user)


def _part(exercise: Exercise, merge: MergeRecord, user: User) -> None:
    ids = [source.item_id for source in merge.sources]
    query = select(PlanLink).where(
        PlanLink.type == "joint_with",
        PlanLink.source_id.in_(ids),
        PlanLink.target_id.in_(ids),
        PlanLink.submission_id.is_(None),
        PlanLink.deleted_at.is_(None),
    )
    for link in db.session.scalars(query):
        link.deleted_at, link.rev = clock.now(), link.rev + 1
        note(exercise, link, "delete", user)


def _status_again(source: MergeSource) -> str | None:
    """The state before; where the group has handed in or been opened since, the state of its other cards."""
    submission = source.item.submission
    if submission is None or submission.status == source.group_status_before:
        return source.status_before
    return submission.status if submission.status in _CLOSED else Status.DRAFT
