"""The plan book: a small one is sent at once; the worker makes a large one while a page shows how far it is."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.audit.trail import record
from app.core import files
from app.core.errors import RuleBroken
from app.events.access import event_page
from app.events.models import Event
from app.exercises.linkage.snapshots.models import Snapshot
from app.exercises.models import Exercise
from app.exercises.queries import exercises_of
from app.jobs import queue
from app.jobs.models import JobState
from app.live import topics

from .. import exercise_making
from ..exercise_routes import TAKERS, exercise_of, handed_in, version_of
from ..routes import bp, send
from . import jobs as book_jobs


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/plan-book")
@event_page(*TAKERS)
def exercise_plan_book(event: Event, exercise_id: str) -> ResponseReturnValue:
    """The draft plan, of one district or of the province, as PDF or Word."""
    exercise = exercise_of(event, exercise_id)
    kind = request.form.get("format", "pdf")
    if kind not in ("pdf", "docx"):
        abort(400)
    district = request.form.get("district") or None
    only = handed_in(request.form)
    version = version_of(exercise)
    try:
        if book_jobs.is_for_the_worker(exercise, district):
            job = book_jobs.ask(exercise, kind, district, handed_in=only, version=version)
            return redirect(url_for(".book", slug=event.slug, book_id=job.public_id), 303)
        return send(event, lambda: _at_once(exercise, kind, district, only, version))
    except RuleBroken as problem:
        flash(str(problem.sentence), "error")
        return redirect(url_for(".downloads", slug=event.slug))


def _at_once(
    exercise: Exercise, kind: str, district: str | None, only: bool, version: Snapshot | None
) -> exercise_making.Made:
    return exercise_making.bound(
        exercise_making.composed(exercise, district, handed_in=only, version=version), kind
    )


@bp.get("/events/<slug>/documents/books/<book_id>")
@event_page(*TAKERS)
def book(event: Event, book_id: str) -> ResponseReturnValue:
    """How far a book is; when it is made, where to take it."""
    topic = topics.signed(event, book_jobs.TOPIC)
    return render_template("documents/book.html", event=event, topic=topic, **_shown(event, book_id))


@bp.get("/events/<slug>/documents/books/<book_id>/part")
@event_page(*TAKERS)
def book_part(event: Event, book_id: str) -> ResponseReturnValue:
    """The live part of the same."""
    return render_template("documents/_book.html", event=event, **_shown(event, book_id))


@bp.post("/events/<slug>/documents/books/<book_id>/again")
@event_page(*TAKERS)
def book_again(event: Event, book_id: str) -> ResponseReturnValue:
    """Try once more what failed."""
    book_jobs.again(event, _found(event, book_id).job)
    return redirect(url_for(".book", slug=event.slug, book_id=book_id))


@bp.post("/events/<slug>/documents/books/<book_id>/file")
@event_page(*TAKERS)
def book_file(event: Event, book_id: str) -> ResponseReturnValue:
    """The finished book; who took it goes into the audit trail."""
    job = _found(event, book_id).job
    path = files.path_of(job.file_key) if job.state == JobState.DONE else None
    if path is None or not path.exists():
        abort(404)
    record(current_user, event, "document.exported", event, document=book_jobs.KIND, **job.facts)
    return send_file(path, mimetype=job.mimetype, as_attachment=True, download_name=job.file_name)


def _found(event: Event, book_id: str) -> book_jobs.Book:
    return book_jobs.find(event, book_id, exercises_of(event)) or abort(404)


def _shown(event: Event, book_id: str) -> dict[str, object]:
    found = _found(event, book_id)
    return {"book": found, "job": found.job, "nobody_works": found.job.is_open and not queue.has_worker()}
