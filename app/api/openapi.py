"""The description of the scanners' interface as an OpenAPI 3.1 document, with examples that the tests try out."""

from __future__ import annotations

from typing import Any

from app.checkin.ledger.receiving import MOST

from .openapi_schemas import schemas

Schema = dict[str, Any]

_UUID, _PLACE, _PERSON = "7f1c9a52-0f6b-4a0e-9d1d-3a1f5b0c2e11", "3x7mq2kd9fhv5t", "w8n4rz6yc3jb2e"
_CODE = "HTTPS://SAMMANA.EXAMPLE/T/ABCDEFGHIJKLMNOPQRST"
_AT = "2018-11-08T08:41:00+07:00"
_RESULT = {"client_uuid": _UUID, "outcome": "accepted", "reason": None, "first_at": _AT, "first_by": "ประตู 1"}


def document(base: str) -> Schema:
    """The whole document; ``base`` is the address all paths hang on."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sammana: scanners at the door",
            "version": "1",
            "description": (
                "What a paired phone does, for scripts. Every scan carries an id of the sender's own making: the "
                "same id again gives the same answer, so a request without an answer is simply sent again."
            ),
        },
        "servers": [{"url": base}],
        "security": [{"device": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas(),
            "responses": {
                "Refused": _answer("The request was not understood, or nobody may do this.", "Problem", _PROBLEM)
            },
        },
    }


_PROBLEM = {"error": 401, "sentence": "ไม่มีรหัสของอุปกรณ์ หรือรหัสถูกยกเลิกหรือหมดอายุแล้ว"}


def _paths() -> Schema:
    return {
        "/pair": {
            "post": {
                **_operation("pair", "Become a door device by the code of an organiser's QR, once."),
                "security": [],
                "requestBody": _body("Pairing", {"code": "ABCDEFGHIJKLMNOPQRST"}),
                "responses": _responses(
                    _answer(
                        "The token, shown once.",
                        "Device",
                        {
                            "token": "b3J5zX0n2V8m1Qk7",
                            "device": "ประตู 1",
                            "event": "training",
                            "expires_at": "2018-11-09T04:00:00+07:00",
                        },
                    ),
                    status="201",
                ),
            }
        },
        "/check-points": {
            "get": {
                **_operation("listCheckPoints", "What one can be present at; `is_likely` is in use now."),
                "responses": _responses(
                    _answer("The check-points.", "CheckPoints", {"event": "training", "check_points": [_POINT]})
                ),
            }
        },
        "/roster": {
            "get": {
                **_operation("getRoster", "Who may come in, for the time without a network. Send the ETag back."),
                "parameters": [{"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}],
                "responses": {
                    **_responses(_answer("The roster.", "Roster", _ROSTER)),
                    "304": {"description": "Nothing has changed."},
                },
            }
        },
        "/scans": {
            "post": {
                **_operation(
                    "recordScans",
                    f"Record up to {MOST} scans. Each gets a result, in the same order; a refusal is one too.",
                ),
                "requestBody": _body("Scans", {"scans": [_SCAN]}),
                "responses": _responses(_answer("The results.", "Results", {"results": [_RESULT]})),
            }
        },
        "/search": {
            "post": {
                **_operation("search", "People by name: two letters at least, ten people at most."),
                "requestBody": _body("Search", {"q": "สมชาย"}),
                "responses": _responses(_answer("Who was found.", "Found", _FOUND)),
            }
        },
        "/undo": {
            "post": {
                **_operation("undo", "Take back a scan of this device within ten seconds of its arrival."),
                "requestBody": _body(
                    "Undo",
                    {
                        "client_uuid": "0d6f2a31-55aa-4b7c-8a53-6a8f0f1f9d42",
                        "check_point": _PLACE,
                        "scan": _UUID,
                    },
                ),
                "responses": _responses(
                    _answer(
                        "The result, as of a scan.",
                        "Result",
                        {
                            **_RESULT,
                            "client_uuid": "0d6f2a31-55aa-4b7c-8a53-6a8f0f1f9d42",
                            "first_at": None,
                            "first_by": None,
                        },
                    )
                ),
            }
        },
    }


_POINT = {
    "id": _PLACE, "name": "ช่วงเช้า", "date": "2018-11-08", "half": "morning", "purpose": "attend",
    "opens_at": None, "closes_at": None, "is_likely": True,
}  # fmt: skip
_SCAN = {"client_uuid": _UUID, "check_point": _PLACE, "code": _CODE, "occurred_at": _AT, "action": "enter"}
_FOUND = {
    "people": [{"id": _PERSON, "name": "นายสมชาย ใจดี", "unit": "แกลง", "organisation": "อบต.ตัวอย่าง"}],
    "has_more": False,
}
_ROSTER = {
    "event": {"id": "k5v9p3xh7mwt2c", "name": "โครงการตัวอย่าง"},
    "device": {"name": "ประตู 1", "expires_at": "2018-11-08T21:00:00+00:00"},
    "salt": "5f0d1b9e7c3a48628d4e6b1f0a9c2d37",
    "check_points": [{"id": _PLACE, "name": "ช่วงเช้า", "date": "2018-11-08T00:00:00+07:00"}],
    "units": [{"id": "f2c8r5nd4ym7ka", "name": "แกลง"}],
    "people": [
        {
            "id": _PERSON, "title": "นาย", "name": "สมชาย ใจดี", "unit": "แกลง", "group": "แกลง 1", "table": 1,
            "code_hashes": ["9c1e0f7a3b5d2846e1fa"],
        }
    ],
}  # fmt: skip


def _operation(name: str, summary: str) -> Schema:
    return {"operationId": name, "summary": summary}


def _body(schema: str, example: object) -> Schema:
    return {"required": True, "content": _json(schema, example)}


def _answer(description: str, schema: str, example: object) -> Schema:
    return {"description": description, "content": _json(schema, example)}


def _responses(good: Schema, status: str = "200") -> Schema:
    return {status: good, "default": {"$ref": "#/components/responses/Refused"}}


def _json(schema: str, example: object) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}, "example": example}}
