"""From scores to a decision: passed, passed with something to mend, or rejected with the reason."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.analysis import LinkageGraph, Scope
from app.exercises.linkage.analysis.screening import screening
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.scopes import HANDED_IN
from app.exercises.models import Comment, Exercise, Status, Submission

from ..document.storing import document_of
from .reviewing import LONGEST_NOTE, Switches, screened_items

EVERY = frozenset({*HANDED_IN, Status.REJECTED})
DECISIONS = {"pass": Status.PASSED, "revise": Status.CONDITIONAL, "fail": Status.REJECTED}


def results(exercise: Exercise) -> dict[str, Any]:
    """Means, score, band by the item's code, and the reviewers' agreement (A11 and A12), rejected items too."""
    return screening(LinkageGraph.from_document(document_of(exercise), Scope(statuses=EVERY)))


def decide(exercise: Exercise, item: PlanItem, decision: str, reason: str, user: User) -> None:
    """Decide one item; the group is told why when something is to mend or it was rejected."""
    if decision not in DECISIONS:
        raise RuleBroken(_l("โปรดเลือกผลการกลั่นกรอง"))
    said = clean_text(reason, multiline=True)
    if decision != "pass" and not said:
        raise RuleBroken(_l("โปรดเขียนเหตุผลหรือข้อที่ต้องแก้ เพื่อให้กลุ่มทราบ"), "reason")
    if len(said) > LONGEST_NOTE:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_NOTE), "reason")
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    _set(exercise, item, DECISIONS[decision], said, user)


def decide_by_scores(exercise: Exercise, user: User) -> int:
    """Decide every item that has enough reviews by its band; returns how many changed."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    found, needed, changed = results(exercise)["items"], Switches.of(exercise).needed, 0
    for item in screened_items(exercise):
        result = found.get(item.code)
        if result is None or result["band"] is None or result["reviewers"] < needed:
            continue
        status = DECISIONS[result["band"]]
        if item.status != status:
            said = "" if status == Status.PASSED else _("คะแนนกลั่นกรอง %(score)s จาก 100", score=result["score"])
            _set(exercise, item, status, said, user)
            changed += 1
    return changed


def _set(exercise: Exercise, item: PlanItem, status: Status, reason: str, user: User) -> None:
    before, item.status = item.status, status
    submission = item.submission
    if reason and isinstance(submission, Submission):
        comment = Comment(submission=submission, text=reason, user=user, purpose="comment")
        comment.entity, comment.entity_id = "item", item.public_id
        db.session.add(comment)
    lifecycle.note(
        exercise,
        submission,
        "screen",
        entity="item",
        entity_id=item.public_id,
        rev=item.rev,
        before={"status": before},
        after={"status": status},
        user=user,
    )
    record(user, exercise.event, "screening.decided", item, status=status)
    db.session.flush()
    lifecycle.moved(exercise, submission)
