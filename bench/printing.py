"""Paper for 530 people, as an organiser waits for it: badges with QR and the sign-in sheets."""

from __future__ import annotations

from collections.abc import Iterable

from app.core import clock
from app.documents import making
from app.events.creating import create_event
from bench.application import fresh
from bench.figure import Figure, seconds

from ._seeding import add_people, seat

PEOPLE, RUNS = 530, 3
ADDRESS = "https://sammana.example.go.th"


def figures() -> Iterable[Figure]:
    """Seconds and sizes; on SQLite, where reading the people is the smallest part."""
    with fresh() as app:
        app.config["PUBLIC_BASE_URL"] = ADDRESS
        event = create_event("bench", "งานทดสอบ", "45", clock.today(), clock.today())
        people = add_people(event, PEOPLE)
        seat(event, people)
        point = event.check_points[0]
        making.badges(event, only=people[0])  # warm: fonts are read once
        badges = seconds(lambda: making.badges(event), RUNS)
        sheets = seconds(lambda: making.sign_in_sheets(event, point), RUNS)
        size = len(making.badges(event).data) / 2**20
    yield Figure(f"{PEOPLE} badges with QR", 1.5, badges, "s")
    yield Figure(f"{PEOPLE} badges, size of the file", 1, size, "MiB")
    yield Figure(f"sign-in sheets of {PEOPLE} people", 4, sheets, "s")
