"""When something happened, when the only witness is a phone's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.core import clock

_SLACK = timedelta(days=1)
_ON_THE_WAY = timedelta(seconds=30)  # a line can take that long; a clock that is off by less does no harm
CLAIM_LENGTH = 40


def skew(sent_at: object, now: datetime) -> timedelta:
    """How far a phone's clock is behind ours, by what it shows as it sends; nothing where it says no moment."""
    shown = _read(sent_at) if isinstance(sent_at, str) else None
    if shown is None or abs(now - shown) <= _ON_THE_WAY:
        return timedelta(0)
    return now - shown


def believed(
    claimed: datetime | str | None,
    *,
    first_day: date,
    made_at: datetime,
    now: datetime,
    skew: timedelta = timedelta(0),
) -> datetime:
    """The moment to reckon with: the claimed one, put right by ``skew``, where it can be true, else ``now``.

    It cannot be true in the future, nor before both the event's first day and the day the event was made.
    A text is ISO 8601; without a zone it is Thai time.
    """
    moment = _read(claimed) if isinstance(claimed, str) else claimed
    if moment is not None and skew:
        moment = _moved(moment, skew)
    earliest = min(clock.at_local(first_day, 0), made_at) - _SLACK
    return moment if moment is not None and earliest <= moment <= now else now


def _moved(moment: datetime, by: timedelta) -> datetime | None:
    try:
        return moment + by
    except OverflowError:
        return None


def _read(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text[:CLAIM_LENGTH])
        # A zone can carry a date over the edge of the calendar, and only comparing shows it.
        return (moment if moment.tzinfo else moment.replace(tzinfo=clock.BANGKOK)).astimezone(clock.BANGKOK)
    except (ValueError, OverflowError):
        return None
