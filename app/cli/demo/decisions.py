"""What the demo's organiser has decided by mid-afternoon: versions kept, items merged, votes taken."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.database import db
from app.exercises.linkage.analysis import LinkageGraph
from app.exercises.linkage.analysis.capacity import beyond_capacity_not_escalated
from app.exercises.linkage.analysis.overlap import overlap
from app.exercises.linkage.merging.deciding import Decision, decide
from app.exercises.linkage.merging.models import MergeKind, MergeRecord
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.snapshots.keeping import keep
from app.exercises.linkage.snapshots.models import Purpose
from app.exercises.linkage.voting import rounds
from app.exercises.linkage.voting.models import Ballot, Method, VoteRound
from app.exercises.models import Exercise, Status
from app.groups.models import Membership

from .documents import Record

FIRST_CHOICES = 12  # projects of the first vote
SECOND_CHOICES = 6


def add_decisions(exercise: Exercise, document: Record, organiser: User, began: datetime) -> None:
    """A version before and one after the decisions, three decisions, a closed vote and an open one."""
    before = keep(exercise, Purpose.DRAFT, "ร่างของกลุ่ม ก่อนรวมโครงการ", organiser)
    before.at = began + timedelta(minutes=65)
    made = _merge(exercise, LinkageGraph.from_document(document), organiser)
    for minutes, merge in enumerate(made):
        merge.at = began + timedelta(minutes=74 + 5 * minutes)
    after = keep(exercise, Purpose.SCREENED, "หลังรวมโครงการที่ซ้ำกัน", organiser)
    after.at = began + timedelta(minutes=95)
    _vote(exercise, organiser, began + timedelta(minutes=110))


def _merge(exercise: Exercise, graph: LinkageGraph, organiser: User) -> list[MergeRecord]:
    """One pair joined, one pair of two districts bundled, one project passed on: found, as the page finds them."""
    query = select(PlanItem).where(PlanItem.exercise_id == exercise.id, PlanItem.kind == "project")
    cards = {item.code: item for item in db.session.scalars(query)}
    pairs = overlap(graph)
    same = next(pair for pair in pairs if pair["cls"] == "likely_duplicate")
    taken = {same["a"], same["b"]}
    apart = next(pair for pair in pairs if pair["cls"] != "likely_duplicate" and taken.isdisjoint(pair.values()))
    taken |= {apart["a"], apart["b"]}
    beyond = next(code for code in beyond_capacity_not_escalated(graph) if code in cards and code not in taken)
    words = {
        "merge": Decision(
            MergeKind.MERGE,
            "สองกลุ่มของอำเภอเดียวกันเสนอเรื่องเดียวกัน ทำพร้อมกันประหยัดค่าเครื่องจักรและทีมช่าง",
            budget="sum",
        ),
        "bundle": Decision(
            MergeKind.BUNDLE,
            "เนื้อหาเดียวกันต่างพื้นที่ รวมเป็นชุดเดียวเพื่อเสนอจังหวัด แต่ละอำเภอยังดำเนินการเอง",
            title=f"ชุดโครงการ{cards[apart['a']].shown_title.removeprefix('โครงการ')}"[:300],
            level="DIS",
        ),
        "escalate": Decision(
            MergeKind.ESCALATE,
            "งบประมาณและเครื่องมือเกินศักยภาพของท้องถิ่น ขอให้อำเภอประสานแผนกับจังหวัด",
            level="DIS",
            budget="max",
        ),
    }
    sources = {"merge": [same["a"], same["b"]], "bundle": [apart["a"], apart["b"]], "escalate": [beyond]}
    return [
        decide(exercise, [cards[code].public_id for code in codes], words[name], organiser)
        for name, codes in sources.items()
    ]


# -- votes ---------------------------------------------------------------------------------------------------


def _vote(exercise: Exercise, organiser: User, at: datetime) -> None:
    """Points on a dozen projects, counted; then three of the best, with half of the hall still to vote."""
    chance = random.Random(f"{exercise.event.slug}/vote")
    first = _round(exercise, "โครงการใดควรทำก่อนในปีแรก", Method.DOTS, _candidates(exercise), organiser, at)
    _ballots(first, 0.78, chance)
    rounds.close_round(first, organiser)
    first.closed_at = at + timedelta(minutes=9)
    best = [row.item for row in rounds.results(first)[:SECOND_CHOICES]]
    named = "สามเรื่องที่อำเภอควรเสนอจังหวัด"
    second = _round(exercise, named, Method.TOP3, best, organiser, at + timedelta(minutes=14))
    _ballots(second, 0.46, chance)


def _candidates(exercise: Exercise) -> list[str]:
    """Accepted projects and what was merged, a few districts' worth."""
    query = (
        select(PlanItem.public_id)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.kind == "project",
            PlanItem.status.in_((Status.PASSED, Status.SUBMITTED)),
        )
        .order_by(PlanItem.origin != "merged", PlanItem.id)
    )
    found = list(db.session.scalars(query))
    step = max(len(found) // FIRST_CHOICES, 1)
    return found[::step][:FIRST_CHOICES]


def _round(
    exercise: Exercise, name: str, method: Method, items: Sequence[str], organiser: User, at: datetime
) -> VoteRound:
    vote = rounds.prepare(exercise, rounds.Question(name, method, items), organiser)
    rounds.open_round(vote, organiser)
    vote.opened_at = at
    return vote


def _ballots(vote: VoteRound, share: float, chance: random.Random) -> None:
    """Members vote within the round's rules; some projects are simply more liked than others."""
    items = [option.item.public_id for option in vote.options]
    liked = {item: chance.random() ** 2 + 0.1 for item in items}
    own = {submission.group_id: submission.id for submission in vote.exercise.submissions}
    seats = select(Membership.registrant_id, Membership.group_id).where(
        Membership.grouping_id == vote.exercise.grouping_id, Membership.group_id.in_(own)
    )
    for registrant_id, group_id in db.session.execute(seats.order_by(Membership.id)):
        if chance.random() > share:
            continue
        picked = sorted(items, key=lambda item: chance.random() ** (1 / liked[item]), reverse=True)[:3]
        weights = (3, 1, 1) if vote.method == Method.DOTS else (1, 2, 3)
        at = (vote.opened_at or vote.exercise.created_at) + timedelta(seconds=chance.randint(20, 480))
        db.session.add(
            Ballot(
                round_id=vote.id,
                registrant_id=registrant_id,
                submission_id=own[group_id],
                choices=dict(zip(picked, weights, strict=True)),
                cast_at=at,
                changed_at=at,
            )
        )
    db.session.flush()
