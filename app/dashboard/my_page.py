"""What a participant's own page shows, gathered from every domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from app.checkin.door.people import root_of
from app.checkin.ledger.attendance import first_entry, standing_rows
from app.core.qr import svg
from app.events import timetable
from app.events.models import CheckPoint, Event
from app.exercises import queries as exercises
from app.exercises.linkage.following.models import Reporter
from app.exercises.linkage.voting.casting import VoteNotice, vote_notice
from app.exercises.models import Exercise
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
    exercise_id: str
    vote: VoteNotice | None
    reports: list[Reporter]
    materials: list[Material]


def gather(event: Event, registrant: Registrant, now: datetime, label: str, reports: list[Reporter]) -> MyPage:
    """Read the page; ``label`` is read out for the QR, ``reports`` are whom this browser reports for."""
    exercise = newest_exercise(registrant)
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
        exercise_url=url_for("exercises.group_work", exercise_id=exercise.public_id) if exercise else None,
        exercise_id=exercise.public_id if exercise else "",
        vote=vote_notice(exercise, registrant) if exercise else None,
        reports=reports,
        materials=library.for_visitor(event, registrant, now),
    )


def newest_exercise(registrant: Registrant) -> Exercise | None:
    """The newest exercise of this person's group, or None where there is no group work."""
    found = exercises.exercises_for(registrant)
    return found[-1] if found else None


def presence_of(event: Event, registrant: Registrant) -> list[Presence]:
    """Every check-point of the event with this person's first entry, over merged records."""
    root = root_of(registrant.id)
    found = []
    for point in event.check_points:
        entry = first_entry(standing_rows(point.id, root))
        found.append(Presence(point, *entry) if entry else Presence(point, None, ""))
    return found
