"""What is found in one row of a list: a person, or what is wrong; and the row while it is checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.core.text import clean_text

from .. import labels
from ..found import DataRow
from ..grid import is_dash
from ..units import Units

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
class Checking:
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


def check_lengths(checking: Checking, values: dict[str, str]) -> None:
    for name, longest in LONGEST.items():
        if len(values[name]) > longest:
            checking.fault("too_long", name, too_long(name, longest))


def too_long(name: str, longest: int) -> str:
    return _("“%(field)s” ยาวเกิน %(max)d ตัวอักษร โปรดย่อให้สั้นลง", field=field_label(name), max=longest)
