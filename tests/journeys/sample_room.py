"""The Rayong sample's room before anybody has written, on a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.database import db
from app.exercises.linkage.document.storing import create_from_document
from app.groups.models import Membership
from app.registration.links import token_of
from tests.live_server import LiveServer
from tests.make import make_event, make_registrant

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLE: dict[str, Any] = json.loads((FIXTURES / "linkage_rayong.json").read_text())


def before_anybody_wrote(sample: dict[str, Any]) -> dict[str, Any]:
    """The sample with what the organiser loads: levels, issues, higher plans, chains, tables."""
    given = [item for item in sample["items"] if item["origin"] == "reference"]
    ids = {item["id"] for item in given}
    links = [link for link in sample["links"] if link["source"] in ids]
    kept = ("meta", "settings", "levels", "areas", "groups", "chains")
    return {**{name: sample[name] for name in kept}, "items": given, "links": links}


def room_on(server: LiveServer) -> dict[str, Any]:
    """Make the room; the exercise's id and one personal link a table."""
    with server.inside():
        event = make_event("rayong")
        exercise = create_from_document(event, before_anybody_wrote(SAMPLE))
        links = {}
        for number, submission in enumerate(exercise.submissions):
            person = make_registrant(event, f"ผู้แทน{number}", "ตัวอย่าง")
            seat = Membership(grouping_id=exercise.grouping_id, group=submission.group, registrant_id=person.id)
            db.session.add(seat)
            links[submission.code] = f"/p/{person.public_id}/{token_of(person)}"
        db.session.commit()
        return {"exercise": exercise.public_id, "slug": event.slug, "links": links}
