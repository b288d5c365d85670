"""A unit with tables of its own stays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import db
from app.events.models import Unit

from .models import Group


def unit_with_groups(thing: object) -> object:
    """Why this unit may not be removed, or None."""
    if not isinstance(thing, Unit):
        return None
    group = db.session.scalar(select(Group).where(Group.unit_id == thing.id).limit(1))
    return None if group is None else _l("หน่วยนี้มีกลุ่ม “%(name)s” อยู่ จึงลบไม่ได้", name=group.name)
