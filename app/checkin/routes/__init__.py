"""The pages of the door: the organiser's, the staff's on paired phones, the participant's in the hall."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("checkin", __name__)

from . import devices, door, hall, opening, overview, paper, register, scans, screens, ticking  # noqa: E402, F401
