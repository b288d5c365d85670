"""What the door's own script asks: scans in, answers out byte for byte as they are stored; the roster."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.bodies import json_object
from app.core.errors import error_page

from ..access import at_one_go, device_request, door_request, own_cookie
from ..devices import roster
from ..devices.doors import Door
from ..ledger import receiving
from ..models import Device
from . import bp


@bp.post("/staff/here")
@door_request
def here(door: Door) -> ResponseReturnValue:
    """A sign of life: the header X-Waiting says how many scans the phone has not sent yet (access.py)."""
    return "", 204


def _reply(answers: list[str]) -> Response:
    return Response(f'{{"results":[{",".join(answers)}]}}', mimetype="application/json")


@bp.post("/staff/scans")
@at_one_go(own_cookie, lambda answer: _reply([answer]))
@door_request
def record(door: Door) -> ResponseReturnValue:
    """Record what waited on the phone, in its order. A refusal is a result: 200, and committed."""
    scans = json_object().get("scans")
    if not isinstance(scans, list):
        return error_page(422, _("ต้องมีรายการ scans เป็นอาร์เรย์"))
    if len(scans) > receiving.MOST:
        return error_page(413, _("ส่งได้ครั้งละไม่เกิน %(most)d รายการ โปรดแบ่งส่ง", most=receiving.MOST))
    return _reply(receiving.record_batch(door, scans))


@bp.get("/staff/roster")
@device_request
def roster_of_phone(device: Device) -> ResponseReturnValue:
    """What this phone keeps for the time without a network; 304 when it has that already."""
    text, version = roster.document(device)
    response = Response(text, mimetype="application/json")
    response.set_etag(version, weak=True)
    return response.make_conditional(request)
