"""Which of the event's tables of people are meant by the groups of an exercise file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.core.text import clean_name
from app.database import db
from app.events.models import Event
from app.groups.models import IMPORTED, Group, Grouping

LONGEST_NAME = 120


def groups_by_name(
    event: Event, wanted: list[tuple[str, str | None]], title: str
) -> tuple[Grouping | None, list[Group]]:
    """The event's tables of these (name, district code) pairs, in order; those it lacks are made.

    The grouping with most of the names is taken and what it lacks is added behind; where no grouping knows any
    of the names a new one is made.
    """
    if not wanted:
        return None, []
    if any(len(name) > LONGEST_NAME for name, _ in wanted):
        raise RuleBroken(_l("ชื่อกลุ่มยาวเกิน %(most)d ตัวอักษร โปรดใช้ชื่อที่สั้นลง", most=LONGEST_NAME))
    keys = {clean_name(name) for name, _ in wanted}
    query = select(Grouping).where(Grouping.event_id == event.id).order_by(Grouping.id.desc())
    found = [(len(keys & _names(grouping)), grouping) for grouping in db.session.scalars(query)]
    matches, grouping = max(found, key=lambda pair: pair[0], default=(0, None))
    if not matches or grouping is None:
        grouping = Grouping(event=event, name=title[:LONGEST_NAME], mode=IMPORTED)
        db.session.add(grouping)
        db.session.flush()
    return grouping, _matched(event, grouping, wanted)


def _names(grouping: Grouping) -> set[str]:
    return {clean_name(group.name) for group in grouping.groups}


def _matched(event: Event, grouping: Grouping, wanted: list[tuple[str, str | None]]) -> list[Group]:
    free = {clean_name(group.name): group for group in reversed(grouping.groups)}
    number = max((group.number for group in grouping.groups), default=0)
    units = {unit.code: unit for unit in event.units if unit.code}
    groups = []
    for name, district in wanted:
        group = free.pop(clean_name(name), None)  # two groups of one name are two tables
        if group is None:
            number += 1
            group = Group(event_id=event.id, number=number, name=name, unit=units.get(district or ""))
            db.session.add(group)
            grouping.groups.append(group)
        groups.append(group)
    db.session.flush()
    return groups
