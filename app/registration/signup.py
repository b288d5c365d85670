"""Becoming a registrant, changing what is written about one, stepping back and returning."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event, Unit
from app.live import topics

from . import consents
from .duplicates import find_same
from .models import Registrant, Standing
from .person import cleaned, write
from .signals import registered

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
    actor: object = None,
) -> Registrant:
    """Take a person in. ``phone`` and ``email`` come normalised (contacts.py).

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
    lock_event(event)
    key, earlier = _earlier_submission(event, submission_key, values)
    if earlier is not None:
        return earlier
    if source == "form":
        _check_public_form(event, values["food"], food_consent)
    registrant = Registrant(
        event_id=event.id, unit_id=unit.id, source=source, submission_key=key, notice_version=notice_version
    )
    write(registrant, values)
    if find_same(event, registrant) is not None:
        raise RuleBroken(ALREADY_HERE)
    db.session.add(registrant)
    db.session.flush()
    if values["food"] and food_consent:
        consents.record(registrant, consents.FOOD, given=True, channel=source)
    trail.record(actor or registrant, event, "registrant.registered", registrant, source=source)
    topics.touch(event, "registration")
    registered.send(registrant)
    return registrant


def lock_event(event: Event) -> None:
    """Let registrations of one event follow one another; SQLite's writers do so anyway."""
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def _earlier_submission(
    event: Event, key: str | None, values: dict[str, str]
) -> tuple[str | None, Registrant | None]:
    """The key to store, and the row that the same form made before.

    A form filled again by way of the browser's "back" carries the old key with another name: that is another
    person, who gets a row without a key.
    """
    if not key or not _SUBMISSION_KEY.fullmatch(key):
        return None, None
    row = db.session.scalar(select(Registrant).where(Registrant.submission_key == key))
    if row is None:
        return key, None
    same_name = (row.first_name, row.last_name) == (values["first_name"], values["last_name"])
    return None, row if same_name and row.event_id == event.id else None


def _check_public_form(event: Event, food: str, food_consent: bool) -> None:
    if not event.registration_open:
        raise RuleBroken(_l("งานนี้ปิดรับการตอบรับแล้ว โปรดติดต่อผู้จัดงาน"))
    if food and not food_consent:
        raise RuleBroken(_l("หากต้องการแจ้งเรื่องอาหาร โปรดทำเครื่องหมายยินยอม หรือเลือกไม่แจ้ง"), "food_consent")


def edit(registrant: Registrant, *, actor: object = None, unit: Unit | None = None, **values: str) -> list[str]:
    """Change what is written about a person; returns the names of the fields that changed."""
    fields = cleaned(values)
    if unit is not None and unit.event_id != registrant.event_id:
        raise RuleBroken(_l("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"), "unit")
    with db.session.no_autoflush:
        changed = write(registrant, fields)
        if unit is not None and registrant.unit_id != unit.id:
            registrant.unit = unit
            registrant.unit_id = unit.id
            changed.append("unit")
        if changed and find_same(registrant.event, registrant) is not None:
            raise RuleBroken(_l("ข้อมูลนี้ตรงกับผู้ที่มีชื่ออยู่แล้วในงานนี้ โปรดตรวจสอบ"))
    if changed:
        db.session.flush()
        trail.record(
            actor or registrant, registrant.event, "registrant.edited", registrant, fields=sorted(changed)
        )
        topics.touch(registrant.event, "registration")
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
    """Give the place back; the row stays, with its scans and what it wrote. Twice is no error."""
    if registrant.standing == Standing.WITHDRAWN:
        return
    registrant.standing = Standing.WITHDRAWN
    registrant.withdrawn_at = clock.now()
    _note(registrant, actor, "registrant.withdrawn")


def restore(registrant: Registrant, *, actor: object = None) -> None:
    """Take a withdrawn person back in, unless the same person has come in again meanwhile."""
    if registrant.standing != Standing.WITHDRAWN:
        return
    if find_same(registrant.event, registrant) is not None:
        raise RuleBroken(_l("ผู้นี้ตอบรับใหม่แล้วในอีกรายการหนึ่ง จึงไม่ต้องคืนรายการนี้"))
    registrant.standing = Standing.REGISTERED
    registrant.withdrawn_at = None
    _note(registrant, actor, "registrant.restored")


def _note(registrant: Registrant, actor: object, action: str, **facts: Any) -> None:
    db.session.flush()
    trail.record(actor or registrant, registrant.event, action, registrant, **facts)
    topics.touch(registrant.event, "registration")
