"""A lost or photographed badge: the person gets a new ticket code, and the old one says "revoked" at the door."""

from __future__ import annotations

from app.audit import trail
from app.core.ids import new_ticket_code
from app.database import db
from app.registration.models import Registrant

from ..models import RevokedTicket


def replace_ticket(registrant: Registrant, actor: object) -> None:
    """Give a new ticket code; presence and the personal link stay."""
    db.session.add(RevokedTicket(code=registrant.ticket_code, registrant_id=registrant.id))
    registrant.ticket_code = new_ticket_code()
    db.session.flush()
    trail.record(actor, registrant.event, "ticket.replaced", registrant)
