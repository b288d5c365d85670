"""The one route that waiting pages ask, and what renewing a block of theirs has cost."""

from __future__ import annotations

import time

from flask import Blueprint, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from app.core.access import public

from . import presence, topics

bp = Blueprint("live", __name__)

_MOST_TOPICS = 20
# A block that is dear to make and moves all the time would keep the server busy: it takes a ninth of the time.
_REST = 8


@bp.get("/live")
@public
def moved() -> ResponseReturnValue:
    """Tell the versions of the page's topics (``?t=`` repeated); 304 when none moved since the ETag.

    A page that should be known to be open names itself: ``here`` is one of its topics, ``me`` a random word.
    """
    answer = topics.versions(request.args.getlist("t")[:_MOST_TOPICS])
    _hear(answer)
    response = jsonify(answer)
    response.set_etag("-".join(str(number) for number in answer.values()) or "none")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Poll-After"] = str(current_app.config["LIVE_AT_LEAST_MS"])
    return response.make_conditional(request)


def _hear(answer: dict[str, int]) -> None:
    here, phone = request.args.get("here", ""), request.args.get("me", "")
    if phone and here in answer:
        scope, _, rest = here.partition(".")
        presence.hear(scope, rest.rpartition(".")[0], phone)


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
