"""Own and vendored files for the browser."""

from __future__ import annotations

from flask import Flask


def init_assets(app: Flask) -> None:
    """Register the address of files."""
    app.jinja_env.globals["asset"] = lambda path: f"/s/dev/{path}"
