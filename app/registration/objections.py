"""A unit from which people come stays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.database import db
from app.events.models import Unit

from .models import Registrant


def unit_with_people(thing: object) -> object:
    """Why this unit may not be removed, or None."""
    if not isinstance(thing, Unit):
        return None
    number = db.session.scalar(select(func.count()).where(Registrant.unit_id == thing.id))
    if not number:
        return None
    return _l("มีรายชื่อของหน่วยนี้ %(count)d คน (รวมที่ถอนชื่อ) โปรดย้ายไปหน่วยอื่นก่อน", count=number)
