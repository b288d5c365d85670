"""Reviewing a former plan: beginning, each item's fate on the group's phone, the whole list for the team."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises.access import exercise_page, group_page
from app.exercises.linkage.reviewing import fates
from app.exercises.linkage.reviewing.beginning import begin, former_exercises
from app.exercises.linkage.reviewing.models import Fate, FormerItem
from app.exercises.linkage.vocabulary import KINDS
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author
from app.groups.queries import current_grouping

from . import bp
from .page_words import group_arg


@bp.route("/events/<slug>/exercises/review/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def review_new(event: Event) -> ResponseReturnValue:
    """Begin a review of one of the plans this person may see."""
    user = current_user._get_current_object()
    there = former_exercises(event, user)
    problem = ""
    if request.method == "POST":
        former = next((one for one in there if one.public_id == request.form.get("former")), None)
        try:
            if former is None:
                raise RuleBroken(_("โปรดเลือกแผนเดิมที่จะทบทวน"), "former")
            made = begin(event, current_grouping(event), former, request.form.get("name", ""), user)
        except RuleBroken as broken:
            problem = str(broken.sentence)
        else:
            return redirect(url_for(".former", slug=event.slug, exercise_id=made.public_id))
    page = render_template(
        "exercises/review_new.html", event=event, former=there, problem=problem, typed=request.form
    )
    return page, 422 if problem else 200


@bp.route("/events/<slug>/exercises/<exercise_id>/former", methods=["GET", "POST"])
@exercise_page(Role.ORGANISER)
def former(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The former plan's items with their fates: a list to print, and the place to decide what no group has."""
    if fates.review_of(exercise) is None:
        abort(404)
    everything = fates.former_items(exercise)
    chosen = next((one for one in exercise.submissions if one.code == request.args.get("group")), None)
    items = [item for item in everything if item.submission_id == (chosen.id if chosen else None)]
    author = Author(user=current_user._get_current_object())
    problem = _decide(items, author) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        group = chosen.code if chosen else None
        back = url_for(".former", slug=event.slug, exercise_id=exercise.public_id, group=group, _anchor=_anchor())
        return redirect(back)
    page = render_template(
        "exercises/former.html",
        event=event,
        exercise=exercise,
        review=fates.review_of(exercise),
        counts=fates.counts(everything),
        chosen=chosen,
        groups=[(one, fates.of_group(everything, one)) for one in (None, *exercise.submissions)],
        **_shown(items, problem),
    )
    return page, 422 if problem else 200


@bp.route("/x/<exercise_id>/former", methods=["GET", "POST"])
@group_page
def group_former(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """The group's part of the former plan, one question a card."""
    if fates.review_of(exercise) is None:
        abort(404)
    items = fates.former_items(exercise, submission)
    arg = group_arg(submission, author)
    problem = _decide(items, author) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        here = url_for(".group_former", exercise_id=exercise.public_id, group=arg, _anchor=_anchor())
        return redirect(here)
    page = render_template(
        "exercises/group_former.html",
        exercise=exercise,
        submission=submission,
        review=fates.review_of(exercise),
        group_arg=arg,
        **_shown(items, problem),
    )
    return page, 422 if problem else 200


def _shown(items: list[FormerItem], problem: str) -> dict[str, Any]:
    return {
        "items": items,
        "fates": fates.FATES,
        "still_open": [item for item in items if item.fate == Fate.OPEN],
        "kinds": KINDS,
        "problem": problem,
        "typed": request.form,
    }


def _decide(items: list[FormerItem], author: Author) -> str:
    """Take the form's word on one item; returns the sentence of a refusal, or nothing."""
    item = next((one for one in items if one.public_id == request.form.get("item")), None) or abort(404)
    names = ("fate", "reason", "result", "year")
    try:
        fates.decide(item, fates.Verdict(*(request.form.get(name, "") for name in names)), author)
    except RuleBroken as broken:
        return str(broken.sentence)
    flash(_("บันทึกแล้ว “%(title)s” %(fate)s", title=item.title, fate=fates.FATES[item.fate]))
    return ""


def _anchor() -> str | None:
    """The next item on the page, so that one goes on where one was."""
    return f"item-{request.form['next']}" if request.form.get("next") else None
