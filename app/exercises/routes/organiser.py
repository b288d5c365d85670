"""Organisers: which exercises there are, starting one, the province's issues, phases and closing."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises import phases, queries
from app.exercises.access import exercise_page
from app.exercises.boards.running import BOARD
from app.exercises.forms import StartForm
from app.exercises.linkage import starting
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise
from app.exercises.own_templates import templates_for
from app.exercises.templates_data import TEMPLATES
from app.groups.queries import current_grouping, groups_of

from . import bp


@bp.get("/events/<slug>/exercises")
@event_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER, Role.REVIEWER)
def overview(event: Event) -> ResponseReturnValue:
    """The event's exercises. An event without any is complete."""
    found = queries.exercises_of(event)
    boards = [] if g.roles <= {Role.REVIEWER} else queries.exercises_of(event, BOARD)
    return render_template("exercises/overview.html", event=event, exercises=found, boards=boards, roles=g.roles)


@bp.route("/events/<slug>/exercises/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def start(event: Event) -> ResponseReturnValue:
    """Start an exercise for the tables in force."""
    grouping = current_grouping(event)
    form = StartForm.of(event, current_user._get_current_object())
    if form.validate_on_submit() and grouping is not None:
        try:
            exercise = starting.start(event, grouping, form.beginning(), current_user._get_current_object())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            return redirect(url_for(".issues", slug=event.slug, exercise_id=exercise.public_id))
    groups = groups_of(grouping) if grouping is not None else []
    owned = templates_for(event, current_user._get_current_object())
    page = render_template(
        "exercises/start.html",
        event=event,
        form=form,
        grouping=grouping,
        groups=groups,
        templates=TEMPLATES | {own.public_id: {**own.data, "name": own.name} for own in owned},
    )
    return page, 422 if request.method == "POST" else 200


@bp.route("/events/<slug>/exercises/<exercise_id>/issues", methods=["GET", "POST"])
@exercise_page(Role.ORGANISER)
def issues(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The province's issues, which national strategy each serves, and room for more."""
    there, above = starting.issues_of(exercise), starting.strategies_of(exercise)
    problem = None
    if request.method == "POST":
        try:
            added = _save_issues(exercise, there, above)
        except RuleBroken as broken:
            problem = broken.sentence
        else:
            flash(_("บันทึกแล้ว เพิ่มประเด็น %(count)d ข้อ", count=added) if added else _("บันทึกแล้ว"))
            there_next = ".issues" if added else ".tiles"
            return redirect(url_for(there_next, slug=event.slug, exercise_id=exercise.public_id))
    page = render_template(
        "exercises/issues.html",
        event=event,
        exercise=exercise,
        issues=there,
        strategies=above,
        chosen=starting.chosen_strategies(there, above),
        problem=problem,
        more=request.form.get("more", ""),
    )
    return page, 422 if problem else 200


def _save_issues(exercise: Exercise, there: list[PlanItem], above: list[PlanItem]) -> int:
    """Keep what was chosen for each issue, then add the pasted ones; returns how many were new."""
    more = starting.lines_of(request.form.get("more", ""), "more")
    by_id = {item.public_id: item for item in above}
    for issue in there:
        chosen = request.form.get(f"strategy-{issue.public_id}")
        if chosen is not None:
            starting.set_strategy(exercise, issue, by_id.get(chosen), current_user._get_current_object())
    return len(starting.add_issues(exercise, more))


@bp.post("/events/<slug>/exercises/<exercise_id>/phase")
@exercise_page(Role.ORGANISER, Role.FACILITATOR)
def set_phase(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Begin a phase for all groups."""
    position = request.form.get("position", type=int)
    if position is None:
        abort(400)
    phase = phases.go_to(exercise, position, current_user._get_current_object())
    flash(_("เริ่มช่วง “%(name)s” แล้ว", name=phase.name))
    return redirect(url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id))


@bp.post("/events/<slug>/exercises/<exercise_id>/lock")
@exercise_page(Role.ORGANISER)
def set_lock(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Close all cards, or open them again."""
    locked = request.form.get("locked") == "1"
    phases.set_locked(exercise, locked, current_user._get_current_object())
    flash(_("ปิดรับการแก้ไขทุกกลุ่มแล้ว") if locked else _("เปิดให้แก้ไขแล้ว"))
    return redirect(url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id))


@bp.post("/events/<slug>/exercises/<exercise_id>/groups")
@exercise_page(Role.ORGANISER)
def add_groups(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Give tables made since then their place in the exercise."""
    count = starting.add_groups(exercise)
    flash(_("เพิ่ม %(count)d กลุ่ม", count=count))
    return redirect(url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id))
