"""Facilitators: the room at a glance, one group's cards, a word to the group, returning one card, accepting."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.models import Event, Role
from app.exercises import lifecycle, pen, phases, queries, room
from app.exercises.access import SEES_ALL, exercise_page, guided_group_page
from app.exercises.boards.running import BOARD
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.reviewing.fates import review_of as review_of_plan
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author
from app.live import topics

from ..linkage.group_work import cards, handing_in, progress, work
from ..linkage.room_now import room_now
from . import bp
from .group import review_of
from .page_words import STRENGTHS
from .tile_cards import tile_card


@bp.get("/events/<slug>/exercises/<exercise_id>")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def tiles(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Every group of the room, or a facilitator's own, as tiles that renew themselves."""
    if exercise.kind == BOARD:
        return redirect(url_for(".board_room", slug=event.slug, exercise_id=exercise.public_id))
    return render_template(
        "exercises/tiles.html",
        event=event,
        signed_topic=topics.signed(event, lifecycle.topic(exercise)),
        may_run=bool(g.roles & (SEES_ALL | {Role.FACILITATOR})),
        may_set_up=bool(g.roles & SEES_ALL),
        is_review=review_of_plan(exercise) is not None,
        new_groups=_new_groups(exercise),
        writing=pen.writing_of(exercise),
        **_room(exercise),
    )


@bp.get("/events/<slug>/exercises/<exercise_id>/tiles")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def tiles_fragment(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The tiles alone, for renewing."""
    return render_template("exercises/_tiles.html", event=event, **_room(exercise))


def _room(exercise: Exercise) -> dict[str, object]:
    everyone = bool(g.roles & (SEES_ALL | {Role.VIEWER}))
    submissions = queries.submissions_for(exercise, None if everyone else current_user)
    now, nothing = room_now(exercise), progress.Counts()
    may_open = bool(g.roles & (SEES_ALL | {Role.FACILITATOR}))
    return {
        "exercise": exercise,
        "submissions": submissions,
        "tile_cards": [
            tile_card(exercise, tile, now.counts.get(tile.submission.id, nothing), may_open=may_open)
            for tile in room.tiles_of(exercise, submissions, now.facts)
        ],
        "reach": now.reach,
        "may_nudge": may_open,
        "running": phases.running(exercise),
    }


def _new_groups(exercise: Exercise) -> int:
    if exercise.grouping is None:
        return 0
    return len(exercise.grouping.groups) - len(exercise.submissions)


@bp.get("/events/<slug>/exercises/<exercise_id>/groups/<group_id>")
@guided_group_page
def group_view(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """One group's cards, with what the team may do."""
    return render_template("exercises/group_view.html", event=event, **_one_group(exercise, submission))


@bp.get("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/cards")
@guided_group_page
def group_cards(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """The group's cards alone, for renewing."""
    return render_template("exercises/_group_cards.html", event=event, **_one_group(exercise, submission))


def _one_group(exercise: Exercise, submission: Submission) -> dict[str, object]:
    return {
        "exercise": exercise,
        "submission": submission,
        "signed_topics": [
            topics.signed(exercise.event, name)
            for name in (lifecycle.room_topic(exercise), lifecycle.group_topic(exercise, submission))
        ],
        "problem": "",
        "typed": "",
        "typed_for": "",
        "work": work.work_of(exercise, submission, Author(user=current_user._get_current_object())),
        "strengths": STRENGTHS,
        "is_amending": lifecycle.is_amending(exercise),
        "running": phases.running(exercise, submission),
        "pen_name": pen.holder_name(submission) if pen.is_held(exercise, submission) else "",
        "pen_is_asked": pen.writing_of(exercise) == pen.SCRIBE,
        "pen_is_mine": submission.scribe_user_id == current_user.id,
        "comments": queries.comments_on(submission),
        **review_of(exercise, submission),
    }


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/comment")
@guided_group_page
def comment(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Say something to the group, about a card or about all of it; or give the card back with it."""
    item, text = _item(exercise, submission), request.form.get("text", "")
    user = current_user._get_current_object()
    try:
        if request.form.get("purpose") == "return":
            handing_in.return_card(exercise, submission, item or abort(404), text, user)
            flash(_("ส่งการ์ดกลับให้กลุ่มแก้แล้ว"))
        else:
            handing_in.comment_on(exercise, submission, item, text, user)
            flash(_("ส่งข้อความถึงกลุ่มแล้ว"))
    except RuleBroken as problem:
        shown = _one_group(exercise, submission)
        shown |= {"problem": problem.sentence, "typed": text, "typed_for": item.public_id if item else "group"}
        return render_template("exercises/group_view.html", event=event, **shown), 422
    return _back(event, exercise, submission)


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/accept")
@guided_group_page
def accept(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Pass the group's work."""
    try:
        handing_in.accept(exercise, submission, current_user._get_current_object())
        flash(_("รับรองงานของกลุ่มแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return _back(event, exercise, submission)


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/reopen")
@guided_group_page
def reopen(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Open all of the group's cards again."""
    handing_in.reopen(exercise, submission, current_user._get_current_object())
    flash(_("เปิดให้กลุ่มแก้ได้ทุกการ์ดแล้ว"))
    return _back(event, exercise, submission)


def _item(exercise: Exercise, submission: Submission) -> PlanItem | None:
    """The card a form speaks of, when it is the group's."""
    card_id = request.form.get("card", "")
    if not card_id:
        return None
    item = cards.find(exercise, "item", card_id)
    if not isinstance(item, PlanItem) or item.submission_id != submission.id:
        abort(404)
    return item


def _back(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    return redirect(
        url_for(
            ".group_view",
            slug=event.slug,
            exercise_id=exercise.public_id,
            group_id=submission.group.public_id,
            _anchor=f"card-{request.form['card']}" if request.form.get("card") else None,
        )
    )
