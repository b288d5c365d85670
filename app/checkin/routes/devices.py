"""Pairing phones: the organiser's list, and the page a phone opens by the QR."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core import clock
from app.core.access import public
from app.core.addresses import base_url
from app.core.errors import RuleBroken
from app.core.forms import CleanString, Form, at_most, required
from app.core.qr import svg
from app.events.access import event_page
from app.events.models import Event, Role
from app.live import topics

from ..access import device_page, give_token, take_token
from ..devices import pairing
from ..models import Device
from . import bp

_INVITED = "pairing"  # the code just made, for the organiser's own browser; gone with the next


class DeviceForm(Form):
    """What the next phone will be called."""

    name = CleanString(_l("ชื่อจุด เช่น ประตู 1"), [required(), at_most(pairing.NAME_LENGTH)])


@bp.get("/events/<slug>/devices")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def devices(event: Event) -> ResponseReturnValue:
    """Paired phones, and the QR of a pairing just opened."""
    return _devices_page(event, DeviceForm())


@bp.get("/events/<slug>/devices/list")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def devices_list(event: Event) -> ResponseReturnValue:
    """The live part: a phone appears as soon as it is paired."""
    return render_template("checkin/_devices.html", **_shown(event))


@bp.post("/events/<slug>/devices")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def invite_device(event: Event) -> ResponseReturnValue:
    """Open a pairing; the page shows its QR."""
    form = DeviceForm()
    if not form.validate():
        return _devices_page(event, form), 422
    code = pairing.invite(event, form.name.data or "", current_user)
    session[_INVITED] = [event.public_id, code]
    return redirect(url_for(".devices", slug=event.slug, _anchor="invitation"))


@bp.post("/events/<slug>/devices/<public_id>/revoke")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def revoke_device(event: Event, public_id: str) -> ResponseReturnValue:
    """End a phone at once."""
    device = pairing.find_device(event, public_id) or abort(404)
    pairing.revoke(device, current_user)
    flash(_("ยกเลิกการจับคู่ %(name)s แล้ว", name=device.name))
    return redirect(url_for(".devices", slug=event.slug))


@bp.post("/events/<slug>/devices/<public_id>/set-aside")
@event_page(Role.ORGANISER)
def set_device_aside(event: Event, public_id: str) -> ResponseReturnValue:
    """The figures wait no longer for what an ended phone said it held."""
    device = pairing.find_device(event, public_id) or abort(404)
    try:
        pairing.set_aside(device, current_user)
    except RuleBroken as broken:
        flash(str(broken.sentence), "danger")
    else:
        flash(_("ตัวเลขกล่าวรายงานไม่รอ %(name)s แล้ว", name=device.name))
    return redirect(url_for(".devices", slug=event.slug))


@bp.get("/staff/pair/<code>")
@public
def pair(code: str) -> ResponseReturnValue:
    """What the QR opens: a page with a button. A link preview that looks here uses nothing up."""
    found = pairing.find_open(code)
    return render_template("checkin/pair.html", pairing=found, code=code), 200 if found else 410


@bp.post("/staff/pair/<code>")
@public
def accept_pairing(code: str) -> ResponseReturnValue:
    """Make this phone a door device."""
    try:
        device, token = pairing.pair(code)
    except RuleBroken:
        return render_template("checkin/pair.html", pairing=None, code=code), 410
    response = make_response(redirect(url_for(".staff")))
    give_token(response, device, token)
    return response


@bp.post("/staff/leave")
@device_page
def leave(device: Device) -> ResponseReturnValue:
    """Un-pair this phone."""
    pairing.revoke(device, device)
    flash(_("ยกเลิกการจับคู่โทรศัพท์เครื่องนี้แล้ว"))
    response = make_response(redirect(url_for("dashboard.home")))
    take_token(response)
    return response


def _devices_page(event: Event, form: DeviceForm) -> str:
    return render_template("checkin/devices.html", form=form, **_shown(event))


def _shown(event: Event) -> dict[str, object]:
    event_id, code = session.get(_INVITED) or ("", "")
    invitation = pairing.find_open(code) if event_id == event.public_id else None
    address = base_url() + url_for(".pair", code=code) if invitation else ""
    return {
        "event": event,
        "topics": [topics.signed(event, "devices")],
        "devices": pairing.devices_of(event),
        "moment": clock.now(),
        "invitation": invitation,
        "address": address,
        "picture": svg(address, _("QR สำหรับจับคู่โทรศัพท์")) if invitation else "",
        "is_plain": not request.is_secure,
    }
