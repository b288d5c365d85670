"""Badges and sheets that the worker makes: how far they are, and the finished file."""

from __future__ import annotations

from flask import abort, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.audit.trail import record
from app.core import files
from app.events.access import event_page
from app.events.models import Event
from app.jobs import queue
from app.jobs.models import Job, JobState
from app.live import topics

from . import print_jobs
from .books import jobs as book_jobs
from .routes import PRINTERS, bp


@bp.get("/events/<slug>/documents/prints/<print_id>")
@event_page(*PRINTERS)
def prepared_print(event: Event, print_id: str) -> ResponseReturnValue:
    """How far it is; when it is made, where to take it."""
    topic = topics.signed(event, book_jobs.TOPIC)
    return render_template("documents/prepared_print.html", event=event, topic=topic, **_shown(event, print_id))


@bp.get("/events/<slug>/documents/prints/<print_id>/part")
@event_page(*PRINTERS)
def prepared_print_part(event: Event, print_id: str) -> ResponseReturnValue:
    """The live part of the same."""
    return render_template("documents/_prepared_print.html", event=event, **_shown(event, print_id))


@bp.post("/events/<slug>/documents/prints/<print_id>/again")
@event_page(*PRINTERS)
def prepared_print_again(event: Event, print_id: str) -> ResponseReturnValue:
    """Try once more what failed."""
    book_jobs.again(event, _found(event, print_id))
    return redirect(url_for(".prepared_print", slug=event.slug, print_id=print_id))


@bp.post("/events/<slug>/documents/prints/<print_id>/file")
@event_page(*PRINTERS)
def prepared_print_file(event: Event, print_id: str) -> ResponseReturnValue:
    """The finished file; who took it goes into the audit trail."""
    job = _found(event, print_id)
    path = files.path_of(job.file_key) if job.state == JobState.DONE else None
    if path is None or not path.exists():
        abort(404)
    record(current_user, event, "document.exported", event, **job.facts)
    return send_file(path, mimetype=job.mimetype, as_attachment=True, download_name=job.file_name)


def _found(event: Event, print_id: str) -> Job:
    return queue.find(print_jobs.KIND, event.id, print_id) or abort(404)


def _shown(event: Event, print_id: str) -> dict[str, object]:
    job = _found(event, print_id)
    title = print_jobs.title(event, job)
    return {"job": job, "title": title, "nobody_works": job.is_open and not queue.has_worker()}
