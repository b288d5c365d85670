"""One participant's vote: read strictly, changed as often as wished until the round is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.checkin.door.people import root_of
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.exercises.models import Exercise, Submission
from app.exercises.queries import submission_of
from app.live.topics import touch
from app.registration.models import Registrant

from .models import Ballot, Method, RoundState, VoteOption, VoteRound
from .rounds import topic
from .tally import AXES, SCALE

UNREADABLE = _l("ข้อมูลที่ส่งมาอ่านไม่ได้ โปรดโหลดหน้าใหม่แล้วลองอีกครั้ง")


def cast(vote: VoteRound, registrant: Registrant, sent: Mapping[str, str]) -> Ballot:
    """Take a vote. ``sent`` holds, by option and axis, what was ticked: ``<item>`` or ``<item>/<criterion>``."""
    db.session.refresh(vote, with_for_update=True)
    if vote.state != RoundState.OPEN:
        raise RuleBroken(_l("ปิดการลงคะแนนแล้ว คะแนนครั้งนี้ไม่ได้บันทึก"))
    submission = submission_of(vote.exercise, registrant)
    choices = read(vote, sent, submission)
    voter = root_of(registrant.id)
    ballot = db.session.scalar(select(Ballot).where(Ballot.round_id == vote.id, Ballot.registrant_id == voter))
    if ballot is None:
        ballot = Ballot(round_id=vote.id, registrant_id=voter)
        db.session.add(ballot)
    ballot.submission, ballot.choices, ballot.changed_at = submission, choices, clock.now()
    db.session.flush()
    touch(vote.exercise.event, topic(vote.exercise))
    return ballot


def ballot_of(vote: VoteRound, registrant: Registrant) -> Ballot | None:
    """What this person voted, to be shown again and changed."""
    query = select(Ballot).where(Ballot.round_id == vote.id, Ballot.registrant_id == root_of(registrant.id))
    return db.session.scalar(query)


@dataclass(frozen=True)
class VoteNotice:
    """What a person's pages say of a vote: it waits for them, it has their vote, or it has a result."""

    round: VoteRound
    has_voted: bool

    @property
    def is_open(self) -> bool:
        """Whether a vote can still be cast or changed."""
        return self.round.state == RoundState.OPEN

    @property
    def waits(self) -> bool:
        """Open, and this person has not voted."""
        return self.is_open and not self.has_voted


def vote_notice(exercise: Exercise, registrant: Registrant | None) -> VoteNotice | None:
    """The open round, else the newest result; None before any vote and for the team, who do not vote."""
    if registrant is None:
        return None
    shown = (RoundState.OPEN, RoundState.CLOSED)
    query = (
        select(VoteRound)
        .where(VoteRound.exercise_id == exercise.id, VoteRound.state.in_(shown))
        .order_by(VoteRound.state != RoundState.OPEN, VoteRound.number.desc())
        .limit(1)
    )
    vote = db.session.scalar(query)
    if vote is None:
        return None
    return VoteNotice(vote, vote.state == RoundState.OPEN and ballot_of(vote, registrant) is not None)


def open_options(vote: VoteRound, submission: Submission | None) -> list[VoteOption]:
    """What this person may vote for: without the own group's items where the round says so."""
    if vote.settings.get("own_allowed", True) or submission is None:
        return list(vote.options)
    return [option for option in vote.options if option.item.submission_id != submission.id]


def read(vote: VoteRound, sent: Mapping[str, str], submission: Submission | None) -> dict[str, Any]:
    """The choices of a form, checked against the round's rules."""
    items = [option.item.public_id for option in open_options(vote, submission)]
    known = {f"{item}{suffix}" for item in items for suffix in ("", *(f"/{axis}" for axis in axes(vote)))}
    filled = {key: value for key, value in sent.items() if value not in ("", "0") or "/" in key and value}
    if filled.keys() - known or not all(value.isascii() and value.isdigit() for value in filled.values()):
        raise RuleBroken(UNREADABLE)
    numbers = {key: int(value[:4]) for key, value in filled.items()}
    if not numbers:
        raise RuleBroken(_l("ท่านยังไม่ได้เลือก โปรดแตะตัวเลขของรายการที่เห็นว่าสำคัญ"))
    if vote.method == Method.DOTS:
        return _dots(vote, numbers)
    if vote.method == Method.TOP3:
        return _places(numbers)
    return _scores(vote, numbers)


def axes(vote: VoteRound) -> list[str]:
    """The criteria of a scored vote, or the two axes; none for points."""
    if vote.method == Method.MATRIX:
        return list(AXES)
    return [row["code"] for row in vote.settings.get("criteria", ())] if vote.method == Method.CRITERIA else []


def _dots(vote: VoteRound, numbers: dict[str, int]) -> dict[str, Any]:
    if any(dots > vote.settings["most"] for dots in numbers.values()):
        raise RuleBroken(_l("ให้ได้ไม่เกิน %(most)d คะแนนต่อรายการ", most=vote.settings["most"]))
    over = sum(numbers.values()) - vote.settings["dots"]
    if over > 0:
        raise RuleBroken(_l("ให้คะแนนเกินไป %(over)d คะแนน โปรดลดลง", over=over))
    return numbers


def _places(numbers: dict[str, int]) -> dict[str, Any]:
    if any(place not in (1, 2, 3) for place in numbers.values()) or len(set(numbers.values())) < len(numbers):
        raise RuleBroken(_l("อันดับหนึ่ง สอง สาม ให้ได้อันดับละหนึ่งรายการ"))
    if 1 not in numbers.values():
        raise RuleBroken(_l("โปรดเลือกอันดับหนึ่งก่อน"))
    return numbers


def _scores(vote: VoteRound, numbers: dict[str, int]) -> dict[str, Any]:
    lowest = 1 if vote.method == Method.MATRIX else 0
    found: dict[str, dict[str, int]] = {}
    for key, score in numbers.items():
        item, _, axis = key.partition("/")
        if not axis or not lowest <= score <= SCALE:
            raise RuleBroken(UNREADABLE)
        found.setdefault(item, {})[axis] = score
    if vote.method == Method.MATRIX and any(len(row) < len(AXES) for row in found.values()):
        raise RuleBroken(_l("มีรายการที่ให้คะแนนเพียงด้านเดียว โปรดให้ทั้งผลกระทบและความเป็นไปได้"))
    return found
