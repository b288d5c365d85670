"""Tables on the day itself: who did not come, who sits down unasked, one table more, two that become one."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.events.models import Event
from app.live.topics import touch
from app.registration.models import Registrant

from . import queries
from .assigning import TOPIC, move
from .dividing import SIZE_RANGE
from .grouping import DEFAULT_SIZE
from .models import SELF, Group, Grouping, Membership
from .signals import present_people

LONGEST_NAME = 120


def absent(grouping: Grouping) -> list[Registrant]:
    """Who has a seat and was not recorded present; nobody before the first person is."""
    present = present_people(grouping.event)
    if not present:
        return []
    return [p for seat in queries.seated(grouping) for p in seat.people if p.id not in present]


def clear_absent(actor: object, grouping: Grouping) -> int:
    """Free the seats of those who did not come. Who comes after all is shown as waiting for a seat."""
    ids = [person.id for person in absent(grouping)]
    query = delete(Membership).where(Membership.grouping_id == grouping.id, Membership.registrant_id.in_(ids))
    db.session.execute(query)
    record(actor, grouping.event, "groups.absent_cleared", grouping, people=len(ids))
    touch(grouping.event, TOPIC)
    return len(ids)


def capacity(grouping: Grouping) -> int:
    """How many people a table takes where people choose for themselves."""
    return int((grouping.settings or {}).get("max_size") or DEFAULT_SIZE)


def may_choose(grouping: Grouping, current: Group | None) -> bool:
    """Whether somebody may sit down: where tables are chosen always, elsewhere only without a seat."""
    return grouping.mode == SELF or current is None


def tables_with_room(grouping: Grouping, most: int = 3) -> list[tuple[Group, int]]:
    """The emptiest tables with how many seats each has left: what a full table suggests."""
    sizes, room = queries.sizes(grouping), capacity(grouping)
    free = [(group, room - sizes[group.id]) for group in queries.groups_of(grouping)]
    return sorted((pair for pair in free if pair[1] > 0), key=lambda pair: (-pair[1], pair[0].number))[:most]


def sit_down(registrant: Registrant, group: Group) -> Group:
    """A participant takes a seat at the table they stand at; a full table refuses."""
    grouping = group.grouping
    _wait_for_others(grouping)
    current = queries.group_of(registrant)
    if current is not None and current.id == group.id:
        return group
    if not may_choose(grouping, current):
        raise RuleBroken(
            _l("ท่านมีที่นั่งอยู่แล้วที่กลุ่ม %(group)s หากต้องการย้ายโปรดแจ้งเจ้าหน้าที่", group=current.name if current else "")
        )
    if queries.sizes(grouping)[group.id] >= capacity(grouping):
        raise RuleBroken(_l("กลุ่ม %(group)s เต็มแล้ว โปรดเลือกกลุ่มอื่น", group=group.name))
    return move(registrant, grouping, registrant, group)


def _wait_for_others(grouping: Grouping) -> None:
    """Let those who sit down follow one another, so that nobody takes the last seat twice."""
    db.session.execute(select(Grouping.id).where(Grouping.id == grouping.id).with_for_update()).one()


def add_table(actor: object, grouping: Grouping, name: str = "") -> Group:
    """One table more, empty, behind the others."""
    query = select(func.max(Group.number)).where(Group.grouping_id == grouping.id)
    number = (db.session.scalar(query) or 0) + 1
    group = Group(event_id=grouping.event_id, number=number, name="")
    group.name = _clean(name) or _("กลุ่มที่ %(number)d", number=number)
    grouping.groups.append(group)
    db.session.flush()
    record(actor, grouping.event, "groups.table_added", group)
    touch(grouping.event, TOPIC)
    return group


def rename(actor: object, event: Event, group: Group, name: str) -> None:
    """Call a table something else; what it wrote keeps its codes."""
    group.name = _clean(name) or group.name
    record(actor, event, "groups.renamed", group)
    touch(event, TOPIC)


def _clean(name: str) -> str:
    said = clean_text(name)
    if len(said) > LONGEST_NAME:
        raise RuleBroken(_l("ชื่อกลุ่มยาวเกิน %(most)d ตัวอักษร", most=LONGEST_NAME), "name")
    return said


def join_tables(actor: object, event: Event, group: Group, other: Group) -> int:
    """Seat everyone of a table at another. The emptied table stays, and so does all it wrote."""
    if group.id == other.id or group.grouping_id != other.grouping_id:
        raise RuleBroken(_l("โปรดเลือกกลุ่มอื่นในผังเดียวกัน"))
    people = len(queries.people_of(group))
    low, high = SIZE_RANGE
    if people + queries.sizes(group.grouping)[other.id] > high:
        raise RuleBroken(_l("รวมแล้วเกิน %(most)d คนต่อกลุ่ม", most=high))
    query = update(Membership).where(Membership.group_id == group.id)
    db.session.execute(query.values(group_id=other.id, is_scribe=False))
    record(actor, event, "groups.joined", group, target=other.id, people=people)
    touch(event, TOPIC)
    return people
