"""Reading groups: the tables in force, who sits where, who has no seat yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import User
from app.database import db
from app.events.models import Event, Role, TeamMember
from app.registration.models import Registrant
from app.registration.queries import participating, taking_part

from .models import IMPORTED, Group, Grouping, Membership


@dataclass(frozen=True)
class Seated:
    """A table with its people, in the order of a Thai list."""

    group: Group
    people: list[Registrant]
    advisers: frozenset[int] = frozenset()  # of the people, by id


def current_grouping(event: Event) -> Grouping | None:
    """The event's newest grouping: what participants see; None before groups are made."""
    return db.session.scalar(_IN_FORCE, {"event": event.id})


def groups_of(grouping: Grouping) -> list[Group]:
    """The tables by number, with unit and facilitator."""
    query = (
        select(Group)
        .where(Group.grouping_id == grouping.id)
        .options(joinedload(Group.unit), joinedload(Group.facilitator))
        .order_by(Group.number)
    )
    return list(db.session.scalars(query))


def find_group(event: Event, public_id: str) -> Group | None:
    """A table of the event, or None."""
    return db.session.scalar(select(Group).where(Group.event_id == event.id, Group.public_id == public_id))


def sizes(grouping: Grouping) -> Counter[int]:
    """How many people sit at each table, by the table's id; withdrawn people and advisers do not count."""
    query = (
        select(Membership.group_id, func.count())
        .join(Membership.registrant)
        .where(Membership.grouping_id == grouping.id, Membership.is_adviser.is_(False), *taking_part())
        .group_by(Membership.group_id)
    )
    return Counter(dict(db.session.execute(query).tuples().all()))


def seated(grouping: Grouping) -> list[Seated]:
    """Every table with its people."""
    query = (
        select(Membership)
        .join(Membership.registrant)
        .where(Membership.grouping_id == grouping.id, *taking_part())
        .options(contains_eager(Membership.registrant).joinedload(Registrant.unit))
        .order_by(Registrant.sort_key, Registrant.id)
    )
    seats: dict[int, list[Membership]] = {}
    for membership in db.session.scalars(query):
        seats.setdefault(membership.group_id, []).append(membership)
    return [_seated(group, seats.get(group.id, [])) for group in groups_of(grouping)]


def _seated(group: Group, seats: list[Membership]) -> Seated:
    advisers = frozenset(seat.registrant_id for seat in seats if seat.is_adviser)
    return Seated(group, [seat.registrant for seat in seats], advisers)


def advisers_of(group: Group) -> set[int]:
    """The ids of those at a table who advise it."""
    query = select(Membership.registrant_id).where(Membership.group_id == group.id, Membership.is_adviser)
    return set(db.session.scalars(query))


def people_of(group: Group) -> list[Registrant]:
    """Who sits at a table."""
    query = (
        select(Registrant)
        .join(Membership, Membership.registrant_id == Registrant.id)
        .where(Membership.group_id == group.id, *taking_part())
        .options(joinedload(Registrant.unit))
        .order_by(Registrant.sort_key, Registrant.id)
    )
    return list(db.session.scalars(query))


def seat_of(registrant: Registrant) -> Membership | None:
    """The registrant's seat in the event's newest grouping, with its table, or None."""
    newest = _newest_first(Grouping.event_id == registrant.event_id).scalar_subquery()
    query = (
        select(Membership)
        .join(Membership.group)
        .where(Membership.registrant_id == registrant.id, Membership.grouping_id == newest)
        .options(contains_eager(Membership.group))
    )
    return db.session.scalar(query)


def group_of(registrant: Registrant) -> Group | None:
    """The registrant's table in the event's newest grouping, or None."""
    seat = seat_of(registrant)
    return seat.group if seat else None


def without_group(event: Event, grouping: Grouping | None) -> list[Registrant]:
    """Participants who have no seat in ``grouping``: all when there is none. Guests and speakers sit apart."""
    query = (
        select(Registrant)
        .where(Registrant.event_id == event.id, *participating())
        .options(joinedload(Registrant.unit))
        .order_by(Registrant.sort_key, Registrant.id)
    )
    if grouping is not None:
        seats = select(Membership.registrant_id).where(Membership.grouping_id == grouping.id)
        query = query.where(Registrant.id.not_in(seats))
    return list(db.session.scalars(query))


def facilitators(event: Event) -> Sequence[User]:
    """The event's วิทยากรประจำกลุ่ม, by name."""
    query = (
        select(User)
        .join(TeamMember, TeamMember.user_id == User.id)
        .where(TeamMember.event_id == event.id, TeamMember.role == Role.FACILITATOR)
        .order_by(User.name, User.id)
    )
    return db.session.scalars(query).all()


def groups_guided_by(event: Event, user: User) -> list[Group]:
    """The tables of the newest grouping that a facilitator guides."""
    grouping = current_grouping(event)
    if grouping is None:
        return []
    return [group for group in groups_of(grouping) if group.facilitator_id == user.id]


def _newest_first(of_event: ColumnElement[bool]) -> Select[Any]:
    """The id of the grouping in force; one that came with an exercise file seats nobody and comes last."""
    return select(Grouping.id).where(of_event).order_by(Grouping.mode == IMPORTED, Grouping.id.desc()).limit(1)


# Prepared once: everybody who answers the form waits behind it.
_IN_FORCE = _newest_first(Grouping.event_id == bindparam("event")).with_only_columns(Grouping)
