"""The plan is settled; from then on it changes only as เพิ่มเติม, เปลี่ยนแปลง or แก้ไข ครั้งที่ n."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.core.formatting import buddhist_year
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.merging.candidates import open_objections
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise, Status, Submission

from ..document.storing import document_of
from .differences import Difference, difference
from .keeping import document_in, store
from .models import Amendment, AmendmentKind, Purpose, Snapshot

LONGEST_REASON = 1000

KINDS = {AmendmentKind.ADD: _l("เพิ่มเติม"), AmendmentKind.CHANGE: _l("เปลี่ยนแปลง"), AmendmentKind.CORRECT: _l("แก้ไข")}


@dataclass(frozen=True)
class Readiness:
    """What keeps a plan from being settled, and what the organiser should know before."""

    returned_groups: list[Submission]
    returned_cards: int
    objections: int
    not_handed_in: list[Submission]

    @property
    def is_ready(self) -> bool:
        """Nothing is open. Groups that never handed in are named and do not stop the province."""
        return not (self.returned_groups or self.returned_cards or self.objections)


def readiness(exercise: Exercise) -> Readiness:
    """What is still open."""
    cards = (
        select(func.count())
        .select_from(PlanItem)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.status == Status.RETURNED,
            PlanItem.deleted_at.is_(None),
        )
    )
    return Readiness(
        returned_groups=[one for one in exercise.submissions if one.status == Status.RETURNED],
        returned_cards=db.session.scalar(cards) or 0,
        objections=len(open_objections(exercise)),
        not_handed_in=[one for one in exercise.submissions if one.status == Status.DRAFT],
    )


def settle(exercise: Exercise, user: User) -> Snapshot:
    """Make the plan final: closed for all, kept as a version."""
    lifecycle.lock(exercise)
    if exercise.is_final or settled_version(exercise) is not None:
        raise RuleBroken(_l("แผนนี้เป็นฉบับสมบูรณ์อยู่แล้ว"))
    found = readiness(exercise)
    if found.returned_groups or found.returned_cards:
        raise RuleBroken(_l("ยังมีการ์ดที่ส่งกลับให้กลุ่มแก้ โปรดรอให้กลุ่มส่งใหม่ หรือเปิดหน้าของกลุ่ม เขียนแทนแล้วส่งแทนกลุ่ม"))
    if found.objections:
        raise RuleBroken(_l("ยังมีกลุ่มที่ไม่เห็นด้วยกับการรวม โปรดตอบหรือเลิกการรวมก่อน"))
    exercise.is_final = exercise.is_locked = True
    lifecycle.note(exercise, None, "final", entity="exercise", entity_id=exercise.public_id, user=user)
    with force_locale("th"):
        snapshot = store(exercise, Purpose.FINAL, "", user)
    record(user, exercise.event, "exercise.settled", exercise, version=snapshot.number)
    lifecycle.moved(exercise)
    return snapshot


def settled_version(exercise: Exercise) -> Snapshot | None:
    """The newest version in force: the final one or the last numbered change; None before."""
    query = (
        select(Snapshot)
        .where(Snapshot.exercise_id == exercise.id, Snapshot.purpose.in_([Purpose.FINAL, Purpose.AMENDED]))
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


# -- numbered changes ----------------------------------------------------------------------------------


def amendments_of(exercise: Exercise) -> list[Amendment]:
    """Every numbered change, newest first."""
    query = select(Amendment).where(Amendment.exercise_id == exercise.id).order_by(Amendment.id.desc())
    return list(db.session.scalars(query))


def open_amendment(exercise: Exercise) -> Amendment | None:
    """The change under way."""
    query = select(Amendment).where(Amendment.exercise_id == exercise.id, Amendment.closed_at.is_(None))
    return db.session.scalar(query)


def name_of(amendment: Amendment) -> str:
    """แก้ไข ครั้งที่ 1/2562."""
    return str(_l("%(kind)s ครั้งที่ %(number)d/%(year)d", kind=KINDS[amendment.kind], number=amendment.number,
                  year=amendment.year_be))  # fmt: skip


def begin(exercise: Exercise, kind: AmendmentKind, reason: str, user: User) -> Amendment:
    """Open a settled plan for one change; the team may write until it is closed."""
    lifecycle.lock(exercise)
    if not exercise.is_final:
        raise RuleBroken(_l("เปิดได้เมื่อแผนเป็นฉบับสมบูรณ์แล้ว และไม่มีการแก้ไขอื่นค้างอยู่"))
    said = clean_text(reason, multiline=True)
    if not said:
        raise RuleBroken(_l("โปรดเขียนเหตุผลของการเปลี่ยนแปลง"), "reason")
    if len(said) > LONGEST_REASON:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_REASON), "reason")
    year = buddhist_year(clock.local(clock.now()).date())
    same = (Amendment.exercise_id == exercise.id, Amendment.kind == kind, Amendment.year_be == year)
    last = db.session.scalar(select(func.max(Amendment.number)).where(*same)) or 0
    amendment = Amendment(
        exercise_id=exercise.id, kind=kind, number=last + 1, year_be=year, reason=said, user=user
    )
    db.session.add(amendment)
    exercise.is_final = False
    lifecycle.note(exercise, None, "amend", entity="exercise", entity_id=exercise.public_id, user=user)
    record(user, exercise.event, "exercise.amendment_opened", amendment, kind=str(kind), number=last + 1)
    lifecycle.moved(exercise)
    return amendment


def changes_so_far(exercise: Exercise) -> Difference:
    """What the change under way has altered against the version in force."""
    base = settled_version(exercise)
    if base is None:
        raise RuleBroken(_l("ยังไม่มีฉบับสมบูรณ์"))
    return difference(document_in(base), document_of(exercise))


def close(amendment: Amendment, user: User) -> Snapshot:
    """End a change: it must be of its kind, and becomes the version in force."""
    exercise = amendment.exercise
    lifecycle.lock(exercise)
    found = changes_so_far(exercise)
    if found.is_empty:
        raise RuleBroken(_l("ยังไม่มีสิ่งใดเปลี่ยนจากฉบับเดิม หากไม่ต้องแก้แล้วโปรดยกเลิก"))
    wrong = _against(amendment.kind, found)
    if wrong is not None:
        raise RuleBroken(wrong)
    exercise.is_final = exercise.is_locked = True
    lifecycle.note(exercise, None, "final", entity="exercise", entity_id=exercise.public_id, user=user)
    with force_locale("th"):
        snapshot = store(exercise, Purpose.AMENDED, name_of(amendment), user)
    amendment.closed_at, amendment.snapshot = clock.now(), snapshot
    record(user, exercise.event, "exercise.amendment_closed", amendment, version=snapshot.number)
    lifecycle.moved(exercise)
    return snapshot


def _against(kind: AmendmentKind, found: Difference) -> object | None:
    """Why these changes are not of this kind, or None. A link may come or go with any change of words."""
    items = found.items
    if kind == AmendmentKind.ADD and (
        items.removed or items.changed or found.links.removed or found.links.changed
    ):
        return _l(
            "“เพิ่มเติม” มีได้เฉพาะรายการและข้อเชื่อมใหม่ แต่มีรายการเดิมที่ถูกแก้หรือลบ โปรดคืนค่าเดิม หรือยกเลิกแล้วเปิดเป็น “เปลี่ยนแปลง”"
        )
    if kind == AmendmentKind.CORRECT and (items.removed or items.added):
        return _l("“แก้ไข” ใช้กับรายการที่มีอยู่ แต่มีรายการที่เพิ่มหรือลบ โปรดคืนค่าเดิม หรือยกเลิกแล้วเปิดเป็น “เปลี่ยนแปลง”")
    return None


def cancel(amendment: Amendment, user: User) -> None:
    """Give a change up. What was altered must be put back first, or the plan would differ from its version."""
    exercise = amendment.exercise
    lifecycle.lock(exercise)
    if not changes_so_far(exercise).is_empty:
        raise RuleBroken(_l("มีสิ่งที่เปลี่ยนไปแล้ว โปรดคืนค่าเดิมก่อนยกเลิก หรือปิดเป็นฉบับใหม่"))
    exercise.is_final = exercise.is_locked = True
    record(user, exercise.event, "exercise.amendment_cancelled", amendment)
    db.session.delete(amendment)
    lifecycle.note(exercise, None, "final", entity="exercise", entity_id=exercise.public_id, user=user)
    lifecycle.moved(exercise)
