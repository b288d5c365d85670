"""Becoming a registrant, changing what is written about one, stepping back and returning."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event, Unit
from app.live import topics

from . import consents
from .duplicates import find_same
from .models import Part, Registrant, Standing
from .person import cleaned, write
from .reading import rows
from .seats import admitting, moving, places, quotas, waiting
from .seats.models import Place
from .signals import registered

_BY_KEY = select(Registrant.id, Registrant.event_id, Registrant.first_name, Registrant.last_name).where(
    Registrant.submission_key == bindparam("key")
)
_SUBMISSION_KEY = re.compile(r"[0-9a-f]{32}")
FOOD_NEEDS_CONSENT = _l("หากต้องการแจ้งเรื่องอาหาร โปรดทำเครื่องหมายยินยอม หรือเลือกไม่แจ้ง")
ALREADY_HERE = _l("มีการตอบรับในชื่อนี้แล้ว หากเป็นท่าน โปรดเปิดลิงก์ส่วนตัวที่ได้รับ หรือขอลิงก์ใหม่จากผู้จัดงาน")


def register(
    event: Event,
    *,
    first_name: str,
    last_name: str,
    unit: Unit,
    title: str = "",
    position: str = "",
    organisation: str = "",
    category: str = "",
    phone: str = "",
    email: str = "",
    food: str = "",
    food_consent: bool = False,
    submission_key: str | None = None,
    notice_version: str = "",
    source: str = "form",
    part: Part = Part.PARTICIPANT,
    oversteps: bool = False,
    place: Place | None = None,
    actor: object = None,
) -> Registrant:
    """Take a person in. ``phone`` and ``email`` come normalised (contacts.py).

    Where there is no seat, the person waits, or is refused (seats/admitting.py); ``oversteps`` takes the person
    in all the same, with a note. ``place`` is the held post whose seat becomes this person's.

    Sending the same form twice (same ``submission_key``, same name) gives the same row. On the public form
    food is kept only with its own consent. ``actor`` is who did it, by default the person.
    """
    values = cleaned(
        {
            "title": title,
            "first_name": first_name,
            "last_name": last_name,
            "position": position,
            "organisation": organisation,
            "category": category,
            "phone": phone,
            "email": email,
            "food": food,
        }
    )
    if unit.event_id != event.id:
        raise RuleBroken(_l("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"), "unit")
    quotas.lock(event)
    key, earlier = _earlier_submission(event, submission_key, values)
    if earlier is not None:
        return earlier
    if source == "form":
        _check_public_form(event, values["food"], food_consent)
    registrant = Registrant(
        event_id=event.id, unit_id=unit.id, source=source, submission_key=key, notice_version=notice_version
    )
    registrant.part, registrant.standing = part, Standing.REGISTERED
    write(registrant, values)
    if find_same(event, registrant) is not None:
        raise RuleBroken(ALREADY_HERE)
    if place is None or not place.holds_seat:
        place = admitting.decide(event, registrant, asks=source == "form", oversteps=oversteps)
    db.session.add(registrant)
    db.session.flush()
    if place is not None:
        places.fill(place, registrant)
    if values["food"] and food_consent:
        consents.record(registrant, consents.FOOD, given=True, channel=source)
    facts = {"source": source, "standing": str(registrant.standing)}
    trail.record(actor or registrant, event, "registrant.registered", registrant, **facts)
    topics.touch(event, "registration")
    if registrant.standing == Standing.REGISTERED:
        registered.send(registrant)
    return registrant


def let_in(registrant: Registrant, *, actor: object) -> Registrant:
    """Who waits for a seat, or was declined, stands at the door: the seats are overstepped for them too."""
    quotas.lock(registrant.event)
    db.session.refresh(registrant)
    if registrant.standing not in admitting.WITHOUT_SEAT:
        return registrant
    admitting.seat_anyway(registrant)
    _note(registrant, actor, "registrant.let_in")
    registered.send(registrant)
    return registrant


def _earlier_submission(
    event: Event, key: str | None, values: dict[str, str]
) -> tuple[str | None, Registrant | None]:
    """The key to store, and the row that the same form made before.

    A form filled again by way of the browser's "back" carries the old key with another name: that is another
    person, who gets a row without a key.
    """
    if not key or not _SUBMISSION_KEY.fullmatch(key):
        return None, None
    row = rows(_BY_KEY, {"key": key}).one_or_none()
    if row is None:
        return key, None
    is_same = row[1:] == (event.id, values["first_name"], values["last_name"])
    return None, db.session.get_one(Registrant, row.id) if is_same else None


def _check_public_form(event: Event, food: str, food_consent: bool) -> None:
    if not event.registration_open:
        raise RuleBroken(_l("งานนี้ปิดรับการตอบรับแล้ว โปรดติดต่อผู้จัดงาน"))
    if food and not food_consent:
        raise RuleBroken(_l("หากต้องการแจ้งเรื่องอาหาร โปรดทำเครื่องหมายยินยอม หรือเลือกไม่แจ้ง"), "food_consent")


def may_edit_alone(event: Event) -> bool:
    """Whether people still correct their own data and step back themselves."""
    return event.edit_until is None or clock.today() <= event.edit_until


def edit(
    registrant: Registrant,
    *,
    actor: object = None,
    unit: Unit | None = None,
    part: Part | None = None,
    oversteps: bool = False,
    **values: str,
) -> list[str]:
    """Change what is written about a person; returns the names of the fields that changed.

    Moving to where no seat is left is refused unless ``oversteps``; a seat that becomes free goes to who waits.
    """
    fields, event = cleaned(values), registrant.event
    if unit is not None and unit.event_id != registrant.event_id:
        raise RuleBroken(_l("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"), "unit")
    quotas.lock(event)
    db.session.refresh(registrant)
    before = moving.seat_of(registrant)
    with db.session.no_autoflush:
        changed = write(registrant, fields)
        if unit is not None and registrant.unit_id != unit.id:
            registrant.unit = unit
            registrant.unit_id = unit.id
            changed.append("unit")
        if part is not None and registrant.part != part:
            registrant.part = part
            changed.append("part")
        if changed and find_same(registrant.event, registrant) is not None:
            raise RuleBroken(_l("ข้อมูลนี้ตรงกับผู้ที่มีชื่ออยู่แล้วในงานนี้ โปรดตรวจสอบ"))
        moving.check(registrant, before, oversteps=oversteps)
    if changed:
        db.session.flush()
        trail.record(actor or registrant, event, "registrant.edited", registrant, fields=sorted(changed))
        topics.touch(event, "registration")
        if before != moving.seat_of(registrant) or registrant.standing == Standing.WAITING:
            waiting.promote(event)
    return changed


def choose_food(registrant: Registrant, food: str, *, consent: bool, channel: str) -> None:
    """Set or take back what a person says about food; an answer to the consent is written when it changes."""
    stood = consents.stands(registrant, consents.FOOD)
    unchanged = food == registrant.food
    if food and not consent and not unchanged:
        raise RuleBroken(FOOD_NEEDS_CONSENT, "food_consent")
    if unchanged and consent == stood:
        return  # what an office's list brought stays while the person says nothing about it
    kept = food if consent else ""
    edit(registrant, food=kept)
    if bool(kept) != stood:
        consents.record(registrant, consents.FOOD, given=bool(kept), channel=channel)


def withdraw(registrant: Registrant, *, actor: object = None) -> None:
    """Give the seat to who waits longest; the row stays, with its scans and what it wrote. Twice is no error."""
    quotas.lock(registrant.event)
    db.session.refresh(registrant)
    if registrant.standing == Standing.WITHDRAWN:
        return
    registrant.standing = Standing.WITHDRAWN
    registrant.withdrawn_at = clock.now()
    places.empty(registrant)
    _note(registrant, actor, "registrant.withdrawn")
    waiting.promote(registrant.event)


def restore(registrant: Registrant, *, actor: object = None) -> None:
    """Take a withdrawn person back in, unless the same person has come in again meanwhile.

    Whose seat was given away goes first on the waiting list.
    """
    event = registrant.event
    quotas.lock(event)
    db.session.refresh(registrant)
    if registrant.standing != Standing.WITHDRAWN:
        return
    if find_same(event, registrant) is not None:
        raise RuleBroken(_l("ผู้นี้ตอบรับใหม่แล้วในอีกรายการหนึ่ง จึงไม่ต้องคืนรายการนี้"))
    # Counted before the person is, or nobody would get the last seat back.
    is_full = registrant.part == Part.PARTICIPANT and quotas.full_for(
        event, registrant.unit_id, registrant.category
    )
    registrant.standing = Standing.REGISTERED
    registrant.withdrawn_at = None
    if is_full:
        waiting.put_first(event, registrant)
    _note(registrant, actor, "registrant.restored")


def _note(registrant: Registrant, actor: object, action: str, **facts: Any) -> None:
    db.session.flush()
    trail.record(actor or registrant, registrant.event, action, registrant, **facts)
    topics.touch(registrant.event, "registration")
