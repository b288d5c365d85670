"""The one route that waiting pages ask, and what renewing a block of theirs has cost."""

from __future__ import annotations

import json
import re
import time

from flask import Blueprint, Request, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from app.core.access import public
from app.core.shortcuts import Answer

from . import presence, topics

bp = Blueprint("live", __name__)

_MOST_TOPICS = 20
_JSON, _CACHING = "application/json", "private, no-cache"
# A block that is dear to make and moves all the time would keep the server busy: it takes a fifth of the time.
_REST = 4


@bp.get("/live")
@public
def moved() -> ResponseReturnValue:
    """Tell the versions of the page's topics (``?t=`` repeated); 304 when none moved since the ETag.

    A page that should be known to be open names itself: ``here`` is one of its topics, ``me`` a random word.
    """
    versions = _versions(request)
    response = Response(_text(versions), mimetype=_JSON)
    response.set_etag(_tag(versions))
    response.headers["Cache-Control"] = _CACHING
    response.headers["Poll-After"] = _poll_after()
    return response.make_conditional(request)


def moved_at_once(asked: Request, _body: bytes) -> Answer | None:
    """The same before the route (core/shortcuts.py), for a browser that holds one answer of ours or none."""
    held = asked.headers.get("If-None-Match", "")
    if not re.fullmatch(r'("[0-9a-z-]*")?', held):
        return None
    versions = _versions(asked)
    tag = f'"{_tag(versions)}"'
    headers = (("ETag", tag), ("Poll-After", _poll_after()))
    if held == tag:
        return Answer(kind="", status="304 NOT MODIFIED", caching=_CACHING, headers=headers)
    return Answer(_text(versions).encode(), _JSON, caching=_CACHING, headers=headers)


def _versions(asked: Request) -> dict[str, int]:
    """By topic; whoever says to be here is heard."""
    versions = topics.versions(asked.args.getlist("t")[:_MOST_TOPICS])
    here, phone = asked.args.get("here", ""), asked.args.get("me", "")
    if phone and here in versions:
        scope, _, rest = here.partition(".")
        presence.hear(scope, rest.rpartition(".")[0], phone)
    return versions


def _text(versions: dict[str, int]) -> str:
    return json.dumps(versions, separators=(",", ":"))


def _tag(versions: dict[str, int]) -> str:
    return "-".join(str(number) for number in versions.values()) or "none"


def _poll_after() -> str:
    return str(current_app.config["LIVE_AT_LEAST_MS"])


@bp.before_app_request
def begin_counting() -> None:
    """A page that renews a block says so (``Live-Block``): count the processor's time from here."""
    if "HTTP_LIVE_BLOCK" in request.environ:
        g.block_began = time.thread_time()


@bp.after_app_request
def tell_the_rest(response: Response) -> Response:
    """After a block, ``Poll-After`` says how long to let the server rest. Its own work counts, not the waiting."""
    if (began := g.get("block_began")) is not None:
        rest = _REST * (time.thread_time() - began) * 1000
        response.headers["Poll-After"] = str(max(round(rest), current_app.config["LIVE_AT_LEAST_MS"]))
    return response
