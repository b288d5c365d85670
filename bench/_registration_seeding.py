"""``python -m bench._registration_seeding --people=N``: an event with seats, one unit of which is full."""

from __future__ import annotations

import argparse
import json

from app import create_app
from app.accounts.security import create_user
from app.cli.ready import prepare_database
from app.core import clock
from app.database import transaction
from app.events.creating import create_event

from ._seeding import EMAIL, PASSWORD, add_people


def seed(people: int) -> dict[str, object]:
    """The event; every unit may take in many more people but the first."""
    user = create_user(EMAIL, "ผู้วัด", PASSWORD)
    event = create_event("bench", "งานทดสอบ", "45", clock.today(), clock.today(), owner=user)
    add_people(event, people)
    for unit in event.units:
        unit.seats, unit.target = people, people // len(event.units)
    event.units[0].seats = 1
    return {"units": [unit.public_id for unit in event.units], "user": [EMAIL, PASSWORD]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5000)
    wanted = parser.parse_args()
    app = create_app()
    with app.app_context():
        prepare_database()
        with transaction():
            print(json.dumps(seed(wanted.people)))
