"""``python -m tests.exercises.make_stage``: the tests' stage in the database of DATA_DIR, for a real server."""

from __future__ import annotations

import json
import uuid

from app import create_app
from app.database import db
from app.events.models import Role
from app.registration.links import token_of
from tests.exercises.stage import address, make_stage
from tests.make import make_member


def main() -> None:
    """Make the stage and print where everyone goes."""
    app = create_app()
    with app.app_context():
        name = f"stage-{uuid.uuid4().hex[:8]}"
        stage = make_stage(name)
        email = address("organiser", name)
        organiser = make_member(stage.event, Role.ORGANISER, name="ผู้จัดงาน ตัวอย่าง", email=email)
        people = {"malee": stage.malee, "somchai": stage.somchai, "stranger": stage.stranger}
        print(
            json.dumps(
                {
                    "slug": stage.event.slug,
                    "exercise": stage.exercise.public_id,
                    "group": stage.first.group.public_id,
                    "facilitator": stage.facilitator.email,
                    "organiser": organiser.email,
                    **{name: f"/p/{person.public_id}/{token_of(person)}" for name, person in people.items()},
                }
            )
        )
        db.session.rollback()


if __name__ == "__main__":
    main()
