"""The programme as a calendar file (RFC 5545), in the zone of Thailand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.core import clock

from .models import Event
from .timetable import AgendaDay

if TYPE_CHECKING:
    from icalendar import Event as Entry


def build(event: Event, days: Sequence[AgendaDay], url: str) -> bytes:
    """One entry for each session; an event without a programme gives one entry over its whole days."""
    from icalendar import Calendar  # here: a calendar is asked for a few times a day

    calendar = Calendar()
    calendar.add("prodid", "-//Sammana//TH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", event.name)
    sessions = [session for day in days for session in day.sessions]
    for session in sessions:
        entry = _entry(f"{session.public_id}@sammana", session.title, url)
        # UTC needs no zone table, and every phone shows it on its own clock.
        entry.add("dtstart", session.starts_at)
        entry.add("dtend", session.ends_at)
        entry.add(
            "location",
            ", ".join(part for part in (session.room.name if session.room else "", event.venue) if part),
        )
        entry.add("description", event.name)
        calendar.add_component(entry)
    if not sessions:
        entry = _entry(f"{event.public_id}@sammana", event.name, url)
        entry.add("dtstart", event.first_day)
        entry.add("dtend", event.last_day + timedelta(days=1))
        entry.add("location", event.venue)
        calendar.add_component(entry)
    return calendar.to_ical()


def _entry(uid: str, summary: str, url: str) -> Entry:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", _stamp())
    entry.add("summary", summary)
    entry.add("url", url)
    return entry


def _stamp() -> datetime:
    return clock.now().replace(microsecond=0)
