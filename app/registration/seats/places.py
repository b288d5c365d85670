"""Seats held for posts before names are known: "นายอำเภอ 1, ท้องถิ่นอำเภอ 1". A name fills its post later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.national_id import holds_national_id
from app.core.text import arabic_digits, clean_text
from app.database import db
from app.events.models import Event, Unit
from app.live import topics

from ..models import Registrant
from ..reading import rows
from .models import Answer, Place
from .posts import read_post
from .quotas import full_for, lock, read_seats
from .waiting import promote

MOST_OF_A_UNIT = 200
_OPEN_POSTS = (
    select(Place.id, Place.position, Unit.name)
    .join(Unit, Unit.id == Place.unit_id)
    .where(Place.unit_id == bindparam("unit"), Place.registrant_id.is_(None), Place.answer != Answer.DECLINED)
    .order_by(Place.number)
)
_ITEMS = re.compile(r"[,;\n]+")
_NUMBER = re.compile(r"^(?P<post>.*?\D)\s*(?P<number>\d{1,3})\s*(?:คน|ท่าน|ที่)?$")


def read_posts(text: str) -> list[tuple[str, int]]:
    """What was typed, as posts with numbers: "นายอำเภอ 1, กำนัน ๕ คน" → [("นายอำเภอ", 1), ("กำนัน", 5)]."""
    found: dict[str, int] = {}
    for item in _ITEMS.split(arabic_digits(clean_text(text[:4000], multiline=True))):
        written = clean_text(item)
        if not written:
            continue
        if holds_national_id(written) or written.isdigit():
            raise RuleBroken(_l("โปรดพิมพ์ชื่อตำแหน่งตามด้วยจำนวน เช่น นายอำเภอ 1, กำนัน 5"), "posts")
        match = _NUMBER.match(written)
        post, number = (match["post"].strip(), int(match["number"])) if match else (written, 1)
        if len(post) > 200:
            raise RuleBroken(_l("ยาวเกิน %(max)d ตัวอักษร โปรดย่อให้สั้นลง", max=200), "posts")
        found[post] = found.get(post, 0) + number
    if not any(found.values()):
        raise RuleBroken(_l("โปรดพิมพ์ตำแหน่งและจำนวน เช่น นายอำเภอ 1, ท้องถิ่นอำเภอ 1"), "posts")
    return list(found.items())


def hold(
    event: Event,
    units: Sequence[Unit],
    posts: Iterable[tuple[str, int]],
    *,
    answer: Answer = Answer.NONE,
    category: str = "",
    actor: object,
) -> int:
    """Hold seats for posts in each unit; returns how many. Posts a unit already has count towards the number."""
    lock(event)
    seats, made = read_seats(event), 0
    for unit in units:
        for post, wanted in posts:
            for number in range(_of_post(unit, post) + 1, wanted + 1):
                full = seats.full(unit.id, category)
                if full is not None:
                    raise RuleBroken(_l("ที่นั่งของ %(whose)s ไม่พอสำหรับตำแหน่งเหล่านี้ โปรดเพิ่มที่นั่งก่อน", whose=full.label))
                seats.take(unit.id, category)
                db.session.add(_new(event, unit, post, number, answer, category))
                made += 1
        db.session.flush()
        if _of_unit(unit) > MOST_OF_A_UNIT:
            raise RuleBroken(_l("หน่วยหนึ่งระบุตำแหน่งได้ไม่เกิน %(most)d ที่", most=MOST_OF_A_UNIT), "posts")
    if made:
        trail.record(actor, event, "places.held", event, places=made, units=len(units))
        topics.touch(event, "registration")
    return made


def _new(event: Event, unit: Unit, post: str, number: int, answer: Answer, category: str) -> Place:
    place = Place(event_id=event.id, unit_id=unit.id, position=post, number=number, category=category)
    place.answer, place.answered_at = answer, None if answer == Answer.NONE else clock.now()
    return place


def _of_post(unit: Unit, post: str) -> int:
    query = select(func.max(Place.number)).where(Place.unit_id == unit.id, Place.position == post)
    return db.session.scalar(query) or 0


def _of_unit(unit: Unit) -> int:
    return db.session.scalar(select(func.count()).select_from(Place).where(Place.unit_id == unit.id)) or 0


def set_answer(event: Event, place: Place, answer: Answer, *, actor: object) -> None:
    """Say whether the holder comes, somebody comes instead, or nobody; declining gives the seat to who waits."""
    lock(event)
    db.session.refresh(place)
    if place.answer == answer:
        return
    if place.registrant_id is not None and answer in (Answer.DECLINED, Answer.NONE):
        raise RuleBroken(_l("มีชื่อผู้มาในตำแหน่งนี้แล้ว หากไม่มา โปรดถอนชื่อคนนั้น"))
    if place.answer == Answer.DECLINED and place.registrant_id is None:
        full = full_for(event, place.unit_id, place.category)
        if full is not None:
            raise RuleBroken(_l("ที่นั่งที่คืนไว้ให้ผู้อื่นไปแล้ว ขณะนี้ที่นั่งของ %(whose)s เต็ม", whose=full.label))
    place.answer, place.answered_at = answer, clock.now()
    db.session.flush()
    trail.record(actor, event, "place.answered", place, answer=str(answer))
    topics.touch(event, "registration")
    if answer == Answer.DECLINED:
        promote(event)


def remove(event: Event, place: Place, *, actor: object) -> None:
    """Hold this seat no longer; a person who fills the post keeps the seat."""
    lock(event)
    trail.record(actor, event, "place.removed", place)
    topics.touch(event, "registration")
    db.session.delete(place)
    db.session.flush()
    promote(event)


def held_for(registrant: Registrant) -> Place | None:
    """The post that waits for exactly this newcomer: the same post, or one they stand in for, in their unit."""
    if not registrant.position:
        return None
    for place in rows(_OPEN_POSTS, {"unit": registrant.unit_id}):
        theirs = read_post(registrant.position, place.name)
        if theirs.key == read_post(place.position, place.name).key:
            return db.session.get_one(Place, place.id)
    return None


def fill(place: Place, registrant: Registrant) -> None:
    """Write who comes in a post; who holds another post comes as a representative. The seat becomes theirs."""
    name = place.unit.name
    theirs, asked = read_post(registrant.position, name), read_post(place.position, name)
    is_holder = theirs.key == asked.key and theirs.is_stand_in == asked.is_stand_in
    place.registrant_id = registrant.id
    place.answer = Answer.COMING if is_holder else Answer.REPRESENTATIVE
    place.answered_at = clock.now()


def empty(registrant: Registrant) -> None:
    """The person who filled a post does not come: the post is declined, its seat free."""
    place = db.session.scalar(select(Place).where(Place.registrant_id == registrant.id))
    if place is not None:
        place.registrant_id, place.answer, place.answered_at = None, Answer.DECLINED, clock.now()


def release(registrant: Registrant) -> None:
    """The person no longer fills a post, which goes on holding its seat."""
    place = db.session.scalar(select(Place).where(Place.registrant_id == registrant.id))
    if place is not None:
        place.registrant_id, place.answer, place.answered_at = None, Answer.NONE, None


def find(event: Event, public_id: str) -> Place | None:
    """A held post of the event, or None."""
    query = select(Place).where(Place.event_id == event.id, Place.public_id == public_id)
    return db.session.scalar(query.options(joinedload(Place.unit), joinedload(Place.registrant)))


def places_of(event: Event, unit: Unit | None = None) -> list[Place]:
    """Every held post of the event, or of one unit, in the order they were asked for."""
    query = select(Place).where(Place.event_id == event.id)
    if unit is not None:
        query = query.where(Place.unit_id == unit.id)
    query = query.options(joinedload(Place.unit), joinedload(Place.registrant))
    return list(db.session.scalars(query.order_by(Place.unit_id, Place.id)))
