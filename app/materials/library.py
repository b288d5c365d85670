"""Attaching files to sessions, changing when they open, taking them away and putting them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.audit import trail
from app.core import clock, files
from app.core.errors import RuleBroken
from app.core.files import StoredFile
from app.core.text import clean_text
from app.database import db
from app.events.models import Event, EventSession
from app.live import topics
from app.registration.models import Registrant

from .models import Audience, Material, Release
from .release import may_have


def attach(
    event: Event,
    stored: StoredFile,
    *,
    session: EventSession | None,
    title: str,
    file_name: str,
    mime_type: str,
    release: Release,
    opens_at: datetime | None,
    audience: Audience,
    actor: object,
) -> Material:
    """Hand out a stored file. Its type has been told from its content (kinds.py)."""
    shown = files.shown_name(file_name)
    material = Material(
        event_id=event.id,
        title=clean_text(title) or shown.rpartition(".")[0],
        file_name=shown,
        file_key=stored.key,
        mime_type=mime_type,
        size=stored.size,
        sha256=stored.sha256,
    )
    _set_opening(material, session, release, opens_at, audience)
    db.session.add(material)
    db.session.flush()
    _note(event, material, "material.added", actor)
    return material


def edit(
    event: Event,
    material: Material,
    *,
    session: EventSession | None,
    title: str,
    release: Release,
    opens_at: datetime | None,
    audience: Audience,
    actor: object,
) -> None:
    """Change a file's title, session, opening or audience; the bytes stay what they are."""
    material.title = clean_text(title) or material.title
    _set_opening(material, session, release, opens_at, audience)
    db.session.flush()
    db.session.expire(material, ["session"])
    _note(event, material, "material.edited", actor)


def _set_opening(
    material: Material,
    session: EventSession | None,
    release: Release,
    opens_at: datetime | None,
    audience: Audience,
) -> None:
    if release in (Release.SESSION_START, Release.SESSION_END) and session is None:
        raise RuleBroken(_l("โปรดเลือกรายการในกำหนดการ หรือเลือกเวลาเปิดแบบอื่น"), "session")
    if release == Release.AT_TIME and opens_at is None:
        raise RuleBroken(_l("โปรดใส่วันและเวลาที่เปิดให้ดาวน์โหลด"), "opens_day")
    material.session_id = session.id if session else None
    material.release, material.audience = release, audience
    material.opens_at = opens_at if release == Release.AT_TIME else None


def remove(event: Event, material: Material, *, actor: object) -> None:
    """Take a file away at once. The bytes stay until the event is cleared, so it can be put back."""
    if material.removed_at is None:
        material.removed_at = clock.now()
        _note(event, material, "material.removed", actor)


def restore(event: Event, material: Material, *, actor: object) -> None:
    """Put a removed file back."""
    if material.removed_at is not None:
        material.removed_at = None
        _note(event, material, "material.restored", actor)


def _note(event: Event, material: Material, action: str, actor: object) -> None:
    trail.record(actor, event, action, material)
    topics.touch(event, "materials")


def find(event: Event, public_id: str) -> Material | None:
    """A file of the event, open or not, with its session; None for another event's."""
    return db.session.scalar(
        select(Material)
        .where(Material.event_id == event.id, Material.public_id == public_id)
        .options(joinedload(Material.session))
    )


def all_of(event: Event) -> list[Material]:
    """Every file of the event in the order of the programme, removed ones included, for organisers."""
    return list(db.session.scalars(_ordered(event)))


def for_visitor(event: Event, registrant: Registrant | None, moment: datetime) -> list[Material]:
    """The files a visitor may have now; nothing of the others is told, not even that they exist."""
    query = _ordered(event).where(Material.removed_at.is_(None))
    return [material for material in db.session.scalars(query) if may_have(material, registrant, moment)]


def _ordered(event: Event) -> Select[Any]:
    return (
        select(Material)
        .outerjoin(Material.session)
        .where(Material.event_id == event.id)
        .options(joinedload(Material.session))
        .order_by(EventSession.starts_at, Material.id)
    )
