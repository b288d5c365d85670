"""What becomes of a newcomer: a seat, a wait for the organiser's yes, a place on the waiting list, a refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.errors import RuleBroken
from app.events.models import Event

from ..models import Part, Registrant, Standing
from .models import Place
from .places import fill, held_for
from .quotas import Limit, full_for

WITHOUT_SEAT = (Standing.PENDING, Standing.WAITING, Standing.DECLINED)


def decide(event: Event, registrant: Registrant, *, asks: bool, oversteps: bool) -> Place | None:
    """Set the standing of somebody who is not written down yet; returns the post that was held for them.

    ``asks``: came alone by the public form, so the organiser may want to say yes first. ``oversteps``: is taken
    in whatever the numbers say, with a note. Behind the event's lock.
    """
    if registrant.part != Part.PARTICIPANT:
        return None
    place = held_for(registrant)
    if asks and event.asks_approval:
        registrant.standing = Standing.PENDING
        return None
    if place is None:
        full = full_for(event, registrant.unit_id, registrant.category)
        if full is not None:
            _without_seat(event, registrant, full, oversteps=oversteps)
    return place


def _without_seat(event: Event, registrant: Registrant, full: Limit, *, oversteps: bool) -> None:
    if oversteps:
        note_overstep(registrant, full)
    elif event.has_waiting_list:
        registrant.standing = Standing.WAITING
        registrant.waiting_since = clock.now()
    else:
        raise RuleBroken(full_sentence(full), "unit")


def seat_anyway(registrant: Registrant) -> None:
    """A seat for somebody who is written down and has none, whatever the numbers say."""
    place = held_for(registrant)
    if place is not None:
        fill(place, registrant)
    else:
        full = full_for(registrant.event, registrant.unit_id, registrant.category)
        if full is not None:
            note_overstep(registrant, full)
    registrant.standing, registrant.promoted_at = Standing.REGISTERED, clock.now()
    registrant.told_at = registrant.promoted_at  # stands at the door


def note_overstep(registrant: Registrant, full: Limit) -> None:
    """Write beside a person whose seats were overstepped on purpose."""
    registrant.over_seats_of = f"{full.label} ({full.seats})"[:250]


def full_sentence(full: Limit) -> object:
    """That there is no seat, and what can be done."""
    return _l("ที่นั่งของ %(whose)s เต็มแล้ว (%(seats)d ที่นั่ง) โปรดติดต่อผู้จัดงาน", whose=full.label, seats=full.seats)
