"""ผู้ประสานงาน: a link per unit, by which one person of a district enters, corrects and substitutes its people."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.audit import trail
from app.core.addresses import base_url
from app.core.tokens import matches, sign
from app.database import db
from app.events.models import Event, Unit

from .models import Coordinator

_PURPOSE = "coordinator-link"


def of_unit(event: Event, unit: Unit) -> Coordinator:
    """The unit's link, made when there is none yet."""
    found = db.session.scalar(select(Coordinator).where(Coordinator.unit_id == unit.id))
    if found is None:
        found = Coordinator(event_id=event.id, unit_id=unit.id)
        db.session.add(found)
        db.session.flush()
    return found


def of_event(event: Event) -> dict[int, Coordinator]:
    """Unit id → the link that was made for it."""
    query = select(Coordinator).where(Coordinator.event_id == event.id)
    return {one.unit_id: one for one in db.session.scalars(query)}


def link_of(coordinator: Coordinator) -> str:
    """The absolute address to be sent to the coordinator alone; computed, never stored."""
    token = sign(_PURPOSE, coordinator.public_id, coordinator.version)
    return base_url() + url_for("registration.open_unit", public_id=coordinator.public_id, token=token)


def find_by_link(public_id: str, token: str) -> Coordinator | None:
    """The coordinator a link belongs to, or None when it is wrong, replaced or closed."""
    found = db.session.scalar(select(Coordinator).where(Coordinator.public_id == public_id))
    if found is None or not found.is_open or not matches(token, _PURPOSE, public_id, found.version):
        return None
    return found


def invitation(coordinator: Coordinator) -> str:
    """What is sent to the coordinator by LINE."""
    event, unit = coordinator.event, coordinator.unit
    return "\n".join(
        [
            event.name,
            _("เรียน ผู้ประสานงาน %(unit)s", unit=unit.full_name),
            _("ขอความอนุเคราะห์แจ้งรายชื่อ แก้ไข หรือเปลี่ยนตัวผู้เข้าร่วมของหน่วยท่านที่ลิงก์นี้"),
            link_of(coordinator),
            _("ลิงก์นี้เปิดดูรายชื่อของหน่วยท่านได้ โปรดเก็บไว้ใช้เอง ไม่โพสต์ในกลุ่มรวม"),
        ]
    )


def renew(coordinator: Coordinator, *, actor: object) -> None:
    """Make a new link; the old one, and every browser that came by it, stops at once."""
    coordinator.version += 1
    coordinator.is_open = True
    db.session.flush()
    trail.record(actor, coordinator.event, "coordinator.renewed", coordinator, version=coordinator.version)


def close(coordinator: Coordinator, *, actor: object) -> None:
    """Let nobody in by the link any more."""
    coordinator.is_open = False
    db.session.flush()
    trail.record(actor, coordinator.event, "coordinator.closed", coordinator)
