"""The room at a glance: facts of every group for the facilitator's tiles, read in a few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.core import clock
from app.database import db
from app.groups.models import Membership
from app.live import presence
from app.live.presence import Seen

from . import lifecycle, suggesting
from .models import Change, Exercise, Status, Submission
from .signals import GroupFacts, Signal, median_cards, signals_of, worst

WRITES_NOW = 10  # minutes in which whoever wrote is shown as writing


@dataclass(frozen=True)
class Tile:
    """One group as the dashboard shows it."""

    submission: Submission
    signals: list[Signal]
    members: int = 0
    writers: int = 0  # of the members, within the last minutes
    seen: Seen = Seen()  # whose phones have the group's page open

    @property
    def level(self) -> int:
        """3 look now, 2 soon, 1 good to know, 0 all well."""
        return worst(self.signals)


@dataclass(frozen=True)
class RoomFacts:
    """What is counted over all groups of a room at once, by the submission's id where nothing else is said."""

    cards: Mapping[int, int]
    usual: float  # the median of cards
    edits: Mapping[int | None, Mapping[str, int]]  # by person
    writers: Mapping[int | None, int]
    waiting: Mapping[int, int]  # suggestions
    members: Mapping[int, int]  # by the group's id
    seen: Mapping[int, Seen]


def facts_of(exercise: Exercise, cards: Mapping[int, int]) -> RoomFacts:
    """Count the room. ``cards`` counts every group's cards."""
    everyone = exercise.submissions
    return RoomFacts(
        cards=cards,
        usual=median_cards(GroupFacts(cards=cards.get(one.id, 0)) for one in everyone),
        edits=_edits(exercise),
        writers=_writers(exercise, clock.now() - timedelta(minutes=WRITES_NOW)),
        waiting=suggesting.counts_of_open(exercise),
        members=members_of(exercise),
        seen=_there(exercise, everyone),
    )


def tiles_of(exercise: Exercise, submissions: Sequence[Submission], facts: RoomFacts) -> list[Tile]:
    """The groups with the worst signal first, then by table."""
    now = clock.now()
    phase = _minutes(exercise.phase_started_at, now)
    tiles = [
        Tile(
            one,
            signals_of(_group_facts(exercise, one, facts, now), phase, facts.usual),
            facts.members.get(one.group_id, 0),
            facts.writers.get(one.id, 0),
            facts.seen.get(one.id, Seen()),
        )
        for one in submissions
    ]
    return sorted(tiles, key=lambda tile: (-tile.level, tile.submission.position, tile.submission.id))


def _group_facts(exercise: Exercise, one: Submission, facts: RoomFacts, now: datetime) -> GroupFacts:
    return GroupFacts(
        status=Status(one.status),
        cards=facts.cards.get(one.id, 0),
        silence=_minutes(_later(one.saved_at, exercise.phase_started_at), now),
        members=facts.members.get(one.group_id, 0),
        edits=facts.edits.get(one.id, {}),
        suggestions=facts.waiting.get(one.id, 0),
        hand=one.hand_raised_at is not None,
        is_locked=one.is_locked,
        phones=facts.seen.get(one.id, Seen()).phones,
    )


def _there(exercise: Exercise, submissions: Sequence[Submission]) -> dict[int, Seen]:
    """Whose phones have each group's page open, by the submission's id."""
    names = {lifecycle.group_topic(exercise, one): one.id for one in submissions}
    return {names[name]: found for name, found in presence.seen(exercise.event, names).items()}


def _later(saved: datetime | None, phase_began: datetime | None) -> datetime | None:
    """The moment silence counts from: the night between two days of an exercise is no silence."""
    if saved is None or phase_began is None:
        return saved
    return max(saved, phase_began)


def _minutes(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else (now - since).total_seconds() / 60


def _edits(exercise: Exercise) -> dict[int | None, dict[str, int]]:
    """How many edits each person made in each group, by the submission's id."""
    query = (
        select(Change.submission_id, Change.registrant_id, Change.user_id, func.count())
        .where(Change.exercise_id == exercise.id, Change.entity.in_(("item", "link")))
        .group_by(Change.submission_id, Change.registrant_id, Change.user_id)
    )
    found: dict[int | None, dict[str, int]] = defaultdict(dict)
    for submission_id, registrant_id, user_id, count in db.session.execute(query):
        found[submission_id][f"{registrant_id}/{user_id}"] = count
    return found


def _writers(exercise: Exercise, since: datetime) -> dict[int | None, int]:
    """How many participants wrote in each group since then, by the submission's id."""
    query = (
        select(Change.submission_id, func.count(Change.registrant_id.distinct()))
        .where(Change.exercise_id == exercise.id, Change.at >= since)
        .group_by(Change.submission_id)
    )
    return dict(db.session.execute(query).tuples().all())


def members_of(exercise: Exercise) -> dict[int, int]:
    """How many members each table has, by the group's id; its advisers are not of its number."""
    query = (
        select(Membership.group_id, func.count())
        .where(Membership.grouping_id == exercise.grouping_id, Membership.is_adviser.is_(False))
        .group_by(Membership.group_id)
    )
    return dict(db.session.execute(query).tuples().all())
