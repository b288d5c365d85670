"""What a participant's own page shows, gathered from every domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from app.checkin.attendance import first_entry, standing_rows
from app.checkin.people import root_of
from app.core.qr import svg
from app.events import timetable
from app.events.models import CheckPoint, Event
from app.exercises import queries as exercises
from app.groups import queries as groups
from app.groups.models import Group
from app.groups.topics import topics_of
from app.materials import library
from app.materials.models import Material
from app.registration.links import ticket_link
from app.registration.models import Registrant, Standing
from app.registration.seats.waiting import place_of


@dataclass(frozen=True)
class Presence:
    """One check-point, and when and where this person came in; ``at`` None for not yet."""

    check_point: CheckPoint
    at: datetime | None
    gate: str


@dataclass(frozen=True)
class MyPage:
    """Everything on the page."""

    event: Event
    registrant: Registrant
    qr: Markup
    place: int  # on the waiting list of the unit; 0 for who does not wait
    days: list[timetable.AgendaDay]
    moment: timetable.Moment
    presence: list[Presence]
    group: Group | None
    advises: bool  # sits with the group without being one of its number
    may_ask_topics: bool
    exercise_url: str | None
    materials: list[Material]


def gather(event: Event, registrant: Registrant, now: datetime, label: str) -> MyPage:
    """Read the page; ``label`` is what a screen reader says for the QR."""
    days = timetable.agenda(event)
    seat = groups.seat_of(registrant)
    return MyPage(
        event=event,
        registrant=registrant,
        qr=svg(ticket_link(registrant), label),
        place=place_of(registrant) if registrant.standing == Standing.WAITING else 0,
        days=days,
        moment=timetable.at(days, now),
        presence=presence_of(event, registrant),
        group=seat.group if seat else None,
        advises=seat.is_adviser if seat else False,
        may_ask_topics=seat is None and bool(topics_of(event)),
        exercise_url=exercise_url(registrant),
        materials=library.for_visitor(event, registrant, now),
    )


def exercise_url(registrant: Registrant) -> str | None:
    """The newest exercise of this person's group, or None where there is no group work."""
    found = exercises.exercises_for(registrant)
    return url_for("exercises.group_work", exercise_id=found[-1].public_id) if found else None


def presence_of(event: Event, registrant: Registrant) -> list[Presence]:
    """Every check-point of the event with this person's first entry, over merged records."""
    root = root_of(registrant.id)
    found = []
    for point in event.check_points:
        entry = first_entry(standing_rows(point.id, root))
        found.append(Presence(point, *entry) if entry else Presence(point, None, ""))
    return found
