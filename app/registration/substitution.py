"""เปลี่ยนตัว: A goes, B comes, the seat stays. A's record stays as withdrawn, B's says whose seat it took."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.audit import trail
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.live import topics

from .duplicates import find_same
from .models import Registrant, Standing
from .person import cleaned, write
from .seats.models import Place
from .seats.quotas import lock
from .signals import substituted


def substitute(gone: Registrant, *, actor: object, source: str = "substitute", **values: str) -> Registrant:
    """Put another person into somebody's seat: unit, category, post held, place in the queue and table stay.

    ``values`` are the new person's; what is left out of position, organisation and category is as before. Nobody
    of the waiting list moves up, because no seat became free.
    """
    event = gone.event
    lock(event)
    db.session.refresh(gone)
    if gone.standing == Standing.WITHDRAWN or gone.merged_into_id is not None:
        raise RuleBroken(_l("ผู้นี้ถอนชื่อหรือเปลี่ยนตัวไปแล้ว โปรดโหลดหน้าใหม่"))
    person = cleaned(values)
    for name in ("position", "organisation", "category"):
        person[name] = person.get(name) or getattr(gone, name)
    come = Registrant(event_id=event.id, unit_id=gone.unit_id, source=source, replaces_id=gone.id)
    come.part, come.standing, come.waiting_since = gone.part, gone.standing, gone.waiting_since
    come.over_seats_of = gone.over_seats_of
    write(come, person)
    gone.standing, gone.withdrawn_at = Standing.WITHDRAWN, clock.now()
    db.session.flush()
    if find_same(event, come) is not None:
        raise RuleBroken(_l("ผู้ที่มาแทนมีชื่ออยู่แล้วในงานนี้ โปรดตรวจสอบ"), "first_name")
    db.session.add(come)
    db.session.flush()
    db.session.execute(update(Place).where(Place.registrant_id == gone.id).values(registrant_id=come.id))
    substituted.send(gone, come=come)
    trail.record(actor, event, "registrant.substituted", come, replaces=gone.id)
    topics.touch(event, "registration")
    return come


def replaced_by(registrant: Registrant) -> Registrant | None:
    """Who took this person's seat, or None."""
    query = select(Registrant).where(Registrant.replaces_id == registrant.id).order_by(Registrant.id.desc())
    return db.session.scalar(query.limit(1))


def replaced(registrant: Registrant) -> Registrant | None:
    """Whose seat this person took, or None."""
    return db.session.get(Registrant, registrant.replaces_id) if registrant.replaces_id else None
