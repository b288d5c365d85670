"""A person's events, and making a new one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.access import signed_in
from app.audit import trail
from app.core.errors import RuleBroken

from .. import queries, slugs
from ..creating import create_event
from ..forms import NewEventForm
from . import bp


@bp.get("/events")
@signed_in
def my_events() -> ResponseReturnValue:
    """The events this person works for."""
    return render_template("events/my_events.html", events=queries.events_of(current_user))


@bp.route("/events/new", methods=["GET", "POST"])
@signed_in
def new_event() -> ResponseReturnValue:
    """Make an event with its days, half-days and units."""
    form = NewEventForm()
    if form.validate_on_submit():
        slug = form.slug.data or slugs.suggest(form.province_code.data, form.first_day.data)
        try:
            event = create_event(
                slug,
                form.name.data,
                form.province_code.data,
                form.first_day.data,
                form.last_day.data,
                owner=current_user._get_current_object(),
                venue=form.venue.data or "",
                organiser_name=form.organiser_name.data or "",
            )
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            trail.record(current_user, event, "event.created", event)
            flash(_("สร้างงานแล้ว พร้อมอำเภอและจุดลงทะเบียนของแต่ละครึ่งวัน"))
            return redirect(url_for("dashboard.overview", slug=event.slug))
    return render_template("events/new_event.html", form=form), 422 if request.method == "POST" else 200
