"""The shape of an exercise document, as data: what each part must look like to be read at all.

A shape is a function (value, where) that raises `WrongShape`; `where` is the way to the value, as in
`items[3].budget[0].amount`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l

Shape = Callable[[Any, str], None]

MAX_TEXT = 5_000
MAX_NUMBER = 10**13


class WrongShape(Exception):
    """A part of the file is not what it should be; carries the sentence."""

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def text(value: Any, where: str) -> None:
    """Some text, not empty, not endless."""
    optional_text(value, where)
    if not value:
        raise WrongShape(_l("%(where)s ว่างอยู่ โปรดเติมข้อความ", where=where))


def optional_text(value: Any, where: str) -> None:
    """Text, possibly empty, not endless."""
    if not isinstance(value, str):
        raise WrongShape(_l("%(where)s ต้องเป็นข้อความ", where=where))
    if len(value) > MAX_TEXT:
        raise WrongShape(_l("%(where)s ยาวเกิน %(most)s อักษร โปรดย่อข้อความ", where=where, most=MAX_TEXT))


def number(value: Any, where: str) -> None:
    """A number of sensible size; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MAX_NUMBER:
        raise WrongShape(_l("%(where)s ต้องเป็นตัวเลข", where=where))


def amount(value: Any, where: str) -> None:
    """A number that is not negative."""
    number(value, where)
    if value < 0:
        raise WrongShape(_l("%(where)s ต้องไม่ติดลบ", where=where))


def whole(value: Any, where: str) -> None:
    """A whole number."""
    number(value, where)
    if value != int(value):
        raise WrongShape(_l("%(where)s ต้องเป็นจำนวนเต็ม", where=where))


def strength(value: Any, where: str) -> None:
    """1, 2 or 3; no link is how one says 0."""
    if isinstance(value, bool) or value not in (1, 2, 3):
        raise WrongShape(_l("%(where)s ต้องเป็น 1, 2 หรือ 3", where=where))


def yes_or_no(value: Any, where: str) -> None:
    """true or false."""
    if not isinstance(value, bool):
        raise WrongShape(_l("%(where)s ต้องเป็น true หรือ false", where=where))


def some(shape: Shape) -> Shape:
    """The shape, or null."""

    def check(value: Any, where: str) -> None:
        if value is not None:
            shape(value, where)

    return check


def each(shape: Shape) -> Shape:
    """A list whose every element has the shape."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise WrongShape(_l("%(where)s ต้องเป็นรายการ [ ]", where=where))
        for place, element in enumerate(value):
            shape(element, f"{where}[{place}]")

    return check


def named(shape: Shape) -> Shape:
    """An object whose every value has the shape, whatever its names."""

    def check(value: Any, where: str) -> None:
        _object(value, where)
        for name, element in value.items():
            shape(element, f"{where}.{name[:40]}")

    return check


def record(needed: dict[str, Shape] | None = None, **optional: Shape) -> Shape:
    """An object with the needed keys; the optional ones may be absent or null, others are left alone."""
    needed = needed or {}

    def check(value: Any, where: str) -> None:
        _object(value, where)
        for name, shape in needed.items():
            if name not in value:
                raise WrongShape(_l("%(where)s ขาดข้อมูล “%(name)s”", where=where or _l("ไฟล์"), name=name))
            shape(value[name], f"{where}.{name}".lstrip("."))
        for name, shape in optional.items():
            if value.get(name) is not None:
                shape(value[name], f"{where}.{name}".lstrip("."))

    return check


def _object(value: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise WrongShape(_l("%(where)s ต้องเป็นกลุ่มข้อมูล { }", where=where or _l("ไฟล์")))


AGENCY = record(name=optional_text, sector=optional_text)
EVIDENCE = record(title=optional_text, type=optional_text, data_year_be=whole)

SETTINGS = record(
    anchor_level=text,
    anchor_kinds=each(text),
    root_level=text,
    upward_link_types=each(text),
    budget_kinds=each(text),
    budget_not_counted_if_out_link=each(text),
    levels_in_use=each(text),
    strict_levels=each(text),
    max_data_age_years=amount,
    similarity=record(flag=amount, watch=amount),
    screening=record(
        {},
        **{"pass": amount},
        scale_max=amount,
        revise=amount,
        discuss_range=amount,
        criteria=each(record({"code": text}, weight=amount)),
    ),
)

ITEM = record(
    {"id": text, "level": text, "kind": text},
    title_th=optional_text,
    title=optional_text,
    title_en=optional_text,
    origin=optional_text,
    status=optional_text,
    group=optional_text,
    areas=each(text),
    chain=optional_text,
    stage=optional_text,
    chains=each(record(chain=optional_text, stage=optional_text)),
    lead_agency=AGENCY,
    partners=each(AGENCY),
    budget=each(record(fy_be=whole, amount=amount, source=optional_text)),
    evidence=each(EVIDENCE),
    indicators=each(record(name=optional_text, unit=optional_text)),
    beyond_capacity=yes_or_no,
    objective=optional_text,
    output_target=optional_text,
)

LINK = record(
    {"id": text, "source": text, "target": text, "type": text},
    strength=strength,
    rationale=optional_text,
    evidence=each(EVIDENCE),
)

DOCUMENT = record(
    {
        "meta": record(event_year_be=whole),
        "settings": SETTINGS,
        "levels": each(record({"code": text, "rank": number}, label_th=optional_text)),
        "items": each(ITEM),
        "links": each(LINK),
    },
    areas=each(record({"code": text}, type=optional_text, parent=optional_text, district=optional_text)),
    groups=each(record({"id": text}, name=optional_text, district=optional_text)),
    chains=each(record({"id": text})),
    reviews=each(record({"item": text, "reviewer": text}, scores=named(some(amount)))),
    dot_votes=record(by_group=named(named(some(amount)))),
)
