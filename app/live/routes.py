"""The one route that waiting pages ask."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from app.core.access import public

from . import presence, topics

bp = Blueprint("live", __name__)

_MOST_TOPICS = 20


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
