"""When two registrations are certainly one person.

Certainly: the same first and last name after normalising, and the same telephone, or the same e-mail, or the
same unit and office. A telephone or an e-mail alone proves nothing: offices share them.
"""

from __future__ import annotations

import re

from sqlalchemy import bindparam, select

from app.core.text import clean_name
from app.database import db
from app.events.models import Event

from .models import Registrant, Standing
from .reading import rows

_JOINERS = re.compile(r"[\s.\-]+")
_ALIKE = (
    select(Registrant.id)
    .where(
        Registrant.event_id == bindparam("event"),
        # Equal names have equal search keys, and that column has an index.
        Registrant.search_key == bindparam("key"),
        Registrant.standing != Standing.WITHDRAWN,
        Registrant.merged_into_id.is_(None),
    )
    .order_by(Registrant.id)
)


def name_identity(first_name: str, last_name: str) -> str:
    """A name as it is compared: normalised, without spaces, dots and case."""
    return f"{_squeeze(first_name)}|{_squeeze(last_name)}"


def office_identity(organisation: str) -> str:
    """An office's name as it is compared; empty for none, which equals nothing."""
    return _squeeze(organisation)


def certainly_same(one: Registrant, other: Registrant) -> bool:
    """Whether two registrations are certainly the same person."""
    if name_identity(one.first_name, one.last_name) != name_identity(other.first_name, other.last_name):
        return False
    same_office = bool(office_identity(one.organisation)) and (
        one.unit_id,
        office_identity(one.organisation),
    ) == (other.unit_id, office_identity(other.organisation))
    return (
        bool(one.phone and one.phone == other.phone) or bool(one.email and one.email == other.email) or same_office
    )


def find_same(event: Event, candidate: Registrant) -> Registrant | None:
    """Who of the event certainly is the candidate already; withdrawn and merged records do not count."""
    alike = [id for (id,) in rows(_ALIKE, {"event": event.id, "key": candidate.search_key})]
    people = (db.session.get_one(Registrant, id) for id in alike if id != candidate.id)
    return next((found for found in people if certainly_same(found, candidate)), None)


def _squeeze(text: str) -> str:
    return _JOINERS.sub("", clean_name(text)).casefold()
