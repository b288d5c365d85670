"""Organisers' pages of an event's set-up."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("events", __name__)

# The pages hang themselves on the blueprint.
from . import calendar, check_points, details, my_events, programme, rooms, team, units  # noqa: E402, F401
