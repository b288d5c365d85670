"""The organiser's overview of one event."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.events.access import event_page
from app.events.models import Event, Role
from app.live import topics

from .. import overview as figures
from . import bp

_TOPICS = ("registration", "checkin", "exercises")
_TEAM = (Role.ORGANISER, Role.REGISTRAR, Role.FACILITATOR, Role.REVIEWER, Role.VIEWER)


@bp.get("/events/<slug>")
@event_page(*_TEAM)
def overview(event: Event) -> ResponseReturnValue:
    """What to do next, and the numbers, which renew themselves."""
    found = figures.gather(event, clock.now())
    return render_template(
        "dashboard/overview.html",
        event=event,
        overview=found,
        steps=figures.steps(event, found),
        may_set_up=bool(g.roles & {Role.OWNER, Role.ORGANISER}),
        topics=[topics.signed(event, name) for name in _TOPICS],
    )


@bp.get("/events/<slug>/numbers")
@event_page(*_TEAM)
def overview_numbers(event: Event) -> ResponseReturnValue:
    """The live block of the overview alone."""
    found = figures.gather(event, clock.now())
    return render_template("dashboard/_numbers.html", event=event, overview=found)
