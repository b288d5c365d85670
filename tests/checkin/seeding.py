"""``python -m tests.checkin.seeding``: a small hall for a running server; prints what tests need."""

from __future__ import annotations

import json

from app import create_app
from app.accounts.models import User
from app.database import db
from app.events.creating import add_to_team
from app.events.models import Role
from app.groups.models import Group, Grouping, Membership
from app.registration.links import token_of
from tests.make import make_event, make_registrant

PEOPLE = (("สมชาย", "ใจดี"), ("สมหญิง", "รักเรียน"), ("ประเสริฐ", "ทองดี"), ("วิไล", "แก้วใส"), ("อนันต์", "มั่นคง"))


def seed() -> dict[str, object]:
    """Five people at table 4 of an event the administrator owns, and one person of another event."""
    event, other = make_event("training"), make_event("other")
    add_to_team(event, db.session.query(User).first(), Role.OWNER)
    grouping = Grouping(event=event, name="รายอำเภอ")
    group = Group(grouping=grouping, event_id=event.id, number=4, name=f"{event.units[0].name} 1")
    db.session.add_all([grouping, group])
    db.session.flush()
    people = []
    for number, (first, last) in enumerate(PEOPLE):
        person = make_registrant(event, first, last, title="นาย", phone=f"08100000{number:02d}")
        db.session.add(Membership(grouping_id=grouping.id, group_id=group.id, registrant_id=person.id))
        link = f"/p/{person.public_id}/{token_of(person)}"
        people.append({"name": person.full_name, "code": person.ticket_code, "link": link})
    stranger = make_registrant(other, "คนละงาน", "คนละวัน")
    db.session.commit()
    return {
        "people": people,
        "stranger": stranger.ticket_code,
        "check_point": event.check_points[0].public_id,
        "unit": event.units[0].name,
    }


if __name__ == "__main__":
    with create_app().app_context():
        print(json.dumps(seed()))
