"""One row of a list: the person it gives, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _

from app.core.errors import RuleBroken
from app.core.national_id import has_thirteen_digits, holds_national_id
from app.core.text import clean_name, clean_text

from ...contacts import BAD_EMAIL, BAD_PHONE, is_nothing, read_email, read_phones, unread_numbers
from .. import labels
from ..found import DataRow
from ..units import Units
from .belonging import organisation_of, unit_of, written_unit
from .facts import Checking, Fault, Person, check_lengths, field_label
from .naming import combined_cells, name_of

_NAME_PARTS = (labels.FIRST_NAME, labels.LAST_NAME)
_FOODS = [
    ("ทั่วไป", re.compile(r"(?:อาหาร)?(?:ทั่วไป|ปกติ|ธรรมดา)|normal|regular", re.IGNORECASE)),
    ("ฮาลาล", re.compile(r"(?:อาหาร)?(?:ฮาลาล|อิสลาม|มุสลิม)|halal|muslim", re.IGNORECASE)),
    ("มังสวิรัติ", re.compile(r"(?:อาหาร)?มังสวิรัติ|vegetarian", re.IGNORECASE)),
]


def check(
    row: DataRow, units: Units, *, repeats_title: bool = False, no_titles: Collection[str] = ()
) -> Person | list[Fault]:
    """The person of a row, or all its faults. ``repeats_title``: the list writes titles before first names too.

    ``no_titles`` are beginnings of names that somebody looked at and found to be no titles.
    """
    checking = Checking(_without_ids(row), units, repeats_title, no_titles)
    hidden = _hidden_ids(row)
    for place in hidden:
        checking.fault(
            "national_id",
            place,
            _("มีเลขประจำตัวประชาชนในช่อง “%(field)s” โปรดลบออก แล้วใส่ข้อมูลที่ถูกต้อง", field=field_label(place)),
        )
    if row.as_written:
        return _as_written(checking)
    parts = combined_cells(checking)
    name = name_of(checking, parts, hidden)
    organisation = organisation_of(checking, parts)
    position = parts.get(labels.POSITION) or checking.text(labels.POSITION)
    unit = unit_of(checking, organisation, position) if labels.UNIT not in hidden else None
    phone = _phone(checking, parts) if labels.PHONE not in hidden else ""
    email = _email(checking) if labels.EMAIL not in hidden else ""
    values = {
        labels.TITLE: name.title,
        labels.FIRST_NAME: name.first,
        labels.LAST_NAME: name.last,
        labels.POSITION: position,
        labels.ORGANISATION: organisation,
        labels.CATEGORY: checking.text(labels.CATEGORY) or row.category,
        labels.FOOD: _food(checking),
    }
    check_lengths(checking, values)
    if checking.faults or unit is None:
        return checking.faults
    return Person(
        unit=unit.key,
        phone=phone,
        email=email,
        note="; ".join(checking.notes)[:500],
        is_title_guessed=checking.is_title_guessed,
        **values,
    )


def _as_written(checking: Checking) -> Person | list[Fault]:
    """A row that this system wrote, taken back word by word."""
    row = checking.row
    values: dict[str, Any] = {
        name: clean_name(row.values.get(name)) for name in (labels.TITLE, *_NAME_PARTS, labels.ORGANISATION)
    }
    values |= {name: clean_text(row.values.get(name)) for name in (labels.POSITION, labels.CATEGORY, labels.FOOD)}
    for name in _NAME_PARTS:
        if not values[name] and not checking.faults:
            checking.fault("no_name", name, _("ไม่มีชื่อ โปรดใส่ชื่อและนามสกุล"))
    unit = written_unit(checking, clean_text(row.values.get(labels.UNIT)))
    phone, email = _phone(checking, {}), _email(checking)
    check_lengths(checking, values)
    if checking.faults or unit is None:
        return checking.faults
    return Person(unit=unit.key, phone=phone, email=email, **values)


def _is_id(name: str, text: str) -> bool:
    """Whether a field's text holds a national ID. Where no number belongs, thirteen digits are enough."""
    if name in (labels.PHONE, labels.EMAIL):
        return holds_national_id(text)
    return has_thirteen_digits(text)


def _hidden_ids(row: DataRow) -> list[str]:
    return [name for name, text in row.values.items() if text and _is_id(name, text)]


def _without_ids(row: DataRow) -> DataRow:
    """The row with every field emptied that holds a national ID, so that no sentence can repeat one."""
    values = {name: "" if _is_id(name, text) else text for name, text in row.values.items()}
    above = {name: text for name, text in row.above.items() if not _is_id(name, text)}
    return DataRow(**{**row.__dict__, "values": values, "above": above})


def _phone(checking: Checking, parts: dict[str, str]) -> str:
    written = checking.row.values.get(labels.PHONE, "")
    try:
        found = read_phones(written)
        if not found and parts.get(labels.PHONE):
            written = parts[labels.PHONE]
            found = read_phones(written)
    except RuleBroken:
        checking.fault("bad_phone", labels.PHONE, str(BAD_PHONE))
        return ""
    if len(found) > 1:
        checking.notes.append(_("หมายเลขอื่น %(numbers)s", numbers=" ".join(found[1:])))
    if found and (unread := unread_numbers(written)):
        checking.notes.append(_("หมายเลขที่อ่านไม่ได้ %(numbers)s", numbers=" ".join(unread)))
    return found[0] if found else ""


def _email(checking: Checking) -> str:
    try:
        return read_email(checking.row.values.get(labels.EMAIL, ""))
    except RuleBroken:
        checking.fault("bad_email", labels.EMAIL, str(BAD_EMAIL))
        return ""


def _food(checking: Checking) -> str:
    written = checking.text(labels.FOOD)
    if is_nothing(written):
        return ""
    if checking.row.own_export:
        return written
    return next((food for food, spellings in _FOODS if spellings.fullmatch(written)), written)
