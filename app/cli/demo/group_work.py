"""The demo's groups and what they are at: some handed in, some returned, some accepted."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.core import clock
from app.database import db
from app.events.models import Event, UnitKind
from app.exercises.linkage.handing_in import what_is_missing
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.linkage.storing import create_from_document
from app.exercises.models import Comment, Exercise, Status, Submission
from app.groups import assigning, queries
from app.groups.models import Group

from .documents import Record, rayong_document, roiet_document
from .drafts import Table
from .programmes import Training

_DOCUMENTS: dict[str, Callable[[list[Table]], Record]] = {"21": rayong_document, "45": roiet_document}
# Mid-way through: most still write, some have handed in, a few came back, some are accepted.
_STATUSES = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.PASSED)
_SHARES = (0.4, 0.3, 0.1, 0.2)
_LINKING = 2  # of the imported exercise's four phases
_RETURN_REASON = "ผลผลิตยังไม่มีจำนวนที่วัดได้ และเหตุผลที่เชื่อมกับเป้าหมายอำเภอยังไม่ชัด โปรดแก้แล้วส่งอีกครั้ง"


def add_groups(event: Event) -> list[Group]:
    """Groups by district, shared among the facilitators; the first at each table writes."""
    grouping = assigning.make_groups("command", event, assigning.Settings())
    assigning.share_out_facilitators("command", event, grouping)
    for group in grouping.groups:
        if group.memberships:
            group.memberships[0].is_scribe = True
    db.session.flush()
    return queries.groups_of(grouping)


def add_exercise(event: Event, training: Training, groups: list[Group], began: datetime) -> Exercise:
    """The linkage exercise with everyone's drafts, as it stands an hour after it began."""
    sizes = queries.sizes(groups[0].grouping)
    tables = [
        Table(f"G{group.number}", group.name, group.unit.code, group.unit.name, sizes[group.id])
        for group in groups
        if group.unit is not None and group.unit.kind == UnitKind.DISTRICT
    ]
    document = _DOCUMENTS[training.province_code](tables)
    document["meta"] = {**document["meta"], "name": training.exercise_name}
    exercise = create_from_document(event, document)
    exercise.created_at = began
    exercise.phase_position = _LINKING  # without a timer: whoever looks at the demo comes at any hour
    for submission in exercise.submissions:
        _settle(submission, began)
    db.session.flush()
    return exercise


def _settle(submission: Submission, began: datetime) -> None:
    """Give a group's work its status and the minute of its last save."""
    chance = random.Random(f"{submission.exercise.event.slug}/{submission.code}")
    submission.status = chance.choices(_STATUSES, _SHARES)[0] if _is_complete(submission) else Status.DRAFT
    submission.saved_at = began + timedelta(minutes=chance.randint(22, 62), seconds=chance.randint(0, 59))
    if submission.status != Status.DRAFT:
        submission.submitted_at = submission.saved_at + timedelta(minutes=chance.randint(1, 6))
    for table in (PlanItem, PlanLink):
        db.session.execute(
            update(table).where(table.submission_id == submission.id).values(updated_at=submission.saved_at)
        )
    _give_items(submission, submission.status)
    if submission.status == Status.RETURNED:
        _return_one(submission)


def _give_items(submission: Submission, status: str) -> None:
    """Set the status of a group's items; a link has the status of the item it begins at."""
    db.session.execute(update(PlanItem).where(PlanItem.submission_id == submission.id).values(status=status))


def _is_complete(submission: Submission) -> bool:
    """Whether the group could hand in at all."""
    return not what_is_missing(submission.exercise, submission)


def _return_one(submission: Submission) -> None:
    """One project came back with a reason; the group's other cards stay handed in."""
    project = select(PlanItem).where(PlanItem.submission_id == submission.id, PlanItem.kind == "project")
    item = db.session.scalar(project.order_by(PlanItem.id.desc()).limit(1))
    _give_items(submission, Status.SUBMITTED)
    if item is None:
        submission.status = Status.SUBMITTED
        return
    db.session.execute(update(PlanItem).where(PlanItem.id == item.id).values(status=Status.RETURNED))
    db.session.add(
        Comment(
            submission=submission,
            entity="item",
            entity_id=item.public_id,
            purpose="return",
            text=_RETURN_REASON,
            user_id=submission.group.facilitator_id,
            created_at=(submission.submitted_at or clock.now()) + timedelta(minutes=3),
        )
    )
