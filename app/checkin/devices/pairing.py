"""How a phone becomes a door device: a single-use code for a quarter of an hour, then a token only it holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.core.ids import new_secret, new_ticket_code
from app.core.text import clean_text
from app.core.tokens import token_hash
from app.database import UtcDateTime, db
from app.events.models import Event
from app.live import topics

from ..models import Device, Pairing

OPEN_FOR = timedelta(minutes=15)
AFTER_THE_EVENT = timedelta(hours=4)
AT_LEAST = timedelta(hours=12)  # an event of the past, such as the demo's, can still be tried out
NAME_LENGTH = 80
# Prepared once: every scan begins with it.
_BY_TOKEN = (
    select(Device)
    .where(
        Device.token_hash == bindparam("hash"),
        Device.revoked_at.is_(None),
        Device.expires_at > bindparam("now", type_=UtcDateTime),
    )
    .options(joinedload(Device.event, innerjoin=True))
)
ENDED = _l("รหัสจับคู่นี้ใช้ไปแล้วหรือหมดเวลา โปรดขอรหัสใหม่จากผู้จัดงาน")


def invite(event: Event, name: str, actor: object) -> str:
    """Open a pairing; returns its code, which is shown once and never stored."""
    code = new_ticket_code()
    pairing = Pairing(
        event_id=event.id, name=_named(name), code_hash=token_hash(code), expires_at=clock.now() + OPEN_FOR
    )
    db.session.add(pairing)
    db.session.flush()
    trail.record(actor, event, "device.invited", pairing)
    return code


def find_open(code: str) -> Pairing | None:
    """The pairing a code opens, or None when it was used or is too old. Looking uses nothing up."""
    query = select(Pairing).where(
        Pairing.code_hash == token_hash(code.upper()), Pairing.used_at.is_(None), Pairing.expires_at > clock.now()
    )
    return db.session.scalar(query.options(joinedload(Pairing.event)))


def pair(code: str) -> tuple[Device, str]:
    """Use a pairing up; returns the new device and its token. The second of two phones is told that it ended."""
    now = clock.now()
    pairing = find_open(code)
    if pairing is None:
        raise RuleBroken(ENDED)
    taken = db.session.execute(
        update(Pairing).where(Pairing.id == pairing.id, Pairing.used_at.is_(None)).values(used_at=now)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken(ENDED)
    return enrol(pairing.event, pairing.name, actor=pairing)


def enrol(event: Event, name: str, actor: object) -> tuple[Device, str]:
    """Make a door device; returns it and its token, of which only the hash is kept."""
    token = new_secret()
    device = Device(
        event_id=event.id, name=_named(name), token_hash=token_hash(token), expires_at=expiry(event, clock.now())
    )
    db.session.add(device)
    db.session.flush()
    trail.record(actor, event, "device.paired", device)
    topics.touch(event, "devices")
    return device, token


def expiry(event: Event, now: datetime) -> datetime:
    """Four hours after the event's last day, and at least twelve hours from now."""
    end = clock.at_local(event.last_day + timedelta(days=1), 0)
    return max(end + AFTER_THE_EVENT, now + AT_LEAST)


def device_of(token: str) -> Device | None:
    """The device that holds a token, with its event; None when unknown, revoked or expired."""
    return db.session.scalar(_BY_TOKEN, {"hash": token_hash(token), "now": clock.now()})


def devices_of(event: Event) -> list[Device]:
    """Every device of an event, newest first."""
    return list(db.session.scalars(select(Device).where(Device.event_id == event.id).order_by(Device.id.desc())))


def find_device(event: Event, public_id: str) -> Device | None:
    """A device of the event, or None."""
    return db.session.scalar(select(Device).where(Device.event_id == event.id, Device.public_id == public_id))


def revoke(device: Device, actor: object) -> None:
    """End a device at once: its next request is refused. Twice is no error."""
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        trail.record(actor, device.event, "device.revoked", device)
        topics.touch(device.event, "devices")


def is_live(device: Device) -> bool:
    """Whether the phone is still paired: neither ended nor expired."""
    return device.revoked_at is None and device.expires_at > clock.now()


def set_aside(device: Device, actor: object) -> None:
    """Somebody answers for it: what an ended phone last said it held is waited for no longer. Twice is no error.

    Nothing tells whether its scans came in by another pairing: they carry no name of the one they were made under.
    """
    if is_live(device):
        raise RuleBroken(_l("เครื่องนี้ยังจับคู่อยู่ โปรดให้ส่งรายการที่ค้าง หรือยกเลิกเครื่องนี้ก่อน"))
    if device.waiting:
        trail.record(actor, device.event, "device.set_aside", device, waiting=device.waiting)
        device.waiting = 0
        topics.touch(device.event, "devices")


def _named(name: str) -> str:
    name = clean_text(name, max_length=NAME_LENGTH)
    if not name:
        raise RuleBroken(_l("โปรดตั้งชื่อจุด เช่น ประตู 1"), "name")
    return name
