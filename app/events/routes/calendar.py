"""The calendar file: public like the programme itself."""

from __future__ import annotations

from flask import Response, url_for

from app.core.addresses import base_url

from .. import ical, timetable
from ..access import public_event_page
from ..models import Event
from . import bp


@bp.get("/e/<slug>/calendar.ics")
@public_event_page
def calendar(event: Event) -> Response:
    """The programme for a phone's calendar."""
    data = ical.build(
        event, timetable.agenda(event), base_url() + url_for("registration.event_page", slug=event.slug)
    )
    response = Response(data, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response
