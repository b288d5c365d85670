"""A board's cards as sync.py takes them: finding, making, checking, and how a phone sees them.

``writing_as`` gives the module the person who writes, which silent boards need and linkage cards do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.core.errors import RuleBroken
from app.core.text import TextTooLong, UnreadableText, clean_text
from app.database import db
from app.exercises.models import Exercise, Submission
from app.registration.models import Registrant

from .kinds import KINDS, Kind, Slot
from .models import BoardCard

LONGEST_TEXT, LONGEST_CLUSTER, MOST_OF_A_GROUP, MOST_CITED = 300, 100, 300, 12
GONE = _l("ไม่พบการ์ดที่อ้างถึง อาจถูกลบไปแล้ว โปรดเลือกใหม่")
FIELDS = ("text", "slot", "parent", "cites", "cluster")


def kind_of(exercise: Exercise) -> Kind:
    """The kind of an exercise's board."""
    return KINDS[exercise.form["board"]]


def is_revealed(exercise: Exercise) -> bool:
    """Whether everybody at a table sees everybody's cards."""
    return not kind_of(exercise).silent or bool(exercise.settings.get("revealed"))


def cards_of(submission: Submission) -> list[BoardCard]:
    """A group's cards in the order they were written, without deleted ones."""
    query = (
        select(BoardCard)
        .where(BoardCard.submission_id == submission.id, BoardCard.deleted_at.is_(None))
        .order_by(BoardCard.position, BoardCard.id)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Cards:
    """The cards of boards, written by one person (None: the team)."""

    writer: Registrant | None = None

    ENTITIES = {"card": BoardCard}

    def find(self, exercise: Exercise, entity: str, public_id: str) -> BoardCard | None:
        """A card of the exercise, deleted ones too, as it is now; somebody else's is not there while silent."""
        query = select(BoardCard).where(BoardCard.exercise_id == exercise.id, BoardCard.public_id == public_id)
        card = db.session.scalar(query.execution_options(populate_existing=True))
        if card is None or (self.writer is not None and not is_seen(exercise, card, self.writer)):
            return None
        return card

    def is_taken(self, entity: str, public_id: str) -> bool:
        """Whether a card of any exercise has this id."""
        return db.session.scalar(select(BoardCard.id).where(BoardCard.public_id == public_id)) is not None

    def create(
        self,
        exercise: Exercise,
        submission: Submission,
        public_id: str,
        entity: str,
        sent: Mapping[str, Any],
        staff: bool,
    ) -> BoardCard:
        """A new card with its first fields, checked."""
        count = select(func.count()).where(
            BoardCard.submission_id == submission.id, BoardCard.deleted_at.is_(None)
        )
        if (db.session.scalar(count) or 0) >= MOST_OF_A_GROUP:
            raise RuleBroken(_l("กลุ่มนี้มีการ์ดครบ %(most)d ใบแล้ว โปรดลบใบที่ไม่ใช้ก่อน", most=MOST_OF_A_GROUP))
        card = BoardCard(
            public_id=public_id,
            exercise=exercise,
            submission=submission,
            registrant=self.writer,
            position=exercise.last_seq + 1,
            rev=1,
            cites=[],
        )
        with db.session.no_autoflush:
            fields = {name: self.read_field(card, name, value) for name, value in sent.items()}
            self.check(exercise, card, {"slot": None, "text": None} | fields, staff)
        for name, value in fields.items():
            self.write_field(card, name, value)
        db.session.add(card)
        db.session.flush()
        return card

    def check(self, exercise: Exercise, card: BoardCard, changed: Mapping[str, Any], staff: bool) -> None:
        """Raise RuleBroken when the card, with these fields changed, may not be kept so."""
        wanted = {name: changed.get(name, getattr(card, name)) for name in FIELDS}
        kind = kind_of(exercise)
        slot = kind.by_code.get(wanted["slot"] or "")
        if slot is None:
            raise RuleBroken(_l("กระดานนี้ไม่มีช่องนี้ โปรดโหลดหน้าใหม่"), "slot")
        if not wanted["text"]:
            raise RuleBroken(_l("โปรดเขียนข้อความของการ์ด"), "text")
        if wanted["cluster"] and not kind.clusters:
            raise RuleBroken(_l("กระดานนี้ไม่จัดกลุ่มการ์ด"), "cluster")
        others = {one.public_id: one for one in cards_of(card.submission) if one is not card}
        if {"slot"} & changed.keys() and slot.most:
            there = sum(one.slot == slot.code for one in others.values())
            if there >= slot.most:
                raise RuleBroken(_l("ช่องนี้มีได้ %(most)d ใบ โปรดแก้ใบเดิม", most=slot.most), "slot")
        if {"slot", "parent"} & changed.keys():
            _check_parent(slot, card, wanted["parent"], others)
        if {"slot", "cites"} & changed.keys():
            _check_cites(slot, wanted["cites"] or [], others)

    def check_restored(self, exercise: Exercise, card: BoardCard, staff: bool) -> None:
        """A deleted card may come back where it still fits."""
        self.check(exercise, card, self.fields_of(card), staff)

    def fields_of(self, card: BoardCard) -> dict[str, Any]:
        """What a card says."""
        values = {name: getattr(card, name) for name in FIELDS}
        return {name: value for name, value in values.items() if value}

    def read_field(self, card: BoardCard, name: str, value: Any) -> Any:
        """A field as it is kept; RuleBroken for what is none."""
        if name not in FIELDS:
            raise RuleBroken(_l("ข้อมูลที่ส่งมาอ่านไม่ได้ โปรดโหลดหน้าใหม่"))
        if name == "cites":
            given = value if isinstance(value, list) else str(value or "").split()
            if len(given) > MOST_CITED or not all(isinstance(one, str) and len(one) <= 40 for one in given):
                raise RuleBroken(_l("อ้างได้ไม่เกิน %(most)d ใบ", most=MOST_CITED), "cites")
            return list(dict.fromkeys(given))
        if not isinstance(value, str | None):
            raise RuleBroken(_l("ข้อมูลที่ส่งมาอ่านไม่ได้ โปรดพิมพ์ใหม่"), name)
        longest = {"text": LONGEST_TEXT, "cluster": LONGEST_CLUSTER}.get(name, 40)
        try:
            return clean_text(value or "", max_length=longest) or None
        except (TextTooLong, UnreadableText) as problem:
            raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=longest), name) from problem

    def write_field(self, card: BoardCard, name: str, value: Any) -> None:
        """Keep a field that was read."""
        setattr(card, name, value)

    def as_json(self, card: BoardCard, submission: Submission) -> dict[str, Any]:
        """A card for a group's phone."""
        return {
            "id": card.public_id,
            "entity": "card",
            "rev": card.rev,
            "deleted": card.deleted_at is not None,
            "fields": self.fields_of(card),
        }


def is_seen(exercise: Exercise, card: BoardCard, registrant: Registrant) -> bool:
    """Whether a member sees a card: after revealing all of the group's, before only the own."""
    return is_revealed(exercise) or card.registrant_id == registrant.id


def _check_parent(slot: Slot, card: BoardCard, parent: str | None, others: Mapping[str, BoardCard]) -> None:
    if parent is None:
        return
    above = others.get(parent)
    if above is None:
        raise RuleBroken(GONE, "parent")
    if above.slot not in slot.parents:
        raise RuleBroken(_l("การ์ดในช่องนี้อยู่ใต้การ์ดใบนั้นไม่ได้"), "parent")
    while above is not None:
        if above.parent == card.public_id:
            raise RuleBroken(_l("การ์ดจะวนกลับมาอยู่ใต้ตัวเอง โปรดเลือกใบอื่น"), "parent")
        above = others.get(above.parent or "")


def _check_cites(slot: Slot, cites: list[str], others: Mapping[str, BoardCard]) -> None:
    if not slot.cites:
        if cites:
            raise RuleBroken(_l("การ์ดในช่องนี้ไม่อ้างใบอื่น"), "cites")
        return
    slots = {others[one].slot for one in cites if one in others}
    if not set(slot.cites) <= slots:
        raise RuleBroken(_l("โปรดเลือกข้อภายในและข้อภายนอกที่จับคู่กันอย่างละหนึ่งข้อ"), "cites")
