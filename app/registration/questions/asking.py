"""Setting up an event's questions: written, changed, put in order, removed."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.audit import trail
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event

from .answering import questions_of
from .models import Answer, Kind, Purpose, Question

CHOOSING = frozenset({Kind.ONE, Kind.LIST, Kind.SEVERAL})
# What another question can hang on: answers that can be named beforehand.
CONDITIONS = frozenset({*CHOOSING, Kind.YES_NO, Kind.SCALE})
KEPT_DAYS = (7, 30, 90, 365, 1825)
MOST = 30
MOST_OPTIONS = 60


@dataclass(frozen=True)
class Wanted:
    """A question as an organiser wants it."""

    kind: Kind
    label: str
    help: str = ""
    options: list[str] = field(default_factory=list)
    is_required: bool = False
    is_sensitive: bool = False
    purpose: Purpose = Purpose.REGISTRATION
    kept_days: int = 90
    show_if: Question | None = None
    show_if_values: list[str] = field(default_factory=list)


def possible_answers(question: Question) -> list[str]:
    """The answers that a question hanging on this one can name."""
    if question.kind == Kind.YES_NO:
        return ["yes", "no"]
    if question.kind == Kind.SCALE:
        return ["1", "2", "3", "4", "5"]
    return list(question.options)


def save(event: Event, question: Question | None, wanted: Wanted, *, actor: object) -> Question:
    """Write a question, a new one at the end. Once it has answers its kind stays."""
    here = questions_of(event)
    if question is None and len(here) >= MOST:
        raise RuleBroken(_l("ถามได้ไม่เกิน %(count)d ข้อ แบบฟอร์มสั้นได้คำตอบครบกว่า", count=MOST))
    _check(question, wanted, here)
    if question is None:
        question = Question(event_id=event.id, position=max((q.position for q in here), default=0) + 1)
        db.session.add(question)
    elif question.kind != wanted.kind and count_answers(question):
        raise RuleBroken(_l("มีผู้ตอบข้อนี้แล้ว เปลี่ยนชนิดคำตอบไม่ได้ โปรดเพิ่มข้อใหม่แทน"), "kind")
    question.kind, question.label, question.help = wanted.kind, wanted.label, wanted.help
    question.options = list(dict.fromkeys(wanted.options)) if wanted.kind in CHOOSING else []
    question.is_required, question.purpose = wanted.is_required, wanted.purpose
    question.is_sensitive = wanted.is_sensitive
    question.kept_days = wanted.kept_days
    question.show_if_id = wanted.show_if.id if wanted.show_if else None
    question.show_if_values = list(wanted.show_if_values) if wanted.show_if else []
    db.session.flush()
    trail.record(actor, event, "question.saved", question, kind=str(question.kind))
    return question


def _check(question: Question | None, wanted: Wanted, here: list[Question]) -> None:
    if wanted.kind in CHOOSING and not 2 <= len(set(wanted.options)) <= MOST_OPTIONS:
        sentence = _l("โปรดใส่คำตอบให้เลือก 2 ถึง %(count)d ข้อ บรรทัดละข้อ", count=MOST_OPTIONS)
        raise RuleBroken(sentence, "options")
    if any(len(option) > 200 for option in wanted.options):
        raise RuleBroken(_l("คำตอบให้เลือกยาวเกิน 200 ตัวอักษร"), "options")
    other = wanted.show_if
    if other is None:
        return
    places = {q.id: place for place, q in enumerate(here)}
    if other.id not in places or (question is not None and places[other.id] >= places[question.id]):
        raise RuleBroken(_l("เงื่อนไขต้องเป็นข้อที่ถามก่อนข้อนี้"), "show_if")
    if other.kind not in CONDITIONS:
        raise RuleBroken(_l("เงื่อนไขต้องเป็นข้อที่มีคำตอบให้เลือก"), "show_if")
    if not wanted.show_if_values or set(wanted.show_if_values) - set(possible_answers(other)):
        raise RuleBroken(_l("โปรดเลือกคำตอบที่ทำให้ถามข้อนี้"), "show_if_values")


def move_up(question: Question, *, actor: object) -> None:
    """Let a question be asked one place earlier, unless it hangs on the one before."""
    here = questions_of(question.event)
    place = here.index(question)
    if place == 0:
        return
    before = here[place - 1]
    if question.show_if_id == before.id:
        raise RuleBroken(_l("ข้อนี้ถามตามคำตอบของข้อก่อนหน้า จึงเลื่อนขึ้นไปก่อนไม่ได้"))
    here[place - 1], here[place] = question, before
    for number, one in enumerate(here, 1):
        one.position = number
    db.session.flush()
    trail.record(actor, question.event, "question.moved", question)


def remove(question: Question, *, actor: object) -> int:
    """Remove a question with its answers; returns how many answers went. Others that hang on it stop this."""
    hanging = db.session.scalar(select(Question.id).where(Question.show_if_id == question.id).limit(1))
    if hanging is not None:
        raise RuleBroken(_l("มีข้ออื่นที่ถามตามคำตอบของข้อนี้ โปรดแก้ข้อนั้นก่อน"))
    answers = count_answers(question)
    trail.record(actor, question.event, "question.removed", question, answers=answers)
    db.session.delete(question)
    db.session.flush()
    return answers


def count_answers(question: Question) -> int:
    """How many people answered a question."""
    return db.session.scalar(select(func.count()).where(Answer.question_id == question.id)) or 0


def find(event: Event, public_id: str) -> Question | None:
    """A question of the event, or None."""
    return db.session.scalar(
        select(Question).where(Question.event_id == event.id, Question.public_id == public_id)
    )
