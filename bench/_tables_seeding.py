"""``python -m bench._tables_seeding --groups=60 --phones=9``: an exercise with tables full of phones, as JSON."""

from __future__ import annotations

import argparse
import json
from typing import Any

from sqlalchemy import insert

from app import create_app
from app.accounts.security import create_user
from app.cli.ready import prepare_database
from app.core import clock
from app.database import db, transaction
from app.events.creating import create_event
from app.exercises.linkage.starting import Beginning, start
from app.groups.models import Group, Grouping, Membership
from app.registration.links import token_of

from ._seeding import EMAIL, PASSWORD, add_people

ISSUES = "\n".join(f"ประเด็นการพัฒนาจังหวัดข้อที่ {number}" for number in range(1, 6))


def seed(groups: int, phones: int) -> dict[str, Any]:
    """The exercise, and each table's personal links."""
    user = create_user(EMAIL, "ผู้วัด", PASSWORD)
    today = clock.today()
    event = create_event("bench", "งานทดสอบ", "45", today, today, owner=user)
    people = add_people(event, groups * phones)
    grouping = Grouping(event=event, name="รายอำเภอ")
    db.session.add(grouping)
    db.session.flush()
    tables = []
    for number in range(groups):
        group = Group(grouping_id=grouping.id, event_id=event.id, number=number + 1, name=f"กลุ่ม {number + 1}")
        db.session.add(group)
        db.session.flush()
        seats = people[number * phones : (number + 1) * phones]
        rows = [{"grouping_id": grouping.id, "group_id": group.id, "registrant_id": one.id} for one in seats]
        db.session.execute(insert(Membership), rows)
        tables.append([f"/p/{one.public_id}/{token_of(one)}" for one in seats])
    db.session.flush()
    db.session.refresh(grouping)
    exercise = start(event, grouping, Beginning("one-plan-60", "การเชื่อมโยงแผน", ISSUES), user)
    return {"slug": event.slug, "exercise": exercise.public_id, "tables": tables, "user": [EMAIL, PASSWORD]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--groups", type=int, default=60)
    parser.add_argument("--phones", type=int, default=9)
    wanted = parser.parse_args()
    app = create_app()
    with app.app_context():
        prepare_database()
        with transaction():
            print(json.dumps(seed(wanted.groups, wanted.phones)))
