"""What is asked of a person: the public form's two pages, the person's own corrections, the organiser's form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select
from wtforms import BooleanField, EmailField, Field, HiddenField, TelField
from wtforms.validators import ValidationError

from app.core.errors import RuleBroken
from app.core.form_fields import Choice, RadioChoice, with_blank
from app.core.forms import CleanString, Form, at_most, required
from app.database import db
from app.events.models import Event, Unit, UnitKind

from .consents import FOOD_TEXT
from .contacts import is_nothing, read_email, read_phone
from .models import Part, Registrant
from .parts import LABELS
from .seats.fullness import Full

_UNIT = select(Unit).where(Unit.event_id == bindparam("event"), Unit.public_id == bindparam("key"))
OTHER_TITLE = "other"
TITLES = [
    ("นาย", _l("นาย")),
    ("นาง", _l("นาง")),
    ("นางสาว", _l("นางสาว")),
    (OTHER_TITLE, _l("อื่น ๆ")),
]
CATEGORIES = [
    ("ส่วนราชการ", _l("ส่วนราชการ")),
    ("องค์กรปกครองส่วนท้องถิ่น", _l("องค์กรปกครองส่วนท้องถิ่น")),
    ("ฝ่ายปกครองท้องที่", _l("ฝ่ายปกครองท้องที่ (กำนัน ผู้ใหญ่บ้าน)")),
    ("ภาคประชาสังคม", _l("ภาคประชาสังคม")),
    ("อื่น ๆ", _l("อื่น ๆ")),
]
FOODS = [
    ("", _l("ไม่แจ้ง")),
    ("ทั่วไป", _l("ทั่วไป")),
    ("มังสวิรัติ", _l("มังสวิรัติ")),
    ("ฮาลาล", _l("ฮาลาล")),
    ("ไม่ทานเนื้อวัว", _l("ไม่ทานเนื้อวัว")),
]


def phone_ok(_form: Form, field: Field) -> None:
    """A validator: the number in its stored form, or a sentence."""
    try:
        read_phone(field.data)
    except RuleBroken as problem:
        raise ValidationError(problem.sentence) from problem


def email_ok(_form: Form, field: Field) -> None:
    """A validator: the address in its stored form, or a sentence."""
    try:
        read_email(field.data)
    except RuleBroken as problem:
        raise ValidationError(problem.sentence) from problem


class CleanPhone(CleanString, TelField):
    """A telephone number as typed; phones show digits to type it."""

    widget = TelField.widget


class CleanEmail(CleanString, EmailField):
    """An e-mail address as typed."""

    widget = EmailField.widget


class NameFields(Form):
    """Name and post: what people correct themselves."""

    title = RadioChoice(_l("คำนำหน้า"), choices=TITLES)
    title_other = CleanString(_l("คำนำหน้าอื่น เช่น ว่าที่ร้อยตรี ดร. พระครู"), [at_most(60)])
    first_name = CleanString(_l("ชื่อ"), [required(), at_most(120)])
    last_name = CleanString(_l("นามสกุล"), [required(), at_most(120)])
    position = CleanString(_l("ตำแหน่ง"), [required(), at_most(200)])
    organisation = CleanString(_l("หน่วยงาน / หมู่บ้าน / องค์กร"), [required(), at_most(200)])

    def written_title(self) -> str:
        """The title as stored: the typed one where one was typed."""
        if self.title_other.data:
            return str(self.title_other.data)
        return "" if self.title.data in (None, OTHER_TITLE) else str(self.title.data)

    def name_values(self) -> dict[str, Any]:
        """What the rules are given."""
        names = ("first_name", "last_name", "position", "organisation")
        return {"title": self.written_title(), **{name: self[name].data or "" for name in names}}

    def show_title(self, title: str) -> None:
        """Fill in a stored title."""
        known = title in dict(TITLES)
        self.title.data = title if known else (OTHER_TITLE if title else None)
        self.title_other.data = "" if known else title

    def validate_title(self, field: Field) -> None:
        """Lists and badges carry titles, so one is chosen or typed."""
        if not field.data and not self.title_other.data:
            raise ValidationError(_l("โปรดเลือกคำนำหน้า"))

    def validate_title_other(self, field: Field) -> None:
        """Who chose "other" says which."""
        if self.title.data == OTHER_TITLE and not field.data:
            raise ValidationError(_l("โปรดพิมพ์คำนำหน้า หรือเลือกข้อบน"))


class WhoForm(NameFields):
    """The first page of the public form."""

    category = Choice(_l("ประเภท"), [required()], choices=with_blank(CATEGORIES, _l("เลือกประเภท")))
    unit = Choice(_l("อำเภอ / หน่วยงานต้นสังกัด"), [required()])

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {"event": event.id, "key": self.unit.data or ""}
        self._chosen = db.session.scalar(_UNIT, chosen) if self.unit.data else None
        self.unit.choices = [(self._chosen.public_id, self._chosen.name)] if self._chosen else []

    def offer(self, units: Iterable[Unit], full: Full, mark: object) -> None:
        """All units to choose from, for a page; only the chosen one is looked up where none is drawn.

        Beside units and categories whose seats are taken stands ``mark``; they can be chosen all the same.
        """
        named = [_marked((unit.public_id, unit.name), unit.public_id in full.units, mark) for unit in units]
        self.unit.choices = with_blank(named, _l("เลือกอำเภอหรือหน่วยงาน"))
        self.category.choices = [_marked(one, one[0] in full.categories, mark) for one in self.category.choices]

    def chosen_unit(self) -> Unit:
        """The unit of the event that was chosen."""
        if self._chosen is None:
            raise RuleBroken(_l("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"), "unit")
        return self._chosen

    def who_values(self) -> dict[str, Any]:
        """What the rules are given."""
        return {**self.name_values(), "category": self.category.data or "", "unit": self.chosen_unit()}


class ContactForm(Form):
    """The second page: how to reach the person, what is optional, and the notice."""

    phone = CleanPhone(_l("โทรศัพท์"), [at_most(60), phone_ok])
    email = CleanEmail(_l("อีเมล"), [at_most(255), email_ok])
    food = Choice(_l("อาหาร (ไม่บังคับ)"), choices=FOODS)
    food_consent = BooleanField(FOOD_TEXT)
    notice_read = BooleanField(
        _l("รับทราบประกาศความเป็นส่วนตัวแล้ว"), [required(_l("โปรดอ่านประกาศแล้วทำเครื่องหมายรับทราบ"))]
    )
    submission_key = HiddenField("")

    def validate_phone(self, field: Field) -> None:
        """One way to be reached is enough, but there must be one."""
        if is_nothing(field.data or "") and is_nothing(self.email.data or ""):
            raise ValidationError(_l("โปรดใส่โทรศัพท์หรืออีเมลอย่างน้อยหนึ่งอย่าง เพื่อให้ผู้จัดงานติดต่อได้"))

    def contact_values(self) -> dict[str, Any]:
        """What the rules are given."""
        return {
            "phone": read_phone(self.phone.data),
            "email": read_email(self.email.data),
            "food": self.food.data or "",
            "food_consent": bool(self.food_consent.data),
            "submission_key": self.submission_key.data or None,
        }


class OwnDataForm(NameFields):
    """What a person corrects on the own page."""

    phone = CleanPhone(_l("โทรศัพท์"), [at_most(60), phone_ok])
    email = CleanEmail(_l("อีเมล"), [at_most(255), email_ok])
    food = Choice(_l("อาหาร (ไม่บังคับ)"), choices=FOODS)
    food_consent = BooleanField(FOOD_TEXT)

    def __init__(self, registrant: Registrant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_choice(self.food, registrant.food)

    def contact_values(self) -> dict[str, Any]:
        """What the rules are given, food apart."""
        return {"phone": read_phone(self.phone.data), "email": read_email(self.email.data)}

    def show(self, registrant: Registrant, *, food_consent: bool) -> None:
        """Fill in what is stored."""
        fill(self, registrant, ("first_name", "last_name", "position", "organisation", "phone", "email", "food"))
        self.food_consent.data = food_consent
        self.show_title(registrant.title)


class PersonForm(Form):
    """The organiser's form: everything by hand, little required; what lists bring may be unusual."""

    title = CleanString(_l("คำนำหน้า"), [at_most(60)])
    first_name = CleanString(_l("ชื่อ"), [required(), at_most(120)])
    last_name = CleanString(_l("นามสกุล"), [required(), at_most(120)])
    position = CleanString(_l("ตำแหน่ง"), [at_most(200)])
    organisation = CleanString(_l("หน่วยงาน"), [at_most(200)])
    category = CleanString(_l("ประเภท"), [at_most(100)])
    part = Choice(_l("มาในฐานะ"), default=Part.PARTICIPANT, choices=list(LABELS.items()))
    unit = Choice(_l("อำเภอ / หน่วยงานต้นสังกัด"))
    phone = CleanPhone(_l("โทรศัพท์"), [at_most(60), phone_ok])
    email = CleanEmail(_l("อีเมล"), [at_most(255), email_ok])
    oversteps = BooleanField(_l("รับแม้ที่นั่งเต็ม โดยมีหมายเหตุข้างชื่อ"))

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.public_id: unit for unit in event.units}
        self.unit.choices = with_blank([(key, unit.name) for key, unit in self.units.items()])

    def validate_unit(self, field: Field) -> None:
        """Guests, speakers, staff and press may belong to none."""
        if not field.data and self.part.data in ("", None, Part.PARTICIPANT):
            raise ValidationError(_l("โปรดกรอกช่องนี้"))

    def chosen_unit(self) -> Unit:
        """The unit that was chosen; for who belongs to none, the province's own."""
        provincial = (unit for unit in self.units.values() if unit.kind == UnitKind.PROVINCE_AGENCIES)
        return self.units.get(self.unit.data or "") or next(provincial)

    def show(self, registrant: Registrant) -> None:
        """Fill in what is stored."""
        names = ("title", "first_name", "last_name", "position", "organisation", "category", "phone", "email")
        fill(self, registrant, names)
        self.unit.data, self.part.data = registrant.unit.public_id, registrant.part

    def values(self) -> dict[str, Any]:
        """What the rules are given."""
        names = ("title", "first_name", "last_name", "position", "organisation", "category")
        return {
            **{name: self[name].data or "" for name in names},
            "unit": self.chosen_unit(),
            "part": Part(self.part.data or Part.PARTICIPANT),
            "oversteps": bool(self.oversteps.data),
            "phone": read_phone(self.phone.data),
            "email": read_email(self.email.data),
        }


def _marked(choice: tuple[str, object], is_full: bool, mark: object) -> tuple[str, object]:
    value, label = choice
    return (value, f"{label} ({mark})") if value and is_full else choice


def fill(form: Form, thing: object, names: tuple[str, ...]) -> None:
    """Show a thing's columns in the fields of the same names."""
    for name in names:
        form[name].data = getattr(thing, name)


def keep_choice(field: Choice, value: str) -> None:
    """Let a stored value that is none of the usual choices stay one."""
    if value and value not in {choice[0] for choice in field.choices}:
        field.choices = [*field.choices, (value, value)]
