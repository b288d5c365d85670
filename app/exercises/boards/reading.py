"""A group's board as its page shows it: what one may see, slot by slot, as a tree or in clusters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.exercises.models import Change, Exercise, Submission
from app.exercises.ops import Author

from . import analysis, running, voting
from .analysis import Node, Thought
from .cards import cards_of, is_revealed, is_seen, kind_of
from .kinds import Kind, Slot
from .models import BoardCard
from .voting import Dots


@dataclass(frozen=True)
class Board:
    """Everything on a group's board that this person may see."""

    kind: Kind
    cards: dict[str, BoardCard]
    hidden: int  # of others, while a board is silent
    revealed: bool
    cited: Counter[str]
    clusters: list[tuple[str, int]]
    repeats: dict[str, str]
    branches: list[Node]
    depth: int
    without_action: list[Thought]
    dots: Dots
    missing: list[object]  # labels of slots that keep the table from handing in

    def of_slot(self, slot: Slot) -> list[BoardCard]:
        """A slot's cards; clustered ones beside each other, the largest cluster first."""
        places = {name: place for place, (name, _) in enumerate(self.clusters)}
        mine = [card for card in self.cards.values() if card.slot == slot.code]
        dots = self.dots.counts
        return sorted(mine, key=lambda card: (places.get(card.cluster or "", len(places)), -dots[card.id]))

    def may_hang_under(self, slot: Slot) -> list[BoardCard]:
        """The cards that one of this slot may hang under."""
        return [card for card in self.cards.values() if card.slot in slot.parents]

    def may_cite(self, slot: Slot) -> list[tuple[Slot, list[BoardCard]]]:
        """The slots a card of this one must cite, with their cards."""
        slots = [self.kind.by_code[code] for code in slot.cites]
        return [(one, [card for card in self.cards.values() if card.slot == one.code]) for one in slots]

    def is_full(self, slot: Slot) -> bool:
        """Whether the slot takes no more cards."""
        return bool(slot.most) and sum(card.slot == slot.code for card in self.cards.values()) >= slot.most


def board_of(exercise: Exercise, submission: Submission, author: Author) -> Board:
    """The group's board for a member or for the team."""
    everything = cards_of(submission)
    person = author.registrant
    seen = [card for card in everything if person is None or is_seen(exercise, card, person)]
    thoughts = [_thought(card) for card in seen]
    branches = analysis.tree(thoughts)
    return Board(
        kind=kind_of(exercise),
        cards={card.public_id: card for card in seen},
        hidden=len(everything) - len(seen),
        revealed=is_revealed(exercise),
        cited=analysis.cited_by(thoughts),
        clusters=analysis.clusters(thoughts),
        repeats=analysis.repeats(thoughts),
        branches=branches,
        depth=analysis.depth(branches),
        without_action=analysis.roots_without_action(thoughts),
        dots=voting.dots_of(exercise, submission, author),
        missing=running.missing_slots(submission),
    )


def _thought(card: BoardCard) -> Thought:
    return Thought(
        card.public_id,
        card.slot,
        card.text,
        card.parent,
        tuple(card.cites or ()),
        card.cluster,
        card.carried_to is not None,
    )


@dataclass(frozen=True)
class Told:
    """A line of the board's history with the card it speaks of, as far as the reader may see it."""

    change: Change
    card: BoardCard | None


def history_of(exercise: Exercise, submission: Submission, author: Author) -> list[Told]:
    """Everything written on a group's board, newest first; of a silent board only what is one's own."""
    query = (
        select(Change)
        .where(Change.exercise_id == exercise.id, Change.submission_id == submission.id)
        .options(joinedload(Change.registrant), joinedload(Change.user))
        .order_by(Change.seq.desc())
    )
    every = select(BoardCard).where(BoardCard.submission_id == submission.id)
    cards = {card.public_id: card for card in db.session.scalars(every)}
    me = author.registrant
    told = [Told(change, cards.get(change.entity_id)) for change in db.session.scalars(query)]
    if me is None or is_revealed(exercise):
        return told
    own = [one for one in told if one.card is not None and is_seen(exercise, one.card, me)]
    return [one for one in own if one.change.registrant_id == me.id]


def counts(exercise: Exercise) -> dict[int, Counter[str]]:
    """Submission id → how many cards each slot holds."""
    query = (
        select(BoardCard.submission_id, BoardCard.slot, func.count())
        .where(BoardCard.exercise_id == exercise.id, BoardCard.deleted_at.is_(None))
        .group_by(BoardCard.submission_id, BoardCard.slot)
    )
    found: dict[int, Counter[str]] = {}
    for submission_id, slot, count in db.session.execute(query):
        found.setdefault(submission_id, Counter())[slot] = count
    return found
