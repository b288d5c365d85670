"""``python -m chaos.seeding PEOPLE`` makes a hall with two phones; without a number it reads the ledger."""

from __future__ import annotations

import json
import sys
from typing import Any

from sqlalchemy import select, text

from app import create_app
from app.checkin.devices import pairing
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.cli.ready import prepare_database
from app.core import clock
from app.core.text import search_key, sort_key
from app.database import db, transaction
from app.events.creating import create_event
from app.events.models import Event
from app.registration.models import Registrant

SLUG = "chaos"
PHONES = ("ประตู 1", "ประตู 2")


def seed(people: int) -> dict[str, Any]:
    """An event of today with so many people; their ticket codes and the phones' tokens."""
    event = create_event(SLUG, "งานทดสอบ", "45", clock.today(), clock.today())
    found = [_person(event, number) for number in range(people)]
    db.session.add_all(found)
    db.session.flush()
    tokens = [pairing.enrol(event, name, actor="chaos")[1] for name in PHONES]
    codes = [one.ticket_code for one in found]
    return {"check_point": event.check_points[0].public_id, "codes": codes, "tokens": tokens}


def _person(event: Event, number: int) -> Registrant:
    name = f"คนที่{number} ทดสอบ"
    first, last = name.split()
    return Registrant(
        event_id=event.id, unit_id=event.units[number % len(event.units)].id, first_name=first, last_name=last,
        search_key=search_key(name), sort_key=sort_key(name),
    )  # fmt: skip


def read() -> dict[str, Any]:
    """The ledger as it stands: every row's id, person and answer; who is present; whether the file is whole."""
    event = db.session.scalars(select(Event).where(Event.slug == SLUG)).one()
    rows = db.session.execute(select(Scan.client_uuid, Scan.registrant_id, Scan.outcome, Scan.answer)).all()
    is_sqlite = db.engine.dialect.name == "sqlite"
    whole = db.session.scalar(text("PRAGMA integrity_check")) if is_sqlite else "ok"
    return {
        "rows": [list(row) for row in rows],
        "present": len(presence.present_at(event.check_points[0])),
        "whole": whole == "ok",
    }


if __name__ == "__main__":
    with create_app().app_context():
        if len(sys.argv) > 1:
            prepare_database()
            with transaction():
                print(json.dumps(seed(int(sys.argv[1]))))
        else:
            print(json.dumps(read()))
