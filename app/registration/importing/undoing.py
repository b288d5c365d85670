"""May an import be undone? Later domains answer: whoever holds something of its people says so."""

from __future__ import annotations

from blinker import Namespace
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.database import db

from ..models import ImportRun, Registrant

# Receivers get the ImportRun and return a sentence, or None when they do not mind.
about_to_undo_import = Namespace().signal("about-to-undo-import")


def others_merged_in(run: ImportRun) -> object:
    """Why a run may not be undone when somebody else's record was merged into one of its people; or None."""
    other = aliased(Registrant)
    merged = exists().where(other.merged_into_id == Registrant.id, other.import_run_id.is_distinct_from(run.id))
    found = db.session.scalar(select(Registrant.id).where(Registrant.import_run_id == run.id, merged).limit(1))
    return None if found is None else _l("มีรายชื่ออื่นรวมเข้ากับคนในรายชื่อนี้แล้ว จึงยกเลิกทั้งชุดไม่ได้")
