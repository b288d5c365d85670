"""The files of an exercise: workbook, plan book, graph, figures."""

from __future__ import annotations

from io import BytesIO

from flask import abort, request, send_file
from flask.typing import ResponseReturnValue

from app.database import reading
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises.linkage.analysis import Scope
from app.exercises.linkage.scopes import HANDED_IN, WRITING
from app.exercises.linkage.snapshots import keeping
from app.exercises.linkage.snapshots.models import Snapshot
from app.exercises.models import Exercise
from app.exercises.queries import exercises_of

from . import exercise_making, making
from .routes import bp, send

TAKERS = (Role.ORGANISER, Role.FACILITATOR)
_READERS = (*TAKERS, Role.REVIEWER, Role.VIEWER)
_GRAPHS = {
    "graphml": exercise_making.graphml,
    "nodes": exercise_making.nodes_csv,
    "edges": exercise_making.edges_csv,
}


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/workbook")
@event_page(*TAKERS)
def exercise_workbook(event: Event, exercise_id: str) -> ResponseReturnValue:
    """The exercise as a workbook, with drafts or only what was handed in, or as a version kept it."""
    exercise = exercise_of(event, exercise_id)
    version = version_of(exercise)
    return send(event, lambda: making.workbook(exercise, handed_in=handed_in(request.form), version=version))


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/file")
@event_page(*TAKERS)
def exercise_file(event: Event, exercise_id: str) -> ResponseReturnValue:
    """The exercise as JSON."""
    exercise = exercise_of(event, exercise_id)
    return send(event, lambda: making.exercise_json(exercise))


@bp.post("/events/<slug>/documents/exercises/<exercise_id>/graph")
@event_page(*TAKERS)
def exercise_graph(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Nodes and edges for programs that draw networks."""
    exercise = exercise_of(event, exercise_id)
    make = _GRAPHS.get(request.form.get("format", "")) or abort(400)
    return send(event, lambda: make(exercise))


@bp.get("/events/<slug>/documents/exercises/<exercise_id>/figures/<name>.<kind>")
@event_page(*_READERS)
def exercise_figure(event: Event, exercise_id: str, name: str, kind: str) -> ResponseReturnValue:
    """One figure as a picture. Nobody's name stands in it, so it is taken with a GET."""
    exercise = exercise_of(event, exercise_id)
    if kind not in ("svg", "png", "pdf"):
        abort(404)
    statuses = HANDED_IN if handed_in(request.args) else WRITING
    scope = Scope(statuses, request.args.get("district") or None, request.args.get("chain") or None)
    with reading():
        made = exercise_making.figure(exercise, name, kind, scope) or abort(404)
    return send_file(BytesIO(made.data), mimetype=made.mimetype, as_attachment=True, download_name=made.file_name)


def handed_in(sent: dict[str, str]) -> bool:
    """Whether only what groups handed in is to count."""
    return sent.get("scope") == "handed-in"


def version_of(exercise: Exercise) -> Snapshot | None:
    """The kept version that a form names; None for the plan as it stands, 404 for one nobody kept."""
    wanted = request.form.get("version", "")
    return (keeping.find(exercise, wanted) or abort(404)) if wanted else None


def exercise_of(event: Event, public_id: str) -> Exercise:
    """The exercise of the address, or 404."""
    found = next((one for one in exercises_of(event) if one.public_id == public_id), None)
    return found or abort(404)
