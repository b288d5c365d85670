"""What the forms of an event's setting up are sent, and what was made of it."""

from __future__ import annotations

from sqlalchemy import inspect, select

from app.checkin.models import Scan
from app.core import clock
from app.database import db
from tests.make import make_registrant

HOME = "/events/training"


def fresh(model, thing):
    (number,) = inspect(thing).identity
    db.session.expire_all()
    return db.session.scalar(select(model).where(model.id == number))


def text(response):
    return response.get_data(as_text=True)


def details(**changes):
    return {
        "name": "อบรม กบอ.",
        "first_day": "8/11/2561",
        "last_day": "8/11/2561",
        "venue": "โรงแรม",
        "organiser_name": "สำนักงานจังหวัด",
        "contact": "038-000-000",
        "registration_open": "y",
        **changes,
    }


def session_data(**changes):
    return {
        "title": "พิธีเปิด",
        "speaker": "",
        "day": "2018-11-08",
        "starts": "๐๙.๐๐ น.",
        "ends": "9:30",
        "room": "",
        **changes,
    }


def scan(event, point):
    row = make_registrant(event)
    db.session.add(
        Scan(
            client_uuid="x", event_id=event.id, check_point_id=point.id, registrant_id=row.id,
            method="staff_scan", outcome="accepted", occurred_at=clock.now(), answer="{}",
        )
    )  # fmt: skip
    db.session.commit()
