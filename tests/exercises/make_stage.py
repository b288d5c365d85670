"""The tests' stage, on a real server."""

from __future__ import annotations

import uuid
from typing import Any

from app.events.models import Role
from app.registration.links import token_of
from tests.exercises.stage import address, make_stage
from tests.live_server import LiveServer
from tests.make import make_member


def stage_on(server: LiveServer) -> dict[str, Any]:
    """Make a stage of its own and tell where everyone goes."""
    with server.inside():
        name = f"stage-{uuid.uuid4().hex[:8]}"
        stage = make_stage(name)
        email = address("organiser", name)
        organiser = make_member(stage.event, Role.ORGANISER, name="ผู้จัดงาน ตัวอย่าง", email=email)
        people = {"malee": stage.malee, "somchai": stage.somchai, "stranger": stage.stranger}
        return {
            "slug": stage.event.slug,
            "exercise": stage.exercise.public_id,
            "group": stage.first.group.public_id,
            "facilitator": stage.facilitator.email,
            "organiser": organiser.email,
            **{name: f"/p/{person.public_id}/{token_of(person)}" for name, person in people.items()},
        }
