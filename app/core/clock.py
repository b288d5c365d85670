"""The one source of time, so that tests can set it (time_machine) and zones are never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """An aware moment as the wall clock in Thailand shows it."""
    return moment.astimezone(BANGKOK)


def today() -> date:
    """Today's date in Thailand."""
    return local(now()).date()


def at_local(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment of a Thai wall-clock time, aware, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BANGKOK).astimezone(UTC)
