"""The mails of registration: each a function that writes one, when it is sent."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from app.audit import trail
from app.core.addresses import knows_base_url
from app.database import db
from app.events.models import Event, Unit
from app.notifications import outbox
from app.notifications.models import Message, State
from app.notifications.outbox import Mail

from . import invitations
from .models import Registrant, Standing
from .queries import taking_part
from .records import standing_record

INVITATION, CONFIRMATION = "registration.invitation", "registration.confirmation"
SEATED = "registration.seated"
KINDS = (INVITATION, CONFIRMATION, SEATED)


@outbox.writes(INVITATION)
def invitation(registrant_id: int) -> Mail | None:
    """The personal link, for who has an address and still takes part."""
    person = _addressee(registrant_id)
    if person is None:
        return None
    subject = _("ลิงก์ส่วนตัวของท่าน: %(event)s", event=person.event.name)
    return Mail(person.email, subject, invitations.for_one(person))


@outbox.writes(CONFIRMATION)
def confirmation(registrant_id: int) -> Mail | None:
    """What the form was answered with: it arrived, and here is the link."""
    person = _addressee(registrant_id)
    if person is None:
        return None
    opening = {
        Standing.REGISTERED: _("ได้รับการตอบรับของท่านแล้ว"),
        Standing.WAITING: _("ได้รับการตอบรับของท่านแล้ว ขณะนี้ที่นั่งเต็ม ท่านอยู่ในบัญชีสำรอง"),
    }.get(person.standing, _("ได้รับการตอบรับของท่านแล้ว ผู้จัดงานกำลังพิจารณา"))
    subject = _("ได้รับการตอบรับแล้ว: %(event)s", event=person.event.name)
    return Mail(person.email, subject, f"{opening}\n\n{invitations.for_one(person)}")


@outbox.writes(SEATED)
def seated(registrant_id: int) -> Mail | None:
    """That the waiting is over, for who still has the seat when the mail leaves."""
    person = _addressee(registrant_id)
    if person is None or person.standing != Standing.REGISTERED:
        return None
    subject = _("ท่านได้ที่นั่งแล้ว: %(event)s", event=person.event.name)
    return Mail(person.email, subject, invitations.for_seated(person))


def tell_seated(registrant: Registrant) -> bool:
    """Tell somebody with an address that there is a seat now; whether a mail is under way."""
    if not registrant.email or not knows_base_url():
        return False
    outbox.queue(registrant.event_id, SEATED, registrant.id)
    return True


def _addressee(registrant_id: int) -> Registrant | None:
    record = db.session.get(Registrant, registrant_id)
    person = standing_record(record) if record is not None else None
    return person if person and person.email and person.standing != Standing.WITHDRAWN else None


def confirm(registrant: Registrant) -> None:
    """Tell somebody who answered by the form and gave an address; once."""
    if registrant.email and outbox.last_of(KINDS, registrant.id) is None:
        outbox.queue(registrant.event_id, CONFIRMATION, registrant.id)


def invite(event: Event, people: Iterable[Registrant], *, actor: object) -> int:
    """Send personal links to people with an address; returns to how many."""
    queued = sum(outbox.queue(event.id, INVITATION, person.id) is not None for person in people if person.email)
    trail.record(actor, event, "mail.invited", event, people=queued)
    return queued


def not_yet_invited(event: Event, unit: Unit | None = None) -> list[Registrant]:
    """Who has an address and never was sent a link, nor has one waiting."""
    reached: set[int] = set()
    for kind in KINDS:
        reached |= outbox.subjects(event.id, kind, (State.SENT, State.WAITING))
    query = select(Registrant).where(Registrant.event_id == event.id, Registrant.email != "", *taking_part())
    if unit is not None:
        query = query.where(Registrant.unit_id == unit.id)
    return [person for person in db.session.scalars(query.order_by(Registrant.id)) if person.id not in reached]


def last_mail(registrant: Registrant) -> Message | None:
    """What was sent to a person last, or waits."""
    return outbox.last_of(KINDS, registrant.id)
