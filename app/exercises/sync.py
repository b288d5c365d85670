"""Editing together on bad Wi-Fi. One card is the unit; every change carries an id made on the phone.

An op that comes twice is answered as the first time. A field that nobody else changed since the phone last saw
the card is taken; one that both changed is a conflict for that field alone: the card keeps what came first, the
phone is shown both texts with names, and the other text stays in the history. No text is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock
from app.core.errors import RuleBroken
from app.database import db

from . import lifecycle
from .models import Change, Exercise, Submission
from .ops import UNREADABLE, Author, Cards, Op

NOT_HERE = _l("ไม่พบการ์ดนี้ในกลุ่มของท่าน อาจถูกย้ายหรือลบไปแล้ว โปรดโหลดหน้าใหม่")


def take(
    cards: Cards,
    exercise: Exercise,
    submission: Submission,
    author: Author,
    ops: Iterable[Op | dict[str, Any]],
    *,
    is_kept: bool = True,
) -> list[dict[str, Any]]:
    """Carry out ops in order and answer each. Writers of one exercise wait for each other.

    ``is_kept`` False leaves a refused op out of the history: its text lies elsewhere already.
    """
    lifecycle.lock(exercise, submission)
    return carry_out(cards, exercise, submission, author, ops, is_kept=is_kept)


def carry_out(
    cards: Cards,
    exercise: Exercise,
    submission: Submission,
    author: Author,
    ops: Iterable[Op | dict[str, Any]],
    *,
    is_kept: bool = True,
) -> list[dict[str, Any]]:
    """As ``take``, where the caller holds the exercise's lock."""
    answers, written = [], False
    for op in ops:
        if isinstance(op, dict):
            answers.append(op)
            continue
        first = db.session.scalar(select(Change).where(Change.op_id == op.op_id))
        if first is not None:
            answers.append(again(cards, exercise, submission, op, first))
            continue
        answers.append(Taking(cards, exercise, submission, author, op, is_kept).answer())
        written = True
    if written:
        submission.saved_at = clock.now()
        lifecycle.moved(exercise, submission)
    return answers


def again(cards: Cards, exercise: Exercise, submission: Submission, op: Op, first: Change) -> dict[str, Any]:
    """The stored answer of an op that was already carried out, with the card as it is now."""
    if first.exercise_id != exercise.id or first.submission_id != submission.id:
        return {"op_id": op.op_id, "status": "invalid", "sentence": str(UNREADABLE)}
    card = cards.find(exercise, first.entity, first.entity_id) if first.entity in cards.ENTITIES else None
    shown = cards.as_json(card, submission) if card is not None else None
    return {**first.result, "op_id": op.op_id, "card": shown}


@dataclass
class Taking:
    """One op on its way into the history."""

    cards: Cards
    exercise: Exercise
    submission: Submission
    author: Author
    op: Op
    is_kept: bool = True

    def answer(self) -> dict[str, Any]:
        """What became of the op."""
        op, cards = self.op, self.cards
        card = cards.find(self.exercise, op.entity, op.id)
        if card is not None and card.submission_id != self.submission.id:
            return self.unheard()
        if card is None and (op.action != "create" or cards.is_taken(op.entity, op.id)):
            return self.unheard()
        try:
            lifecycle.check_open(self.exercise, self.submission, card, by_staff=self.author.is_staff)
            if op.action == "create":
                return self._create(card)
            return {"update": self._update, "delete": self._delete, "restore": self._restore}[op.action](card)
        except RuleBroken as problem:
            return self.refused(card, problem)

    def unheard(self) -> dict[str, Any]:
        """A card of nobody or of others: nothing is written, nothing is told."""
        return {"op_id": self.op.op_id, "status": "invalid", "sentence": str(NOT_HERE)}

    def _create(self, card: Any) -> dict[str, Any]:
        if card is not None:  # made already by another op of the same phone: its fields are an edit
            plain = {n: v for n, v in self.op.fields.items() if n not in ("kind", "source", "target", "listed")}
            return self._merge(card, plain)
        made = self.cards.create(
            self.exercise, self.submission, self.op.id, self.op.entity, self.op.fields, self.author.is_staff
        )
        return self._done(made, "create", {}, self.cards.fields_of(made))

    def _update(self, card: Any) -> dict[str, Any]:
        return self._merge(card, self.op.fields)

    def _merge(self, card: Any, sent: Mapping[str, Any]) -> dict[str, Any]:
        cards = self.cards
        wanted = {name: cards.read_field(card, name, value) for name, value in sent.items()}
        now = cards.fields_of(card)
        fresh = {name: value for name, value in wanted.items() if _differ(value, now.get(name))}
        rivals = self._changed_since(card, fresh.keys())
        taken = {name: value for name, value in fresh.items() if name not in rivals}
        aside = {name: value for name, value in fresh.items() if name in rivals}
        if taken:
            cards.check(self.exercise, card, taken, self.author.is_staff)
        before = {name: now.get(name) for name in taken}
        for name, value in taken.items():
            cards.write_field(card, name, value)
        if taken:
            card.rev += 1
        conflicts = [self._conflict(name, value, now.get(name), rivals[name]) for name, value in aside.items()]
        return self._done(card, "update", before, taken, aside=aside, conflicts=conflicts)

    def _changed_since(self, card: Any, names: Iterable[str]) -> dict[str, Change]:
        """The newest change by somebody else of each of these fields since the phone last saw the card."""
        wanted = set(names)
        if not wanted or card.rev <= self.op.base_rev:
            return {}
        query = (
            select(Change)
            .where(Change.entity_id == card.public_id, Change.rev > self.op.base_rev)
            .order_by(Change.seq)
        )
        found: dict[str, Change] = {}
        for change in db.session.scalars(query):
            if change.client and change.client == self.op.client:
                continue
            found.update({name: change for name in change.after if name in wanted})
        return found

    def _conflict(self, name: str, yours: Any, theirs: Any, change: Change) -> dict[str, Any]:
        return {
            "field": name,
            "yours": yours,
            "theirs": theirs,
            "name": change.actor_name,
            "at": change.at.isoformat(),
        }

    def _delete(self, card: Any) -> dict[str, Any]:
        if card.deleted_at is None:
            card.deleted_at = clock.now()
            card.rev += 1
        return self._done(card, "delete", self.cards.fields_of(card), {})

    def _restore(self, card: Any) -> dict[str, Any]:
        if card.deleted_at is not None:
            self.cards.check_restored(self.exercise, card, self.author.is_staff)
            card.deleted_at = None
            card.rev += 1
        return self._done(card, "restore", {}, {})

    def refused(self, card: Any, problem: RuleBroken) -> dict[str, Any]:
        """Not taken; the text is kept aside, so that it can be found when the phone no longer has it."""
        result = {
            "op_id": self.op.op_id,
            "status": "refused",
            "sentence": str(problem.sentence),
            "field": problem.field,
            "path": getattr(problem, "path", []),
        }
        if self.is_kept:
            self.write("refused", card, {}, {}, dict(self.op.fields), result)
        return {**result, "card": self.cards.as_json(card, self.submission) if card is not None else None}

    def _done(
        self,
        card: Any,
        action: str,
        before: dict[str, Any],
        after: dict[str, Any],
        *,
        aside: dict[str, Any] | None = None,
        conflicts: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        card.updated_at = clock.now()
        result = {
            "op_id": self.op.op_id,
            "status": "conflict" if conflicts else "taken",
            "rev": card.rev,
            "conflicts": conflicts or [],
        }
        self.write(action, card, before, after, aside or {}, result)
        return {**result, "card": self.cards.as_json(card, self.submission)}

    def write(
        self,
        action: str,
        card: Any,
        before: dict[str, Any],
        after: dict[str, Any],
        aside: dict[str, Any],
        result: dict[str, Any],
    ) -> None:
        lifecycle.note(
            self.exercise,
            self.submission,
            action,
            entity=self.op.entity,
            entity_id=self.op.id,
            op_id=self.op.op_id,
            client=self.op.client,
            rev=card.rev if card is not None else 0,
            base_rev=self.op.base_rev,
            before=before,
            after=after,
            aside=aside,
            result=result,
            registrant=self.author.registrant,
            user=self.author.user,
        )


def _differ(one: Any, other: Any) -> bool:
    """Empty, None, off and absent are the same."""
    return (one or None) != (other or None)


def newest(exercise: Exercise, submission: Submission) -> int:
    """The number of the newest change that this group sees."""
    query = select(Change.seq).where(*_seen_by(exercise, submission)).order_by(Change.seq.desc()).limit(1)
    return db.session.scalar(query) or 0


def changed_cards(exercise: Exercise, submission: Submission, since: int) -> set[tuple[str, str]]:
    """(entity, id) of everything that changed after ``since``."""
    query = select(Change.entity, Change.entity_id).where(*_seen_by(exercise, submission), Change.seq > since)
    return {(entity, entity_id) for entity, entity_id in db.session.execute(query)}


def _seen_by(exercise: Exercise, submission: Submission) -> tuple[Any, ...]:
    return (
        Change.exercise_id == exercise.id,
        (Change.submission_id == submission.id) | Change.submission_id.is_(None),
    )
