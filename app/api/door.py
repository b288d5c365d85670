"""What else a paired phone can do, for scripts: pair, the roster, search, undo; and the description of it all."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from app.checkin.access import device_api, door_api
from app.checkin.devices import pairing, roster
from app.checkin.devices.doors import Door
from app.checkin.door import searching
from app.checkin.ledger import receiving
from app.checkin.models import Device
from app.core.access import public
from app.core.bodies import json_object
from app.core.errors import RuleBroken, error_page
from app.database import looks_first

from .openapi import document
from .scans import bp, result_of


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What stands here, for people and for programs."""
    return jsonify(document(url_for("api.openapi").removesuffix("/openapi.json")))


@bp.post("/pair")
@public
def pair() -> ResponseReturnValue:
    """Use up the code of an organiser's pairing QR; the token is answered once and never again."""
    code = json_object().get("code")
    try:
        # A QR holds an address; its last part is the code.
        device, token = pairing.pair(code.rstrip("/").rsplit("/", 1)[-1] if isinstance(code, str) else "")
    except RuleBroken as problem:
        return error_page(410, problem.sentence)
    answer = {"token": token, "device": device.name, "event": device.event.slug}
    return jsonify(**answer, expires_at=device.expires_at.isoformat()), 201


@bp.get("/roster")
@device_api
def get_roster(device: Device) -> ResponseReturnValue:
    """Who may come in, with hashes of their ticket codes; 304 for who has this version."""
    text, version = roster.document(device)
    response = Response(text, mimetype="application/json")
    response.set_etag(version, weak=True)
    return response.make_conditional(request)


@bp.post("/search")
@device_api
@looks_first
def search(device: Device) -> ResponseReturnValue:
    """People by name, two letters at least, ten at most. A POST: names do not belong in addresses and logs."""
    typed = json_object().get("q")
    try:
        found = searching.search(device.event, typed if isinstance(typed, str) else "")
    except RuleBroken as broken:
        return error_page(422, str(broken.sentence))
    return jsonify(people=[_found(person) for person in found.people], has_more=found.has_more)


@bp.post("/undo")
@door_api
def undo(door: Door) -> ResponseReturnValue:
    """Take back a scan of this device within ten seconds; answered like a scan."""
    body = json_object()
    sent = {name: body.get(name) for name in ("client_uuid", "check_point", "occurred_at", "offline")}
    [answer] = receiving.record_batch(door, [{**sent, "action": "void", "code": body.get("scan")}])
    return Response(json.dumps(result_of(answer), ensure_ascii=False), mimetype="application/json")


def _found(person: searching.FoundPerson) -> dict[str, Any]:
    return {
        "id": person.public_id,
        "name": person.name,
        "unit": person.unit,
        "organisation": person.organisation,
    }
