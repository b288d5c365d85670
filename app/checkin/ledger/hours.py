"""When a check-point takes people."""

from __future__ import annotations

from datetime import datetime

from ..devices.doors import Place


def why_shut(check_point: Place, at: datetime) -> str:
    """Why nobody is taken: "not_yet_open" or "closed"; "" while people are."""
    if check_point.opens_at is not None and at < check_point.opens_at:
        return "not_yet_open"
    if check_point.closes_at is not None and at >= check_point.closes_at:
        return "closed"
    return ""
