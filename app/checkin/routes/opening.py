"""One phone screen for who reads the opening report."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.events.access import event_page
from app.events.models import CheckPoint, Event
from app.live import topics

from .. import check_points
from ..figures import opening as report
from . import bp
from .overview import SEEN_BY, check_point_or_404, topics_of


@bp.get("/events/<slug>/opening")
@event_page(*SEEN_BY)
def opening_now(event: Event) -> ResponseReturnValue:
    """The report of the half-day in use at this moment."""
    points = [point for point in event.check_points if point.purpose == "attend"]
    likely = check_points.likely(event, clock.now())
    point = likely if likely in points else (points[0] if points else abort(404))
    return redirect(url_for(".opening", slug=event.slug, public_id=point.public_id))


@bp.get("/events/<slug>/opening/<public_id>")
@event_page(*SEEN_BY)
def opening(event: Event, public_id: str) -> ResponseReturnValue:
    """Present against target by category and unit, at what time, and which phones are behind."""
    moved = [*topics_of(event), topics.signed(event, "devices")]
    return render_template(
        "checkin/opening.html", event=event, topics=moved, **_shown(check_point_or_404(event, public_id))
    )


@bp.get("/events/<slug>/opening/<public_id>/figures")
@event_page(*SEEN_BY)
def opening_figures(event: Event, public_id: str) -> ResponseReturnValue:
    """The live part."""
    return render_template(
        "checkin/_opening_figures.html", event=event, **_shown(check_point_or_404(event, public_id))
    )


def _shown(check_point: CheckPoint) -> dict[str, object]:
    found = report.figures(check_point, clock.now())
    return {"check_point": check_point, "opening": found, "sentence": report.sentence(found)}
