"""Last year's plan in the demo: imported, followed for months, reviewed by its two groups in the morning."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.accounts.models import User
from app.database import db
from app.events.models import Event
from app.exercises.linkage.document.storing import create_from_document
from app.exercises.linkage.following import reporting
from app.exercises.linkage.following.models import Standing
from app.exercises.linkage.reviewing import beginning, fates
from app.exercises.models import Exercise, Status, Submission
from app.exercises.ops import Author

from .documents import SAMPLE, Record, read
from .drafts import Table

_UPPER_LEVELS = ("PRO", "NAT1")


def add_former_plan(event: Event, tables: list[Table], organiser: User, morning: datetime) -> None:
    """The former plan, its follow-up, and a review that has words on half of it."""
    story = read("former_rayong.json")
    former = create_from_document(event, _document(story, tables))
    former.created_at = morning - timedelta(days=12)
    for submission in former.submissions:
        submission.status = Status.PASSED
    _follow(former, story, organiser, morning)
    _review(event, former, story, organiser, morning)


def _document(story: Record, tables: list[Table]) -> Record:
    sample = read(SAMPLE)
    given = [item for item in sample["items"] if item["level"] in _UPPER_LEVELS and item["origin"] == "reference"]
    known = {item["id"] for item in given}
    upward = [link for link in sample["links"] if link["source"] in known and link["target"] in known]
    own = {table.name: table for table in tables if table.name in story["groups"]}
    items = [_item(item, own[item["group"]]) for item in story["items"]]
    links = [
        {"id": f"ช60-{n}", "source": a, "target": b, "type": kind, "strength": strength, "rationale": why}
        for n, (a, b, kind, strength, why) in enumerate(story["links"], 1)
    ]
    meta = {**sample["meta"], "event_year_be": 2560, "name": story["name"], "note_th": story["note"]}
    return {
        "meta": {**meta, "plan_period_be": [2560, 2563]},
        "settings": sample["settings"],
        "levels": sample["levels"],
        "chains": sample["chains"],
        "areas": [{"code": t.district, "th": t.district_name, "type": "district"} for t in own.values()],
        "groups": [{"id": t.code, "name": t.name, "district": t.district, "size": t.size} for t in own.values()],
        "items": given + items,
        "links": upward + links,
        "reviews": [],
    }


def _item(item: Record, table: Table) -> Record:
    return {**item, "origin": "group", "group": table.code, "areas": [table.district]}


def _follow(former: Exercise, story: Record, organiser: User, morning: datetime) -> None:
    reporting.set_up(former, organiser)
    projects = {one.item.code: one for one in reporting.follow_ups_of(former)}
    for code, days_ago, status, percent, spent, note, who in story["reports"]:
        made = reporting.report(projects[code], reporting.Said(Standing(status), percent, spent, note), who)
        made.at = morning - timedelta(days=days_ago)


def _review(event: Event, former: Exercise, story: Record, organiser: User, morning: datetime) -> None:
    """Only the groups of the former plan sit over it; some of its items still wait for their word."""
    review = beginning.begin(event, former.grouping, former, story["review"], organiser)
    review.created_at = morning
    sitting = {submission.group_id for submission in former.submissions}
    others = Submission.exercise_id == review.id, Submission.group_id.not_in(sitting)
    db.session.execute(delete(Submission).where(*others))
    db.session.expire(review, ["submissions"])
    listed = {item.code: item for item in fates.former_items(review)}
    for minutes, (code, fate, reason, result, year) in enumerate(story["fates"]):
        fates.decide(listed[code], fates.Verdict(fate, reason, result, year), Author(user=organiser))
        listed[code].decided_at = morning + timedelta(minutes=10 + 6 * minutes)
