"""ตอบรับ: what each unit said, who has said nothing, the link of a unit's letter, and two holders of one post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core import clock
from app.core.addresses import base_url
from app.core.errors import RuleBroken
from app.core.tokens import matches, sign
from app.database import db
from app.events.models import Event, Unit, UnitKind
from app.events.queries import tree
from app.live import topics

from .. import queries
from ..invitations import when_and_where
from ..models import Registrant
from .models import Answer, Place, UnitReply
from .places import places_of
from .posts import is_held_once, read_post

_PURPOSE = "unit-reply"


@dataclass(frozen=True)
class UnitState:
    """How one unit stands: its answer, its people, its posts."""

    unit: Unit
    depth: int
    answer: Answer
    registered: int
    places: list[Place] = field(default_factory=list)

    @property
    def filled(self) -> int:
        """Posts that have a name."""
        return sum(place.registrant_id is not None for place in self.places)

    @property
    def unanswered(self) -> int:
        """Posts nobody has said a word about."""
        return sum(place.answer == Answer.NONE for place in self.places)


@dataclass(frozen=True)
class TwoHolders:
    """A post that a district has once, and the people who all write that they hold it."""

    unit: Unit
    post: str
    people: list[Registrant]


def states(event: Event) -> list[UnitState]:
    """Every unit of the event, in its order, with what it answered so far."""
    said = {reply.unit_id: reply.answer for reply in _replies(event)}
    registered = {row.unit.id: row.registered for row in queries.unit_numbers(event)}
    places: dict[int, list[Place]] = defaultdict(list)
    for place in places_of(event):
        places[place.unit_id].append(place)
    return [
        UnitState(
            unit,
            depth,
            _answer_of(said.get(unit.id), registered.get(unit.id, 0), places[unit.id]),
            registered.get(unit.id, 0),
            places[unit.id],
        )
        for unit, depth in tree(event)
    ]


def _answer_of(said: Answer | None, registered: int, places: Sequence[Place]) -> Answer:
    """What was said for the whole unit; else what its people and its posts tell together."""
    given = {place.answer for place in places}
    stands_in = Answer.REPRESENTATIVE in given and Answer.COMING not in given
    by_post = sum(place.registrant_id is not None for place in places)
    if Answer.COMING in given or registered > by_post:
        return Answer.COMING
    if stands_in:
        return Answer.REPRESENTATIVE
    if said is not None:
        return Answer(said)
    return Answer.DECLINED if places and given == {Answer.DECLINED} else Answer.NONE


def _replies(event: Event) -> list[UnitReply]:
    query = select(UnitReply).join(Unit, Unit.id == UnitReply.unit_id).where(Unit.event_id == event.id)
    return list(db.session.scalars(query))


def counts(found: Sequence[UnitState]) -> dict[str, int]:
    """How many units gave which answer."""
    return {answer.value: sum(state.answer == answer for state in found) for answer in Answer}


def waited_for(found: Sequence[UnitState]) -> list[UnitState]:
    """Who has not answered: units that are expected to send somebody, or that were asked for posts."""
    targets = any(state.unit.target for state in found)
    return [
        state
        for state in found
        if state.answer == Answer.NONE
        and (state.unit.target or state.places or (not targets and state.depth == 0))
    ]


def set_unit_answer(event: Event, unit: Unit, answer: Answer, *, actor: object) -> None:
    """Note what a unit said about the whole invitation; NONE takes it back."""
    if unit.event_id != event.id:
        raise RuleBroken(_l("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"))
    reply = db.session.get(UnitReply, unit.id)
    if answer == Answer.NONE:
        if reply is not None:
            db.session.delete(reply)
    elif reply is None:
        db.session.add(UnitReply(unit_id=unit.id, answer=answer, answered_at=clock.now()))
    else:
        reply.answer, reply.answered_at = answer, clock.now()
    db.session.flush()
    trail.record(actor, event, "unit.answered", unit, answer=str(answer))
    topics.touch(event, "registration")


def reply_link(event: Event, unit: Unit) -> str:
    """The address on a unit's letter of invitation. It shows no names, so a passed-on letter betrays nobody."""
    address = url_for("registration.reply", slug=event.slug, unit_id=unit.public_id, token=_token(event, unit))
    return base_url() + address


def is_reply_link(event: Event, unit: Unit, token: str) -> bool:
    """Whether the token is the one of this unit's letter."""
    return matches(token, _PURPOSE, event.public_id, unit.public_id)


def _token(event: Event, unit: Unit) -> str:
    return sign(_PURPOSE, event.public_id, unit.public_id)


def letter_text(event: Event, unit: Unit) -> str:
    """What is sent to one unit, with its own link."""
    return "\n".join(
        [
            _("เรียน %(name)s", name=unit.full_name),
            _("ขอเชิญเข้าร่วม %(event)s", event=event.name),
            when_and_where(event),
            _("โปรดตอบรับและแจ้งรายชื่อที่"),
            reply_link(event, unit),
        ]
    )


def reminder(event: Event, waiting: Sequence[UnitState]) -> str:
    """What is posted in the group of all units: who has not answered, without anybody's link."""
    lines = [f"{number}. {state.unit.full_name}" for number, state in enumerate(waiting, 1)]
    heading = _("หน่วยที่ยังไม่ตอบรับ %(count)d หน่วย", count=len(waiting))
    advice = _("โปรดตอบรับตามลิงก์หรือ QR ในหนังสือเชิญของหน่วยท่าน")
    return "\n".join([event.name, when_and_where(event), "", heading, *lines, "", advice])


def two_holders(event: Event) -> list[TwoHolders]:
    """Posts that a district has once and that two or more people of it say they hold."""
    query = (
        select(Registrant)
        .where(Registrant.event_id == event.id, Registrant.position != "", *queries.participating())
        .options(joinedload(Registrant.unit))
        .order_by(Registrant.sort_key, Registrant.id)
    )
    units = {unit.id: unit for unit in event.units}
    holders: dict[tuple[int, str], list[Registrant]] = defaultdict(list)
    for person in db.session.scalars(query):
        district = _district(person.unit, units)
        post = read_post(person.position, district.name)
        if is_held_once(post) and district.kind == UnitKind.DISTRICT:
            holders[district.id, post.key].append(person)
    return [
        TwoHolders(units[unit_id], post, people) for (unit_id, post), people in holders.items() if len(people) > 1
    ]


def _district(unit: Unit, units: dict[int, Unit]) -> Unit:
    while unit.parent_id is not None and unit.kind != UnitKind.DISTRICT:
        unit = units[unit.parent_id]
    return unit
