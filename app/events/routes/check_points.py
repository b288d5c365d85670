"""Check-points' pages."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken

from .. import check_points as rules
from ..access import event_page
from ..forms import PURPOSES, CheckPointForm
from ..models import CheckPoint, Event, Role
from . import bp


@bp.get("/events/<slug>/check-points")
@event_page(Role.ORGANISER)
def check_points(event: Event) -> ResponseReturnValue:
    """Every check-point in the order of the days."""
    return render_template("events/check_points.html", event=event, purposes=dict(PURPOSES))


@bp.route("/events/<slug>/check-points/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def add_check_point(event: Event) -> ResponseReturnValue:
    """Add a check-point: a session, a meal, the hand-out of materials."""
    return _save(event, None, CheckPointForm(event))


@bp.route("/events/<slug>/check-points/<public_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def edit_check_point(event: Event, public_id: str) -> ResponseReturnValue:
    """Change a check-point."""
    point = _point(event, public_id)
    form = CheckPointForm(event)
    if request.method == "GET":
        form.show(point)
    return _save(event, point, form)


@bp.post("/events/<slug>/check-points/<public_id>/remove")
@event_page(Role.ORGANISER)
def remove_check_point(event: Event, public_id: str) -> ResponseReturnValue:
    """Remove a check-point at which nobody has been recorded."""
    point = _point(event, public_id)
    try:
        rules.remove_check_point(event, point, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
        return redirect(url_for(".edit_check_point", slug=event.slug, public_id=public_id))
    flash(_("ลบ “%(name)s” แล้ว", name=point.name))
    return redirect(url_for(".check_points", slug=event.slug))


def _save(event: Event, point: CheckPoint | None, form: CheckPointForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            saved = rules.save_check_point(event, point, actor=current_user, **form.values())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึก “%(name)s” แล้ว", name=saved.name))
            return redirect(url_for(".check_points", slug=event.slug))
    page = render_template("events/check_point_form.html", event=event, form=form, point=point)
    return page, 422 if request.method == "POST" else 200


def _point(event: Event, public_id: str) -> CheckPoint:
    return rules.find(event, public_id) or abort(404)
