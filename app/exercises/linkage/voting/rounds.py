"""A round from its making to its result: ready, open, closed. Nobody sees a figure before it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.models import DotVote, PlanItem
from app.exercises.models import Exercise, Status, Submission
from app.groups.models import Membership
from app.live.topics import touch
from app.registration.models import Registrant, Standing

from .models import Ballot, Method, RoundState, VoteOption, VoteRound
from .tally import Cast, Row, points_by_group, tally

MOST_OPTIONS = {Method.DOTS: 60, Method.TOP3: 60, Method.CRITERIA: 15, Method.MATRIX: 25}
MOST_CRITERIA = 6
LONGEST_NAME = 200


@dataclass(frozen=True)
class Question:
    """What the organiser asks."""

    name: str
    method: Method
    items: Sequence[str]  # public ids
    dots: int = 5
    most: int = 3
    own_allowed: bool = True
    criteria: Sequence[tuple[str, float]] = ()  # words and weight


def topic(exercise: Exercise) -> str:
    """The live topic of the exercise's votes."""
    return f"vote-{exercise.public_id}"


def prepare(exercise: Exercise, question: Question, user: User) -> VoteRound:
    """Make a round; what it asks about never changes afterwards."""
    lifecycle.check_not_final(exercise)
    items = _items(exercise, question)
    name = clean_text(question.name)
    if not name or len(name) > LONGEST_NAME:
        raise RuleBroken(_l("โปรดตั้งคำถามสั้น ๆ เช่น โครงการใดควรทำก่อน"), "name")
    last = db.session.scalar(select(func.max(VoteRound.number)).where(VoteRound.exercise_id == exercise.id)) or 0
    made = VoteRound(
        exercise_id=exercise.id,
        number=last + 1,
        name=name,
        method=question.method,
        settings=_settings(question),
        user_id=user.id,
    )
    made.options = [VoteOption(item=item, position=place) for place, item in enumerate(items)]
    db.session.add(made)
    db.session.flush()
    record(user, exercise.event, "vote.prepared", made, method=str(question.method), options=len(items))
    touch(exercise.event, topic(exercise))
    return made


def _items(exercise: Exercise, question: Question) -> list[PlanItem]:
    wanted = list(dict.fromkeys(question.items))
    query = select(PlanItem).where(
        PlanItem.exercise_id == exercise.id,
        PlanItem.public_id.in_(wanted),
        PlanItem.deleted_at.is_(None),
        PlanItem.status.is_distinct_from(Status.MERGED),
    )
    found = {item.public_id: item for item in db.session.scalars(query)}
    items = [found[public_id] for public_id in wanted if public_id in found]
    if len(items) < 2:
        raise RuleBroken(_l("โปรดเลือกรายการอย่างน้อย 2 รายการ"), "items")
    most = MOST_OPTIONS[question.method]
    if len(items) > most:
        raise RuleBroken(_l("วิธีนี้ลงคะแนนได้ไม่เกิน %(most)d รายการ โปรดเลือกให้น้อยลง", most=most), "items")
    return items


def _settings(question: Question) -> dict[str, Any]:
    if question.method == Method.DOTS:
        if not 1 <= question.dots <= 50 or not 1 <= question.most <= min(10, question.dots):
            raise RuleBroken(_l("จำนวนคะแนนไม่ถูกต้อง คะแนนต่อรายการต้องไม่เกินคะแนนทั้งหมดและไม่เกิน 10"), "dots")
        return {"dots": question.dots, "most": question.most, "own_allowed": question.own_allowed}
    if question.method == Method.CRITERIA:
        if not 1 <= len(question.criteria) <= MOST_CRITERIA or any(w <= 0 for _, w in question.criteria):
            raise RuleBroken(_l("ใส่เกณฑ์ 1 ถึง %(most)d ข้อ น้ำหนักมากกว่า 0", most=MOST_CRITERIA), "criteria")
        criteria = [
            {"code": f"K{n}", "th": words, "weight": w} for n, (words, w) in enumerate(question.criteria, 1)
        ]
        return {"criteria": criteria, "own_allowed": question.own_allowed}
    return {"own_allowed": question.own_allowed}


def open_round(vote: VoteRound, user: User) -> None:
    """Let people vote. One round of an exercise at a time."""
    lifecycle.lock(vote.exercise)
    lifecycle.check_not_final(vote.exercise)
    db.session.refresh(vote)
    if vote.state != RoundState.READY:
        raise RuleBroken(_l("รอบนี้เปิดไปแล้ว หากต้องลงคะแนนใหม่โปรดสร้างรอบใหม่"))
    if running(vote.exercise) is not None:
        raise RuleBroken(_l("มีรอบอื่นเปิดอยู่ โปรดปิดรอบนั้นก่อน"))
    vote.state, vote.opened_at = RoundState.OPEN, clock.now()
    db.session.flush()
    record(user, vote.exercise.event, "vote.opened", vote)
    touch(vote.exercise.event, topic(vote.exercise))


def close_round(vote: VoteRound, user: User) -> None:
    """End the round: figures may be seen, and points feed the analyses."""
    lifecycle.lock(vote.exercise)
    db.session.refresh(vote, with_for_update=True)  # a ballot under way is in or out, never half
    if vote.state != RoundState.OPEN:
        return
    vote.state, vote.closed_at = RoundState.CLOSED, clock.now()
    db.session.flush()
    if vote.method in (Method.DOTS, Method.TOP3) and not vote.exercise.is_final:
        _feed(vote)
    record(user, vote.exercise.event, "vote.closed", vote, ballots=turnout(vote).cast)
    touch(vote.exercise.event, topic(vote.exercise))


def _feed(vote: VoteRound) -> None:
    """Put the groups' points where analysis A17 reads them; the newest closed round counts."""
    exercise = vote.exercise
    submissions = {submission.code: submission.id for submission in exercise.submissions}
    items = {option.item.public_id: option.item_id for option in vote.options}
    db.session.execute(delete(DotVote).where(DotVote.submission_id.in_(submissions.values())))
    for group, row in points_by_group(vote.method, _casts(vote)).items():
        db.session.add_all(
            DotVote(submission_id=submissions[group], item_id=items[item], dots=points)
            for item, points in row.items()
            if item in items
        )
    exercise.vote_settings = {"method": str(vote.method), "name": vote.name, **vote.settings}
    db.session.flush()
    lifecycle.note(exercise, None, "vote", entity="exercise", entity_id=exercise.public_id)
    lifecycle.moved(exercise)


# -- reading -------------------------------------------------------------------------------------------


def rounds_of(exercise: Exercise) -> list[VoteRound]:
    """Every round, newest first."""
    query = select(VoteRound).where(VoteRound.exercise_id == exercise.id).order_by(VoteRound.number.desc())
    return list(db.session.scalars(query))


def find(exercise: Exercise, public_id: str) -> VoteRound | None:
    """A round by the id in its address."""
    query = select(VoteRound).where(VoteRound.exercise_id == exercise.id, VoteRound.public_id == public_id)
    return db.session.scalar(query)


def running(exercise: Exercise) -> VoteRound | None:
    """The round that is open now."""
    query = select(VoteRound).where(VoteRound.exercise_id == exercise.id, VoteRound.state == RoundState.OPEN)
    return db.session.scalar(query)


@dataclass(frozen=True)
class Turnout:
    """How many voted of those at the tables, and by group."""

    cast: int
    of: int
    groups: list[tuple[Submission, int, int]]  # group, ballots, members
    without_group: int


def turnout(vote: VoteRound) -> Turnout:
    """Who may vote and how many did; this is all that anyone sees before the round is closed."""
    ballots = _standing_ballots(vote)
    members = _members(vote.exercise)
    cast = [ballot.submission_id for ballot in ballots]
    groups = [(one, cast.count(one.id), members.get(one.group_id, 0)) for one in vote.exercise.submissions]
    return Turnout(len(cast), sum(members.values()), groups, cast.count(None))


def _members(exercise: Exercise) -> dict[int, int]:
    query = (
        select(Membership.group_id, func.count())
        .join(Registrant, Registrant.id == Membership.registrant_id)
        .where(
            Membership.grouping_id == exercise.grouping_id,
            Registrant.standing != Standing.WITHDRAWN,
            Registrant.merged_into_id.is_(None),
        )
        .group_by(Membership.group_id)
    )
    return dict(db.session.execute(query).tuples().all())


def results(vote: VoteRound) -> list[Row]:
    """Both countings of a closed round; refused before, whoever asks."""
    if vote.state != RoundState.CLOSED:
        raise RuleBroken(_l("ผลคะแนนจะแสดงเมื่อปิดการลงคะแนนแล้ว"))
    items = [option.item.public_id for option in vote.options]
    weights = {row["code"]: row["weight"] for row in vote.settings.get("criteria", ())}
    return tally(vote.method, items, _casts(vote), weights)


def _casts(vote: VoteRound) -> list[Cast]:
    return [
        Cast(ballot.submission.code if ballot.submission else None, ballot.choices)
        for ballot in _standing_ballots(vote)
    ]


def _standing_ballots(vote: VoteRound) -> list[Ballot]:
    """One ballot a person: where two records became one after both had voted, the later vote stands."""
    query = (
        select(Ballot, Registrant.merged_into_id)
        .join(Registrant, Registrant.id == Ballot.registrant_id)
        .where(Ballot.round_id == vote.id)
        .options(joinedload(Ballot.submission))
        .order_by(Ballot.changed_at, Ballot.id)
    )
    rows = db.session.execute(query).tuples().all()
    above = {ballot.registrant_id: into for ballot, into in rows if into is not None}
    standing: dict[int, Ballot] = {}
    for ballot, _into in rows:
        person = ballot.registrant_id
        while person in above:
            person = above[person]
        standing[person] = ballot
    return list(standing.values())
