"""The code on the hall's screen: it changes every 20 seconds, so a photograph of it is worth nothing at home.

Nothing is stored: each step's code is an HMAC of the check-point and the step. Only the server's clock counts.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.text import arabic_digits
from app.core.tokens import sign
from app.events.models import CheckPoint

STEP = timedelta(seconds=20)
STEPS_ACCEPTED = 3  # the one on the screen and two before it: a slow camera, a slow network
_DIGITS = re.compile(r"[0-9]{6}")
_QR_LENGTH = 12  # 48 bits: not to be guessed, so that scanning needs no counting of wrong codes


@dataclass(frozen=True)
class Shown:
    """What the screen shows now, and for how many seconds."""

    qr_code: str
    digits: str
    seconds_left: int


def shown(check_point: CheckPoint, now: datetime) -> Shown:
    """The codes of this moment."""
    step = _step(now)
    left = (step + 1) * STEP.total_seconds() - now.timestamp()
    return Shown(_qr_code(check_point, step), _digits(check_point, step), max(1, round(left)))


def find_by_qr(check_points: Iterable[CheckPoint], code: str, now: datetime) -> CheckPoint | None:
    """The check-point whose QR was scanned within the last minute, or None."""
    given = code.upper().encode("utf-8", "replace")
    for check_point in check_points:
        for step in _recent(now):
            if hmac.compare_digest(given, _qr_code(check_point, step).encode()):
                return check_point
    return None


def find_by_digits(check_points: Iterable[CheckPoint], typed: str, now: datetime) -> CheckPoint | None:
    """The check-point whose six digits were typed, or None. Callers count wrong ones (app.attempts)."""
    given = re.sub(r"[\s-]", "", arabic_digits(typed))
    if not _DIGITS.fullmatch(given):
        return None
    for check_point in check_points:
        for step in _recent(now):
            if hmac.compare_digest(given, _digits(check_point, step)):
                return check_point
    return None


def _step(now: datetime) -> int:
    return int(now.timestamp() // STEP.total_seconds())


def _recent(now: datetime) -> list[int]:
    return [_step(now) - age for age in range(STEPS_ACCEPTED)]


def _qr_code(check_point: CheckPoint, step: int) -> str:
    return sign("hall-code/qr", check_point.public_id, step, length=_QR_LENGTH).upper()


def _digits(check_point: CheckPoint, step: int) -> str:
    return f"{int(sign('hall-code/digits', check_point.public_id, step), 16) % 1_000_000:06d}"
