"""The programme's pages."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken

from .. import programme as rules
from .. import timetable
from ..access import event_page
from ..forms import SessionForm
from ..models import Event, EventSession, Role
from . import bp


@bp.get("/events/<slug>/programme")
@event_page(Role.ORGANISER)
def programme(event: Event) -> ResponseReturnValue:
    """Every day with its sessions."""
    return render_template("events/programme.html", event=event, days=timetable.agenda(event))


@bp.route("/events/<slug>/programme/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def add_session(event: Event) -> ResponseReturnValue:
    """Add a session; a new one begins on the day, and at the hour, where the last one ended."""
    form = SessionForm(event)
    if request.method == "GET":
        _begin_where_the_day_ends(form, event, request.args.get("day", ""))
    return _save(event, None, form)


@bp.route("/events/<slug>/programme/<public_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def edit_session(event: Event, public_id: str) -> ResponseReturnValue:
    """Change a session."""
    session = _session(event, public_id)
    form = SessionForm(event)
    if request.method == "GET":
        form.show(session)
    return _save(event, session, form)


@bp.post("/events/<slug>/programme/<public_id>/remove")
@event_page(Role.ORGANISER)
def remove_session(event: Event, public_id: str) -> ResponseReturnValue:
    """Take a session out."""
    session = _session(event, public_id)
    try:
        rules.remove_session(event, session, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
        return redirect(url_for(".edit_session", slug=event.slug, public_id=public_id))
    flash(_("ลบ “%(title)s” ออกจากกำหนดการแล้ว", title=session.title))
    return redirect(url_for(".programme", slug=event.slug))


def _save(event: Event, session: EventSession | None, form: SessionForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            saved = rules.save_session(event, session, actor=current_user, **form.values())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึก “%(title)s” แล้ว", title=saved.title))
            if request.form.get("then") == "another":
                return redirect(url_for(".add_session", slug=event.slug, day=form.day.data))
            return redirect(url_for(".programme", slug=event.slug))
    page = render_template("events/session_form.html", event=event, form=form, session=session)
    return page, 422 if request.method == "POST" else 200


def _session(event: Event, public_id: str) -> EventSession:
    return rules.find(event, public_id) or abort(404)


def _begin_where_the_day_ends(form: SessionForm, event: Event, day: str) -> None:
    days = timetable.agenda(event)
    chosen = next((one for one in days if one.day.date.isoformat() == day), days[0])
    form.day.data = chosen.day.date.isoformat()
    if chosen.sessions:
        last = chosen.sessions[-1]
        form.starts.data = clock.local(last.ends_at).time()
        form.room.data = last.room.public_id if last.room else ""
