"""What a table settles among itself on its phones: the pen, suggestions, a raised hand, other tables' projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import RuleBroken
from app.exercises import pen, suggesting
from app.exercises.access import group_page
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author

from ..linkage.group_work import cards, others, work
from . import bp
from .page_words import group_arg


@bp.post("/x/<exercise_id>/pen")
@group_page
def take_pen(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Become the group's scribe, or lay the pen down."""
    wanted = {"take": pen.take, "lay_down": pen.lay_down}.get(_word("action")) or abort(400)
    return _answer(exercise, submission, author, lambda: wanted(exercise, submission, author))


@bp.post("/x/<exercise_id>/hand")
@group_page
def raise_hand(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Ask the facilitator to come to the table, or take the hand down."""
    raised = _word("action") == "raise"
    return _answer(exercise, submission, author, lambda: pen.raise_hand(exercise, submission, raised, author))


@bp.post("/x/<exercise_id>/suggestions/<suggestion_id>")
@group_page
def settle_suggestion(
    exercise: Exercise, submission: Submission, author: Author, suggestion_id: str
) -> ResponseReturnValue:
    """Accept a member's suggestion, or leave it aside."""
    if _word("action") == "accept":
        return _answer(
            exercise,
            submission,
            author,
            lambda: suggesting.accept(cards, exercise, submission, author, suggestion_id),
        )
    return _answer(
        exercise, submission, author, lambda: suggesting.decline(exercise, submission, author, suggestion_id)
    )


@bp.get("/x/<exercise_id>/projects")
@group_page
def others_projects(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Projects of other tables whose words fit ``?q=``: what a project may be joined with."""
    return jsonify(projects=others.projects_of_others(exercise, submission, request.args.get("q", "")))


def _word(name: str) -> str:
    """A word sent by the script as JSON or by a plain form."""
    sent: Any = request.get_json(silent=True) if request.is_json else request.form
    found = sent.get(name) if hasattr(sent, "get") else None
    return found if isinstance(found, str) else ""


def _answer(
    exercise: Exercise, submission: Submission, author: Author, change: Callable[[], None]
) -> ResponseReturnValue:
    """Make the change; the script gets the group's state back, a plain form the page."""
    try:
        change()
    except RuleBroken as problem:
        if request.is_json:
            return jsonify(sentence=str(problem.sentence)), 422
        flash(str(problem.sentence), "danger")
    if request.is_json:
        return jsonify(work.state_of(exercise, submission, author))
    return redirect(url_for(".group_work", exercise_id=exercise.public_id, group=group_arg(submission, author)))
