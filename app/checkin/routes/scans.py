"""What the door's own script asks: scans in, answers out byte for byte as they are stored; the roster."""

from __future__ import annotations

from flask import Request, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.bodies import json_object
from app.core.errors import error_page
from app.core.shortcuts import Answer

from ..access import device_request, door_request, own_cookie
from ..at_one_go import recorded
from ..devices import roster
from ..devices.doors import Door
from ..ledger import receiving
from ..ledger.sent import scans_in
from ..models import Device
from . import bp


@bp.post("/staff/here")
@door_request
def here(door: Door) -> ResponseReturnValue:
    """A sign of life: the header X-Waiting says how many scans the phone has not sent yet (access.py)."""
    return "", 204


def record_at_one_go(asked: Request, body: bytes) -> Answer | None:
    """An ordinary scan alone, before the route (core/shortcuts.py)."""
    answer = recorded(asked, body, own_cookie(asked))
    return Answer(_results([answer]).encode()) if answer is not None else None


def _results(answers: list[str]) -> str:
    return f'{{"results":[{",".join(answers)}]}}'


@bp.post("/staff/scans")
@door_request
def record(door: Door) -> ResponseReturnValue:
    """Record what waited on the phone, in its order. A refusal is a result: 200, and committed."""
    scans = scans_in(json_object())
    if scans is None:
        return error_page(422, _("ต้องมีรายการ scans เป็นอาร์เรย์"))
    if len(scans) > receiving.MOST:
        return error_page(413, _("ส่งได้ครั้งละไม่เกิน %(most)d รายการ โปรดแบ่งส่ง", most=receiving.MOST))
    return Response(_results(receiving.record_batch(door, scans)), mimetype="application/json")


@bp.get("/staff/roster")
@device_request
def roster_of_phone(device: Device) -> ResponseReturnValue:
    """What this phone keeps for the time without a network; 304 when it has that already."""
    text, version = roster.document(device)
    response = Response(text, mimetype="application/json")
    response.set_etag(version, weak=True)
    return response.make_conditional(request)
