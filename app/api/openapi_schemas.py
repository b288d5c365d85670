"""The shapes of what scanners send and are answered, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from app.checkin.ledger.receiving import MOST

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
PERHAPS: Schema = {"type": ["string", "null"]}
PERHAPS_AT: Schema = {"type": ["string", "null"], "format": "date-time"}
YES_OR_NO: Schema = {"type": "boolean"}
UUID: Schema = {**TEXT, "pattern": "^[A-Za-z0-9-]{8,36}$", "description": "Made by the sender, once a scan."}
PLACE: Schema = {"type": "string", "description": "The id of a check-point."}
OFFLINE: Schema = {
    "type": "boolean",
    "description": "The person has been let in already: what would be refused is kept for the review list.",
}


def schemas() -> Schema:
    """Every named shape."""
    return {
        "Problem": whole(error={"type": "integer"}, sentence=TEXT),
        "Pairing": whole(code=_said("The code, or the QR's whole address.")),
        "Device": whole(token=TEXT, device=TEXT, event=TEXT, expires_at=MOMENT),
        "CheckPoints": whole(event=TEXT, check_points=many(_check_point())),
        "Scans": _scans(),
        "Result": _result(),
        "Results": whole(results=many(_result())),
        "Search": whole(q={**TEXT, "minLength": 2, "maxLength": 200}),
        "Found": whole(people=many(whole(id=TEXT, name=TEXT, unit=TEXT, organisation=TEXT)), has_more=YES_OR_NO),
        "Undo": _undo(),
        "Roster": _roster(),
    }


def _scans() -> Schema:
    sent_at = {**MOMENT, "description": "The sender's clock as it sends; a wrong one is put right in occurred_at."}
    return {**whole(scans={**many(_scan()), "maxItems": MOST}, sent_at=sent_at), "required": ["scans"]}


def _scan() -> Schema:
    walk_in = whole(name=TEXT, unit=_said("The id of a unit of the roster."), phone=TEXT)
    stand_in = whole(**{"for": _said("Who was expected."), "name": TEXT, "position": TEXT})
    shape = whole(
        client_uuid=UUID,
        check_point=PLACE,
        code=_said("What was scanned: the ticket code, or an address that ends with it."),
        who=_said("In place of a code: a person's id, from search or roster."),
        walk_in={**walk_in, "description": "In place of a code: somebody on no list."},
        stand_in={**stand_in, "description": "In place of a code: who came instead of somebody on the list."},
        occurred_at=MOMENT,
        action={"type": "string", "enum": ["enter", "exit", "void"]},
        offline=OFFLINE,
    )
    return {**shape, "required": ["client_uuid", "check_point"]}


def _undo() -> Schema:
    shape = whole(client_uuid=UUID, check_point=PLACE, scan=TEXT, occurred_at=MOMENT, offline=OFFLINE)
    return {**shape, "required": ["client_uuid", "check_point", "scan"]}


def _result() -> Schema:
    return whole(
        client_uuid=TEXT,
        outcome={"type": "string", "enum": ["accepted", "already", "refused", "pending_review"]},
        reason={**PERHAPS, "description": "Why it was refused, or kept for review."},
        first_at={**PERHAPS_AT, "description": "Since when the person is present."},
        first_by={**PERHAPS, "description": "At which door."},
    )


def _check_point() -> Schema:
    return whole(
        id=TEXT,
        name=TEXT,
        date={**PERHAPS, "format": "date"},
        half=PERHAPS,
        purpose=TEXT,
        opens_at=PERHAPS_AT,
        closes_at=PERHAPS_AT,
        is_likely=YES_OR_NO,
    )


def _roster() -> Schema:
    named = whole(id=TEXT, name=TEXT)
    person = whole(
        id=TEXT,
        title=TEXT,
        name=_said("Follows the title as it stands."),
        unit=TEXT,
        group=TEXT,
        table={"type": ["integer", "null"]},
        code_hashes=many(
            {**_said('SHA-256 of "salt:code", its first 20 hex digits.'), "pattern": "^[0-9a-f]{20}$"}
        ),
    )
    return whole(
        event=named,
        device=whole(name=TEXT, expires_at=MOMENT),
        salt=TEXT,
        check_points=many(whole(id=TEXT, name=TEXT, date=PERHAPS_AT)),
        units=many(named),
        people=many(person),
    )


def whole(**properties: Schema) -> Schema:
    """An object in which all these fields stand, and no others."""
    required = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def many(items: Schema) -> Schema:
    """A list of them."""
    return {"type": "array", "items": items}


def _said(description: str) -> Schema:
    return {**TEXT, "description": description}
