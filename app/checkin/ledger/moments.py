"""When something happened, when the only witness is a phone's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.core import clock

_SLACK = timedelta(days=1)
CLAIM_LENGTH = 40


def believed(claimed: datetime | str | None, *, first_day: date, made_at: datetime, now: datetime) -> datetime:
    """The moment to reckon with: the claimed one where it can be true, else ``now``.

    It cannot be true in the future, nor before both the event's first day and the day the event was made.
    A text is ISO 8601; without a zone it is Thai time.
    """
    moment = _read(claimed) if isinstance(claimed, str) else claimed
    earliest = min(clock.at_local(first_day, 0), made_at) - _SLACK
    return moment if moment is not None and earliest <= moment <= now else now


def _read(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text[:CLAIM_LENGTH])
        # A zone can carry a date over the edge of the calendar, and only comparing shows it.
        return (moment if moment.tzinfo else moment.replace(tzinfo=clock.BANGKOK)).astimezone(clock.BANGKOK)
    except (ValueError, OverflowError):
        return None
