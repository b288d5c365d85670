"""Dots on a board: each member of the table gives three, one to a card; nobody sees figures before handing in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from app.core.errors import RuleBroken
from app.database import db
from app.exercises import lifecycle
from app.exercises.models import Exercise, Status, Submission
from app.exercises.ops import Author
from app.registration.models import Registrant

from .cards import is_revealed
from .models import BoardCard, BoardVote

DOTS = 3


@dataclass(frozen=True)
class Dots:
    """A table's dots as one reader may see them."""

    mine: frozenset[int] = frozenset()  # card ids
    counts: Counter[int] = field(default_factory=Counter)  # empty before the figures are shown
    voters: int = 0
    are_shown: bool = False

    @property
    def left(self) -> int:
        """How many the reader has still to give."""
        return max(0, DOTS - len(self.mine))


def are_shown(exercise: Exercise, submission: Submission) -> bool:
    """Figures seen early pull the others along: they appear when the table has handed in, or all are closed."""
    return exercise.is_locked or submission.status != Status.DRAFT


def dots_of(exercise: Exercise, submission: Submission, author: Author) -> Dots:
    """The table's dots, over merged records of one person; those on deleted cards are free again."""
    person = func.coalesce(Registrant.merged_into_id, Registrant.id)
    query = (
        select(BoardVote.card_id, person)
        .join(BoardCard, BoardVote.card_id == BoardCard.id)
        .join(Registrant, BoardVote.registrant_id == Registrant.id)
        .where(BoardCard.submission_id == submission.id, BoardCard.deleted_at.is_(None))
    )
    given = set(db.session.execute(query).tuples())
    me = author.registrant.id if author.registrant is not None else None
    shown = are_shown(exercise, submission)
    return Dots(
        mine=frozenset(card for card, who in given if who == me),
        counts=Counter(card for card, _who in given) if shown else Counter(),
        voters=len({who for _card, who in given}),
        are_shown=shown,
    )


def give(exercise: Exercise, submission: Submission, card: BoardCard, author: Author, wanted: bool) -> None:
    """Give a card one of the own dots, or take it back."""
    if author.registrant is None or author.is_adviser:
        raise RuleBroken(_l("ให้จุดได้เฉพาะสมาชิกของกลุ่ม"))
    lifecycle.lock(exercise, submission)
    lifecycle.check_open(exercise, submission, card)
    if not is_revealed(exercise):
        raise RuleBroken(_l("ให้จุดได้เมื่อเปิดการ์ดของทุกคนแล้ว"))
    dots = dots_of(exercise, submission, author)
    if wanted == (card.id in dots.mine):
        return
    if wanted:
        if not dots.left:
            raise RuleBroken(_l("ท่านให้ครบ %(most)d จุดแล้ว เอาจุดออกจากใบอื่นก่อน", most=DOTS))
        db.session.add(BoardVote(card_id=card.id, registrant_id=author.registrant.id))
    else:
        same = select(Registrant.id).where(Registrant.merged_into_id == author.registrant.id)
        who = BoardVote.registrant_id
        mine = (who == author.registrant.id) | who.in_(same)
        db.session.execute(delete(BoardVote).where(BoardVote.card_id == card.id, mine))
    lifecycle.moved(exercise, submission)
