"""Personal links: computed, never stored, revoked by raising the registrant's link version."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select

from app.audit import trail
from app.core.addresses import base_url
from app.core.tokens import matches, sign
from app.database import db

from .models import Registrant

_PURPOSE = "personal-link"


def token_of(registrant: Registrant) -> str:
    """The secret part of a registrant's link now."""
    return sign(_PURPOSE, registrant.public_id, registrant.link_version)


def personal_link(registrant: Registrant) -> str:
    """The absolute address of a registrant's own page, to be sent to that person only."""
    return base_url() + url_for(
        "registration.open_link", public_id=registrant.public_id, token=token_of(registrant)
    )


def find_by_link(public_id: str, token: str) -> Registrant | None:
    """The registrant a personal link belongs to, or None when it is wrong or revoked."""
    registrant = db.session.scalar(select(Registrant).where(Registrant.public_id == public_id))
    if registrant is None or not matches(token, _PURPOSE, public_id, registrant.link_version):
        return None
    return registrant


def ticket_link(registrant: Registrant) -> str:
    """What the badge's QR holds: all uppercase, so that the symbol stays small. Shows nothing personal."""
    return f"{base_url()}/T/{registrant.ticket_code}".upper()


def reissue(registrant: Registrant, *, actor: object) -> None:
    """Give a person a new link; the old one, and every browser that came by it, stops at once."""
    registrant.link_version += 1
    trail.record(actor, registrant.event, "registrant.link_reissued", registrant, version=registrant.link_version)
