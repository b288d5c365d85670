"""The scanner's one request: a JSON object in, the ledger's answer out, byte for byte as it is stored."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from app.core.bodies import json_object

from ..access import device_page
from ..ledger import record_scan
from ..models import Device
from ..sent import attempt_from
from . import bp


@bp.post("/staff/here")
@device_page
def here(device: Device) -> ResponseReturnValue:
    """A sign of life: the header X-Waiting says how many scans the phone has not sent yet (access.py)."""
    return "", 204


@bp.post("/staff/scans")
@device_page
def record(device: Device) -> ResponseReturnValue:
    """Record one scan. A refusal is a result: 200, and committed."""
    attempt = attempt_from(device, json_object())
    return Response(record_scan(device.event, attempt), mimetype="application/json")
