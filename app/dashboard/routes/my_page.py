"""The participant's own page."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock
from app.events.models import Event
from app.exercises.access import reporters_here
from app.registration.access import registrant_page
from app.registration.models import Registrant

from ..my_page import gather
from . import bp


@bp.get("/e/<slug>/me")
@registrant_page
def me(event: Event, registrant: Registrant) -> ResponseReturnValue:
    """Name, QR, programme, attendance, group and documents of one person."""
    reports = reporters_here(event)
    page = gather(event, registrant, clock.now(), _("QR สำหรับลงทะเบียนหน้างาน"), reports)
    return render_template("dashboard/my_page.html", event=event, page=page)
