"""Which of the province's issues the room has reached so far; lean enough to be live."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.models import User
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.exercises import lifecycle
from app.exercises.models import Comment, Exercise, Status, Submission

from .group_work.allowing import UPWARD
from .models import PlanItem, PlanLink

PURPOSE = "nudge"
AGAIN_AFTER = 600  # seconds; a second tap, or a second facilitator, does not ask a table twice


@dataclass
class Reach:
    """An issue, the groups whose cards lead up to it, and how many of their projects do."""

    issue: str  # its public id
    title: str
    groups: set[int] = field(default_factory=set)
    projects: int = 0


def reach_of(exercise: Exercise) -> list[Reach]:
    """Every issue of the province in order, with who has reached it."""
    up = _upward(exercise)
    reached = {issue.id: Reach(issue.public_id, issue.shown_title) for issue in issues_of(exercise)}
    for item_id, kind, group in _written(exercise):
        for issue_id in _above(item_id, up) & reached.keys():
            reached[issue_id].groups.add(group)
            reached[issue_id].projects += kind == "project"
    return list(reached.values())


def issues_of(exercise: Exercise) -> list[PlanItem]:
    """What every project is asked about."""
    query = (
        select(PlanItem)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.submission_id.is_(None),
            PlanItem.deleted_at.is_(None),
            PlanItem.origin == "reference",
            PlanItem.level == (exercise.settings.get("anchor_level") or "PRO"),
            PlanItem.kind.in_(exercise.settings.get("anchor_kinds") or ["issue", "goal"]),
        )
        .order_by(PlanItem.position, PlanItem.id)
    )
    return list(db.session.scalars(query))


def _upward(exercise: Exercise) -> dict[int, set[int]]:
    types = exercise.settings.get("upward_link_types") or UPWARD
    query = select(PlanLink.source_id, PlanLink.target_id).where(
        PlanLink.exercise_id == exercise.id, PlanLink.deleted_at.is_(None), PlanLink.type.in_(types)
    )
    up: dict[int, set[int]] = defaultdict(set)
    for source, target in db.session.execute(query):
        up[source].add(target)
    return up


def _written(exercise: Exercise) -> list[tuple[int, str, int]]:
    query = select(PlanItem.id, PlanItem.kind, PlanItem.submission_id).where(
        PlanItem.exercise_id == exercise.id,
        PlanItem.submission_id.is_not(None),
        PlanItem.deleted_at.is_(None),
        PlanItem.status.is_distinct_from(Status.MERGED),
    )
    return [(item_id, kind, group or 0) for item_id, kind, group in db.session.execute(query)]


def _above(item_id: int, up: dict[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    queue = [item_id]
    while queue:
        fresh = up.get(queue.pop(), set()) - seen
        seen |= fresh
        queue.extend(fresh)
    return seen


def nudge(exercise: Exercise, submissions: list[Submission], issue: PlanItem, user: User) -> int:
    """Ask tables that still write whether they have something for an issue; returns how many were asked."""
    if issue not in issues_of(exercise):
        raise RuleBroken(_("ไม่พบประเด็นนี้ โปรดโหลดหน้าใหม่"))
    lifecycle.lock(exercise)
    number = issues_of(exercise).index(issue) + 1
    text = _(
        "ประเด็นที่ %(number)d “%(title)s” ยังไม่มีกลุ่มใดเชื่อม กลุ่มท่านมีเรื่องใดเกี่ยวข้องหรือไม่",
        number=number,
        title=issue.shown_title,
    )
    writing = [one for one in submissions if one.status in (Status.DRAFT, Status.RETURNED) and not one.is_locked]
    asked = [one for one in writing if not _asked_lately(one, text)]
    for submission in asked:
        db.session.add(Comment(submission=submission, text=text, user=user, purpose=PURPOSE))
        lifecycle.note(
            exercise,
            submission,
            PURPOSE,
            entity="submission",
            entity_id=submission.group.public_id,
            user=user,
        )
        lifecycle.moved(exercise, submission)
    db.session.flush()
    return len(asked)


def _asked_lately(submission: Submission, text: str) -> bool:
    query = select(Comment.created_at).where(
        Comment.submission_id == submission.id, Comment.purpose == PURPOSE, Comment.text == text
    )
    last = max(db.session.scalars(query), default=None)
    return last is not None and (clock.now() - last).total_seconds() < AGAIN_AFTER
