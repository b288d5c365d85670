"""What merging made, as the organiser links it onward."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.models import Event, Role
from app.exercises.access import exercise_page
from app.exercises.linkage.merging import linking
from app.exercises.linkage.vocabulary import STRENGTHS
from app.exercises.models import Exercise

from . import bp


@bp.route("/events/<slug>/exercises/<exercise_id>/items/<item_id>/links", methods=["GET", "POST"])
@exercise_page(Role.ORGANISER)
def team_item(event: Event, exercise: Exercise, item_id: str) -> ResponseReturnValue:
    """What an item of no group leads to, and a form for one link more."""
    item = linking.find_team_item(exercise, item_id) or abort(404)
    problem = ""
    if request.method == "POST":
        try:
            linking.link_up(exercise, item, request.form, _user())
            flash(_("เชื่อมแล้ว"))
            return redirect(_here(event, exercise, item_id))
        except RuleBroken as broken:
            problem = str(broken.sentence)
    page = render_template(
        "exercises/team_item.html",
        event=event,
        exercise=exercise,
        item=item,
        links=linking.links_of(item),
        goals=linking.goals_for(exercise, item),
        strengths=STRENGTHS,
        problem=problem,
        typed=request.form,
    )
    return page, 422 if problem else 200


@bp.post("/events/<slug>/exercises/<exercise_id>/items/<item_id>/links/<link_id>/remove")
@exercise_page(Role.ORGANISER)
def team_unlink(event: Event, exercise: Exercise, item_id: str, link_id: str) -> ResponseReturnValue:
    """Take a link of such an item away."""
    item = linking.find_team_item(exercise, item_id) or abort(404)
    try:
        linking.unlink(exercise, item, link_id, _user())
        flash(_("ตัดข้อเชื่อมแล้ว เชื่อมใหม่ได้จากรายการด้านล่าง"))
    except RuleBroken as broken:
        flash(str(broken.sentence), "danger")
    return redirect(_here(event, exercise, item_id))


def _here(event: Event, exercise: Exercise, item_id: str) -> str:
    return url_for(".team_item", slug=event.slug, exercise_id=exercise.public_id, item_id=item_id)


def _user() -> Any:
    return current_user._get_current_object()
