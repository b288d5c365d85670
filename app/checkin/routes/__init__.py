"""The pages of the door: the organiser's, the staff's on paired phones, the participant's in the hall."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("checkin", __name__)

from . import (  # noqa: E402, F401
    devices,
    door,
    hall,
    opening,
    overview,
    paper,
    phone_app,
    register,
    review,
    scans,
    screens,
    ticking,
)
