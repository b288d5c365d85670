"""A request that brings one ordinary scan, recorded before its route is asked."""

from __future__ import annotations

import json

from flask import Request

from app.core.languages import language_of

from .ledger.ordinary import recording
from .ledger.sent import scans_in


def recorded(asked: Request, body: bytes, token: str) -> str | None:
    """The stored answer to a scan of the phone that holds the token; None where the route must look."""
    said = asked.headers.get("X-Waiting", "")
    return recording.record(token, _only_scan(asked, body), said, language_of(asked))


def _only_scan(asked: Request, body: bytes) -> object:
    """The scan of a request that holds exactly one; whatever is odd is for the route to refuse."""
    try:
        sent = json.loads(body) if asked.is_json else None
    except (ValueError, RecursionError):
        return None
    scans = scans_in(sent) if isinstance(sent, dict) else None
    return scans[0] if scans is not None and len(scans) == 1 else None
