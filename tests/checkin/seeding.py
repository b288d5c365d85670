"""A small hall for a running server: built, looked at and ended inside ``server.inside()``."""

from __future__ import annotations

from collections import Counter

from app.accounts.models import User
from app.checkin import review
from app.checkin.devices import pairing
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.database import db
from app.events.creating import add_to_team
from app.events.models import Event, Role
from app.groups.models import Group, Grouping, Membership
from app.registration.links import token_of
from app.registration.models import Registrant
from tests.make import make_event, make_registrant

PEOPLE = (("สมชาย", "ใจดี"), ("สมหญิง", "รักเรียน"), ("ประเสริฐ", "ทองดี"), ("วิไล", "แก้วใส"), ("อนันต์", "มั่นคง"))


def seed(further: int = 0) -> dict[str, object]:
    """Five people and ``further`` at table 4 of the administrator's event, and one person of another event."""
    event, other = make_event("training"), make_event("other")
    add_to_team(event, db.session.query(User).first(), Role.OWNER)
    grouping = Grouping(event=event, name="รายอำเภอ")
    group = Group(grouping=grouping, event_id=event.id, number=4, name=f"{event.units[0].name} 1")
    db.session.add_all([grouping, group])
    db.session.flush()
    people = []
    crowd = ((f"ผู้เข้าร่วมที่{number}", "ทดสอบ") for number in range(further))
    for number, (first, last) in enumerate([*PEOPLE, *crowd]):
        person = make_registrant(event, first, last, title="นาย", phone=f"0810000{number:03d}"[:10])
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


def present() -> dict[str, object]:
    """The morning's people by ticket code with their times, and the rows of the ledger by outcome."""
    event = db.session.query(Event).filter_by(slug="training").one()
    people = {person.id: person for person in db.session.query(Registrant).filter_by(event_id=event.id)}
    times = presence.present_at(event.check_points[0])
    return {
        "present": {people[key].ticket_code: at.isoformat() for key, at in times.items()},
        "names": {people[key].ticket_code: people[key].full_name for key in times},
        "stand_ins": [one.full_name for one in people.values() if one.stands_for_id],
        "outcomes": Counter(row.outcome for row in db.session.query(Scan)),
        "review": review.open_count(event),
    }


def revoke() -> dict[str, object]:
    """End every phone of the event."""
    event = db.session.query(Event).filter_by(slug="training").one()
    for device in pairing.devices_of(event):
        pairing.revoke(device, "command")
    db.session.commit()
    return {}
