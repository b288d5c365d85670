"""Reviewers and their scores: who may judge an item, keeping a score, what may be seen before one's own is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.text import clean_text, search_key
from app.database import db
from app.events.models import Unit
from app.exercises import lifecycle
from app.exercises.linkage.models import PlanItem, Review, Score
from app.exercises.models import Exercise, Status, Submission
from app.exercises.templates_data import CRITERIA, SETTINGS

from .models import Recusal, Reviewer

SCREENED = (Status.SUBMITTED, Status.PASSED, Status.CONDITIONAL, Status.REJECTED, Status.LOCKED)
LONGEST_NOTE, LONGEST_AGENCY = 1000, 200
OWN_PLACE = _l("โครงการนี้มาจากหน่วยงานหรืออำเภอของท่าน จึงให้ผู้อื่นพิจารณา")


@dataclass(frozen=True)
class Switches:
    """How an exercise is screened."""

    hide_groups: bool = True
    skip_same_unit: bool = True
    needed: int = 2  # reviews an item should have

    @classmethod
    def of(cls, exercise: Exercise) -> Switches:
        raw = exercise.settings.get("screening") or {}
        return cls(
            hide_groups=raw.get("hide_groups", True),
            skip_same_unit=raw.get("skip_same_unit", True),
            needed=raw.get("reviewers", 2),
        )


def set_switches(exercise: Exercise, hide_groups: bool, skip_same_unit: bool, needed: int) -> None:
    """Change how an exercise is screened."""
    if not 1 <= needed <= 9:
        raise RuleBroken(_l("จำนวนผู้กลั่นกรองต่อโครงการต้องอยู่ระหว่าง 1 ถึง 9"), "needed")
    lifecycle.lock(exercise)
    more = {"hide_groups": hide_groups, "skip_same_unit": skip_same_unit, "reviewers": needed}
    screening = exercise.settings.get("screening") or SETTINGS["screening"]
    exercise.settings = {**exercise.settings, "screening": {**screening, **more}}
    db.session.flush()


def criteria_of(exercise: Exercise) -> list[dict[str, object]]:
    """The criteria in their order."""
    found = (exercise.settings.get("screening") or {}).get("criteria")
    return [dict(one) for one in (CRITERIA if found is None else found)]


def scale_max(exercise: Exercise) -> int:
    """The highest score."""
    return int((exercise.settings.get("screening") or {}).get("scale_max") or 3)


# -- who ---------------------------------------------------------------------------------------------


def reviewer_of(exercise: Exercise, user: User) -> Reviewer | None:
    """The user as a reviewer of the exercise, once they said where they come from."""
    query = select(Reviewer).where(Reviewer.exercise_id == exercise.id, Reviewer.user_id == user.id)
    return db.session.scalar(query.options(joinedload(Reviewer.unit)))


def reviewers_of(exercise: Exercise) -> Sequence[Reviewer]:
    """Everyone who reviews, in the order they began."""
    query = (
        select(Reviewer)
        .where(Reviewer.exercise_id == exercise.id)
        .options(joinedload(Reviewer.user), joinedload(Reviewer.unit))
        .order_by(Reviewer.id)
    )
    return db.session.scalars(query).all()


def come_from(exercise: Exercise, user: User, unit: Unit | None, agency: str) -> Reviewer:
    """Say where a reviewer comes from; before that nobody judges."""
    said = clean_text(agency)[:LONGEST_AGENCY]
    if unit is None and not said:
        raise RuleBroken(_l("โปรดเลือกอำเภอหรือใส่หน่วยงานของท่าน"), "agency")
    lifecycle.lock(exercise)
    reviewer = reviewer_of(exercise, user)
    if reviewer is None:
        count = db.session.scalar(select(func.count()).where(Reviewer.exercise_id == exercise.id)) or 0
        taken = _codes(exercise)
        code = next(c for number in range(count + 1, count + 10_000) if (c := f"R{number}") not in taken)
        reviewer = Reviewer(exercise_id=exercise.id, user=user, code=code)
        db.session.add(reviewer)
    reviewer.unit, reviewer.agency = unit, said
    db.session.flush()
    record(user, exercise.event, "screening.reviewer", exercise, unit=unit.id if unit else None)
    return reviewer


def _codes(exercise: Exercise) -> set[str]:
    """Names of reviewers that are taken, those of an imported file too."""
    query = select(Review.reviewer).join(Review.item).where(PlanItem.exercise_id == exercise.id)
    return set(db.session.scalars(query.distinct()))


def is_own_place(reviewer: Reviewer, item: PlanItem) -> bool:
    """Whether an item comes from where the reviewer does: district, the group's unit, a body that takes part."""
    submission, unit = item.submission, reviewer.unit
    if unit is not None and submission is not None:
        districts = {submission.district, *(area.code for area in item.areas)}
        if submission.group.unit_id == unit.id or (unit.code and unit.code in districts):
            return True
    bodies = {search_key(name) for name in (item.lead_name, *(p.name for p in item.partners)) if name}
    own = {search_key(name) for name in (reviewer.agency, unit.name if unit and not unit.code else "") if name}
    return any(mine in body or body in mine for mine in own for body in bodies)


# -- what --------------------------------------------------------------------------------------------


def screened_items(exercise: Exercise) -> list[PlanItem]:
    """The projects that were handed in, in an order that does not tell whose they are."""
    query = (
        select(PlanItem)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.kind == "project",
            PlanItem.submission_id.is_not(None),
            PlanItem.deleted_at.is_(None),
            PlanItem.status.is_(None) | PlanItem.status.in_(SCREENED),  # imported without one: handed in
        )
        .options(
            joinedload(PlanItem.submission).joinedload(Submission.group),
            selectinload(PlanItem.areas),
            selectinload(PlanItem.partners),
        )
        .order_by(PlanItem.public_id)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Task:
    """An item as one reviewer meets it."""

    item: PlanItem
    number: int
    own: Review | None
    others: int
    barred: bool  # of the reviewer's own place
    stood_back: bool
    reviews: list[Review] = field(default_factory=list)  # everybody's, once one's own is in

    @property
    def is_open(self) -> bool:
        """Whether the reviewer may still judge it."""
        return not self.barred and not self.stood_back


def tasks(exercise: Exercise, reviewer: Reviewer | None) -> list[Task]:
    """Every screened item for a reviewer, or for the organiser (None), who sees all that is in."""
    items = screened_items(exercise)
    by_item = _reviews(exercise)
    back = _stood_back(reviewer)
    switches = Switches.of(exercise)
    found = []
    for number, item in enumerate(items, start=1):
        reviews = by_item.get(item.id, [])
        own = next((one for one in reviews if reviewer is not None and one.user_id == reviewer.user_id), None)
        barred = reviewer is not None and switches.skip_same_unit and is_own_place(reviewer, item)
        seen = reviews if reviewer is None or own is not None else []
        others = sum(one is not own for one in reviews)
        found.append(Task(item, number, own, others, barred, item.id in back, seen))
    return found


def _reviews(exercise: Exercise) -> dict[int, list[Review]]:
    query = (
        select(Review)
        .join(Review.item)
        .where(PlanItem.exercise_id == exercise.id)
        .options(selectinload(Review.scores))
        .order_by(Review.id)
    )
    found: dict[int, list[Review]] = {}
    for review in db.session.scalars(query):
        found.setdefault(review.item_id, []).append(review)
    return found


def _stood_back(reviewer: Reviewer | None) -> set[int]:
    if reviewer is None:
        return set()
    return set(db.session.scalars(select(Recusal.item_id).where(Recusal.user_id == reviewer.user_id)))


# -- judging -----------------------------------------------------------------------------------------


def judge(exercise: Exercise, reviewer: Reviewer, task: Task, sent: Mapping[str, str], note: str) -> Review:
    """Keep a reviewer's scores of an item, instead of earlier ones; a criterion may be left open, not all."""
    if not task.is_open:
        raise RuleBroken(OWN_PLACE)
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    scores = {str(one["code"]): _score(sent.get(str(one["code"]), ""), exercise) for one in criteria_of(exercise)}
    if all(value is None for value in scores.values()):
        raise RuleBroken(_l("โปรดให้คะแนนอย่างน้อยหนึ่งเกณฑ์"))
    said = clean_text(note, multiline=True)
    if len(said) > LONGEST_NOTE:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_NOTE), "note")
    review = task.own or Review(item=task.item, user_id=reviewer.user_id, reviewer=reviewer.code)
    review.scores = []
    db.session.add(review)
    db.session.flush()  # the old scores leave before the new ones come
    review.scores = [Score(criterion=code, value=value) for code, value in scores.items()]
    review.extra = {
        **{k: v for k, v in (review.extra or {}).items() if k != "note"},
        **({"note": said} if said else {}),
    }
    db.session.flush()
    lifecycle.note(
        exercise, task.item.submission, "review", entity="item", entity_id=task.item.public_id, user=reviewer.user
    )
    lifecycle.moved(exercise, task.item.submission)
    return review


def _score(text: str, exercise: Exercise) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= scale_max(exercise)):
        raise RuleBroken(_l("คะแนนไม่อยู่ในช่วงที่กำหนด โปรดเลือกใหม่"))
    return int(text)


def stand_back(exercise: Exercise, reviewer: Reviewer, task: Task, reason: str) -> Recusal:
    """Leave an item to others. A review that was given is not taken away."""
    if task.own is not None:
        raise RuleBroken(_l("ท่านให้คะแนนแล้ว หากต้องการถอนโปรดแจ้งผู้จัด"))
    found = Recusal(item_id=task.item.id, user_id=reviewer.user_id, reason=clean_text(reason)[:300])
    db.session.add(found)
    db.session.flush()
    record(reviewer.user, exercise.event, "screening.stood_back", task.item)
    return found
