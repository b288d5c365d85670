"""One person may have several records, once they were merged: which stands, and which belong to it."""

from __future__ import annotations

from sqlalchemy import select

from app.database import db

from .models import Registrant


def standing_record(registrant: Registrant) -> Registrant:
    """The record that stands for this one, through any number of mergers; nearly always itself."""
    seen = {registrant.id}
    while registrant.merged_into_id is not None and registrant.merged_into_id not in seen:
        seen.add(registrant.merged_into_id)
        registrant = db.session.get_one(Registrant, registrant.merged_into_id)
    return registrant


def record_ids(registrant: Registrant) -> list[int]:
    """This record's id and those of all that were merged into it."""
    found, newest = [registrant.id], [registrant.id]
    while newest:
        newest = list(db.session.scalars(select(Registrant.id).where(Registrant.merged_into_id.in_(newest))))
        newest = [number for number in newest if number not in found]
        found += newest
    return found
