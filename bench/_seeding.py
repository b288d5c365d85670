"""``python -m bench._seeding --people=N --days=N --others=N``: an event to measure; what clients need, as JSON."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from itertools import islice

from sqlalchemy import insert

from app import create_app
from app.accounts.security import create_user
from app.checkin.devices import pairing
from app.checkin.hall import rotating
from app.cli.ready import prepare_database
from app.core import clock
from app.core.ids import new_public_id, new_ticket_code
from app.core.text import search_key, sort_key
from app.database import db, transaction
from app.events.creating import create_event
from app.events.models import CheckPoint, Event
from app.groups.models import Group, Grouping, Membership
from app.live import topics
from app.registration.links import token_of
from app.registration.models import Registrant

FIRST = ("สมชาย", "สมหญิง", "ประเสริฐ", "วิไล", "อนันต์", "กานดา", "น้ำฝน", "ไพโรจน์", "เก่ง", "โกวิท", "ใจดี", "เอก")
LAST = ("ใจดี", "รักเรียน", "ทองดี", "แก้วใส", "มั่นคง", "ศรีสุข", "บุญมา", "วงศ์ใหญ่", "น้ำใส", "คำปัน", "ปานทอง")
GROUP = 25
EMAIL, PASSWORD = "bench@example.com", "a long password"


def add_people(event: Event, number: int) -> list[Registrant]:
    """So many people over all units, in one statement."""
    rows = []
    for place in range(number):
        first, last = FIRST[place % len(FIRST)], f"{LAST[place % len(LAST)]}{place}"
        rows.append(
            {
                "event_id": event.id,
                "unit_id": event.units[place % len(event.units)].id,
                "public_id": new_public_id(),
                "ticket_code": new_ticket_code(),
                "first_name": first,
                "last_name": last,
                "search_key": search_key(f"{first} {last}"),
                "sort_key": sort_key(f"{first} {last}"),
                "phone": f"08{place:08d}",
                "category": ("อปท.", "ส่วนราชการ", "ท้องที่")[place % 3],
            }
        )
    found = iter(rows)
    while part := list(islice(found, 1000)):
        db.session.execute(insert(Registrant), part)
    return list(db.session.query(Registrant).filter_by(event_id=event.id).order_by(Registrant.id))


def seat(event: Event, people: list[Registrant]) -> None:
    """Tables of 25, as in a hall: the door shows them."""
    grouping = Grouping(event=event, name="รายอำเภอ")
    db.session.add(grouping)
    db.session.flush()
    for number in range(0, len(people), GROUP):
        group = Group(grouping_id=grouping.id, event_id=event.id, number=number // GROUP + 1, name="กลุ่ม")
        db.session.add(group)
        db.session.flush()
        seats = people[number : number + GROUP]
        db.session.execute(
            insert(Membership),
            [{"grouping_id": grouping.id, "group_id": group.id, "registrant_id": one.id} for one in seats],
        )


def seed(people: int, days: int, others: int) -> dict[str, object]:
    """The event, and ``others`` events of 500 people that nobody looks at."""
    user = create_user(EMAIL, "ผู้วัด", PASSWORD)
    today = clock.today()
    event = create_event("bench", "งานทดสอบ", "45", today, today + timedelta(days=days - 1), owner=user)
    found = add_people(event, people)
    seat(event, found)
    for number in range(others):
        other = create_event(f"other-{number}", "งานอื่น", "45", today, today)
        add_people(other, 500)
    _device, token = pairing.enrol(event, "ประตู 1", actor="bench")
    return {
        "slug": event.slug,
        "token": token,
        "points": [point.public_id for point in event.check_points],
        "codes": [one.ticket_code for one in found],
        "links": [f"/p/{one.public_id}/{token_of(one)}" for one in found[:530]],
        "user": [EMAIL, PASSWORD],
        "topic": topics.signed(event, "materials"),
        "arrivals": topics.signed(event, "checkin"),
        "step": int(rotating.STEP.total_seconds()),
        "screen": screen(event.check_points[0]),
    }


def screen(check_point: CheckPoint) -> dict[int, str]:
    """Step → the code that the hall's screen will show then, for the next quarter of an hour."""
    now, step = clock.now(), rotating.STEP
    moments = [now + step * number for number in range(45)]
    return {int(at.timestamp() // step.total_seconds()): rotating.shown(check_point, at).qr_code for at in moments}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name, usual in (("people", 530), ("days", 1), ("others", 0)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    wanted = parser.parse_args()
    app = create_app()
    with app.app_context():
        prepare_database()
        with transaction():
            print(json.dumps(seed(wanted.people, wanted.days, wanted.others)))
