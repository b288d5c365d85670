"""May an import be undone? Later domains answer: whoever holds something of its people says so."""

from __future__ import annotations

from blinker import Namespace
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import db

from ..models import ImportRun, Registrant

# Receivers get the ImportRun and return a sentence, or None when they do not mind.
about_to_undo_import = Namespace().signal("about-to-undo-import")


def merged_people(run: ImportRun) -> object:
    """Why a run may not be undone while one of its people is united with another record; or None."""
    of_run = select(Registrant.id).where(Registrant.import_run_id == run.id)
    query = select(Registrant.id).where(
        Registrant.event_id == run.event_id,
        Registrant.merged_into_id.is_not(None),
        Registrant.id.in_(of_run) | Registrant.merged_into_id.in_(of_run),
    )
    if db.session.scalar(query.limit(1)) is None:
        return None
    return _l("มีคนในรายชื่อนี้ที่รวมกับรายการอื่นแล้ว โปรดยกเลิกการรวมก่อน แล้วจึงยกเลิกทั้งชุด")


def replaced_people(run: ImportRun) -> object:
    """Why a run may not be undone once somebody else took the seat of one of its people; or None."""
    of_run = select(Registrant.id).where(Registrant.import_run_id == run.id)
    query = select(Registrant.id).where(Registrant.event_id == run.event_id, Registrant.replaces_id.in_(of_run))
    if db.session.scalar(query.limit(1)) is None:
        return None
    return _l("มีคนในรายชื่อนี้ที่เปลี่ยนตัวแล้ว จึงยกเลิกทั้งชุดไม่ได้ ถอนชื่อทีละคนแทนได้")
