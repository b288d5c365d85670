"""Requests are taken in whole before anybody works on them.

The server has a thread for every upload and download under way: a phone with bad Wi-Fi holds one for a minute, and
one that went out of reach for longer. Only who has the request whole takes a turn at working (turns.py), so slow
phones keep nobody waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException

from .bodies import limit_of
from .vanishing import notice_vanished

_IN_MEMORY = 1 << 20
_DISCARDED = 100 << 20
_PIECE = 1 << 16

_Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Intake:
    """The outermost of all: the body is here, or is known to be cut, before anything else begins.

    A body over the limit is read and thrown away, up to 100 MB. A server that is left with an unread body closes
    the connection: the browser then shows an error of its own, not our sentence, or loses its next request.
    """

    def __init__(self, app: _Wsgi, limit: Callable[[dict[str, Any]], int]) -> None:
        self.app, self._limit = app, limit
        self._has_begun = False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self._has_begun:
            self._has_begun = True
            notice_vanished()
        announced = environ.get("CONTENT_LENGTH") or "0"
        if announced != "0" and announced.isascii() and announced.isdigit():
            environ["wsgi.input"] = self._take_in(environ, int(announced))
        return self.app(environ, start_response)

    def _take_in(self, environ: dict[str, Any], announced: int) -> Any:
        stream = environ["wsgi.input"]
        if announced <= _PIECE:
            return BytesIO(b"".join(_pieces(stream, announced)))
        if announced > self._limit(environ):
            for _piece in _pieces(stream, min(announced, _DISCARDED)):
                pass
            return BytesIO()
        kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the request's end forgets it
        for piece in _pieces(stream, announced):
            kept.write(piece)
        kept.seek(0)
        return kept


def _pieces(stream: Any, left: int) -> Iterable[bytes]:
    while left > 0 and (piece := stream.read(min(left, _PIECE))):
        left -= len(piece)
        yield piece


def init_intake(app: Flask) -> None:
    """Around everything."""

    def limit(environ: dict[str, Any]) -> int:
        try:
            endpoint, _values = app.url_map.bind_to_environ(environ).match()
        except HTTPException:  # there is no such address, or it goes elsewhere
            endpoint = None
        return limit_of(app, endpoint)

    app.wsgi_app = Intake(app.wsgi_app, limit)  # type: ignore[method-assign]
