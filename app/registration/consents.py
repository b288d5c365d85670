"""Consent for what is asked beyond the task itself: each apart, refusable, withdrawable, with its text's version.

The core data of a training needs no consent (public task); it needs a notice (notice.py). Food can reveal
religion or health, so it is kept only while its own consent stands.
"""

from __future__ import annotations

from sqlalchemy import select

from app.database import db

from .models import Consent, Registrant
from .records import record_ids

FOOD = "food"
# Raised when the wording beside the box changes; earlier answers keep the version they were given to.
TEXT_VERSIONS = {FOOD: "1"}


def record(registrant: Registrant, kind: str, *, given: bool, channel: str) -> Consent:
    """Write down an answer; earlier ones stay."""
    consent = Consent(
        registrant_id=registrant.id,
        kind=kind,
        text_version=TEXT_VERSIONS[kind],
        given=given,
        channel=channel,
    )
    db.session.add(consent)
    db.session.flush()
    return consent


def stands(registrant: Registrant, kind: str) -> bool:
    """Whether the last answer of a person to a kind of consent was yes."""
    query = (
        select(Consent.given)
        .where(Consent.registrant_id.in_(record_ids(registrant)), Consent.kind == kind)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return bool(db.session.scalar(query))
