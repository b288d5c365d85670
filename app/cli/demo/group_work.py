"""The demo's groups and what they are at: some handed in, some returned, some accepted."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.core import clock
from app.database import db
from app.events.models import Event, UnitKind
from app.exercises.linkage.completeness import submit_gate
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.models import PlanItem, PlanLink
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


def tables_of(groups: list[Group]) -> list[Table]:
    """The groups of districts as the documents know them."""
    sizes = queries.sizes(groups[0].grouping)
    return [
        Table(f"G{group.number}", group.name, group.unit.code, group.unit.name, sizes[group.id])
        for group in groups
        if group.unit is not None and group.unit.kind == UnitKind.DISTRICT
    ]


def document_for(training: Training, tables: list[Table]) -> Record:
    """What the groups have written, in the shape of a file."""
    document = _DOCUMENTS[training.province_code](tables)
    document["meta"] = {**document["meta"], "name": training.exercise_name}
    return document


def add_exercise(event: Event, document: Record, began: datetime) -> Exercise:
    """The linkage exercise with everyone's drafts, as it stands an hour after it began."""
    exercise = create_from_document(event, document)
    complete = _complete_groups(document, exercise.form.get("minimum"))
    exercise.created_at = began
    exercise.phase_position = _LINKING  # without a timer: whoever looks at the demo comes at any hour
    for submission in exercise.submissions:
        _settle(submission, began, submission.code in complete)
    db.session.flush()
    return exercise


def _complete_groups(document: Record, minimum: Mapping[str, int] | None) -> set[str]:
    """The groups that could hand in at all, judged from what each of them sees."""
    given = [item for item in document["items"] if "group" not in item]
    known = {item["id"] for item in given}
    own: dict[str, list[Record]] = {group["id"]: [] for group in document["groups"]}
    home = {item["id"]: item["group"] for item in document["items"] if "group" in item}
    links: dict[str, list[Record]] = {code: [] for code in own}
    for item in document["items"]:
        if "group" in item:
            own[item["group"]].append(item)
    for link in document["links"]:
        group = home.get(link["source"])
        if group is not None and (link["target"] in known or home.get(link["target"]) == group):
            links[group].append(link)
    return {
        code
        for code, items in own.items()
        if not submit_gate({**document, "items": given + items, "links": links[code]}, code, minimum)
    }


def _settle(submission: Submission, began: datetime, is_complete: bool) -> None:
    """Give a group's work its status and the minute of its last save."""
    chance = random.Random(f"{submission.exercise.event.slug}/{submission.code}")
    submission.status = chance.choices(_STATUSES, _SHARES)[0] if is_complete else Status.DRAFT
    submission.saved_at = began + timedelta(minutes=chance.randint(22, 62), seconds=chance.randint(0, 59))
    if submission.status != Status.DRAFT:
        submission.submitted_at = submission.saved_at + timedelta(minutes=chance.randint(1, 6))
    saved = {"updated_at": submission.saved_at}
    db.session.execute(update(PlanLink).where(PlanLink.submission_id == submission.id).values(saved))
    db.session.execute(
        update(PlanItem)
        .where(PlanItem.submission_id == submission.id)
        .values({**saved, "status": submission.status})
    )
    if submission.status == Status.RETURNED:
        _return_one(submission)


def _give_items(submission: Submission, status: str) -> None:
    """Set the status of a group's items; a link has the status of the item it begins at."""
    db.session.execute(update(PlanItem).where(PlanItem.submission_id == submission.id).values(status=status))


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
