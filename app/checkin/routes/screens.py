"""Pages for a projector: the wall of figures without names, and the rotating code for checking oneself in."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock
from app.core.addresses import base_url
from app.core.qr import svg
from app.events.access import event_page
from app.events.models import CheckPoint, Event, Role

from ..access import device_page
from ..figures import arriving
from ..hall import rotating, shut
from ..ledger import presence
from ..models import Device
from . import bp
from .overview import SEEN_BY, check_point_or_404, topics_of


@bp.get("/events/<slug>/wall/<public_id>")
@event_page(*SEEN_BY)
def wall(event: Event, public_id: str) -> ResponseReturnValue:
    """How many have come, for the whole hall to see. No names."""
    check_point = check_point_or_404(event, public_id)
    moved = topics_of(event)  # before what is shown
    return render_template("checkin/wall.html", topics=moved, **_wall(check_point))


@bp.get("/events/<slug>/wall/<public_id>/figures")
@event_page(*SEEN_BY)
def wall_figures(event: Event, public_id: str) -> ResponseReturnValue:
    """The live part of the wall."""
    return render_template("checkin/_wall_figures.html", **_wall(check_point_or_404(event, public_id)))


@bp.get("/events/<slug>/check-in/<public_id>/projector")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def projector(event: Event, public_id: str) -> ResponseReturnValue:
    """The rotating code, its six digits and the address to type them at."""
    check_point = check_point_or_404(event, public_id)
    return _screen(event, check_point, "checkin/projector.html")


@bp.get("/events/<slug>/check-in/<public_id>/projector/code")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def projector_code(event: Event, public_id: str) -> ResponseReturnValue:
    """The code of this moment; the screen asks again and again, so that only the server's clock counts."""
    return _screen(event, check_point_or_404(event, public_id), "checkin/_hall_code.html")


@bp.get("/staff/at/<public_id>/code")
@device_page
def staff_screen(device: Device, public_id: str) -> ResponseReturnValue:
    """The same code on a paired phone, held up where the projector cannot be seen."""
    check_point = check_point_or_404(device.event, public_id)
    name = "checkin/_hall_code.html" if "part" in request.args else "checkin/staff_screen.html"
    return _screen(device.event, check_point, name)


def _wall(check_point: CheckPoint) -> dict[str, object]:
    turnouts = presence.turnouts(check_point.event)
    return {
        "event": check_point.event,
        "check_point": check_point,
        "turnout": next(one for one in turnouts if one.check_point is check_point),
        "others": [
            one
            for one in turnouts
            if one.check_point is not check_point and one.check_point.day_id == check_point.day_id
        ],
        "flow": arriving.flow(check_point, clock.now()),
    }


def _screen(event: Event, check_point: CheckPoint, template: str) -> ResponseReturnValue:
    now = clock.now()
    shown = rotating.shown(check_point, now)
    # All uppercase: the QR is smaller then, and the routes ignore case.
    address = f"{base_url()}/C/{event.slug}".upper()
    return render_template(
        template,
        event=event,
        check_point=check_point,
        shown=shown,
        shut=shut.sentence(check_point, now),
        picture=svg(f"{address}/{shown.qr_code}", _("QR สำหรับลงทะเบียนด้วยตนเอง")),
        short_address=f"{base_url().partition('://')[2]}/c/{event.slug}",
    )
