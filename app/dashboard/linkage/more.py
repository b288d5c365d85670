"""The linkage pages behind the first five: one question a page, its drawing, and the items behind every figure."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from app.core import clock
from app.database import db
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises.access import guides
from app.exercises.linkage.analysis.participation import Edit, participation
from app.exercises.linkage.charts.heat import draw_crossings
from app.exercises.linkage.charts.money import draw_money
from app.exercises.linkage.charts.slopes import draw_slopes
from app.exercises.linkage.charts.years import draw_years
from app.exercises.linkage.group_work import progress
from app.exercises.linkage.merging.candidates import decided_pairs
from app.exercises.models import Change, Exercise

from ..routes import bp
from . import findings
from .frame import READERS, behind_address, item_address, page, reading_of
from .money import money_view
from .products import chains

_SAVES = ("create", "update", "delete", "restore")


@bp.get("/events/<slug>/linkage/<exercise_id>/chains")
@event_page(*READERS)
def linkage_chains(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Each product's stages by district, and what is missing where."""
    exercise, asked, reading = reading_of(event, exercise_id)
    behind = behind_address(event, exercise, asked)
    to_item = item_address(event, exercise, asked, reading)
    shown = chains(reading, to_item, lambda *cell: behind("stage", *cell))
    return page(event, exercise, asked, reading, chains=shown)


@bp.get("/events/<slug>/linkage/<exercise_id>/money")
@event_page(*READERS)
def linkage_money(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Where the money goes, and what serves no issue."""
    exercise, asked, reading = reading_of(event, exercise_id)
    behind = behind_address(event, exercise, asked)
    drawing = draw_money(reading.graph, reading.result, lambda issue: behind("money", issue))
    return page(event, exercise, asked, reading, money=money_view(reading), drawing=drawing)


@bp.get("/events/<slug>/linkage/<exercise_id>/alike")
@event_page(*READERS)
def linkage_alike(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Projects of different groups that may be one; a person decides."""
    exercise, asked, reading = reading_of(event, exercise_id)
    pairs, aims, whole = findings.alike(reading, decided_pairs(exercise))
    return page(event, exercise, asked, reading, pairs=pairs, aims=aims, whole=whole)


@bp.get("/events/<slug>/linkage/<exercise_id>/places")
@event_page(*READERS)
def linkage_places(event: Event, exercise_id: str) -> ResponseReturnValue:
    """What joins districts, and where they could join."""
    exercise, asked, reading = reading_of(event, exercise_id)
    behind = behind_address(event, exercise, asked)
    crossings = reading.result["cross_district"]["matrix"]
    drawing = draw_crossings(reading.graph, crossings, lambda *ends: behind("crossing", *ends))
    return page(event, exercise, asked, reading, places=findings.places(reading), drawing=drawing)


@bp.get("/events/<slug>/linkage/<exercise_id>/partners")
@event_page(*READERS)
def linkage_partners(event: Event, exercise_id: str) -> ResponseReturnValue:
    """How many sectors take part, and who leads how much."""
    exercise, asked, reading = reading_of(event, exercise_id)
    return page(event, exercise, asked, reading, partners=findings.partners(reading))


@bp.get("/events/<slug>/linkage/<exercise_id>/data")
@event_page(*READERS)
def linkage_data(event: Event, exercise_id: str) -> ResponseReturnValue:
    """How current the data under the plans are."""
    exercise, asked, reading = reading_of(event, exercise_id)
    behind = behind_address(event, exercise, asked)
    found = reading.result["evidence"]
    return page(
        event,
        exercise,
        asked,
        reading,
        found=found,
        years=reading.graph.settings.max_data_age_years,
        drawing=draw_years(reading.graph, lambda year: behind("year", year)),
        stale=reading.things(found["stale_items"]),
        past=reading.things(found["past_evaluation_items"]),
        bare=reading.things(found["needs_without_evidence"]),
    )


@bp.get("/events/<slug>/linkage/<exercise_id>/screening")
@event_page(*READERS)
def linkage_screening(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Scores, and how far the reviewers agree."""
    exercise, asked, reading = reading_of(event, exercise_id)
    return page(
        event,
        exercise,
        asked,
        reading,
        judged=findings.judged(reading),
        agreement=findings.agreement(reading),
    )


@bp.get("/events/<slug>/linkage/<exercise_id>/votes")
@event_page(*READERS)
def linkage_votes(event: Event, exercise_id: str) -> ResponseReturnValue:
    """Both orders of the priority vote."""
    exercise, asked, reading = reading_of(event, exercise_id)
    drawing = draw_slopes(reading.graph, reading.result, item_address(event, exercise, asked, reading))
    return page(event, exercise, asked, reading, ranked=findings.votes(reading), drawing=drawing)


@bp.get("/events/<slug>/linkage/<exercise_id>/progress")
@event_page(Role.ORGANISER, Role.FACILITATOR)
def linkage_progress(event: Event, exercise_id: str) -> ResponseReturnValue:
    """How the tables are working; for those who walk among them."""
    exercise, asked, reading = reading_of(event, exercise_id)
    names = {submission.code: submission for submission in exercise.submissions}
    rows = [(names[one.group], one) for one in participation(_sizes(exercise), _edits(exercise), clock.now())]
    user = current_user._get_current_object()
    own = {one for one in exercise.submissions if guides(user, g.roles, one)}  # only these pages open
    return page(event, exercise, asked, reading, rows=rows, own=own)


def _sizes(exercise: Exercise) -> dict[str, tuple[int, int]]:
    counts, nothing = progress.counts(exercise), progress.Counts()
    return {
        submission.code: (one.cards, one.links)
        for submission in exercise.submissions
        for one in [counts.get(submission.id, nothing)]
    }


def _edits(exercise: Exercise) -> list[Edit]:
    codes = {submission.id: submission.code for submission in exercise.submissions}
    query = select(Change.submission_id, Change.registrant_id, Change.at).where(
        Change.exercise_id == exercise.id, Change.submission_id.is_not(None), Change.action.in_(_SAVES)
    )
    return [Edit(codes[group], person, at) for group, person, at in db.session.execute(query) if group in codes]
