"""A unit answers its letter: for every post who comes, with the name or without it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.events.models import Event

from .. import notice, signup
from ..contacts import read_phone
from ..names import split_name
from . import places
from .models import Answer, Place


@dataclass(frozen=True)
class Line:
    """What was said about one post. ``name`` in full, as people write it; empty while it is not known."""

    place: Place
    answer: Answer
    name: str = ""
    phone: str = ""


def answer(event: Event, lines: Sequence[Line], *, source: str, actor: object) -> int:
    """Write all answers or none; returns how many names came. A refusal names the post in ``field``."""
    names = 0
    for line in lines:
        try:
            names += _one(event, line, source, actor)
        except RuleBroken as problem:
            raise RuleBroken(problem.sentence, line.place.public_id) from problem
    return names


def _one(event: Event, line: Line, source: str, actor: object) -> int:
    place = line.place
    if place.registrant_id is not None:
        return 0
    if not line.name:
        places.set_answer(event, place, line.answer, actor=actor)
        return 0
    if line.answer == Answer.DECLINED:
        raise RuleBroken(_l("เลือกว่าไม่มา แต่ใส่ชื่อไว้ โปรดลบชื่อหรือเลือกใหม่"))
    if place.answer == Answer.DECLINED:
        places.set_answer(event, place, Answer.COMING, actor=actor)  # asks for the seat again
    parts = split_name(line.name)
    if not parts.first or not parts.last:
        raise RuleBroken(_l("โปรดพิมพ์ชื่อ เว้นวรรค แล้วตามด้วยนามสกุล"))
    is_stand_in = line.answer == Answer.REPRESENTATIVE
    signup.register(
        event,
        title=parts.title,
        first_name=parts.first,
        last_name=parts.last,
        unit=place.unit,
        position=f"ผู้แทน{place.position}" if is_stand_in else place.position,
        category=place.category,
        phone=read_phone(line.phone),
        notice_version=notice.shown(event).version,
        source=source,
        place=place,
        actor=actor,
    )
    return 1
