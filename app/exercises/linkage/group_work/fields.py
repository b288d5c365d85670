"""The fields of a card as phones send them: a flat name for each, a way to read it, and a place to keep it.

A line of a card is a field of its own, ``budget/<id made on the phone>``, so that two people adding lines never
collide; None removes the line. Empty text and None are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.text import TextTooLong, UnreadableText, arabic_digits, clean_text

from ..document.rows import baht_of, satang_of
from ..models import BudgetLine, Evidence, Indicator, ItemArea, ItemChain, Partner, PlanItem, PlanLink
from ..vocabulary import EVIDENCE_TYPES, SECTORS, STAGES

LONGEST_TITLE = 300
LONGEST_TEXT = 3000
LONGEST_NAME = 200
MOST_LINES = 40
MOST_BAHT = 10**12

Reader = Callable[[Any], Any]
Card = PlanItem | PlanLink


@dataclass(frozen=True)
class Plain:
    """A field that is one column."""

    column: str
    read: Reader


@dataclass(frozen=True)
class Lines:
    """A field family that is a table of lines: the parts of a line and how each is read."""

    relation: str
    row: type[Any]
    parts: dict[str, Reader]


# -- readers -----------------------------------------------------------------------------------------


def text(longest: int, *, multiline: bool = False) -> Reader:
    """Cleaned text of at most so many characters; None when empty."""

    def read(value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise RuleBroken(_l("ข้อมูลที่ส่งมาอ่านไม่ได้ โปรดพิมพ์ใหม่"))
        try:
            return clean_text(value, max_length=longest, multiline=multiline) or None
        except TextTooLong as problem:
            raise RuleBroken(
                _l(
                    "ข้อความยาว %(length)d ตัวอักษร ใส่ได้ไม่เกิน %(most)d โปรดย่อให้สั้นลง",
                    length=problem.length,
                    most=problem.max_length,
                )
            ) from problem
        except UnreadableText as problem:
            raise RuleBroken(_l("มีตัวอักษรที่ระบบอ่านไม่ได้ โปรดพิมพ์ใหม่")) from problem

    return read


def flag(value: Any) -> bool | None:
    """A tick; None when it is off."""
    return True if value in (True, "1", "on", "true") else None


def one_of(*allowed: object) -> Reader:
    """One of a few words, or None."""

    def read(value: Any) -> Any:
        if value in (None, ""):
            return None
        if value not in allowed:
            raise RuleBroken(_l("โปรดเลือกจากรายการที่มีให้"))
        return value

    return read


def strength(value: Any) -> int | None:
    """1, 2 or 3."""
    return one_of(1, 2, 3)(int(value) if isinstance(value, str) and value in ("1", "2", "3") else value)


def year(value: Any) -> int | None:
    """A year of the Buddhist era; a year of ours is turned into one."""
    if value in (None, ""):
        return None
    try:
        number = int(arabic_digits(str(value)).strip())
    except ValueError:
        number = 0
    if 1900 <= number <= 2200:
        number += 543
    if not 2443 <= number <= 2743:
        raise RuleBroken(_l("โปรดใส่ปี พ.ศ. เป็นตัวเลข 4 หลัก เช่น 2562"))
    return number


def baht(value: Any) -> int | float | None:
    """An amount of money as people type it: 2,500,000 or ๒,๕๐๐,๐๐๐ or 1250.50."""
    if value in (None, ""):
        return None
    try:
        amount = Decimal(arabic_digits(str(value)).replace(",", "").replace("บาท", "").strip())
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount > MOST_BAHT:
        raise RuleBroken(_l("โปรดใส่งบประมาณเป็นตัวเลข หน่วยเป็นบาท เช่น 2,500,000"))
    if amount < 0:
        raise RuleBroken(_l("งบประมาณติดลบไม่ได้ โปรดแก้จำนวนเงิน"))
    return baht_of(satang_of(amount))


def figure(value: Any) -> int | float | str | None:
    """The value of an indicator: a number where it is one, else the words."""
    words = text(LONGEST_NAME)(str(value) if isinstance(value, int | float) else value)
    if words is None:
        return None
    try:
        number = Decimal(arabic_digits(words).replace(",", ""))
    except InvalidOperation:
        return words
    if not number.is_finite() or abs(number) > MOST_BAHT:
        return words
    return int(number) if number == number.to_integral_value() else float(number)


# -- what items and links have -----------------------------------------------------------------------

_NAME, _LONG = text(LONGEST_NAME), text(LONGEST_TEXT, multiline=True)
_CODE = text(LONGEST_NAME)
_EVIDENCE = Lines("evidence", Evidence, {"title": _NAME, "data_year_be": year, "type": one_of(*EVIDENCE_TYPES)})

ITEM_FIELDS: dict[str, Plain | Lines] = {
    "title": Plain("title_th", text(LONGEST_TITLE)),
    "level": Plain("level", _CODE),
    "detail": Plain("detail", _LONG),
    "objective": Plain("objective", _LONG),
    "output_target": Plain("output_target", _LONG),
    "output_without_number": Plain("output_without_number", flag),
    "expected_result": Plain("expected_result", _LONG),
    "lead_name": Plain("lead_name", _NAME),
    "lead_sector": Plain("lead_sector", one_of(*SECTORS)),
    "beyond_capacity": Plain("beyond_capacity", flag),
    "not_escalated_because": Plain("not_escalated_because", _LONG),
    "no_budget": Plain("no_budget", flag),
    "budget": Lines("budget", BudgetLine, {"fy_be": year, "amount": baht, "source": _NAME}),
    "partners": Lines("partners", Partner, {"name": _NAME, "sector": one_of(*SECTORS)}),
    "evidence": _EVIDENCE,
    "indicators": Lines(
        "indicators",
        Indicator,
        {
            "name": _NAME,
            "unit": _NAME,
            "baseline": figure,
            "baseline_year_be": year,
            "target": figure,
            "target_year_be": year,
        },
    ),
    "areas": Lines("areas", ItemArea, {"code": _CODE}),
    "chains": Lines("chains", ItemChain, {"chain": _CODE, "stage": one_of(*STAGES)}),
}

LINK_FIELDS: dict[str, Plain | Lines] = {
    "type": Plain("type", _CODE),
    "strength": Plain("strength", strength),
    "rationale": Plain("rationale", _LONG),
    "confidence": Plain("confidence", _CODE),
    "evidence": _EVIDENCE,
}


def fields_for(card: Card | type[Card]) -> dict[str, Plain | Lines]:
    """The fields of an item or of a link."""
    kind = card if isinstance(card, type) else type(card)
    return ITEM_FIELDS if kind is PlanItem else LINK_FIELDS


# -- reading what was sent ---------------------------------------------------------------------------


def read_field(card: Card | type[Card], name: str, value: Any) -> Any:
    """The value of one sent field, cleaned; raises RuleBroken with the field's name."""
    family, _, line_id = name.partition("/")
    spec = fields_for(card).get(family)
    if spec is None or isinstance(spec, Plain) == bool(line_id) or len(line_id) > 40:
        raise RuleBroken(_l("ข้อมูลที่ส่งมาอ่านไม่ได้ โปรดโหลดหน้าใหม่แล้วลองอีกครั้ง"), name[:40])
    try:
        return spec.read(value) if isinstance(spec, Plain) else _read_line(spec, value)
    except RuleBroken as problem:
        raise RuleBroken(problem.sentence, name) from problem


def _read_line(spec: Lines, value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise RuleBroken(_l("ข้อมูลที่ส่งมาอ่านไม่ได้ โปรดพิมพ์ใหม่"))
    line = {part: read(value.get(part)) for part, read in spec.parts.items()}
    filled = {part: found for part, found in line.items() if found is not None}
    return filled or None


# -- the fields a card has now -----------------------------------------------------------------------


def fields_of(card: Card) -> dict[str, Any]:
    """Every filled field of a card, flat."""
    found: dict[str, Any] = {}
    for name, spec in fields_for(card).items():
        if isinstance(spec, Plain):
            found[name] = getattr(card, spec.column)
        else:
            for row in getattr(card, spec.relation):
                found[f"{name}/{row.public_id}"] = line_of(spec, row)
    if isinstance(card, PlanItem) and card.title_th is None:
        found["title"] = card.shown_title
    return {name: value for name, value in found.items() if value not in (None, "", False, {})}


def line_of(spec: Lines, row: Any) -> dict[str, Any]:
    """A stored line as it is sent."""
    line = {part: getattr(row, part) for part in spec.parts if part != "amount"}
    if "amount" in spec.parts:
        line["amount"] = baht_of(row.satang)
    return {part: value for part, value in line.items() if value is not None}


def check_line_count(card: Card, changed: Mapping[str, Any]) -> None:
    """A card has at most so many lines of one sort."""
    for family, spec in fields_for(card).items():
        if isinstance(spec, Lines):
            ids = {row.public_id for row in getattr(card, spec.relation)}
            new = {name for name, value in changed.items() if name.startswith(f"{family}/") and value is not None}
            if len(ids | {name.partition("/")[2] for name in new}) > MOST_LINES and new:
                raise RuleBroken(
                    _l("การ์ดหนึ่งมีได้ไม่เกิน %(most)d บรรทัด โปรดรวมบางบรรทัดเข้าด้วยกัน", most=MOST_LINES), family
                )


def write_field(card: Card, name: str, value: Any) -> None:
    """Put a read value in its place."""
    family, _, line_id = name.partition("/")
    spec = fields_for(card)[family]
    if isinstance(spec, Plain):
        setattr(card, spec.column, value)
        return
    rows = getattr(card, spec.relation)
    row = next((row for row in rows if row.public_id == line_id), None)
    if value is None:
        if row is not None:
            rows.remove(row)
        return
    if row is None:
        row = spec.row(public_id=line_id)
        rows.append(row)
    for part in spec.parts:
        column, found = ("satang", satang_of(value.get(part))) if part == "amount" else (part, value.get(part))
        setattr(row, column, found)
