"""Following projects up: the team's list with its links, and the page an office reports on."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.access import public
from app.core.errors import RuleBroken
from app.events.models import Event, Role
from app.exercises.access import SEES_ALL, exercise_page, remember_reporter, reporter_page
from app.exercises.linkage.following import reporting
from app.exercises.linkage.following.models import FollowUp, Reporter
from app.exercises.models import Exercise
from app.live import topics

from . import bp


@bp.get("/events/<slug>/exercises/<exercise_id>/follow-up")
@exercise_page(Role.ORGANISER, Role.VIEWER)
def follow_up(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Every followed project: where it stands, how far, who reports."""
    return render_template("exercises/follow_up.html", **_list(event, exercise))


@bp.get("/events/<slug>/exercises/<exercise_id>/follow-up/part")
@exercise_page(Role.ORGANISER, Role.VIEWER)
def follow_up_part(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The list alone, for renewing."""
    return render_template("exercises/_follow_up.html", **_list(event, exercise))


def _list(event: Event, exercise: Exercise) -> dict[str, Any]:
    signed = topics.signed(event, reporting.topic(exercise))
    found = reporting.follow_ups_of(exercise)
    return {
        "event": event,
        "exercise": exercise,
        "topic": signed,
        "follow_ups": found,
        "summary": reporting.summary(found),
        "latest": reporting.latest_of,
        "words": reporting.WORDS,
        "may_run": bool(g.roles & SEES_ALL),
    }


@bp.post("/events/<slug>/exercises/<exercise_id>/follow-up")
@exercise_page(Role.ORGANISER)
def follow_up_begin(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Follow every project of the plan that is not yet followed."""
    count = reporting.set_up(exercise, _user())
    flash(_("เพิ่มโครงการที่ติดตาม %(count)d โครงการ", count=count) if count else _("ทุกโครงการอยู่ในรายการแล้ว"))
    return redirect(_home(event, exercise))


@bp.get("/events/<slug>/exercises/<exercise_id>/follow-up/links")
@exercise_page(Role.ORGANISER)
def follow_up_links(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """One link an office, to be sent to that office only; and who reports on what."""
    return render_template(
        "exercises/follow_up_links.html",
        event=event,
        exercise=exercise,
        reporters=reporting.reporters_of(exercise),
        link_of=reporting.link_of,
        follow_ups=reporting.follow_ups_of(exercise),
    )


@bp.post("/events/<slug>/exercises/<exercise_id>/follow-up/assign")
@exercise_page(Role.ORGANISER)
def follow_up_assign(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Another office reports on a project."""
    found = reporting.find(exercise, request.form.get("project", "")) or abort(404)
    try:
        reporting.assign(found, request.form.get("name", ""), _user())
        flash(_("เปลี่ยนผู้รายงานแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(url_for(".follow_up_links", slug=event.slug, exercise_id=exercise.public_id))


@bp.post("/events/<slug>/exercises/<exercise_id>/follow-up/reissue")
@exercise_page(Role.ORGANISER)
def follow_up_reissue(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """A new link for an office; the old one stops."""
    reporter = reporting.find_reporter(request.form.get("reporter", ""))
    if reporter is None or reporter.exercise_id != exercise.id:
        abort(404)
    reporting.reissue(reporter, _user())
    flash(_("ออกลิงก์ใหม่แล้ว ลิงก์เดิมใช้ไม่ได้อีก"))
    return redirect(url_for(".follow_up_links", slug=event.slug, exercise_id=exercise.public_id))


# -- the office ----------------------------------------------------------------------------------------


@bp.get("/follow/<reporter_id>/<token>")
@public
def open_report(reporter_id: str, token: str) -> ResponseReturnValue:
    """Let this browser report for this office. Changes nothing on the server: previews fetch links too."""
    reporter = reporting.find_by_link(reporter_id, token)
    if reporter is None:
        return render_template("exercises/report_ended.html"), 404
    remember_reporter(reporter)
    return redirect(url_for(".report", reporter_id=reporter.public_id))


@bp.route("/follow/<reporter_id>", methods=["GET", "POST"])
@reporter_page
def report(reporter: Reporter) -> ResponseReturnValue:
    """The office's projects, each with its last report and the next one to write."""
    problem = ""
    if request.method == "POST":
        found = _own(reporter, request.form.get("project", ""))
        names = ("status", "percent", "spent", "note")
        said = reporting.Said(*(request.form.get(name, "") for name in names))
        try:
            reporting.report(found, said, reporter.name)
        except RuleBroken as broken:
            problem = str(broken.sentence)
        else:
            flash(_("รับรายงานแล้ว ขอบคุณ"))
            return redirect(url_for(".report", reporter_id=reporter.public_id, _anchor=f"p-{found.public_id}"))
    page = render_template(
        "exercises/report.html",
        reporter=reporter,
        exercise=reporter.exercise,
        follow_ups=[one for one in reporter.follow_ups if one.stands],
        latest=reporting.latest_of,
        words=reporting.WORDS,
        problem=problem,
        typed=request.form,
    )
    return page, 422 if problem else 200


def _own(reporter: Reporter, public_id: str) -> FollowUp:
    """A project of this office; any other does not exist."""
    return next((one for one in reporter.follow_ups if one.stands and one.public_id == public_id), None) or abort(
        404
    )


def _user() -> Any:
    return current_user._get_current_object()


def _home(event: Event, exercise: Exercise) -> str:
    return url_for(".follow_up", slug=event.slug, exercise_id=exercise.public_id)
