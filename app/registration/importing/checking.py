"""One row of a list: the person it gives, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.core.errors import RuleBroken
from app.core.national_id import has_thirteen_digits, holds_national_id, mask_national_ids
from app.core.text import arabic_digits, clean_name, clean_text, display_width

from .. import names
from ..contacts import BAD_EMAIL, BAD_PHONE, is_nothing, read_email, read_phones
from . import labels
from .content import is_office
from .grid import is_dash
from .layout import DataRow
from .units import UnitChoice, Units

# As long as the columns of a registrant.
LONGEST = {
    labels.TITLE: 60,
    labels.FIRST_NAME: 120,
    labels.LAST_NAME: 120,
    labels.POSITION: 200,
    labels.ORGANISATION: 200,
    labels.CATEGORY: 100,
    labels.FOOD: 60,
}
_NAME_PARTS = (labels.FIRST_NAME, labels.LAST_NAME)
_LONGEST_NAME = 300  # characters of a whole cell of names
_NOBODY = re.compile(
    r"ว่าง|รอ(?:แจ้ง|ส่ง|ยืนยัน|รายชื่อ|ระบุ|ประสาน|แต่งตั้ง).*|อยู่ระหว่าง.*|ยังไม่.*|ไม่ส่ง.*|ไม่ประสงค์.*|x{3,}", re.I
)
_SECOND_PERSON = re.compile(r"[\n,/&]|\sและ")
_PHONE_AT_END = re.compile(
    r"[\s(]*(?:โทร(?:ศัพท์)?\.?|tel\.?|มือถือ)?\s*[:.]?\s*(\+?[\d๐-๙][\d๐-๙\s\-.]{7,})\)?$", re.IGNORECASE
)
_FOODS = [
    ("ทั่วไป", re.compile(r"(?:อาหาร)?(?:ทั่วไป|ปกติ|ธรรมดา)|normal|regular", re.IGNORECASE)),
    ("ฮาลาล", re.compile(r"(?:อาหาร)?(?:ฮาลาล|อิสลาม|มุสลิม)|halal|muslim", re.IGNORECASE)),
    ("มังสวิรัติ", re.compile(r"(?:อาหาร)?มังสวิรัติ|vegetarian", re.IGNORECASE)),
]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: a code for programs, a sentence for people, the field it is about."""

    code: str
    sentence: str
    field: str = ""


@dataclass(frozen=True)
class Person:
    """A person as the list gives one, ready to be stored; ``unit`` is the key of a UnitChoice."""

    first_name: str
    last_name: str
    unit: Hashable
    title: str = ""
    position: str = ""
    organisation: str = ""
    category: str = ""
    phone: str = ""
    email: str = ""
    food: str = ""
    note: str = ""  # what had no field of its own: a second number, a remark beside the name
    is_title_guessed: bool = False  # taken off the front of the name; to be confirmed


@dataclass
class _Checking:
    """A row while it is checked."""

    row: DataRow
    units: Units
    repeats_title: bool
    no_titles: Collection[str] = ()
    is_title_guessed: bool = False
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A field's text on one line, "" for a dash or a faulty cell."""
        written = self.row.values.get(name, "")
        return "" if is_dash(written) else clean_text(written)

    def fault(self, code: str, name: str, sentence: str) -> None:
        self.faults.append(Fault(code, sentence, name))


def check(
    row: DataRow, units: Units, *, repeats_title: bool = False, no_titles: Collection[str] = ()
) -> Person | list[Fault]:
    """The person of a row, or all its faults. ``repeats_title``: the list writes titles before first names too.

    ``no_titles`` are beginnings of names that somebody looked at and found to be no titles.
    """
    checking = _Checking(_without_ids(row), units, repeats_title, no_titles)
    hidden = _hidden_ids(row)
    for place in hidden:
        checking.fault(
            "national_id",
            place,
            _("มีเลขประจำตัวประชาชนในช่อง “%(field)s” โปรดลบออก แล้วใส่ข้อมูลที่ถูกต้อง", field=field_label(place)),
        )
    if row.as_written:
        return _as_written(checking)
    parts = _combined_cells(checking)
    name = _name(checking, parts, hidden)
    organisation = _organisation(checking, parts)
    position = parts.get(labels.POSITION) or checking.text(labels.POSITION)
    unit = _unit(checking, organisation, position) if labels.UNIT not in hidden else None
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
    _check_lengths(checking, values)
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


def _as_written(checking: _Checking) -> Person | list[Fault]:
    """A row that this system wrote, taken back word by word."""
    row = checking.row
    values: dict[str, Any] = {
        name: clean_name(row.values.get(name)) for name in (labels.TITLE, *_NAME_PARTS, labels.ORGANISATION)
    }
    values |= {name: clean_text(row.values.get(name)) for name in (labels.POSITION, labels.CATEGORY, labels.FOOD)}
    for name in _NAME_PARTS:
        if not values[name] and not checking.faults:
            checking.fault("no_name", name, _("ไม่มีชื่อ โปรดใส่ชื่อและนามสกุล"))
    unit = _written_unit(checking, clean_text(row.values.get(labels.UNIT)))
    phone, email = _phone(checking, {}), _email(checking)
    _check_lengths(checking, values)
    if checking.faults or unit is None:
        return checking.faults
    return Person(unit=unit.key, phone=phone, email=email, **values)


def field_label(name: str) -> str:
    """The Thai name of a field, as headings and pages say it."""
    return _FIELD_LABELS[name]()


_FIELD_LABELS: dict[str, Callable[[], str]] = {
    labels.FULL_NAME: lambda: _("ชื่อ-นามสกุล"),
    labels.TITLE: lambda: _("คำนำหน้า"),
    labels.FIRST_NAME: lambda: _("ชื่อ"),
    labels.LAST_NAME: lambda: _("นามสกุล"),
    labels.POSITION: lambda: _("ตำแหน่ง"),
    labels.ORGANISATION: lambda: _("หน่วยงาน"),
    labels.CATEGORY: lambda: _("ประเภท"),
    labels.UNIT: lambda: _("อำเภอ"),
    labels.PHONE: lambda: _("โทรศัพท์"),
    labels.EMAIL: lambda: _("อีเมล"),
    labels.FOOD: lambda: _("อาหาร"),
    labels.NAME_POSITION: lambda: _("ชื่อและตำแหน่ง"),
    labels.POSITION_ORGANISATION: lambda: _("ตำแหน่งและหน่วยงาน"),
}


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


def _combined_cells(checking: _Checking) -> dict[str, str]:
    """Name and position, or position and office, that stand in one cell."""
    parts: dict[str, str] = {}
    both = checking.row.values.get(labels.NAME_POSITION, "")
    if both and not is_dash(both):
        parts[labels.FULL_NAME], parts[labels.POSITION] = _name_and_position(both)
    both = checking.row.values.get(labels.POSITION_ORGANISATION, "")
    if both and not is_dash(both):
        first, _sign, second = (
            (part.strip() for part in re.split(r"(\n|\s*/\s*|,\s+)", both, maxsplit=1))
            if re.search(r"\n|/|,\s", both)
            else (both, "", "")
        )
        parts[labels.POSITION], parts[labels.ORGANISATION] = clean_text(first), clean_text(second)
    return parts


def _name_and_position(text: str) -> tuple[str, str]:
    cut = re.split(r"\n|/|\sตำแหน่ง\s*:?|^ตำแหน่ง\s*:?|,\s", text, maxsplit=1)
    if len(cut) == 2 and cut[1].strip():
        return clean_text(cut[0]), clean_text(cut[1])
    name = names.split_name(text)
    last, _space, position = name.last.partition(" ")
    if last == "ณ":
        more, _space, position = position.partition(" ")
        last = f"ณ {more}"
    return f"{name.title}{name.first} {last}", position


def _name(checking: _Checking, parts: dict[str, str], hidden: list[str]) -> names.PersonName:
    """The name in its parts; a fault when there is none, only half of one, or two people's."""
    row = checking.row
    title, last = checking.text(labels.TITLE), checking.text(labels.LAST_NAME)
    written = parts.get(labels.FULL_NAME) or next(
        (row.values[f] for f in (labels.FULL_NAME, labels.FIRST_NAME) if row.values.get(f)), ""
    )
    if {labels.FULL_NAME, labels.FIRST_NAME, labels.LAST_NAME, labels.NAME_POSITION, labels.TITLE} & set(hidden):
        return names.PersonName()
    if len(written) > _LONGEST_NAME:
        checking.fault("too_long", labels.FULL_NAME, _too_long(labels.FULL_NAME, _LONGEST_NAME))
        return names.PersonName()
    written = _take_phone(checking, parts, written)
    first = "" if is_dash(written) or _NOBODY.fullmatch(clean_text(written)) else written
    if title and not names.is_title(title) and not first:
        title, first = "", title
    if not first and not last:
        checking.fault("no_name", labels.FULL_NAME, _("ไม่มีชื่อ โปรดใส่ชื่อและนามสกุล"))
        return names.PersonName()
    if _two_people(first):
        checking.fault("two_people", labels.FULL_NAME, _("มีมากกว่าหนึ่งคนในช่องเดียว โปรดแยกเป็นคนละแถว"))
        return names.PersonName()
    _note_remark(checking, first)
    name = _in_parts(checking, title, first, last)
    if re.search(r"[\d@=<>{}\\]", name.first + name.last) or not re.search(r"[^\W\d_]", name.first + name.last):
        checking.fault("bad_name", labels.FULL_NAME, _("ชื่อมีตัวเลขหรือเครื่องหมายปนอยู่ โปรดใส่ชื่อและนามสกุลเท่านั้น"))
    elif not name.first or not name.last:
        checking.fault("one_name", labels.FULL_NAME, _("มีชื่อหรือนามสกุลเพียงอย่างเดียว โปรดใส่ให้ครบทั้งสอง"))
    return name


def _in_parts(checking: _Checking, title: str, first: str, last: str) -> names.PersonName:
    if checking.row.own_export:
        return names.PersonName(
            clean_name(title), clean_name(first), clean_name(checking.row.values.get(labels.LAST_NAME))
        )
    given = names.tidy(first)
    found_title, rest = names.split_title(given, first_only=bool(last))
    repeats = checking.repeats_title or _plainly_repeats(title, found_title, rest)
    if (title and not (repeats and (last or " " in rest))) or found_title in checking.no_titles:
        found_title, rest = "", given
    checking.is_title_guessed = bool(found_title) and not title
    if not last:
        rest, _space, last = rest.partition(" ")
    return names.PersonName(names.standard_title(title) or found_title, rest, names.tidy(last))


def _plainly_repeats(title: str, found_title: str, rest: str) -> bool:
    """Whether นาย stands before นายสมหมาย: the rest is too long for นาย to begin a first name."""
    return found_title == names.standard_title(title) and display_width(rest.partition(" ")[0]) > 3


def _two_people(text: str) -> bool:
    parts = [part for part in _SECOND_PERSON.split(text) if part.strip()]
    return len(parts) > 1 and sum(names.begins_with_title(part) for part in parts) > 1


def _note_remark(checking: _Checking, text: str) -> None:
    """A remark in brackets beside the name, (ผู้แทน), is kept as a note."""
    for remark in re.findall(r"\(([^()]{2,80})\)", text):
        checking.notes.append(clean_text(remark))


def _take_phone(checking: _Checking, parts: dict[str, str], text: str) -> str:
    """The name without a telephone number behind it; the number is used when it has no column of its own."""
    found = _PHONE_AT_END.search(text)
    if not found or len(re.sub(r"\D", "", arabic_digits(found[1]))) < 9:
        return text
    parts[labels.PHONE] = found[1]
    return text[: found.start()]


def _organisation(checking: _Checking, parts: dict[str, str]) -> str:
    row = checking.row
    written = row.values.get(labels.ORGANISATION, "")
    if parts.get(labels.ORGANISATION):
        return clean_name(parts[labels.ORGANISATION])
    if is_dash(written) and written:
        return ""
    if not written and not row.columns.fields.get(labels.ORGANISATION):
        unit = checking.text(labels.UNIT)
        if unit and is_office(unit) and checking.units.find_exact(unit) is None:
            return clean_name(unit)  # the one column อำเภอ/หน่วยงาน
    return clean_name(written or row.above.get(labels.ORGANISATION) or row.office)


def _unit(checking: _Checking, organisation: str, position: str) -> UnitChoice | None:
    """The unit of a row: its own cell, else the row above, the heading, the sheet, else the office's own name."""
    row, units = checking.row, checking.units
    written = row.values.get(labels.UNIT, "")
    if written and not is_dash(written):
        return _written_unit(checking, clean_text(written))
    own_office = checking.text(labels.ORGANISATION)
    provincial = units.is_provincial(own_office or organisation, position)
    around = row.section or row.of_sheet
    by_office = units.find_exact(organisation) or units.mentioned(organisation) or units.mentioned(position)
    if written:  # a dash: no district
        belongs = organisation and not units.is_local(organisation, position)
        found = (
            (units.agencies if provincial else None)
            or by_office
            or around
            or (units.agencies if belongs else None)
        )
    else:
        above = row.above.get(labels.UNIT, "")
        if above and not (provincial and own_office and units.agencies and not row.section):
            return _written_unit(checking, clean_text(above))
        found = around or by_office or (units.agencies if provincial else None)
    if found is None:
        checking.fault("no_unit", labels.UNIT, _("ไม่มีอำเภอหรือหน่วยงานที่สังกัด โปรดใส่ชื่ออำเภอ"))
    return found


def _written_unit(checking: _Checking, written: str) -> UnitChoice | None:
    units = checking.units
    found = units.find(written) or units.mentioned(written)
    if found is None and units.is_provincial(written, ""):
        found = units.agencies
    if found is None:
        nearest = units.nearest(written)
        shown = mask_national_ids(written)[:60]
        sentence = _("ไม่พบอำเภอ “%(name)s” ในงานนี้ โปรดแก้ชื่ออำเภอให้ตรง", name=shown)
        if nearest:
            sentence = _("ไม่พบอำเภอ “%(name)s” ในงานนี้ หมายถึง “%(near)s” หรือไม่", name=shown, near=nearest.name)
        checking.fault("unknown_unit", labels.UNIT, sentence)
    return found


def _phone(checking: _Checking, parts: dict[str, str]) -> str:
    try:
        found = read_phones(checking.row.values.get(labels.PHONE, ""))
        if not found and parts.get(labels.PHONE):
            found = read_phones(parts[labels.PHONE])
    except RuleBroken:
        checking.fault("bad_phone", labels.PHONE, str(BAD_PHONE))
        return ""
    if len(found) > 1:
        checking.notes.append(_("หมายเลขอื่น %(numbers)s", numbers=" ".join(found[1:])))
    return found[0] if found else ""


def _email(checking: _Checking) -> str:
    try:
        return read_email(checking.row.values.get(labels.EMAIL, ""))
    except RuleBroken:
        checking.fault("bad_email", labels.EMAIL, str(BAD_EMAIL))
        return ""


def _food(checking: _Checking) -> str:
    written = checking.text(labels.FOOD)
    if is_nothing(written):
        return ""
    if checking.row.own_export:
        return written
    return next((food for food, spellings in _FOODS if spellings.fullmatch(written)), written)


def _check_lengths(checking: _Checking, values: dict[str, str]) -> None:
    for name, longest in LONGEST.items():
        if len(values[name]) > longest:
            checking.fault("too_long", name, _too_long(name, longest))


def _too_long(name: str, longest: int) -> str:
    return _("“%(field)s” ยาวเกิน %(max)d ตัวอักษร โปรดย่อให้สั้นลง", field=field_label(name), max=longest)
