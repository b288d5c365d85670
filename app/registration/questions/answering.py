"""Which questions a person is asked, and keeping the answers. A hidden question is neither required nor stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import contains_eager

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.national_id import holds_national_id
from app.database import db
from app.events.models import Event

from ..models import Registrant
from .models import Answer, Question

Value = str | list[str]
_IN_ORDER = (
    select(Question).where(Question.event_id == bindparam("event")).order_by(Question.position, Question.id)
)


def questions_of(event: Event) -> list[Question]:
    """The event's questions in their order."""
    return list(db.session.scalars(_IN_ORDER, {"event": event.id}))


def shown(questions: Sequence[Question], values: Mapping[int, Value]) -> list[Question]:
    """The questions a person with these answers is asked, in order; what hangs on a hidden one is hidden too."""
    asked: dict[int, Question] = {}
    for question in questions:
        if question.show_if_id is None:
            asked[question.id] = question
        elif question.show_if_id in asked:
            given = values.get(question.show_if_id, "")
            given = given if isinstance(given, list) else [given]
            if set(given) & set(question.show_if_values):
                asked[question.id] = question
    return list(asked.values())


def store(registrant: Registrant, questions: Sequence[Question], values: Mapping[int, Value]) -> None:
    """Keep a person's answers to these questions, not the empty and hidden ones. Repeating is harmless."""
    if not questions:
        return
    stored = {answer.question_id: answer for answer in answers_of(registrant)}
    asked = {question.id for question in shown(questions, values)}
    for question in questions:
        value = values.get(question.id) if question.id in asked else None
        answer = stored.get(question.id)
        if not value:
            if answer is not None:
                db.session.delete(answer)
            continue
        if any(holds_national_id(text) for text in (value if isinstance(value, list) else [value])):
            raise RuleBroken(_l("ไม่ต้องใส่เลขประจำตัวประชาชน ระบบไม่เก็บ โปรดลบออก"), question.field_name)
        if answer is None:
            db.session.add(Answer(question_id=question.id, registrant_id=registrant.id, value=value))
        elif answer.value != value:
            answer.value, answer.at = value, clock.now()
    db.session.flush()


def values_of(registrant: Registrant) -> dict[int, Value]:
    """The same as question id → value."""
    return {answer.question_id: answer.value for answer in answers_of(registrant)}


def answers_by_person(event: Event, questions: Iterable[Question]) -> dict[int, dict[int, Value]]:
    """Registrant id → (question id → value), for everybody of the event in one query."""
    wanted = [question.id for question in questions]
    query = select(Answer.registrant_id, Answer.question_id, Answer.value).join(Question)
    found: dict[int, dict[int, Value]] = {}
    for person, question, value in db.session.execute(
        query.where(Question.event_id == event.id, Question.id.in_(wanted))
    ):
        found.setdefault(person, {})[question] = value
    return found


def answers_of(registrant: Registrant) -> list[Answer]:
    """What a person answered, in the order of the questions, with the questions."""
    query = (
        select(Answer)
        .join(Answer.question)
        .options(contains_eager(Answer.question))
        .where(Answer.registrant_id == registrant.id)
        .order_by(Question.position, Question.id)
    )
    return list(db.session.scalars(query))


def unite(kept: Registrant, other: Registrant) -> list[int]:
    """Give the record that stands what the other answered and it did not; returns the moved answers' ids."""
    mine = set(values_of(kept))
    moved = [answer for answer in answers_of(other) if answer.question_id not in mine]
    for answer in moved:
        answer.registrant_id = kept.id
    db.session.flush()
    return [answer.id for answer in moved]


def part(kept: Registrant, other: Registrant, moved: Iterable[int]) -> None:
    """Give moved answers back to the other record."""
    for answer in db.session.scalars(select(Answer).where(Answer.id.in_(list(moved)))).all():
        if answer.registrant_id == kept.id:
            answer.registrant_id = other.id
    db.session.flush()


def forget_overdue(event: Event, *, actor: object) -> int:
    """Delete the answers whose time after the event is over; returns how many."""
    today = clock.today()
    over = [q.id for q in questions_of(event) if event.last_day + timedelta(days=q.kept_days) < today]
    if not over:
        return 0
    result: Any = db.session.execute(delete(Answer).where(Answer.question_id.in_(over)))
    if result.rowcount:
        trail.record(actor, event, "answers.forgotten", event, answers=result.rowcount)
    return int(result.rowcount)
