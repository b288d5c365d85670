"""A walk-in or stand-in taken back: whom the scan itself wrote on the list goes off it again.

Else the list keeps somebody who never was: the person expected loses the line on the sheet to a stand-in who was a
slip of the finger, and the register misses a walk-in whose name was mistyped.
"""

from __future__ import annotations

from sqlalchemy import literal, or_, select

from app.database import db
from app.registration import signup
from app.registration.models import Registrant

from ..door.people import same_person
from ..models import Scan
from .attendance import stands

_MAKES_A_RECORD = ("walk_in", "stand_in")
_SHOWS_A_PERSON = ("enter", "sign")


def follow_undo(scan_id: int, actor: object) -> None:
    """A scan was taken back at the door: withdraw whom it made, unless something else shows that they came."""
    scan = db.session.get_one(Scan, scan_id)
    person = scan.registrant
    if scan.method not in _MAKES_A_RECORD or person is None or person.merged_into_id is not None:
        return
    if person.submission_key != scan.client_uuid.replace("-", "") or _came_otherwise(person):
        return
    signup.withdraw(person, actor=actor)


def _came_otherwise(person: Registrant) -> bool:
    """Whether a scan or a signature of theirs stands at any check-point."""
    same = same_person(literal(person.id))
    shown = or_(*(stands(action) for action in _SHOWS_A_PERSON))
    query = select(Scan.id).where(Scan.registrant_id.in_(select(same.c.id)), shown).limit(1)
    return db.session.scalar(query) is not None
