"""The demo's participants: the sample lists that come with the source, every name in them invented."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import insert

from app.core.ids import new_public_id, new_ticket_code
from app.core.text import search_key, sort_key
from app.database import db
from app.events.models import Event
from app.registration.models import Registrant

from .documents import DATA


def add_people(event: Event, list_name: str, began: datetime) -> int:
    """Register everyone of a sample list, a few minutes apart from ``began`` on; returns how many."""
    units = {unit.name: unit.id for unit in event.units}
    with open(DATA / list_name, encoding="utf-8-sig", newline="") as lines:
        rows = [
            _row(event, units, line, began + timedelta(minutes=11 * number))
            for number, line in enumerate(csv.DictReader(lines))
        ]
    db.session.execute(insert(Registrant), rows)
    expected = Counter(row["unit_id"] for row in rows)
    for unit in event.units:
        unit.target = expected[unit.id]
    return len(rows)


def _row(event: Event, units: dict[str, int], line: dict[str, str], registered: datetime) -> dict[str, object]:
    name = f"{line['ชื่อ']} {line['นามสกุล']}"
    return {
        "event_id": event.id,
        "unit_id": units[line["อำเภอ"]],
        "public_id": new_public_id(),
        "ticket_code": new_ticket_code(),
        "title": line["คำนำหน้า"],
        "first_name": line["ชื่อ"],
        "last_name": line["นามสกุล"],
        "search_key": search_key(name),
        "sort_key": sort_key(name),
        "position": line["ตำแหน่ง"],
        "organisation": line["หน่วยงาน"],
        "category": line["ประเภท"],
        "phone": line["โทรศัพท์"],
        "email": line["อีเมล"],
        "food": line["อาหาร"],
        "source": "demo",
        "created_at": registered,
    }
