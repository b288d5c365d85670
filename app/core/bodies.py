"""Request bodies: whole or refused. Servers hand over cut uploads as if complete, so we compare lengths.

What was announced has been read by now, as far as it came (intake.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, request

_FIELDS_LIMIT = 2000


def accepts_upload(view: Callable[..., Any]) -> Callable[..., Any]:
    """Raise the body limit of this view to UPLOAD_LIMIT. Goes on the view function, innermost."""
    view.accepts_upload = True  # type: ignore[attr-defined]
    return view


def limit_of(app: Flask, endpoint: str | None) -> int:
    """The longest body that an endpoint takes, in bytes."""
    takes_files = getattr(app.view_functions.get(endpoint or ""), "accepts_upload", False)
    return int(app.config["UPLOAD_LIMIT" if takes_files else "MAX_CONTENT_LENGTH"])


def json_object() -> dict[str, Any]:
    """The request's body as a JSON object, or 400: no JSON, another type, or nested beyond reason."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        body = None
    if not isinstance(body, dict):
        abort(400)
    return body


def init_bodies(app: Flask) -> None:
    """Must be installed before CSRF protection, which parses the form."""

    @app.before_request
    def whole_body() -> None:
        if "chunked" in request.environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            abort(411)
        limit = limit_of(app, request.endpoint)
        request.max_content_length = request.max_form_memory_size = limit
        announced = request.content_length or 0
        if announced == 0:
            return
        if announced > limit:
            abort(413)
        received = request.get_data(cache=True, parse_form_data=False)
        if len(received) != announced:
            abort(400)
        if received.count(b"&") > _FIELDS_LIMIT and request.mimetype == "application/x-www-form-urlencoded":
            abort(413)
