"""Making an event's tables, seating latecomers, moving people, giving tables their facilitators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event
from app.live.topics import touch
from app.registration.models import Part, Registrant

from . import grouping as rule
from . import queries, topics, wanting
from .dividing import Settings, joined_units, plan
from .models import IMPORTED, SELF, Group, Grouping, Membership
from .position_classes import position_class

TOPIC = "groups"


def make_groups(actor: object, event: Event, settings: Settings, name: str = "") -> Grouping:
    """Carry the plan out: from now on participants see their table."""
    planned = plan(event, settings)
    grouping = Grouping(
        event=event,
        name=name or _("กลุ่มย่อย"),
        mode=settings.mode,
        seed=settings.seed,
        settings={key: value for key, value in asdict(settings).items() if key not in ("mode", "seed")},
    )
    for number, table in enumerate(planned.tables, start=1):
        group = Group(event_id=event.id, number=number, name=table.name, unit=table.unit, topic_id=table.topic_id)
        grouping.groups.append(group)
    db.session.add(grouping)
    db.session.flush()
    seats = [
        {
            "grouping_id": grouping.id,
            "group_id": group.id,
            "registrant_id": person.id,
            "is_scribe": False,
            "is_adviser": person.id in table.advisers,
        }
        for group, table in zip(grouping.groups, planned.tables, strict=True)
        for person in table.people
    ]
    if seats:
        db.session.execute(insert(Membership), seats)
    record(
        actor, event, "groups.made", grouping, groups=len(planned.tables), people=len(seats), seed=settings.seed
    )
    touch(event, TOPIC)
    return grouping


def seat_latecomers(actor: object, grouping: Grouping) -> list[Registrant]:
    """Seat everyone who has no table yet; the smallest table of one's own district comes first."""
    latecomers = queries.without_group(grouping.event, grouping)
    for registrant in latecomers:
        seat(actor, grouping, registrant)
    return latecomers


def seat(actor: object, grouping: Grouping, registrant: Registrant) -> Group:
    """Seat one latecomer at the smallest table that fits the way people were divided."""
    groups = queries.groups_of(grouping)
    place = rule.smallest_table(
        _home(grouping, registrant),
        _tables_now(grouping, groups),
        _alike(grouping, registrant, groups),
        wanting.tables_to_avoid(registrant, groups),
    )
    if place is None:
        raise RuleBroken(_l("ยังไม่มีกลุ่ม โปรดจัดกลุ่มก่อน"))
    return move(actor, grouping, registrant, groups[place])


def _home(grouping: Grouping, registrant: Registrant) -> int:
    """The district whose tables come first, or the topic asked for."""
    if grouping.mode == "topic":
        return next((topic.id for topic in topics.wishes_by(registrant)), 0)
    joined = joined_units(grouping.event, (grouping.settings or {}).get("joined", {}))
    return joined.get(registrant.unit_id, registrant.unit_id)


def _tables_now(grouping: Grouping, groups: Sequence[Group]) -> list[rule.Table]:
    """The tables with as many people as sit there; advisers do not count."""
    sizes = queries.sizes(grouping)
    by_topic = grouping.mode == "topic"
    return [
        rule.Table(
            group.topic_id if by_topic else group.unit_id, group.number, tuple(range(max(0, sizes[group.id])))
        )
        for group in groups
    ]


def _alike(grouping: Grouping, registrant: Registrant, groups: Sequence[Group]) -> list[int]:
    """How many at each table are like a latecomer: the same body where bodies are balanced, else the same post."""
    by_body = grouping.mode == "balanced"

    def likeness(person: Registrant) -> object:
        if by_body:
            return person.organisation
        return person.unit_id, position_class(person.position, person.category)

    mine = likeness(registrant)
    counted = Counter(
        seat.group.id
        for seat in queries.seated(grouping)
        for person in seat.people
        if mine and likeness(person) == mine
    )
    return [counted[group.id] for group in groups]


def seat_newcomer(registrant: Registrant) -> None:
    """A participant who registers after groups were made sits down at once; before that, nobody needs a seat."""
    if registrant.part != Part.PARTICIPANT:
        return
    grouping = queries.current_grouping(registrant.event)
    # Who withdrew and was taken back in keeps the table.
    if grouping is not None and grouping.mode not in (IMPORTED, SELF) and queries.seat_of(registrant) is None:
        seat(registrant, grouping, registrant)


def move(actor: object, grouping: Grouping, registrant: Registrant, group: Group) -> Group:
    """Seat a person at a table. What they wrote stays with the table where it was written."""
    if group.grouping_id != grouping.id or registrant.event_id != grouping.event_id:
        raise RuleBroken(_l("กลุ่มนี้ไม่ใช่กลุ่มของงานนี้ โปรดโหลดหน้าใหม่แล้วเลือกอีกครั้ง"))
    seat = db.session.scalar(
        select(Membership).where(Membership.grouping_id == grouping.id, Membership.registrant_id == registrant.id)
    )
    before = seat.group_id if seat else None
    if seat is None:
        db.session.add(Membership(grouping_id=grouping.id, group=group, registrant=registrant))
    elif seat.group_id != group.id:
        seat.group, seat.is_scribe = group, False
    db.session.flush()
    if before != group.id:
        record(actor, grouping.event, "groups.moved", registrant, source=before, target=group.id)
        touch(grouping.event, TOPIC)
    return group


def assign_facilitator(actor: object, event: Event, group: Group, user: User | None) -> None:
    """Give a table its วิทยากรประจำกลุ่ม, or none."""
    if user is not None and user.id not in {person.id for person in queries.facilitators(event)}:
        raise RuleBroken(_l("ผู้นี้ยังไม่เป็นวิทยากรประจำกลุ่มของงาน โปรดเพิ่มในหน้าคณะทำงานก่อน"), "facilitator")
    group.facilitator = user
    record(actor, event, "groups.facilitator", group, user=user.id if user else None)
    touch(event, TOPIC)


def share_out_facilitators(actor: object, event: Event, grouping: Grouping) -> int:
    """Share the tables among all facilitators in runs of neighbouring numbers; returns how many facilitators."""
    users = queries.facilitators(event)
    if not users:
        raise RuleBroken(_l("ยังไม่มีวิทยากรประจำกลุ่มในคณะทำงาน โปรดเพิ่มก่อนแล้วกดอีกครั้ง"))
    groups = queries.groups_of(grouping)
    for place, group in enumerate(groups):
        group.facilitator = users[place * len(users) // len(groups)]
    record(actor, event, "groups.facilitators_shared", grouping, facilitators=len(users))
    touch(event, TOPIC)
    return len(users)


def hand_over(actor: object, event: Event, grouping: Grouping, origin: User, target: User) -> int:
    """Give all tables of one facilitator to another in one step; returns how many."""
    if target.id not in {person.id for person in queries.facilitators(event)}:
        raise RuleBroken(_l("ผู้รับยังไม่เป็นวิทยากรประจำกลุ่มของงาน โปรดเพิ่มในหน้าคณะทำงานก่อน"), "target")
    handed = [group for group in queries.groups_of(grouping) if group.facilitator_id == origin.id]
    for group in handed:
        group.facilitator = target
    record(actor, event, "groups.handed_over", grouping, source=origin.id, target=target.id, groups=len(handed))
    touch(event, TOPIC)
    return len(handed)
