"""Which rows are people who are already there, and which only resemble one."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.text import clean_name, search_key

from .row.facts import Person

_SPELLED_OUT = [
    (re.compile(r"อบต\.?"), "องค์การบริหารส่วนตำบล"),
    (re.compile(r"อบจ\.?"), "องค์การบริหารส่วนจังหวัด"),
    (re.compile(r"ส[นง]+ง\.|สนง\.?"), "สำนักงาน"),
    (re.compile(r"^(?:ทต|ท\.ต)\.?"), "เทศบาลตำบล"),
    (re.compile(r"^รพ\.(?!สต)"), "โรงพยาบาล"),
]


@dataclass(frozen=True)
class KnownPerson:
    """Someone who is registered already, as plain data; ``unit`` is the key of a UnitChoice."""

    key: Hashable
    first_name: str
    last_name: str
    unit: Hashable
    organisation: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Match:
    """Who a row is, or resembles: a registrant's key, or a row of the file."""

    sentence: str
    known: Hashable = None
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class _Entry:
    person: KnownPerson | Person
    known: Hashable = None
    sheet: str = ""
    row: int = 0


class People:
    """Everyone met so far, found by name, telephone and e-mail without comparing each with each."""

    def __init__(self, known: Iterable[KnownPerson] = ()) -> None:
        self._by_name: dict[str, list[_Entry]] = {}
        self._by_sound: dict[str, _Entry] = {}
        self._by_phone: dict[str, _Entry] = {}
        self._by_email: dict[str, _Entry] = {}
        for person in known:
            self._keep(_Entry(person, known=person.key))

    def add(self, person: Person, sheet: str, row: int) -> None:
        """Remember a person of the file."""
        self._keep(_Entry(person, sheet=sheet, row=row))

    def _keep(self, entry: _Entry) -> None:
        person = entry.person
        self._by_name.setdefault(_name(person), []).append(entry)
        self._by_sound.setdefault(search_key(f"{person.first_name}{person.last_name}"), entry)
        if person.phone:
            self._by_phone.setdefault(person.phone, entry)
        if person.email:
            self._by_email.setdefault(person.email.casefold(), entry)

    def same(self, person: Person, sheet: str) -> Match | None:
        """Who certainly is this person: the same name, and the same telephone, e-mail, or unit and office."""
        for entry in self._by_name.get(_name(person), ()):
            if reason := _certainly(person, entry.person):
                return Match(_("%(who)s: %(reason)s", who=_who(entry, sheet), reason=reason), *_place(entry))
        return None

    def similar(self, person: Person, sheet: str) -> list[Match]:
        """Who resembles this person by name alone, telephone alone or e-mail alone."""
        found = []
        sound = search_key(f"{person.first_name}{person.last_name}")
        named = next(iter(self._by_name.get(_name(person), ())), None)
        if named is None and sound:
            named = self._by_sound.get(sound)
        if named:
            found.append(Match(_("ชื่อคล้ายกับ%(who)s", who=_who(named, sheet, _("แถว"))), *_place(named)))
        if person.phone and (entry := self._by_phone.get(person.phone)):
            found.append(Match(_("โทรศัพท์ตรงกับ%(who)s", who=_who(entry, sheet, _("แถว"))), *_place(entry)))
        if person.email and (entry := self._by_email.get(person.email.casefold())):
            found.append(Match(_("อีเมลตรงกับ%(who)s", who=_who(entry, sheet, _("แถว"))), *_place(entry)))
        return found


def _certainly(one: Person, other: KnownPerson | Person) -> str:
    """Why two people of one name are the same person, or "" when they need not be."""
    if one.phone and one.phone == other.phone:
        return _("ชื่อและโทรศัพท์ตรงกัน")
    if one.email and one.email.casefold() == other.email.casefold():
        return _("ชื่อและอีเมลตรงกัน")
    if one.unit != other.unit or _office(one.organisation) != _office(other.organisation):
        return ""
    if one.organisation:
        return _("ชื่อ อำเภอ และหน่วยงานตรงกัน")
    # Neither names an office: the same person unless the telephone or the e-mail says otherwise.
    differ = (one.phone and other.phone) or (one.email and other.email)
    return "" if differ else _("ชื่อและอำเภอตรงกัน และไม่มีข้อมูลใดต่างกัน")


def _name(person: KnownPerson | Person) -> str:
    return re.sub(r"[\s.]", "", clean_name(f"{person.first_name}{person.last_name}")).casefold()


def _office(organisation: str) -> str:
    text = clean_name(organisation)
    for short, full in _SPELLED_OUT:
        text = short.sub(full, text)
    return re.sub(r"[\s.\-]", "", text).casefold()


def _place(entry: _Entry) -> tuple[Hashable, str, int]:
    return entry.known, entry.sheet, entry.row


def _who(entry: _Entry, sheet: str, row_word: str | None = None) -> str:
    if not entry.row:
        return _("ผู้ที่มีชื่ออยู่แล้ว") if row_word else _("มีชื่ออยู่แล้ว")
    where = f" {_('แผ่นงาน')} {entry.sheet}" if entry.sheet != sheet else ""
    return f"{row_word or _('ซ้ำกับแถว')} {entry.row}{where}"
