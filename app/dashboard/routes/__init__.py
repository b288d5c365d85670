"""Pages that combine domains."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("dashboard", __name__)

from . import home, my_page, overview, present  # noqa: E402, F401  the pages hang themselves on the blueprint
