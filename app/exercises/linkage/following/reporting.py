"""Following projects up: setting the list up, the reporters' links, taking a report, and what stands now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.addresses import base_url
from app.core.errors import RuleBroken
from app.core.text import arabic_digits, clean_name, clean_text
from app.core.tokens import matches, sign
from app.database import db
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise
from app.live.topics import touch

from ..document.rows import satang_of
from ..group_work.fields import baht
from .models import NOT_OF_THE_PLAN, FollowUp, Report, Reporter, Standing

_PURPOSE = "follow-up-link"
LONGEST_NAME = 200
LONGEST_NOTE = 1000
WORDS = {
    Standing.PLANNED: _l("ยังไม่เริ่ม"),
    Standing.RUNNING: _l("กำลังดำเนินการ"),
    Standing.DELAYED: _l("ล่าช้า"),
    Standing.DONE: _l("แล้วเสร็จ"),
    Standing.CANCELLED: _l("ยกเลิก"),
}


def topic(exercise: Exercise) -> str:
    """The live topic of the follow-up list."""
    return f"follow-{exercise.public_id}"


# -- the list ------------------------------------------------------------------------------------------


def set_up(exercise: Exercise, user: User) -> int:
    """Follow every project of the plan that is not yet followed; its lead agency reports. Returns how many."""
    known = set(db.session.scalars(select(FollowUp.item_id).where(FollowUp.exercise_id == exercise.id)))
    query = select(PlanItem).where(
        PlanItem.exercise_id == exercise.id,
        PlanItem.kind == "project",
        PlanItem.deleted_at.is_(None),
        PlanItem.origin.is_distinct_from("reference"),
    )
    new = [
        item for item in db.session.scalars(query) if item.id not in known and item.status not in NOT_OF_THE_PLAN
    ]
    reporters = {one.name: one for one in reporters_of(exercise)}
    for item in new:
        name = clean_name(item.lead_name or "")[:LONGEST_NAME]
        if name and name not in reporters:
            reporters[name] = Reporter(exercise_id=exercise.id, name=name)
            db.session.add(reporters[name])
        db.session.add(FollowUp(exercise_id=exercise.id, item=item, reporter=reporters.get(name)))
    db.session.flush()
    if new:
        record(user, exercise.event, "follow_up.set_up", exercise, projects=len(new))
        touch(exercise.event, topic(exercise))
    return len(new)


def assign(follow_up: FollowUp, name: str, user: User) -> None:
    """Another office reports on this project; an empty name takes it from everyone."""
    wanted = clean_name(name)
    if len(wanted) > LONGEST_NAME:
        raise RuleBroken(_l("ชื่อยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_NAME), "name")
    exercise = follow_up.exercise
    reporter = next((one for one in reporters_of(exercise) if one.name == wanted), None)
    if reporter is None and wanted:
        reporter = Reporter(exercise_id=exercise.id, name=wanted)
        db.session.add(reporter)
    follow_up.reporter = reporter
    db.session.flush()
    record(user, exercise.event, "follow_up.assigned", follow_up)
    touch(exercise.event, topic(exercise))


def reporters_of(exercise: Exercise) -> list[Reporter]:
    """Who reports, by name."""
    query = (
        select(Reporter)
        .where(Reporter.exercise_id == exercise.id)
        .options(selectinload(Reporter.follow_ups).selectinload(FollowUp.reports))
        .order_by(Reporter.name)
    )
    return list(db.session.scalars(query))


def follow_ups_of(exercise: Exercise) -> list[FollowUp]:
    """Every followed project of the plan with its reports, by group as people sat."""
    query = (
        select(FollowUp)
        .join(FollowUp.item)
        .where(FollowUp.exercise_id == exercise.id, PlanItem.deleted_at.is_(None))
        .options(joinedload(FollowUp.item), joinedload(FollowUp.reporter), selectinload(FollowUp.reports))
        .order_by(PlanItem.submission_id, PlanItem.position, PlanItem.id)
    )
    return [one for one in db.session.scalars(query) if one.stands]


def find(exercise: Exercise, public_id: str) -> FollowUp | None:
    """A followed project by the id in its address."""
    query = select(FollowUp).where(FollowUp.exercise_id == exercise.id, FollowUp.public_id == public_id)
    return db.session.scalar(query)


def latest_of(follow_up: FollowUp) -> Report | None:
    """What stands now."""
    return follow_up.reports[-1] if follow_up.reports else None


@dataclass(frozen=True)
class Summary:
    """The whole list in figures; a project nobody has reported on stands as not begun."""

    counts: list[tuple[object, int]]
    silent: int
    percent: int


def summary(follow_ups: list[FollowUp]) -> Summary:
    """How many stand where, how many were never reported on, and the mean of what is done."""
    latest = [latest_of(one) for one in follow_ups]
    found = Counter(report.status if report else Standing.PLANNED for report in latest)
    done = sum(report.percent if report else 0 for report in latest)
    return Summary(
        [(words, found[standing]) for standing, words in WORDS.items()],
        sum(report is None for report in latest),
        round(done / len(latest)) if latest else 0,
    )


# -- the reporters' links ------------------------------------------------------------------------------


def token_of(reporter: Reporter) -> str:
    """The secret part of a reporter's link now."""
    return sign(_PURPOSE, reporter.public_id, reporter.link_version)


def link_of(reporter: Reporter) -> str:
    """The absolute address to be sent to that office only."""
    path = url_for("exercises.open_report", reporter_id=reporter.public_id, token=token_of(reporter))
    return base_url() + path


def find_reporter(public_id: str) -> Reporter | None:
    """A reporter by id."""
    return db.session.scalar(select(Reporter).where(Reporter.public_id == public_id))


def find_by_link(public_id: str, token: str) -> Reporter | None:
    """The reporter a link belongs to; None when it is wrong or revoked."""
    reporter = find_reporter(public_id)
    if reporter is None or not matches(token, _PURPOSE, public_id, reporter.link_version):
        return None
    return reporter


def reissue(reporter: Reporter, user: User) -> None:
    """Give an office a new link; the old one, and every browser that came by it, stops at once."""
    reporter.link_version += 1
    record(user, reporter.exercise.event, "follow_up.link_reissued", reporter, version=reporter.link_version)


# -- a report ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A report as typed."""

    status: str
    percent: str = ""
    spent: str = ""
    note: str = ""


def report(follow_up: FollowUp, said: Said, said_by: str) -> Report:
    """Take a report. Done is 100, not begun is 0; the rest is for the office to say."""
    if said.status not in WORDS:
        raise RuleBroken(_l("โปรดเลือกว่าโครงการอยู่ขั้นใด"), "status")
    status = Standing(said.status)
    note = clean_text(said.note, multiline=True)
    if len(note) > LONGEST_NOTE:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_NOTE), "note")
    if status in (Standing.DELAYED, Standing.CANCELLED) and not note:
        raise RuleBroken(_l("โปรดบอกเหตุผลที่ล่าช้าหรือยกเลิก"), "note")
    made = Report(
        follow_up=follow_up,
        status=status,
        percent=_percent(status, said.percent),
        spent_satang=satang_of(baht(said.spent)),
        note=note,
        said_by=said_by[:LONGEST_NAME],
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    touch(follow_up.exercise.event, topic(follow_up.exercise))
    return made


def _percent(status: Standing, typed: str) -> int:
    if status == Standing.DONE:
        return 100
    if status == Standing.PLANNED:
        return 0
    written = arabic_digits(clean_text(typed)).removesuffix("%").strip()
    if not written:
        return 0
    if not written.isdigit() or int(written[:4]) > 100:
        raise RuleBroken(_l("ความก้าวหน้าเป็นตัวเลข 0 ถึง 100"), "percent")
    return int(written)
