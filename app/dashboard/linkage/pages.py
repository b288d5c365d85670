"""The organiser's linkage pages: five figures, map, coverage, gaps, goals, one item; all of them live."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.events.access import event_page
from app.events.models import Event
from app.exercises.linkage.charts.funnel import draw_funnel
from app.exercises.linkage.map.drawing import READABLE, draw_map

from ..routes import bp
from . import items
from .frame import READERS, Chosen, behind_address, exercises_of, item_address, page, reading_of
from .gaps import gaps_in_words, gaps_of
from .goals import goals_in_words, goals_of
from .headline import figures, map_in_words, statistics
from .heat import coverage_in_words, coverage_of
from .reading import Reading


@bp.get("/events/<slug>/linkage")
@event_page(*READERS)
def linkage(event: Event) -> ResponseReturnValue:
    """The linkage of the event's newest exercise; what will stand here where there is none yet."""
    exercises = exercises_of(event)
    if not exercises:
        return render_template("dashboard/linkage.html", event=event)
    return redirect(url_for(".linkage_figures", slug=event.slug, exercise_id=exercises[0].public_id))


@bp.get("/events/<slug>/linkage/<exercise_id>")
@event_page(*READERS)
def linkage_figures(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Five figures, each with a line of meaning and the items behind it."""
    exercise, asked, reading = reading_of(event, exercise_id)
    behind = behind_address(event, exercise, asked)
    return page(
        event,
        exercise,
        asked,
        reading,
        figures=figures(reading),
        funnel=draw_funnel(reading.graph, reading.result, lambda level: behind("level", level)),
        statistics=statistics(reading),
    )


@bp.get("/events/<slug>/linkage/<exercise_id>/map")
@event_page(*READERS)
def linkage_map(event: Event, exercise_id: str) -> ResponseReturnValue:
    """How the plans link, drawn; a phone gets the same as a list whose items open one by one."""
    exercise, asked, reading = reading_of(event, exercise_id)
    behind = behind_address(event, exercise, asked)

    def district_address(code: str) -> str:
        wanted = Chosen(asked.scope, code, asked.chain)
        return url_for(".linkage_map", slug=event.slug, exercise_id=exercise.public_id, **wanted.query)

    drawing = draw_map(
        reading.graph,
        reading.result,
        link_to=item_address(event, exercise, asked, reading),
        district=asked.district or None,
        link_to_district=district_address,
        link_to_box=lambda *box: behind("box", *box),
    )
    levels = items.by_level(reading, asked.district or None) if _is_short(reading, asked.district) else []
    return page(
        event,
        exercise,
        asked,
        reading,
        drawing=drawing,
        levels=levels,
        meaning=map_in_words(reading),
        is_flow='class="linkage-flow"' in drawing,
    )


def _is_short(reading: Reading, district: str) -> bool:
    """Whether a list of all items shown is one a phone's reader would scroll through."""
    return bool(district) or len(reading.graph.items) <= READABLE


@bp.get("/events/<slug>/linkage/<exercise_id>/gaps")
@event_page(*READERS)
def linkage_gaps(event: Event, exercise_id: str) -> ResponseReturnValue:
    """What does not arrive: where the chain breaks and who has to join it on."""
    exercise, asked, reading = reading_of(event, exercise_id, whole=True)
    found = gaps_of(reading, asked.district or None)
    return page(event, exercise, asked, reading, gaps=found, meaning=gaps_in_words(found))


@bp.get("/events/<slug>/linkage/<exercise_id>/goals")
@event_page(*READERS)
def linkage_goals(event: Event, exercise_id: str) -> ResponseReturnValue:
    """What stands under each issue of the province and each goal of a district."""
    exercise, asked, reading = reading_of(event, exercise_id)
    provincial, district_goals = goals_of(reading)
    return page(
        event,
        exercise,
        asked,
        reading,
        provincial=provincial,
        district_goals=district_goals,
        meaning=goals_in_words(provincial),
    )


@bp.get("/events/<slug>/linkage/<exercise_id>/coverage")
@event_page(*READERS)
def linkage_coverage(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Districts against issues, and the items of one district."""
    exercise, asked, reading = reading_of(event, exercise_id, whole=True)
    direct = request.args.get("direct") == "1"
    found = coverage_of(reading, asked.district or None, direct=direct)
    return page(
        event,
        exercise,
        asked,
        reading,
        district=asked.district or None,
        direct=direct,
        coverage=found,
        meaning=coverage_in_words(found),
    )


@bp.get("/events/<slug>/linkage/<exercise_id>/items/<item_id>")
@event_page(*READERS)
def linkage_item(event: Event, exercise_id: str, item_id: str) -> ResponseReturnValue:
    """One item: what leads to it, what it leads to, and its best way to an issue in words."""
    exercise, asked, reading = reading_of(event, exercise_id, whole=True)
    code = reading.codes.get(item_id)
    if code is None or code not in reading.graph.nodes:
        abort(404)
    item = items.in_words(reading, code)
    goal = reading.codes.get(request.args.get("goal", ""))
    best = goal if goal is not None and goal in reading.graph.anchors else item.best
    return page(
        event,
        exercise,
        asked,
        reading,
        item=item,
        is_reference=code not in reading.graph.items,
        is_of_team=code in reading.graph.items and not item.thing.group,
        goal=reading.thing(best) if best else None,
        path=items.path_in_words(reading, code, best) if best else [],
    )
