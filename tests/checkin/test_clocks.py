"""Phones whose clock is wrong: they say what it shows when they send, and the difference is put right."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.core import clock
from app.database import db
from tests.checkin.door import at
from tests.make import make_registrant

NOW = at(8, 30)
AGO = timedelta(seconds=20)
OFF = [
    timedelta(hours=-2),
    timedelta(minutes=-40),
    timedelta(minutes=-3),
    timedelta(minutes=3),
    timedelta(hours=7),
    timedelta(days=2),
    timedelta(days=-3650),
    timedelta(days=543 * 365.25),  # the year of the Buddhist era typed into the settings
]


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(params=["one", "several"])
def send(request, client, gate, morning, person, event):
    """Post a scan as a script does, alone or among others; the answer to it."""
    others = (
        [make_registrant(event, f"คน{n}", "อื่น").ticket_code for n in range(2)]
        if request.param == "several"
        else []
    )

    def post(occurred_at: str, sent_at: object):
        scans = [
            {
                "client_uuid": str(uuid.uuid4()),
                "check_point": morning.public_id,
                "code": code,
                "occurred_at": occurred_at,
            }
            for code in (person.ticket_code, *others)
        ]
        body = {"scans": scans} | ({"sent_at": sent_at} if sent_at is not None else {})
        answer = client.post("/api/v1/scans", json=body, headers=gate.bearer)
        db.session.rollback()
        return answer.json["results"][0]

    return post


@pytest.mark.parametrize("off", OFF, ids=str)
def test_whatever_the_phones_clock_shows_the_time_is_right(send, morning, person, off):
    morning.opens_at = at(8)
    db.session.commit()
    claimed = (NOW - AGO + off).isoformat()
    assert send(claimed, (NOW + off).isoformat())["outcome"] == "accepted"
    assert presence.present_at(morning)[person.id] == NOW - AGO
    kept = db.session.scalar(select(Scan.claimed_at).where(Scan.registrant_id == person.id))
    assert kept == claimed, "what the phone claimed stays beside it"


def test_a_slow_phone_opens_no_closed_check_point(send, morning):
    morning.closes_at = at(8, 20)
    db.session.commit()
    off = timedelta(minutes=-40)
    answer = send((NOW + off).isoformat(), (NOW + off).isoformat())
    assert (answer["outcome"], answer["reason"]) == ("refused", "closed")


def test_a_slow_line_is_no_wrong_clock(send, morning, person):
    sent = NOW - timedelta(seconds=25)
    send((sent - AGO).isoformat(), sent.isoformat())
    assert presence.present_at(morning)[person.id] == sent - AGO


@pytest.mark.parametrize(
    "sent_at", [None, "", "soon", 7, {"a": 1}, "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_moment_moves_nothing(send, morning, person, sent_at):
    send((NOW - AGO).isoformat(), sent_at)
    assert presence.present_at(morning)[person.id] in (NOW - AGO, NOW), (
        "the server's own time where the claim cannot be"
    )


def test_a_scan_cannot_bring_its_own_difference(client, gate, morning, person):
    scan = {"client_uuid": str(uuid.uuid4()), "check_point": morning.public_id, "code": person.ticket_code}
    scan |= {"occurred_at": (NOW - AGO).isoformat(), "skew": 3600}
    assert client.post("/api/v1/scans", json={"scans": [scan]}, headers=gate.bearer).status_code == 200
    db.session.rollback()
    assert presence.present_at(morning) == {person.id: NOW - AGO}
    assert clock.now() == NOW
