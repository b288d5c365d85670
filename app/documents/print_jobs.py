"""Badges and sign-in sheets of very many people: asked for here, made by the worker.

Five thousand badges take ten seconds of a processor and a hundred megabytes, which the process that answers the
doors has better uses for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from app.checkin.paper import sheets
from app.core.addresses import base_url
from app.core.errors import RuleBroken
from app.core.languages import language
from app.database import db, reading, transaction
from app.events.models import CheckPoint, Event, Unit
from app.jobs import queue
from app.jobs.models import Job
from app.live import topics

from . import making, rows
from .books import jobs as book_jobs
from .books.progress import Tell

KIND = "print"
BADGES, SHEETS = "badges", "sign-in-sheets"
# A hall of so many is printed while the browser waits: a second or two.
PEOPLE_AT_ONCE = 600


def is_for_the_worker(event: Event, unit: Unit | None = None) -> bool:
    """Whether it is about very many and somebody is there to make it; else it is made while the browser waits."""
    return is_long(event, unit) and queue.has_worker()


def is_long(event: Event, unit: Unit | None = None) -> bool:
    """Whether so many take part that a page does not look through all of them either."""
    return rows.number(event, unit) > PEOPLE_AT_ONCE


def ask_for_badges(event: Event, unit: Unit | None) -> Job:
    """Ask the worker for the badges of all, or of one unit."""
    return _ask(event, {"document": BADGES, "unit": unit.public_id if unit is not None else ""})


def ask_for_sheets(event: Event, check_point: CheckPoint) -> Job:
    """Ask the worker for the sign-in sheets of a check-point."""
    return _ask(event, {"document": SHEETS, "check_point": check_point.public_id})


def _ask(event: Event, wanted: dict[str, Any]) -> Job:
    # The worker has no request, and a badge's code holds an address.
    job = queue.put(KIND, event.id, {**wanted, "event": event.id, "address": base_url()}, language())
    topics.touch(event, book_jobs.TOPIC)
    return job


def title(event: Event, job: Job) -> str:
    """What was asked for, as a page names it."""
    if job.wanted["document"] == BADGES:
        unit = _unit(event, job.wanted["unit"])
        return _("ป้ายชื่อ %(unit)s", unit=unit.name if unit is not None else _("ทุกหน่วยงาน"))
    point = _check_point(event, job.wanted["check_point"])
    return _("บัญชีลายมือชื่อ %(point)s", point=point.name if point is not None else "")


# -- the worker's side -------------------------------------------------------------------------------------


def make(wanted: Mapping[str, Any], tell: Tell) -> queue.Product:
    """The file as the list stands when its turn comes; set without a transaction, so nobody at a door waits."""
    with current_app.test_request_context(base_url=wanted["address"]):
        made = _badges(wanted, tell) if wanted["document"] == BADGES else _sheets(wanted)
    return queue.Product(made.file_name, made.mimetype, made.data, {"document": made.document, **made.facts})


def _badges(wanted: Mapping[str, Any], tell: Tell) -> making.Made:
    with reading():
        event = db.session.get_one(Event, wanted["event"])
        draw = making.badges_to_draw(event, _unit(event, wanted["unit"]))
    return draw(tell)  # outside: each word about how far it is is a transaction of its own


def _sheets(wanted: Mapping[str, Any]) -> making.Made:
    with reading():
        event = db.session.get_one(Event, wanted["event"])
        point = _check_point(event, wanted["check_point"])
        if point is None:
            raise RuleBroken("")
        made = making.sign_in_sheets(event, point)
    with transaction():
        if made.printed is not None:
            sheets.keep(made.printed)
    return made


def _unit(event: Event, public_id: str) -> Unit | None:
    return next((unit for unit in event.units if unit.public_id == public_id), None)


def _check_point(event: Event, public_id: str) -> CheckPoint | None:
    query = select(CheckPoint).where(CheckPoint.event_id == event.id, CheckPoint.public_id == public_id)
    return db.session.scalar(query)
