"""Pages of registration: the public form, the person's own, the organiser's list."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("registration", __name__)

from . import (  # noqa: E402, F401  the pages hang themselves on the blueprint
    coordinator,
    duplicates,
    food,
    importing,
    links,
    mail,
    people,
    personal,
    public,
    questions,
    queues,
    replies,
    seats,
)
