"""The worked sample with people at its tables, on a real server."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from app.database import db
from app.events.creating import add_to_team
from app.events.models import Role
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from app.groups.models import Membership
from app.registration.links import token_of
from tests.exercises.linkage.large import large_document
from tests.live_server import LiveServer
from tests.make import make_event, make_member, make_registrant

# Not from tests.conftest, which would choose another database.
SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "linkage_rayong.json"


def plenary_on(server: LiveServer) -> dict[str, Any]:
    """Make it and tell where everyone goes."""
    with server.inside():
        event = make_event("plenary")
        exercise = create_from_document(event, load_document(SAMPLE))
        people = [make_registrant(event, name) for name in ("มาลี", "สมชาย", "ปรีชา")]
        for person, submission in zip(people, itertools.cycle(exercise.submissions), strict=False):
            seat = {"grouping_id": exercise.grouping_id, "group_id": submission.group_id}
            db.session.add(Membership(**seat, registrant_id=person.id))
        organiser = make_member(event, Role.ORGANISER, email="organiser@plenary.example.com")
        province = make_event("province")
        add_to_team(province, organiser, Role.ORGANISER)
        large = create_from_document(province, load_document(json.dumps(large_document(groups=20)).encode()))
        db.session.commit()
        return {
            "exercise": exercise.public_id,
            "large": large.public_id,
            "organiser": organiser.email,
            "people": [f"/p/{person.public_id}/{token_of(person)}" for person in people],
        }
