"""When this happens, do that: signals of early domains answered by later ones, on one screen."""

from __future__ import annotations

from flask import Flask


def init_reactions(app: Flask) -> None:
    """Connect the signals."""
