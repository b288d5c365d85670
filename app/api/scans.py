"""Scanning by scripts: the check-points of a device's event, and scans in batches, each with its own answer."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Request, Response, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.checkin import check_points
from app.checkin.access import bearer, device_api, door_api
from app.checkin.at_one_go import recorded
from app.checkin.devices.doors import Door
from app.checkin.ledger import receiving
from app.checkin.ledger.sent import scans_in
from app.checkin.models import Device
from app.core import clock
from app.core.bodies import json_object
from app.core.errors import error_page
from app.core.shortcuts import Answer
from app.events.models import CheckPoint

bp = Blueprint("api", __name__, url_prefix="/api/v1")

# What a script is answered: the phone's answer without names and sentences.
_JSON = json.JSONEncoder(ensure_ascii=False)
_FIELDS = ("client_uuid", "outcome", "reason", "first_at", "first_by")


@bp.get("/check-points")
@device_api
def list_check_points(device: Device) -> ResponseReturnValue:
    """The check-points of the token's event; ``id`` is what a scan names, ``is_likely`` the one in use now."""
    likely = check_points.likely(device.event, clock.now())
    shown = [_check_point(point, point is likely) for point in device.event.check_points]
    return jsonify(event=device.event.slug, check_points=shown)


def record_at_one_go(asked: Request, body: bytes) -> Answer | None:
    """An ordinary scan alone, before the route (core/shortcuts.py)."""
    answer = recorded(asked, body, bearer(asked))
    return Answer(_results([answer]).encode()) if answer is not None else None


def _results(answers: list[str]) -> str:
    return _JSON.encode({"results": [result_of(answer) for answer in answers]})


@bp.post("/scans")
@door_api
def record_scans(door: Door) -> ResponseReturnValue:
    """Record up to 200 scans; results in the same order. A refused scan is a result, an odd one too: 200."""
    scans = scans_in(json_object())
    if scans is None:
        return error_page(422, _("ต้องมีรายการ scans เป็นอาร์เรย์"))
    if len(scans) > receiving.MOST:
        return error_page(413, _("ส่งได้ครั้งละไม่เกิน %(most)d รายการ โปรดแบ่งส่ง", most=receiving.MOST))
    return Response(_results(receiving.record_batch(door, scans)), mimetype="application/json")


def _check_point(point: CheckPoint, is_likely: bool) -> dict[str, Any]:
    return {
        "id": point.public_id,
        "name": point.name,
        "date": point.day.date.isoformat() if point.day is not None else None,
        "half": point.half,
        "purpose": point.purpose,
        "opens_at": clock.local(point.opens_at).isoformat() if point.opens_at is not None else None,
        "closes_at": clock.local(point.closes_at).isoformat() if point.closes_at is not None else None,
        "is_likely": is_likely,
    }


def result_of(answer: str) -> dict[str, Any]:
    """A stored answer as a script gets it."""
    said = json.loads(answer)
    return {field: said.get(field) for field in _FIELDS}
