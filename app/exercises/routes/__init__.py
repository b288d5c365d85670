"""The pages of exercises: groups on their phones, and the team that runs them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("exercises", __name__)

from . import (  # noqa: E402
    facilitator,  # noqa: F401
    group,  # noqa: F401
    merging,  # noqa: F401
    organiser,  # noqa: F401
    photos,  # noqa: F401
    plain,  # noqa: F401
    screening,  # noqa: F401
    setting_up,  # noqa: F401
    table,  # noqa: F401
    versions,  # noqa: F401
    voting,  # noqa: F401
)
