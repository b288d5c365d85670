"""The organiser's form for a question, and the form that people answer, built from the event's questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from app.core.errors import RuleBroken
from app.core.form_fields import Choice, ClockField, DayField, RadioChoice, SeveralChoices, with_blank
from app.core.formatting import thai_date
from app.core.forms import CleanString, CleanText, Form, at_most, required
from app.core.national_id import holds_national_id
from app.core.text import arabic_digits
from app.events.models import Event

from ..contacts import read_email, read_phone
from ..forms import CleanEmail, CleanPhone, email_ok, phone_ok
from . import answering, asking
from .models import Kind, Purpose, Question

KINDS = [
    (Kind.TEXT, _l("ข้อความสั้น")),
    (Kind.LONG_TEXT, _l("ข้อความยาว")),
    (Kind.NUMBER, _l("ตัวเลข")),
    (Kind.YES_NO, _l("ใช่หรือไม่")),
    (Kind.ONE, _l("เลือกหนึ่งข้อ")),
    (Kind.LIST, _l("เลือกหนึ่งข้อจากรายการยาว")),
    (Kind.SEVERAL, _l("เลือกได้หลายข้อ")),
    (Kind.SCALE, _l("ระดับ 1 ถึง 5")),
    (Kind.DAY, _l("วันที่")),
    (Kind.TIME, _l("เวลา")),
    (Kind.PHONE, _l("หมายเลขโทรศัพท์")),
    (Kind.EMAIL, _l("อีเมล")),
    (Kind.UNIT, _l("อำเภอหรือหน่วยงานของงานนี้")),
]
PURPOSES = [
    (Purpose.REGISTRATION, _l("การตอบรับและลงทะเบียน")),
    (Purpose.LOGISTICS, _l("การเดินทาง ที่พัก และอาหาร")),
    (Purpose.CERTIFICATE, _l("ออกวุฒิบัตร")),
    (Purpose.EVALUATION, _l("ประเมินผลการอบรม")),
    (Purpose.STATISTICS, _l("สถิติรวม")),
    (Purpose.FINANCE, _l("การเบิกจ่าย")),
]
_KEPT = [(str(days), _l("%(count)d วันหลังเสร็จงาน", count=days)) for days in asking.KEPT_DAYS]
YES_NO = [("yes", _l("ใช่")), ("no", _l("ไม่ใช่"))]
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")


class QuestionForm(Form):
    """What an organiser says about one question."""

    label = CleanString(_l("คำถาม"), [required(), at_most(300)])
    help = CleanString(_l("คำอธิบายใต้คำถาม (ไม่บังคับ)"), [at_most(300)])
    kind = Choice(_l("ชนิดคำตอบ"), [required()], choices=KINDS)
    options = CleanText(_l("คำตอบให้เลือก บรรทัดละข้อ"), [at_most(8000)])
    is_required = BooleanField(_l("ต้องตอบข้อนี้"))
    is_sensitive = BooleanField(_l("คำตอบอ่อนไหว เช่น ศาสนา สุขภาพ อาหารที่แพ้ เห็นได้เฉพาะผู้จัดงาน"))
    purpose = Choice(_l("ใช้เพื่อ"), [required()], choices=PURPOSES)
    kept_days = Choice(_l("ลบคำตอบเมื่อ"), [required()], choices=_KEPT, default="90")
    conditions = SeveralChoices(_l("ถามเฉพาะเมื่อตอบว่า (ไม่เลือกคือถามทุกคน)"))

    def __init__(self, event: Event, question: Question | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = answering.questions_of(event)
        before = here[: here.index(question)] if question is not None else here
        self.earlier = {q.public_id: q for q in before if q.kind in asking.CONDITIONS}
        self.conditions.choices = [
            (f"{key}:{place}", _worded(q, answer))
            for key, q in self.earlier.items()
            for place, answer in enumerate(asking.possible_answers(q))
        ]

    def conditions_of(self, key: str) -> list[Field]:
        """The boxes for the answers of one earlier question."""
        return [box for box in self.conditions if box.data.startswith(f"{key}:")]

    def show(self, question: Question) -> None:
        """Fill in what is stored."""
        for name in ("label", "help", "is_required", "is_sensitive"):
            self[name].data = getattr(question, name)
        self.kind.data, self.purpose.data = str(question.kind), str(question.purpose)
        self.kept_days.data = str(question.kept_days)
        self.options.data = "\n".join(question.options)
        if question.show_if is not None:
            possible = asking.possible_answers(question.show_if)
            self.conditions.data = [
                f"{question.show_if.public_id}:{possible.index(value)}"
                for value in question.show_if_values
                if value in possible
            ]

    def wanted(self) -> asking.Wanted:
        """What the rules are given."""
        chosen = [choice.split(":") for choice in self.conditions.data or []]
        if len({key for key, _place in chosen}) > 1:
            raise RuleBroken(_l("เลือกคำตอบที่เป็นเงื่อนไขจากข้อเดียว"), "conditions")
        other = self.earlier[chosen[0][0]] if chosen else None
        possible = asking.possible_answers(other) if other else []
        return asking.Wanted(
            kind=Kind(self.kind.data),
            label=self.label.data or "",
            help=self.help.data or "",
            options=_lines(self.options.data),
            is_required=bool(self.is_required.data),
            is_sensitive=bool(self.is_sensitive.data),
            purpose=Purpose(self.purpose.data),
            kept_days=int(self.kept_days.data or 90),
            show_if=other,
            show_if_values=[possible[int(place)] for _key, place in chosen],
        )


class AnswersForm(Form):
    """Answers to an event's questions; made by ``answers_form``, which adds a field for each."""

    questions: Sequence[Question] = ()

    def condition(self, question: Question) -> str:
        """The answers on which a question hangs, in words."""
        return condition(question)

    def field_of(self, question: Question) -> Field:
        """The field of a question."""
        return self[question.field_name]

    def validate(self, extra_validators: Any = None) -> bool:
        """What was typed must be right where the question is asked; a hidden one may say anything."""
        super().validate(extra_validators)
        values = self.values()
        asked = {question.id for question in answering.shown(self.questions, values)}
        for question in self.questions:
            field = self.field_of(question)
            if question.id not in asked:
                field.errors = []
            elif question.is_required and not field.errors and not values.get(question.id):
                field.errors = [_l("โปรดตอบข้อนี้")]
        return not self.errors

    def values(self) -> dict[int, answering.Value]:
        """Question id → what was answered, in its stored form; nothing for what is empty or wrong."""
        found = {}
        for question in self.questions:
            field = self.field_of(question)
            if not field.errors and (value := _stored(question.kind, field.data)):
                found[question.id] = value
        return found

    def raw(self) -> list[tuple[str, str]]:
        """Every name and value as sent, for carrying them along on the form's other page."""
        return [(f.name, str(value)) for f in map(self.field_of, self.questions) for value in f.raw_data or []]

    def show(self, values: Mapping[int, answering.Value]) -> None:
        """Fill in stored answers."""
        for question in self.questions:
            if question.id in values:
                self.field_of(question).data = _typed(question.kind, values[question.id])


def condition(question: Question) -> str:
    """The answers on which a question hangs, in words."""
    other = question.show_if
    return " / ".join(_worded(other, value) for value in question.show_if_values) if other else ""


def _worded(question: Question, answer: str) -> str:
    return str(dict(YES_NO).get(answer, answer)) if question.kind == Kind.YES_NO else answer


def answers_form(event: Event, **settings: Any) -> AnswersForm:
    """The form for an event's questions as they are now; ``settings`` are the form's own, such as ``meta``."""
    questions = answering.questions_of(event)
    if not questions:
        return AnswersForm(**settings)
    fields: dict[str, Any] = {question.field_name: _field(question, event) for question in questions}
    made: AnswersForm = type("AnswersOfEvent", (AnswersForm,), {**fields, "questions": questions})(**settings)
    return made


def _field(question: Question, event: Event) -> Field:
    label, kind = question.label, question.kind
    chosen = [(option, option) for option in question.options]
    if kind == Kind.ONE:
        return RadioChoice(label, choices=chosen)
    if kind == Kind.YES_NO:
        return RadioChoice(label, choices=YES_NO)
    if kind == Kind.SCALE:
        return RadioChoice(label, choices=[(str(number), str(number)) for number in range(1, 6)])
    if kind == Kind.LIST:
        return Choice(label, choices=with_blank(chosen, _l("เลือก")))
    if kind == Kind.UNIT:
        return Choice(label, choices=with_blank([(unit.name, unit.name) for unit in event.units], _l("เลือก")))
    if kind == Kind.SEVERAL:
        return SeveralChoices(label, choices=chosen)
    simple: dict[Kind, Any] = {
        Kind.TEXT: lambda: CleanString(label, [at_most(200), _no_id]),
        Kind.LONG_TEXT: lambda: CleanText(label, [at_most(2000), _no_id]),
        Kind.NUMBER: lambda: CleanString(label, [at_most(40), _number_ok]),
        Kind.DAY: lambda: DayField(label),
        Kind.TIME: lambda: ClockField(label),
        Kind.PHONE: lambda: CleanPhone(label, [at_most(60), phone_ok]),
        Kind.EMAIL: lambda: CleanEmail(label, [at_most(255), email_ok]),
    }
    return simple[Kind(kind)]()


def _no_id(_form: Form, field: Field) -> None:
    if holds_national_id(field.data or ""):
        raise ValidationError(_l("ไม่ต้องใส่เลขประจำตัวประชาชน ระบบไม่เก็บ โปรดลบออก"))


def _number_ok(_form: Form, field: Field) -> None:
    if field.data and not _NUMBER.fullmatch(_plain_number(field.data)):
        raise ValidationError(_l("โปรดใส่ตัวเลข เช่น 12 หรือ 12.5"))


def _plain_number(text: str) -> str:
    return arabic_digits(text).replace(",", "").strip()


def _stored(kind: Kind, data: Any) -> answering.Value:
    if not data:
        return ""
    if kind == Kind.SEVERAL:
        return [str(value) for value in data if value]
    if isinstance(data, date):
        return data.isoformat()
    if isinstance(data, time):
        return f"{data:%H:%M}"
    readers = {Kind.NUMBER: _plain_number, Kind.PHONE: read_phone, Kind.EMAIL: read_email}
    return readers.get(kind, str)(data)


def _typed(kind: Kind, value: answering.Value) -> Any:
    """A stored answer as its field holds it."""
    if kind == Kind.DAY:
        return date.fromisoformat(str(value))
    if kind == Kind.TIME:
        return time.fromisoformat(str(value))
    return value


def shown_value(question: Question, value: answering.Value, locale: str) -> str:
    """A stored answer as people read it."""
    if isinstance(value, list):
        return ", ".join(value)
    if question.kind == Kind.YES_NO:
        return str(dict(YES_NO).get(value, value))
    if question.kind == Kind.DAY:
        return thai_date(date.fromisoformat(value), locale=locale)
    return f"{value.replace(':', '.')} น." if question.kind == Kind.TIME else value


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
