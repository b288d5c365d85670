"""From the first draft to what is passed: who may still write, handing in, returning, accepting."""

from __future__ import annotations

from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.core.ids import new_public_id
from app.database import db
from app.live.topics import touch

from .models import Change, Exercise, Status, Submission

HANDED_IN_STATES = (Status.SUBMITTED, Status.PASSED, Status.CONDITIONAL, Status.REJECTED)
OPEN_CARDS = {None, Status.DRAFT, Status.RETURNED}

LOCKED = _l("ปิดรับการแก้ไขแล้ว ข้อความของท่านเก็บไว้ในประวัติ โปรดแจ้งวิทยากรประจำกลุ่ม")
HANDED_IN = _l("กลุ่มส่งงานแล้ว จึงแก้ไม่ได้ ข้อความของท่านเก็บไว้ในประวัติ หากต้องแก้โปรดขอให้วิทยากรส่งการ์ดกลับ")
NOT_RETURNED = _l("การ์ดนี้ไม่ได้ส่งกลับให้แก้ ข้อความของท่านเก็บไว้ในประวัติ หากต้องแก้โปรดแจ้งวิทยากร")
MERGED = _l("การ์ดนี้ถูกรวมเข้ากับรายการอื่นแล้ว จึงแก้ไม่ได้ ข้อความของท่านเก็บไว้ในประวัติ หากไม่เห็นด้วยโปรดแจ้งในหน้าการรวมของกลุ่ม")
FINAL = _l("แผนนี้เป็นฉบับสมบูรณ์แล้ว แก้ได้โดยเปิด เพิ่มเติม เปลี่ยนแปลง หรือแก้ไข ครั้งใหม่เท่านั้น")


class HasState(Protocol):
    """A card, as far as its state goes."""

    @property
    def status(self) -> str | None: ...


def topic(exercise: Exercise) -> str:
    """The live topic of everything in an exercise."""
    return f"exercise-{exercise.public_id}"


def room_topic(exercise: Exercise) -> str:
    """The live topic of what concerns every group: the phase, its time, closing, the province's issues."""
    return f"exercise-{exercise.public_id}-room"


def group_topic(exercise: Exercise, submission: Submission) -> str:
    """The live topic of one group's cards: its phones need not hear of sixty other tables."""
    return f"exercise-{exercise.public_id}-{submission.group.public_id}"


def moved(exercise: Exercise, submission: Submission | None = None) -> None:
    """Tell the waiting pages: the team's, and the phones of one group or of all."""
    touch(
        exercise.event, topic(exercise), group_topic(exercise, submission) if submission else room_topic(exercise)
    )


def lock(exercise: Exercise, submission: Submission | None = None) -> None:
    """Let writers of one exercise wait for each other, then look at it (and the group's state) afresh."""
    db.session.execute(
        select(Exercise)
        .where(Exercise.id == exercise.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if submission is not None:
        db.session.refresh(submission)


def note(exercise: Exercise, submission: Submission | None, action: str, **facts: Any) -> Change:
    """Write one line of the history under the next number. The exercise must be locked."""
    exercise.last_seq += 1
    change = Change(
        exercise_id=exercise.id,
        submission_id=submission.id if submission is not None else None,
        seq=exercise.last_seq,
        action=action,
        **{"op_id": f"own-{new_public_id()}", **facts},
    )
    db.session.add(change)
    db.session.flush()
    return change


def check_open(
    exercise: Exercise, submission: Submission, card: HasState | None, *, by_staff: bool = False
) -> None:
    """Raise RuleBroken when nothing may be written here now. Phases never do; only handing in and locking do.

    ``card`` is None for a new one. After a return only returned cards are open, and new ones may be added. While
    a settled plan is changed the team writes everywhere.
    """
    if card is not None and card.status == Status.MERGED:
        raise RuleBroken(MERGED)
    refusal = _why_closed(exercise, submission, card)
    if refusal is None or (by_staff and is_amending(exercise)):
        return
    raise RuleBroken(refusal)


def _why_closed(exercise: Exercise, submission: Submission, card: HasState | None) -> object | None:
    if exercise.is_locked or submission.is_locked or submission.status == Status.LOCKED:
        return LOCKED
    if submission.status in HANDED_IN_STATES:
        return HANDED_IN
    if submission.status == Status.RETURNED and card is not None and card.status not in OPEN_CARDS:
        return NOT_RETURNED
    return None


def is_amending(exercise: Exercise) -> bool:
    """Whether a settled plan has been opened for a numbered change (linkage/snapshots/settling.py)."""
    if exercise.is_final or not exercise.is_locked:
        return False
    query = (
        select(Change.action)
        .where(
            Change.exercise_id == exercise.id,
            Change.submission_id.is_(None),
            Change.entity == "exercise",
            Change.action.in_(("final", "amend")),
        )
        .order_by(Change.seq.desc())
        .limit(1)
    )
    return db.session.scalar(query) == "amend"


def check_not_final(exercise: Exercise) -> None:
    """Raise RuleBroken when the plan is settled; asked by everything the team does to a plan."""
    if exercise.is_final:
        raise RuleBroken(FINAL)
