"""Organisers' own pages of an event's set-up."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.access import signed_in

from . import queries

bp = Blueprint("events", __name__)


@bp.get("/events")
@signed_in
def my_events() -> ResponseReturnValue:
    """The events this person works for."""
    return render_template("events/my_events.html", events=queries.events_of(current_user))
