"""The base of every form: Thai messages, cleaned text, refusals from rules shown beside their field."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto, _is_submitted
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from app.core.errors import RuleBroken
from app.core.text import UnreadableText, clean_text

# SQLite's and PostgreSQL's integers end here; WTForms would accept 10**30.
BIGGEST_INTEGER = 2**31 - 1


def required(sentence: object | None = None) -> InputRequired:
    """The field must be filled."""
    return InputRequired(sentence or _l("โปรดกรอกช่องนี้"))


def at_most(length: int) -> Length:
    """The text has at most ``length`` characters."""
    return Length(max=length, message=_l("ยาวเกิน %(max)d ตัวอักษร โปรดย่อให้สั้นลง", max=length))


class Form(FlaskForm):
    """A form whose errors are sentences. It reads fields of a form and nothing else."""

    class Meta(FlaskForm.Meta):
        """The library would also take files and JSON for a field's value: things that are no text."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if formdata is _Auto:
                return request.form if _is_submitted() else None
            return formdata

    def add_error(self, problem: RuleBroken) -> None:
        """Show a rule's refusal beside its field, or above the form."""
        field = self._fields.get(problem.field) if problem.field else None
        if field is None:
            self.form_errors.append(problem.sentence)
        else:
            field.errors = [*field.errors, problem.sentence]


class CleanString(StringField):
    """One line of cleaned text (core/text.py)."""

    multiline = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        try:
            self.data = clean_text(valuelist[0], multiline=self.multiline)
        except UnreadableText as problem:
            self.data = ""
            raise ValidationError(_l("มีตัวอักษรที่ระบบอ่านไม่ได้ โปรดพิมพ์ใหม่")) from problem


class CleanText(CleanString, TextAreaField):
    """Several lines of cleaned text."""

    multiline = True
    widget = TextAreaField.widget


class WholeNumber(IntegerField):
    """A whole number that a database can hold."""

    def __init__(
        self,
        label: object = None,
        validators: tuple[Any, ...] = (),
        *,
        low: int = 0,
        high: int = BIGGEST_INTEGER,
        **kwargs: Any,
    ) -> None:
        bounds = NumberRange(low, high, _l("โปรดใส่จำนวนเต็มระหว่าง %(low)s ถึง %(high)s", low=low, high=high))
        super().__init__(label, [*validators, bounds], **kwargs)  # type: ignore[arg-type]
