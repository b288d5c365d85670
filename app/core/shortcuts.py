"""Shortcuts: the few requests that come hundreds of times a second are answered before the framework unfolds.

A shortcut stands beside the route of the same address and answers only where nothing is unusual; to all else it
says None, and the route answers. What the hooks of every request see to at these addresses is seen to here: the
host, https, a whole body, the headers. The house test sends the same requests both ways and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Request
from werkzeug.exceptions import HTTPException

from .headers import usual_headers

# A longer body is no single scan.
_LONGEST_BODY = 1 << 16
_MOST_HOSTS = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back, beside the headers of every answer; ``kind`` is the content type, "" where there is none."""

    body: bytes = b""
    kind: str = "application/json"
    status: str = "200 OK"
    caching: str = "private, no-store"
    headers: tuple[tuple[str, str], ...] = ()


Shortcut = Callable[[Request, bytes], Answer | None]
"""Of a request and its body."""


class Shortcuts:
    """The application's WSGI side with shortcuts before it, by method and path."""

    def __init__(self, app: Flask, shortcuts: Mapping[tuple[str, str], Shortcut]) -> None:
        self._app, self._rest, self._shortcuts = app, app.wsgi_app, dict(shortcuts)
        self._usual = usual_headers(https=app.config["SESSION_COOKIE_SECURE"])
        self._hosts: set[tuple[str, str | None]] = set()
        self._https_only = app.config["ENVIRONMENT"] == "production"

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        shortcut = self._shortcuts.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        answer = self._ask(shortcut, environ) if shortcut is not None else None
        if answer is None:
            return self._rest(environ, start_response)
        headers = [*self._usual, ("Cache-Control", answer.caching), *answer.headers]
        if answer.kind:
            headers += [("Content-Type", answer.kind), ("Content-Length", str(len(answer.body)))]
        start_response(answer.status, headers)
        return [answer.body]

    def _ask(self, shortcut: Shortcut, environ: dict[str, Any]) -> Answer | None:
        request = self._app.request_class(environ)
        try:
            with self._app.app_context():
                if not self._is_usual(request):
                    return None
                body = _body(environ)
                return shortcut(request, body) if body is not None else None
        except HTTPException:
            return None  # the route says the same, with its sentence
        except Exception:
            self._app.logger.exception("the shortcut of %s failed; its route goes on", environ["PATH_INFO"])
            return None

    def _is_usual(self, request: Request) -> bool:
        """Whether every hook would let it pass, the body aside."""
        environ = request.environ
        if self._https_only and environ["wsgi.url_scheme"] != "https":
            return False
        return "HTTP_TRANSFER_ENCODING" not in environ and self._answers_to(request)

    def _answers_to(self, request: Request) -> bool:
        """Whether the host is one of ours; the few that are asked for are remembered."""
        named = (request.environ["wsgi.url_scheme"], request.environ.get("HTTP_HOST"))
        if named not in self._hosts:
            request.trusted_hosts = self._app.config["TRUSTED_HOSTS"]
            if not request.host or len(self._hosts) >= _MOST_HOSTS:
                return False
            self._hosts.add(named)
        return True


def _body(environ: dict[str, Any]) -> bytes | None:
    """A short body; the route reads it again. None where it is longer or cut."""
    announced = environ.get("CONTENT_LENGTH") or "0"
    if not (announced.isascii() and announced.isdigit()) or int(announced) > _LONGEST_BODY:
        return None
    stream, left = environ["wsgi.input"], int(announced)
    if left == 0:
        return b""
    body: bytes = stream.read(left)
    stream.seek(0)
    return body if len(body) == left else None


def init_shortcuts(app: Flask, shortcuts: Mapping[tuple[str, str], Shortcut]) -> None:
    """Put the shortcuts before the routes; inside of whatever corrects what a proxy says."""
    app.wsgi_app = Shortcuts(app, shortcuts)  # type: ignore[method-assign]
