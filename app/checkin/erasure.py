"""The one way personal data leaves the ledger. Ids, times, outcomes and counts stay: they are the evidence."""

from __future__ import annotations

import json

from sqlalchemy import delete, select, update

from app.database import db
from app.registration.models import Registrant

from .models import RevokedTicket, Scan, Settlement


def redact(registrant: Registrant) -> int:
    """Empty what the person's rows say of them; returns how many rows were touched.

    The only update the ledger knows. A repeated scan still gets its outcome and times, without a name.
    """
    rows = db.session.execute(select(Scan.id, Scan.answer).where(Scan.registrant_id == registrant.id)).all()
    for row in rows:
        answer = json.loads(row.answer)
        if answer.get("person"):
            answer["person"] = None
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        values = {"answer": text, "raw_code": "", "remark": "", "typed": ""}
        db.session.execute(update(Scan).where(Scan.id == row.id).values(values))
    own = select(Scan.id).where(Scan.registrant_id == registrant.id)
    notes = (Settlement.scan_id.in_(own)) | (Settlement.registrant_id == registrant.id)
    db.session.execute(update(Settlement).where(notes).values(note=""))
    db.session.execute(delete(RevokedTicket).where(RevokedTicket.registrant_id == registrant.id))
    return len(rows)


def forget_typed(scan: Scan) -> None:
    """Empty what was typed of somebody once the review list is done with it."""
    db.session.execute(update(Scan).where(Scan.id == scan.id).values(typed=""))
