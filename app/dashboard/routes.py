"""Pages that combine domains."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.core.access import public
from app.events import queries as events

bp = Blueprint("dashboard", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """The front page: open trainings, and the way in for organisers."""
    return render_template("dashboard/home.html", events=events.public_events())


@bp.get("/livez")
@public
def alive() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return {"ok": True}
