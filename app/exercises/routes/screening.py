"""Screening: a reviewer's list and score sheet, the organiser's results and decisions."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.models import Event, Role
from app.exercises.access import SEES_ALL, exercise_page
from app.exercises.linkage.analysis import LinkageGraph, Scope
from app.exercises.linkage.screening import deciding, reviewing
from app.exercises.linkage.screening.models import Reviewer
from app.exercises.linkage.screening.prechecks import findings
from app.exercises.linkage.screening.words import BANDS, anchors_of, check_sentence
from app.exercises.models import Exercise

from ..linkage.document.storing import document_of
from . import bp


@bp.get("/events/<slug>/exercises/<exercise_id>/screening")
@exercise_page(Role.ORGANISER, Role.REVIEWER)
def screening(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """A reviewer's projects; for the organiser the results as well."""
    reviewer = _me(exercise)
    may_decide = bool(g.roles & SEES_ALL)
    return render_template(
        "exercises/screening.html",
        event=event,
        exercise=exercise,
        reviewer=reviewer,
        may_review=Role.REVIEWER in g.roles,
        may_decide=may_decide,
        tasks=reviewing.tasks(exercise, reviewer) if reviewer or may_decide else [],
        results=deciding.results(exercise) if may_decide else None,
        reviewers=reviewing.reviewers_of(exercise) if may_decide else [],
        switches=reviewing.Switches.of(exercise),
        criteria=reviewing.criteria_of(exercise),
        bands=BANDS,
        units=event.units,
    )


def _me(exercise: Exercise) -> Reviewer | None:
    return reviewing.reviewer_of(exercise, current_user._get_current_object())


@bp.post("/events/<slug>/exercises/<exercise_id>/screening/me")
@exercise_page(Role.REVIEWER)
def reviewer_unit(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Say where one comes from."""
    unit = next((one for one in event.units if one.public_id == request.form.get("unit")), None)
    try:
        reviewing.come_from(exercise, current_user._get_current_object(), unit, request.form.get("agency", ""))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return _back(event, exercise)


@bp.route("/events/<slug>/exercises/<exercise_id>/screening/<card_id>", methods=["GET", "POST"])
@exercise_page(Role.REVIEWER)
def score(event: Event, exercise: Exercise, card_id: str) -> ResponseReturnValue:
    """One project with its pre-checks and the score sheet."""
    reviewer = _me(exercise) or abort(404)
    task = _task(exercise, reviewer, card_id)
    problem = None
    if request.method == "POST":
        try:
            reviewing.judge(exercise, reviewer, task, request.form, request.form.get("note", ""))
        except RuleBroken as broken:
            problem = broken.sentence
        else:
            flash(_("บันทึกคะแนนแล้ว"))
            return redirect(url_for(".score", slug=event.slug, exercise_id=exercise.public_id, card_id=card_id))
    graph = LinkageGraph.from_document(document_of(exercise), Scope(statuses=deciding.EVERY))
    found = findings(graph, task.item.code)
    page = render_template(
        "exercises/score.html",
        event=event,
        exercise=exercise,
        task=task,
        item=graph.nodes[task.item.code],
        links=[
            (graph.nodes[link["target"]], link)
            for link in graph.links
            if link["source"] == task.item.code and graph.is_alignment(link)
        ],
        needs=[
            graph.nodes[one]
            for one in sorted(graph.ancestors(task.item.code))
            if graph.nodes[one]["kind"] == "need"
        ],
        found=found,
        given=_given(task, found.c4),
        criteria=reviewing.criteria_of(exercise),
        most=reviewing.scale_max(exercise),
        anchors_of=anchors_of,
        check_sentence=check_sentence,
        show_group=task.own is not None or not reviewing.Switches.of(exercise).hide_groups,
        problem=problem,
    )
    return page, 422 if problem else 200


def _given(task: reviewing.Task, c4: int) -> dict[str, str]:
    """What the sheet shows chosen: typed again, given before, or the offer for C4."""
    if request.method == "POST":
        return {key: value for key, value in request.form.items() if key != "csrf_token"}
    if task.own is None:
        return {"C4": str(c4)}
    scores = {one.criterion: "" if one.value is None else str(int(one.value)) for one in task.own.scores}
    return {**scores, "note": (task.own.extra or {}).get("note", "")}


@bp.post("/events/<slug>/exercises/<exercise_id>/screening/<card_id>/stand-back")
@exercise_page(Role.REVIEWER)
def stand_back(event: Event, exercise: Exercise, card_id: str) -> ResponseReturnValue:
    """Leave a project to others."""
    reviewer = _me(exercise) or abort(404)
    task = _task(exercise, reviewer, card_id)
    reviewing.stand_back(exercise, reviewer, task, request.form.get("reason", ""))
    flash(_("ให้ผู้อื่นพิจารณาโครงการนี้แทนแล้ว"))
    return _back(event, exercise)


@bp.post("/events/<slug>/exercises/<exercise_id>/screening/<card_id>/decision")
@exercise_page(Role.ORGANISER)
def decide(event: Event, exercise: Exercise, card_id: str) -> ResponseReturnValue:
    """Decide one project."""
    task = _task(exercise, None, card_id)
    user = current_user._get_current_object()
    try:
        deciding.decide(
            exercise, task.item, request.form.get("decision", ""), request.form.get("reason", ""), user
        )
        flash(_("บันทึกผลการกลั่นกรองแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return _back(event, exercise)


@bp.post("/events/<slug>/exercises/<exercise_id>/screening/decide")
@exercise_page(Role.ORGANISER)
def decide_by_scores(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Decide every project with enough reviews by its score."""
    count = deciding.decide_by_scores(exercise, current_user._get_current_object())
    flash(_("ใช้คะแนนเป็นผลการกลั่นกรองแล้ว %(count)d โครงการ", count=count))
    return _back(event, exercise)


@bp.post("/events/<slug>/exercises/<exercise_id>/screening/switches")
@exercise_page(Role.ORGANISER)
def screening_switches(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Change how the exercise is screened."""
    sent = request.form
    needed = sent.get("needed", type=int) or 0
    reviewing.set_switches(exercise, bool(sent.get("hide_groups")), bool(sent.get("skip_same_unit")), needed)
    flash(_("บันทึกแล้ว"))
    return _back(event, exercise)


def _task(exercise: Exercise, reviewer: Reviewer | None, card_id: str) -> reviewing.Task:
    found = (task for task in reviewing.tasks(exercise, reviewer) if task.item.public_id == card_id)
    return next(found, None) or abort(404)


def _back(event: Event, exercise: Exercise) -> ResponseReturnValue:
    return redirect(url_for(".screening", slug=event.slug, exercise_id=exercise.public_id))
