"""The organiser's page of documents, and the files themselves.

A file with people in it is sent for a POST: who took what, and when, goes into the audit trail. Everything slow
happens without the write lock, so that nobody at a door waits for a printer.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, abort, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from app.database import db, reading
from app.events.access import event_page
from app.events.models import CheckPoint, Event, Role, Unit
from app.exercises.access import exercise_page, guided_group_page
from app.exercises.models import Exercise, Submission
from app.exercises.queries import exercises_of
from app.groups.queries import current_grouping
from app.jobs import queue
from app.jobs.models import Job
from app.registration import queries as registration
from app.registration.models import Registrant

from . import check_point_rows, exercise_making, making, print_jobs, rows
from .books import jobs as book_jobs

bp = Blueprint("documents", __name__)

PRINTERS = (Role.ORGANISER, Role.REGISTRAR)


@bp.get("/events/<slug>/documents")
@event_page(*PRINTERS)
def downloads(event: Event) -> ResponseReturnValue:
    """Everything that can be printed or taken away."""
    exercises = exercises_of(event)
    return render_template(
        "documents/downloads.html",
        event=event,
        people=rows.number(event),
        check_points=[point for point in event.check_points if point.purpose == "attend"],
        exercises=exercises,
        districts={one.public_id: exercise_making.district_names(one) for one in exercises},
        prints=[(job, print_jobs.title(event, job)) for job in queue.recent(print_jobs.KIND, event.id)],
        books=book_jobs.recent(event, exercises),
        has_groups=current_grouping(event) is not None,
        may_see_sensitive=bool(g.roles & {Role.OWNER, Role.ORGANISER}),
    )


@bp.get("/events/<slug>/documents/badges")
@event_page(*PRINTERS)
def badges(event: Event) -> ResponseReturnValue:
    """Which badges to print, and the names to look at first because they do not fit."""
    from .badges import unfit_badges  # here, because it brings ReportLab

    unit, person = _unit(event, request.args), _person(event, request.args)
    is_long = person is None and print_jobs.is_long(event, unit)
    people = [] if is_long else rows.registrants(event, unit, person)
    return render_template(
        "documents/badges.html",
        event=event,
        units=registration.unit_numbers(event),
        unit=unit,
        person=person,
        number=rows.number(event, unit) if is_long else len(people),
        is_long=is_long,
        unfit=unfit_badges(rows.badge_people(event, people)),
    )


@bp.post("/events/<slug>/documents/badges")
@event_page(*PRINTERS)
def badges_pdf(event: Event) -> ResponseReturnValue:
    """The badges as one PDF; of very many, where it is being made."""
    unit, person = _unit(event, request.form), _person(event, request.form)
    if person is None and print_jobs.is_for_the_worker(event, unit):
        return _where_it_is_made(event, print_jobs.ask_for_badges(event, unit))
    return send(event, lambda: making.badges(event, unit, person))


@bp.get("/events/<slug>/documents/sign-in-sheets")
@event_page(*PRINTERS)
def sign_in_sheets(event: Event) -> ResponseReturnValue:
    """The check-points that have sheets, and the rows that would be hard to read."""
    from .sign_in_sheets import unfit_rows

    points = [point for point in event.check_points if point.purpose == "attend"]
    is_long = print_jobs.is_long(event)
    sections = [] if is_long else check_point_rows.sheet_sections(event)
    unfit = unfit_rows(check_point_rows.sheet_heading(event, points[0]), sections) if points else []
    return render_template(
        "documents/sign_in_sheets.html",
        event=event,
        check_points=points,
        people=rows.number(event),
        units=sum(row.registered > 0 for row in registration.unit_numbers(event)) if is_long else len(sections),
        is_long=is_long,
        unfit=unfit,
    )


@bp.post("/events/<slug>/documents/sign-in-sheets/<check_point_id>")
@event_page(*PRINTERS)
def sign_in_sheets_pdf(event: Event, check_point_id: str) -> ResponseReturnValue:
    """The sheets of one check-point as one PDF; of very many people, where it is being made."""
    point = _check_point(event, check_point_id)
    if print_jobs.is_for_the_worker(event):
        return _where_it_is_made(event, print_jobs.ask_for_sheets(event, point))
    return send(event, lambda: making.sign_in_sheets(event, point))


@bp.post("/events/<slug>/documents/opening-report/<check_point_id>")
@event_page(*PRINTERS, Role.VIEWER)
def opening_report(event: Event, check_point_id: str) -> ResponseReturnValue:
    """The figures of the opening report as one page; nobody's name is in it."""
    point = _check_point(event, check_point_id)
    return send(event, lambda: making.opening_report(event, point))


@bp.post("/events/<slug>/documents/register")
@event_page(*PRINTERS)
def register(event: Event) -> ResponseReturnValue:
    """The attendance register as a workbook."""
    return send(event, lambda: making.register_xlsx(event))


@bp.post("/events/<slug>/documents/table-signs")
@event_page(*PRINTERS)
def table_signs_pdf(event: Event) -> ResponseReturnValue:
    """A sign for every table as one PDF."""
    return send(event, lambda: making.table_signs(event))


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/sheets")
@exercise_page(Role.ORGANISER)
def group_sheets_pdf(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """An A3 sheet for every table as one PDF."""
    return send(event, lambda: making.group_sheets(exercise))


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/groups/<group_id>/sheet")
@guided_group_page
def group_sheet_pdf(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """The A3 sheet of one table, for its facilitator too."""
    return send(event, lambda: making.group_sheets(exercise, submission))


@bp.post("/events/<slug>/documents/registrants")
@event_page(*PRINTERS)
def registrants(event: Event) -> ResponseReturnValue:
    """The list of names as a workbook or as CSV; food only for organisers who ask for it."""
    sensitive = bool(request.form.get("sensitive"))
    if sensitive and not g.roles & {Role.OWNER, Role.ORGANISER}:
        abort(403)
    make = making.registrants_csv if request.form.get("format") == "csv" else making.registrants_xlsx
    return send(event, lambda: make(event, with_sensitive=sensitive))


def _where_it_is_made(event: Event, job: Job) -> ResponseReturnValue:
    return redirect(url_for(".prepared_print", slug=event.slug, print_id=job.public_id), 303)


def send(event: Event, make: Callable[[], making.Made]) -> Response:
    """Make the file without the write lock, note it, send it under its Thai name."""
    with reading():
        made = make()
    making.note(current_user, event, made)
    return send_file(BytesIO(made.data), mimetype=made.mimetype, as_attachment=True, download_name=made.file_name)


def _check_point(event: Event, public_id: str) -> CheckPoint:
    query = select(CheckPoint).where(CheckPoint.event_id == event.id, CheckPoint.public_id == public_id)
    return db.session.scalar(query) or abort(404)


def _unit(event: Event, sent: dict[str, str]) -> Unit | None:
    asked = sent.get("unit", "")
    return next((unit for unit in event.units if unit.public_id == asked), None) if asked else None


def _person(event: Event, sent: dict[str, str]) -> Registrant | None:
    asked = sent.get("person", "")
    return (registration.find(event, asked) or abort(404)) if asked else None


from . import exercise_routes, print_routes  # noqa: E402, F401  their pages hang themselves on the blueprint
from .books import routes as book_routes  # noqa: E402, F401  their pages hang themselves on the blueprint
