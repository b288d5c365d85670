"""The files of an exercise: workbook, plan book, graph, figures."""

from __future__ import annotations

from io import BytesIO

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import RuleBroken
from app.database import reading
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises.linkage.analysis import Scope
from app.exercises.linkage.scopes import HANDED_IN, WRITING
from app.exercises.models import Exercise
from app.exercises.queries import exercises_of

from . import exercise_making, making
from .routes import bp, send

_TAKERS = (Role.ORGANISER, Role.FACILITATOR)
_READERS = (*_TAKERS, Role.REVIEWER, Role.VIEWER)
_BOOKS = {"pdf": exercise_making.plan_book_pdf, "docx": exercise_making.plan_book_docx}
_GRAPHS = {
    "graphml": exercise_making.graphml,
    "nodes": exercise_making.nodes_csv,
    "edges": exercise_making.edges_csv,
}


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/workbook")
@event_page(*_TAKERS)
def exercise_workbook(event: Event, exercise_id: str) -> ResponseReturnValue:
    """The exercise as a workbook, with drafts or only what was handed in."""
    exercise = _exercise(event, exercise_id)
    return send(event, lambda: making.workbook(exercise, handed_in=_handed_in(request.form)))


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/file")
@event_page(*_TAKERS)
def exercise_file(event: Event, exercise_id: str) -> ResponseReturnValue:
    """The exercise as JSON."""
    exercise = _exercise(event, exercise_id)
    return send(event, lambda: making.exercise_json(exercise))


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/plan-book")
@event_page(*_TAKERS)
def exercise_plan_book(event: Event, exercise_id: str) -> ResponseReturnValue:
    """The draft plan, of one district or of the province, as PDF or Word."""
    exercise = _exercise(event, exercise_id)
    make = _BOOKS.get(request.form.get("format", "pdf")) or abort(400)
    district = request.form.get("district") or None
    try:
        return send(event, lambda: make(exercise, district, handed_in=_handed_in(request.form)))
    except RuleBroken as problem:
        flash(str(problem.sentence), "error")
        return redirect(url_for(".downloads", slug=event.slug))


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/graph")
@event_page(*_TAKERS)
def exercise_graph(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Nodes and edges for programs that draw networks."""
    exercise = _exercise(event, exercise_id)
    make = _GRAPHS.get(request.form.get("format", "")) or abort(400)
    return send(event, lambda: make(exercise))


@bp.get("/events/<slug>/documents/exercises/<exercise_id>/figures/<name>.<kind>")
@event_page(*_READERS)
def exercise_figure(event: Event, exercise_id: str, name: str, kind: str) -> ResponseReturnValue:
    """One figure as a picture. Nobody's name stands in it, so it is taken with a GET."""
    exercise = _exercise(event, exercise_id)
    if kind not in ("svg", "png", "pdf"):
        abort(404)
    statuses = HANDED_IN if _handed_in(request.args) else WRITING
    scope = Scope(statuses, request.args.get("district") or None, request.args.get("chain") or None)
    with reading():
        made = exercise_making.figure(exercise, name, kind, scope) or abort(404)
    return send_file(BytesIO(made.data), mimetype=made.mimetype, as_attachment=True, download_name=made.file_name)


def _handed_in(sent: dict[str, str]) -> bool:
    return sent.get("scope") == "handed-in"


def _exercise(event: Event, public_id: str) -> Exercise:
    found = next((one for one in exercises_of(event) if one.public_id == public_id), None)
    return found or abort(404)
