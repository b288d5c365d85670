"""Rows between people that name a district: one of the event's, one with a slip, or one that nobody knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import names
from .content import is_category, is_name_like, is_office, is_place
from .units import UnitChoice, Units, bare_heading, before_venue, without_province

_BEGINS = re.compile(
    r"(?:รายชื่อ|กลุ่ม|พื้นที่|สังกัด|จาก|ที่ว่าการ|ที่ทำการปกครอง|ปกครอง|กิ่ง)?\s*"
    r"(?P<word>อำเภอ|อ\s*\.)[\s:._…]*(?P<name>[ก-ฮเ-ไ].*)"
)
_NO_NAME = re.compile(r"ละ|ที่|ต่าง|ใด|อื่น|ทั้ง|ทุก|และ|แบบ|เคลื่อน|เป็น|ใน|ของ")  # after อำเภอ: no district begins so
_MENTION = re.compile(r"(?:อำเภอ|(?<![ก-๙])อ\s*\.)[\s:._…]*(?P<name>[ก-ฮเ-ไ][ก-๙]+)")
_POST = re.compile(r"\(?\s*(?:รอง|อดีต)?(?:นาย|ปลัด)อำเภอ")
_JOINED = re.compile(r"\s*(?:[/,+&–-]|และ|กับ)\s*")


@dataclass(frozen=True)
class Section:
    """Whose people stand below a row: the unit, or what was written where it surely is none of the event's."""

    unit: UnitChoice | None
    written: str = ""


def section_of(text: str, units: Units, *, for_certain: bool) -> Section | None:
    """What a row of one text begins, or None when it names no district.

    ``for_certain``: the list writes its districts in such rows, so that "อ." before an unknown word is no teacher.
    """
    written = bare_heading(text)
    if begins := _BEGINS.fullmatch(written):
        return _district(written, begins["word"], begins["name"], units, for_certain=for_certain)
    parts = _JOINED.split(written)
    if len(parts) > 1 and all(part and units.find(part) for part in parts):
        return Section(None, written)
    return _inside(before_venue(written), units)


def lone_name(text: str, units: Units) -> Section | None:
    """A district's bare name outside the people's columns: "บ้านข่าย", "ศรีราชา"."""
    written = bare_heading(text)
    if unit := units.find(written):
        return Section(unit)
    return Section(None, written) if units.is_elsewhere(written) else None


def _district(written: str, word: str, name: str, units: Units, *, for_certain: bool) -> Section | None:
    """A row that begins with the word for a district; after อ. a teacher's name can follow too."""
    bare = without_province(name).strip()
    first, _space, more = bare.partition(" ")
    if _NO_NAME.match(name):
        return None
    if word != "อำเภอ" and more and not (is_office(more) or is_category(more) or units.is_province(more)):
        return None
    if unit := units.find(written) or units.mentioned(written):
        return Section(unit)
    is_known = for_certain or word == "อำเภอ" or bare != name.strip() or units.knows(first)
    return Section(None, written) if is_known else None


def _inside(text: str, units: Units) -> Section | None:
    """A row that names a district after other words: "ท้องถิ่นอำเภอบ้านค่าย", "ต.หนองละลอก อ.บ้านค่าย"."""
    found = next(reversed(list(_MENTION.finditer(text))), None)
    if found is None or _POST.match(text):
        return None
    before = text[: found.start()].strip()
    if not is_place(text) and (names.begins_with_title(text) or is_name_like(before)):
        return None
    if unit := units.mentioned(text) or units.find(text[found.start() :]):
        return Section(unit)
    return Section(None, text) if units.knows(found["name"]) else None
