"""The pages of groups: dividing, the tables on the day, what is wanted, and what participants choose."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("groups", __name__)

from . import conditions, dividing, participants, tables  # noqa: E402, F401
