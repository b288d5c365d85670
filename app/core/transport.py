"""Plain http is for a notebook in a hall; a public server answers over https alone."""

from __future__ import annotations

from flask import Flask, abort, request

# A machine's own watchdog asks over loopback, without a certificate.
_ALWAYS = frozenset({"dashboard.alive"})


def init_transport(app: Flask) -> None:
    """In production refuse a request that did not come over https."""
    if app.config["ENVIRONMENT"] != "production":
        return

    @app.before_request
    def only_https() -> None:
        if not request.is_secure and request.endpoint not in _ALWAYS:
            abort(403)
