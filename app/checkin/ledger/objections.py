"""Where people were recorded stays: a check-point, what it belongs to, and the people themselves."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import db
from app.events.models import CheckPoint, Day, EventSession
from app.registration.models import ImportRun, Registrant

from ..models import Scan

_COLUMNS = {Day: CheckPoint.day_id, EventSession: CheckPoint.session_id, CheckPoint: CheckPoint.id}


def check_point_with_scans(thing: object) -> object:
    """Why this check-point, or what it hangs on, may not be removed or moved to another day; or None."""
    if not isinstance(thing, Day | EventSession | CheckPoint):
        return None
    column = _COLUMNS[type(thing)]
    query = select(CheckPoint).join(Scan, Scan.check_point_id == CheckPoint.id).where(column == thing.id).limit(1)
    point = db.session.scalar(query)
    if point is None:
        return None
    return _l("มีผู้ลงทะเบียนที่ “%(name)s” แล้ว จึงลบหรือเปลี่ยนวันไม่ได้ หลักฐานการมาต้องอยู่ครบ", name=point.name)


def list_with_scans(run: ImportRun) -> object:
    """Why an imported list may not be undone once somebody of it was scanned; or None."""
    query = select(Scan.id).join(Registrant, Registrant.id == Scan.registrant_id)
    scanned = db.session.scalar(query.where(Registrant.import_run_id == run.id).limit(1))
    if scanned is None:
        return None
    return _l("มีผู้ลงทะเบียนหน้างานจากรายชื่อนี้แล้ว จึงยกเลิกทั้งชุดไม่ได้ ถอนชื่อทีละคนแทนได้")
