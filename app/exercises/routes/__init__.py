"""The pages of exercises: groups on their phones, and the team that runs them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("exercises", __name__)

from . import (  # noqa: E402, F401
    boards,
    facilitator,
    following,
    group,
    leading,
    merging,
    organiser,
    phone_app,
    photos,
    plain,
    reviewing,
    screening,
    setting_up,
    table,
    team_items,
    versions,
    voting,
)
