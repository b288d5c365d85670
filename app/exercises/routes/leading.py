"""Leading the room: a word to every table, more time, one group's lock and pen, and typing in a paper sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.models import Event, Role
from app.exercises import pen, phases, queries, sync
from app.exercises.access import SEES_ALL, exercise_page, guided_group_page
from app.exercises.linkage.models import new_card_id
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author

from ..linkage import room_coverage
from ..linkage.group_work import cards, handing_in, paper
from . import bp
from .page_words import STRENGTHS


def _me() -> Author:
    return Author(user=current_user._get_current_object())


@bp.post("/events/<slug>/exercises/<exercise_id>/nudge")
@exercise_page(Role.ORGANISER, Role.FACILITATOR)
def nudge(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Ask the tables whether they have something for an issue that nobody has reached."""
    wanted = request.form.get("issue", "")
    issue = next((one for one in room_coverage.issues_of(exercise) if one.public_id == wanted), None) or abort(404)
    guided_by = None if g.roles & SEES_ALL else current_user._get_current_object()
    submissions = list(queries.submissions_for(exercise, guided_by))
    asked = room_coverage.nudge(exercise, submissions, issue, current_user._get_current_object())
    flash(_("ถามไปยัง %(count)d กลุ่มแล้ว", count=asked) if asked else _("กลุ่มที่ยังเขียนอยู่ได้รับคำถามนี้แล้ว"))
    return redirect(url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id))


@bp.post("/events/<slug>/exercises/<exercise_id>/time")
@exercise_page(Role.ORGANISER, Role.FACILITATOR)
def give_time(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Let the running phase last longer for all groups."""
    try:
        phases.give_time(exercise, request.form.get("minutes", 0, type=int), current_user._get_current_object())
        flash(_("เพิ่มเวลาแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id))


@bp.post("/events/<slug>/exercises/<exercise_id>/writing")
@exercise_page(Role.ORGANISER)
def set_writing(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Let each table have a scribe, or let everyone edit."""
    try:
        pen.set_writing(exercise, request.form.get("writing", ""), current_user._get_current_object())
        flash(_("บันทึกแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id))


def _do(
    event: Event, exercise: Exercise, submission: Submission, change: Callable[[], None], said: str
) -> ResponseReturnValue:
    try:
        change()
        flash(said)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    where: dict[str, Any] = {
        "slug": event.slug,
        "exercise_id": exercise.public_id,
        "group_id": submission.group.public_id,
    }
    return redirect(url_for(".group_view", **where))


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/lock")
@guided_group_page
def lock_group(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Close one group's cards, or open them again."""
    locked = request.form.get("locked") == "1"
    said = _("ปิดรับการแก้ไขของกลุ่มนี้แล้ว") if locked else _("เปิดให้กลุ่มนี้แก้ไขแล้ว")
    return _do(
        event, exercise, submission, lambda: handing_in.set_locked(exercise, submission, locked, _me()), said
    )


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/pen")
@guided_group_page
def group_pen(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Take over as the group's scribe, or give the pen back to the table."""
    if request.form.get("action") == "take":
        said = _("ท่านเป็นผู้บันทึกของกลุ่มนี้แล้ว สมาชิกส่งข้อเสนอได้")
        return _do(event, exercise, submission, lambda: pen.take(exercise, submission, _me()), said)
    said = _("คืนหน้าที่ผู้บันทึกให้กลุ่มแล้ว")
    return _do(event, exercise, submission, lambda: pen.lay_down(exercise, submission, _me()), said)


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/time")
@guided_group_page
def give_group_time(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Let the running phase last longer for this group alone."""
    minutes = request.form.get("minutes", 0, type=int)

    def give() -> None:
        phases.give_time(exercise, minutes, current_user._get_current_object(), submission)

    return _do(event, exercise, submission, give, _("เพิ่มเวลาให้กลุ่มนี้แล้ว"))


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/hand")
@guided_group_page
def lower_hand(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """The facilitator has been at the table."""
    return _do(
        event, exercise, submission, lambda: pen.raise_hand(exercise, submission, False, _me()), _("บันทึกแล้ว")
    )


@bp.route("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/paper", methods=["GET", "POST"])
@guided_group_page
def paper_sheet(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Type in a table's paper sheet."""
    where: dict[str, Any] = {
        "slug": event.slug,
        "exercise_id": exercise.public_id,
        "group_id": submission.group.public_id,
    }
    if request.method == "POST":
        rows = paper.rows_of(request.form)
        ops = paper.ops_for(exercise, submission, rows)
        answers = sync.take(cards, exercise, submission, _me(), ops)
        for sentence in dict.fromkeys(one["sentence"] for one in answers if one.get("sentence")):
            flash(sentence, "danger")
        flash(_("บันทึก %(count)d รายการแล้ว", count=sum(one["status"] == "taken" for one in answers)))
        return redirect(url_for(".paper_sheet", **where))
    return render_template(
        "exercises/paper_sheet.html",
        event=event,
        exercise=exercise,
        submission=submission,
        rows=[new_card_id() for _number in range(paper.ROWS)],
        issues=room_coverage.issues_of(exercise),
        strengths=STRENGTHS,
        where=where,
    )
