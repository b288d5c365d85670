"""A session with files stays: they would lose their opening."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import db
from app.events.models import EventSession

from .models import Material


def session_with_materials(thing: object) -> object:
    """Why this session may not be removed, or None."""
    if not isinstance(thing, EventSession):
        return None
    query = select(Material).where(Material.session_id == thing.id, Material.removed_at.is_(None)).limit(1)
    material = db.session.scalar(query)
    if material is None:
        return None
    return _l("รายการนี้มีเอกสาร “%(title)s” แนบอยู่ โปรดย้ายหรือนำเอกสารออกก่อน", title=material.title)
