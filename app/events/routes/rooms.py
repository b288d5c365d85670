"""Rooms' page: one list with a form below."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken

from .. import rooms as rules
from ..access import event_page
from ..forms import RoomForm
from ..models import Event, Role, Room
from . import bp


@bp.route("/events/<slug>/rooms", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def rooms(event: Event) -> ResponseReturnValue:
    """The rooms, and a form for one more."""
    form = RoomForm()
    if form.validate_on_submit():
        try:
            rules.save_room(event, None, form.name.data, actor=current_user)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("เพิ่มห้อง “%(name)s” แล้ว", name=form.name.data))
            return redirect(url_for(".rooms", slug=event.slug))
    return render_template("events/rooms.html", event=event, form=form), 422 if request.method == "POST" else 200


@bp.route("/events/<slug>/rooms/<public_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def edit_room(event: Event, public_id: str) -> ResponseReturnValue:
    """Rename a room."""
    room = _room(event, public_id)
    form = RoomForm(obj=room if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            rules.save_room(event, room, form.name.data, actor=current_user)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for(".rooms", slug=event.slug))
    page = render_template("events/room_form.html", event=event, form=form, room=room)
    return page, 422 if request.method == "POST" else 200


@bp.post("/events/<slug>/rooms/<public_id>/remove")
@event_page(Role.ORGANISER)
def remove_room(event: Event, public_id: str) -> ResponseReturnValue:
    """Remove a room in which nothing takes place."""
    room = _room(event, public_id)
    try:
        rules.remove_room(event, room, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ลบห้อง “%(name)s” แล้ว", name=room.name))
    return redirect(url_for(".rooms", slug=event.slug))


def _room(event: Event, public_id: str) -> Room:
    return rules.find(event, public_id) or abort(404)
