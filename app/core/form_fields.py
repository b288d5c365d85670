"""Fields that a plain WTForms form lacks: choices refused in Thai, dates of either era, clock times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from app.core.formatting import parse_date, thai_date
from app.core.languages import language
from app.core.text import UnreadableText, arabic_digits, clean_text

NOT_IN_LIST = _l("โปรดเลือกจากรายการ")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?(?:\s*น\.?)?")


class _ThaiChoice:
    """Refuses what is not among the choices with a sentence of ours."""

    def pre_validate(self, form: Any) -> None:
        values = {str(value) for value, *_rest in self.iter_choices()}  # type: ignore[attr-defined]
        if self.data not in (None, "") and self.data not in values:  # type: ignore[attr-defined]
            raise ValidationError(NOT_IN_LIST)


class Choice(_ThaiChoice, SelectField):
    """One of a list, as a select. An empty value is left to the validators."""


class RadioChoice(_ThaiChoice, RadioField):
    """One of a short list, as large rows."""


class SeveralChoices(SelectMultipleField):
    """Several of a list, as checkboxes; a value that is none of them is refused with a sentence."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        if set(self.data or []) - {str(value) for value, *_rest in self.iter_choices()}:
            raise ValidationError(NOT_IN_LIST)


class DayField(Field):
    """A date typed as people write it: 8 พ.ย. 2561, 8/11/2561, ๘ พฤศจิกายน ๒๕๖๑, 2018-11-08."""

    # Not type=date: its picker counts in the Gregorian era whatever the page says.
    widget = TextInput()
    data: Any  # date | None; after a validator has passed it is a date

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return thai_date(self.data, locale=language()) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            self.data = None
            return
        try:
            self.data = parse_date(typed[:40])
        except ValueError as problem:
            self.data = None
            raise ValidationError(_l("โปรดใส่วันที่ เช่น 8 พ.ย. 2561 หรือ 8/11/2561")) from problem


class ClockField(Field):
    """A time of day: from the browser's time input, or typed as 08.30, 8:30 or ๐๘.๓๐ น."""

    # Not type=time: many browsers show its value with AM and PM.
    widget = TextInput()
    data: Any  # time | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H.%M}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        found = _CLOCK.fullmatch(arabic_digits(typed[:20]))
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValidationError(_l("โปรดใส่เวลา เช่น 08.30"))
        self.data = time(int(found[1]), int(found[2]))


def with_blank(choices: Iterable[tuple[str, object]], blank: object = "") -> list[tuple[str, object]]:
    """The choices behind an empty first one."""
    return [("", blank), *choices]


def read_whole_number(typed: str) -> int | None:
    """A whole number as people type it, with commas or Thai digits; empty is None. Nonsense raises ValueError."""
    try:
        plain = arabic_digits(clean_text(typed[:20])).replace(",", "")
    except UnreadableText as problem:
        raise ValueError("no number") from problem
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
        raise ValueError("no number")
    return int(plain)
