"""Who the organiser wants at a table, together, or apart: written down by name, used whenever people are dealt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.text import clean_text, search_key
from app.database import db
from app.events.models import Event
from app.registration.models import Registrant
from app.registration.queries import taking_part

from .models import Group, Membership, SeatingKind, SeatingWish, SeatingWishPerson
from .wanted import Wanted

MOST_NAMES = 60


def wishes_of(event: Event) -> Sequence[SeatingWish]:
    """The event's seating wishes with their people."""
    query = (
        select(SeatingWish)
        .where(SeatingWish.event_id == event.id)
        .options(selectinload(SeatingWish.people).joinedload(SeatingWishPerson.registrant))
        .order_by(SeatingWish.id)
    )
    return db.session.scalars(query).all()


def find(event: Event, public_id: str) -> SeatingWish | None:
    """A seating wish of the event."""
    query = select(SeatingWish).where(SeatingWish.event_id == event.id, SeatingWish.public_id == public_id)
    return db.session.scalar(query)


def add(
    actor: object, event: Event, kind: SeatingKind, people: Sequence[Registrant], table_number: int | None = None
) -> SeatingWish:
    """Want these people at a table, together, or apart."""
    if kind == SeatingKind.PIN and not table_number:
        raise RuleBroken(_l("โปรดใส่หมายเลขโต๊ะ"), "table_number")
    if len(people) < (1 if kind == SeatingKind.PIN else 2):
        raise RuleBroken(_l("โปรดใส่ชื่ออย่างน้อย 2 คน บรรทัดละหนึ่งคน"), "names")
    wish = SeatingWish(
        event_id=event.id,
        kind=kind,
        table_number=table_number if kind == SeatingKind.PIN else None,
        people=[SeatingWishPerson(registrant=person) for person in people],
    )
    if kind == SeatingKind.PIN:  # a person has one seat: the newest pin is the one that counts
        unpin(event, people)
    db.session.add(wish)
    db.session.flush()
    record(actor, event, "groups.wanted", wish, kind=kind, people=len(people))
    return wish


def unpin(event: Event, people: Iterable[Registrant]) -> None:
    """Let these people sit anywhere again."""
    ids = {person.id for person in people}
    for wish in wishes_of(event):
        if wish.kind == SeatingKind.PIN:
            wish.people = [one for one in wish.people if one.registrant_id not in ids]
            if not wish.people:
                db.session.delete(wish)
    db.session.flush()


def remove(actor: object, event: Event, wish: SeatingWish) -> None:
    """Forget a seating wish."""
    record(actor, event, "groups.unwanted", wish, kind=wish.kind)
    db.session.delete(wish)
    db.session.flush()


def people_named(event: Event, pasted: str) -> list[Registrant]:
    """The registrants of these lines, one name a line; a line that fits nobody or several is named."""
    lines = [clean_text(line) for line in clean_text(pasted, multiline=True).splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > MOST_NAMES:
        raise RuleBroken(_l("ใส่ได้ไม่เกิน %(most)d ชื่อ", most=MOST_NAMES), "names")
    query = select(Registrant).where(Registrant.event_id == event.id, *taking_part())
    everyone = list(db.session.scalars(query.options(joinedload(Registrant.unit))))
    found: dict[int, Registrant] = {}
    for line in lines:
        person = _named(everyone, line)
        found[person.id] = person
    return list(found.values())


def _named(everyone: Iterable[Registrant], line: str) -> Registrant:
    key = search_key(line)
    fitting = [person for person in everyone if key and key in search_key(person.full_name)]
    exact = [person for person in fitting if key in (person.search_key, search_key(person.full_name))]
    if len(exact or fitting) == 1:
        return (exact or fitting)[0]
    if not fitting:
        raise RuleBroken(_l("ไม่พบ “%(name)s” ในรายชื่อ โปรดตรวจตัวสะกด", name=line[:60]), "names")
    units = ", ".join(person.unit.name for person in fitting[:5])
    raise RuleBroken(
        _l("“%(name)s” ตรงกับหลายคน (%(units)s) โปรดใส่ชื่อและนามสกุลเต็ม", name=line[:60], units=units), "names"
    )


def wanted(event: Event) -> Wanted:
    """The wishes as the rule takes them."""
    pins: dict[int, int] = {}
    sets: dict[str, list[frozenset[int]]] = defaultdict(list)
    for wish in wishes_of(event):
        # Of two records of one person the one that stands is seated.
        ids = [one.registrant.merged_into_id or one.registrant_id for one in wish.people]
        if wish.kind == SeatingKind.PIN:
            pins.update(dict.fromkeys(ids, (wish.table_number or 1) - 1))
        else:
            sets[wish.kind].append(frozenset(ids))
    return Wanted(pins, sets[SeatingKind.TOGETHER], sets[SeatingKind.APART])


def contradiction(event: Event, ids: Sequence[int]) -> str:
    """Why the wishes cannot all be had, with the names of those concerned."""
    query = select(Registrant).where(Registrant.event_id == event.id, Registrant.id.in_(ids))
    names = ", ".join(person.full_name for person in db.session.scalars(query.order_by(Registrant.sort_key)))
    return _("เงื่อนไขที่นั่งขัดกันหรือไม่มีโต๊ะพอ: %(names)s โปรดแก้เงื่อนไขแล้วดูผังใหม่", names=names)


def tables_to_avoid(registrant: Registrant, groups: Sequence[Group]) -> set[int]:
    """The places in the list of tables where somebody sits whom this person must be kept apart from."""
    foes = {
        one.registrant_id
        for wish in wishes_of(registrant.event)
        if wish.kind == SeatingKind.APART and registrant.id in {one.registrant_id for one in wish.people}
        for one in wish.people
    } - {registrant.id}
    if not foes:
        return set()
    query = select(Membership.group_id).where(
        Membership.registrant_id.in_(foes), Membership.group_id.in_([group.id for group in groups])
    )
    there = set(db.session.scalars(query))
    return {place for place, group in enumerate(groups) if group.id in there}
