"""Consent for what is asked beyond the task itself: each apart, refusable, withdrawable, with its text's version.

The core data of a training needs no consent (public task); it needs a notice (notice.py). Food can reveal
religion or health, so it is kept only while its own consent stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import db

from .models import Consent, Registrant
from .records import record_ids

FOOD = "food"
FOOD_TEXT = _l("ยินยอมให้ผู้จัดงานเก็บข้อมูลอาหารเพื่อแจ้งยอดแก่ผู้ทำอาหาร และลบภายใน 7 วันหลังเสร็จงาน")
# What an organiser may ask besides, each kind with its words. No other purposes: a closed list.
KINDS = {
    "photos": _l("ยินยอมให้เผยแพร่ภาพถ่ายและวิดีโอที่เห็นข้าพเจ้าในกิจกรรมของงานนี้"),
    "line_group": _l("ยินยอมให้เพิ่มข้าพเจ้าในกลุ่ม LINE ของงานนี้"),
    "invitations": _l("ยินยอมให้ใช้ข้อมูลติดต่อเชิญเข้าร่วมงานครั้งต่อไป"),
}
TEXTS = {FOOD: FOOD_TEXT, **KINDS}
# Raised when the wording beside the box changes; earlier answers keep the version they were given to.
TEXT_VERSIONS = {FOOD: "1", "photos": "1", "line_group": "1", "invitations": "1"}


def record(registrant: Registrant, kind: str, *, given: bool, channel: str) -> Consent:
    """Write down an answer with the words it was given to; earlier ones stay."""
    consent = Consent(
        registrant_id=registrant.id,
        kind=kind,
        text_version=TEXT_VERSIONS[kind],
        text=str(TEXTS[kind]),
        given=given,
        channel=channel,
    )
    db.session.add(consent)
    db.session.flush()
    return consent


def answer(registrant: Registrant, given: Mapping[str, bool], *, channel: str) -> None:
    """Write down the answers to what was asked, as far as they are new: a "no" counts as an answer too."""
    said = standing(registrant) if given else {}
    for kind, yes in given.items():
        if said.get(kind) is not yes:
            record(registrant, kind, given=yes, channel=channel)


def standing(registrant: Registrant) -> dict[str, bool]:
    """Kind → the last answer of a person, over all records."""
    query = (
        select(Consent.kind, Consent.given)
        .where(Consent.registrant_id.in_(record_ids(registrant)))
        .order_by(Consent.at, Consent.id)
    )
    return dict(db.session.execute(query).tuples().all())


def history(registrant: Registrant) -> list[Consent]:
    """Every answer of a person, the newest first."""
    query = select(Consent).where(Consent.registrant_id.in_(record_ids(registrant)))
    return list(db.session.scalars(query.order_by(Consent.at.desc(), Consent.id.desc())))


def stands(registrant: Registrant, kind: str) -> bool:
    """Whether the last answer of a person to a kind of consent was yes."""
    query = (
        select(Consent.given)
        .where(Consent.registrant_id.in_(record_ids(registrant)), Consent.kind == kind)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return bool(db.session.scalar(query))
