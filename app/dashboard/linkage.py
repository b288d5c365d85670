"""The organiser's linkage pages: five figures, map, coverage, gaps, goals; all of them live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.database import db
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises.linkage.map import READABLE, draw_map
from app.exercises.linkage.scopes import scope_words
from app.exercises.models import Exercise
from app.live import topics

from . import linkage_items as items
from . import linkage_views as views
from .linkage_reading import Reading, read
from .routes import bp

_READERS = (Role.ORGANISER, Role.FACILITATOR, Role.REVIEWER, Role.VIEWER)
_EVERY_MS = 2000
HANDED_IN = "handed-in"


@bp.get("/events/<slug>/linkage")
@event_page(*_READERS)
def linkage(event: Event) -> ResponseReturnValue:
    """The linkage of the event's newest exercise; what will stand here where there is none yet."""
    exercises = _exercises(event)
    if not exercises:
        return render_template("dashboard/linkage.html", event=event)
    return redirect(url_for(".linkage_figures", slug=event.slug, exercise_id=exercises[0].public_id))


@bp.get("/events/<slug>/linkage/<exercise_id>")
@event_page(*_READERS)
def linkage_figures(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Five figures, each with a line of meaning and the items behind it."""
    exercise, reading = _reading(event, exercise_id)
    return _page(event, exercise, reading, figures=views.figures(reading), levels=views.levels_reached(reading))


@bp.get("/events/<slug>/linkage/<exercise_id>/map")
@event_page(*_READERS)
def linkage_map(event: Event, exercise_id: str) -> ResponseReturnValue:
    """How the plans link, drawn; a phone gets the same as a list whose items open one by one."""
    exercise, reading = _reading(event, exercise_id)
    district = _district(reading)
    drawing = draw_map(
        reading.graph,
        reading.result,
        link_to=_item_address(event, exercise, reading),
        district=district,
        link_to_district=lambda code: url_for(
            ".linkage_map", slug=event.slug, exercise_id=exercise.public_id, district=code, scope=_scope()
        ),
    )
    return _page(
        event,
        exercise,
        reading,
        district=district,
        drawing=drawing,
        levels=items.by_level(reading, district) if _is_short(reading, district) else [],
    )


def _is_short(reading: Reading, district: str | None) -> bool:
    """Whether a list of all items shown is one a phone's reader would scroll through."""
    return district is not None or len(reading.graph.items) <= READABLE


@bp.get("/events/<slug>/linkage/<exercise_id>/gaps")
@event_page(*_READERS)
def linkage_gaps(event: Event, exercise_id: str) -> ResponseReturnValue:
    """What does not arrive: where the chain breaks and who has to join it on."""
    exercise, reading = _reading(event, exercise_id)
    district = _district(reading)
    return _page(event, exercise, reading, district=district, gaps=views.gaps(reading, district))


@bp.get("/events/<slug>/linkage/<exercise_id>/goals")
@event_page(*_READERS)
def linkage_goals(event: Event, exercise_id: str) -> ResponseReturnValue:
    """What stands under each issue of the province and each goal of a district."""
    exercise, reading = _reading(event, exercise_id)
    provincial, district_goals = views.goals(reading)
    return _page(event, exercise, reading, provincial=provincial, district_goals=district_goals)


@bp.get("/events/<slug>/linkage/<exercise_id>/coverage")
@event_page(*_READERS)
def linkage_coverage(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Districts against issues, and the items of one district."""
    exercise, reading = _reading(event, exercise_id)
    district = _district(reading)
    return _page(event, exercise, reading, district=district, coverage=views.coverage(reading, district))


@bp.get("/events/<slug>/linkage/<exercise_id>/items/<item_id>")
@event_page(*_READERS)
def linkage_item(event: Event, exercise_id: str, item_id: str) -> ResponseReturnValue:
    """One item: what leads to it, what it leads to, and its best way to an issue in words."""
    exercise, reading = _reading(event, exercise_id)
    code = reading.codes.get(item_id)
    if code is None or code not in reading.graph.nodes:
        abort(404)
    item = items.in_words(reading, code)
    asked = reading.codes.get(request.args.get("goal", ""))
    chosen = asked if asked is not None and asked in reading.graph.anchors else item.best
    return _page(
        event,
        exercise,
        reading,
        item=item,
        goal=reading.thing(chosen) if chosen else None,
        path=items.path_in_words(reading, code, chosen) if chosen else [],
    )


def _page(event: Event, exercise: Exercise, reading: Reading, **shown: Any) -> str:
    """The page, or only its live part where a waiting page asks for it."""
    view = (request.endpoint or "").removeprefix("dashboard.")
    handed_in = _handed_in()
    here = dict(request.view_args or {}, **request.args.to_dict())
    context = {
        "event": event,
        "exercise": exercise,
        "exercises": _exercises(event),
        "reading": reading,
        "handed_in": handed_in,
        "counted": scope_words(handed_in),
        "scope": _scope(),
        "view": view,
        "topic": topics.signed(event, f"exercise-{exercise.public_id}"),
        "part_url": url_for(request.endpoint or "", **(here | {"part": "1"})),
        "every": _EVERY_MS,
        **shown,
    }
    if request.args.get("part"):
        return render_template(f"dashboard/_{view}.html", **context)
    return render_template(f"dashboard/{view}.html", **context)


def _reading(event: Event, exercise_id: str) -> tuple[Exercise, Reading]:
    exercise = next((one for one in _exercises(event) if one.public_id == exercise_id), None)
    if exercise is None:
        abort(404)
    return exercise, read(exercise, handed_in=_handed_in())


def _item_address(event: Event, exercise: Exercise, reading: Reading) -> Callable[[str], str | None]:
    """The address of an item's page by its short code."""

    def address(code: str) -> str | None:
        public_id = reading.public_ids.get(code)
        if public_id is None:
            return None
        return url_for(
            ".linkage_item",
            slug=event.slug,
            exercise_id=exercise.public_id,
            item_id=public_id,
            scope=_scope(),
        )

    return address


def _handed_in() -> bool:
    return request.args.get("scope") == HANDED_IN


def _scope() -> str | None:
    return HANDED_IN if _handed_in() else None


def _district(reading: Reading) -> str | None:
    """The district asked for, or None; an unknown one counts as none."""
    asked = request.args.get("district", "")
    return asked if asked in reading.districts else None


def _exercises(event: Event) -> list[Exercise]:
    query = select(Exercise).where(Exercise.event_id == event.id, Exercise.kind == "linkage")
    return list(db.session.scalars(query.order_by(Exercise.id.desc())))
