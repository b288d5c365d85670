"""A script does what a phone does: bearer token, batches, an answer for every item in its place."""

from __future__ import annotations

import json
import uuid

import pytest
from sqlalchemy import func, select

from app import database
from app.checkin.ledger import presence
from app.checkin.models import Device, Scan
from app.cli.device_token import device_token
from app.core import clock
from app.core.tokens import token_hash
from app.database import db
from app.live import topics
from tests.checkin.door import make_gate
from tests.make import make_event, make_registrant
from tests.query_count import counted


@pytest.fixture
def event(app):
    return make_event("training")


@pytest.fixture
def gate(event):
    return make_gate(event, "เครื่องอ่าน")


def item(code, point, **fields):
    """One scan as the API takes it."""
    return {
        "client_uuid": str(uuid.uuid4()),
        "check_point": point.public_id,
        "code": code,
        "occurred_at": "2018-11-08T08:41:00+07:00",
        "action": "enter",
        **fields,
    }


def send(client, gate, scans):
    answer = client.post("/api/v1/scans", json={"scans": scans}, headers=gate.bearer)
    db.session.rollback()
    return answer


def test_a_search_waits_for_nobody_who_writes(client, event, gate):
    person = make_registrant(event, "สมชาย", "ใจดี")
    db.session.commit()
    with database._write_lock:
        answer = client.post("/api/v1/search", json={"q": "สมช"}, headers=gate.bearer)
    assert answer.status_code == 200
    assert [found["id"] for found in answer.json["people"]] == [person.public_id]


def test_the_check_points_of_the_tokens_event(client, event, gate):
    make_event("other")
    answer = client.get("/api/v1/check-points", headers=gate.bearer)
    assert answer.status_code == 200
    assert answer.json["event"] == "training"
    assert [point["id"] for point in answer.json["check_points"]] == [p.public_id for p in event.check_points]
    assert answer.json["check_points"][0] == {
        "id": event.check_points[0].public_id, "name": "ช่วงเช้า", "date": "2018-11-08", "half": "morning",
        "purpose": "attend", "opens_at": None, "closes_at": None, "is_likely": False,
    }  # fmt: skip


def test_an_ordinary_scan_asks_the_database_three_times(client, event, gate):
    """Who asks, who comes, where and whether for the first time; the row; the topic. No account is looked for."""
    first, second, third = (make_registrant(event, f"คน{n}", "ในรายการ") for n in range(3))
    point = event.check_points[0]
    send(client, gate, [item(first.ticket_code, point)])  # a device's first sign of life is written down
    for sent in (item(second.ticket_code, point), item("", point, who=third.public_id)):
        with counted() as statements:
            assert send(client, gate, [sent]).json["results"][0]["outcome"] == "accepted"
        assert [statement.split()[0] for statement in statements] == ["SELECT", "INSERT", "INSERT"]
        assert "checkin_device" in statements[0] and "registrant" in statements[0]


@pytest.mark.parametrize("first", ["kept", "gone"])
def test_who_was_merged_away_or_has_a_record_merged_in_is_let_in_once(client, event, gate, first):
    kept, gone = make_registrant(event, "สมชาย", "ใจดี"), make_registrant(event, "สมชาย", "ใจดี")
    point, came = event.check_points[0], {"kept": kept, "gone": gone}[first]
    assert send(client, gate, [item(came.ticket_code, point)]).json["results"][0]["outcome"] == "accepted"
    gone.merged_into_id = kept.id
    db.session.commit()
    for code in (kept.ticket_code, gone.ticket_code):
        assert send(client, gate, [item(code, point)]).json["results"][0]["outcome"] == "already"
    assert len(presence.present_at(point)) == 1


def test_a_device_whose_time_is_over_or_that_was_revoked_scans_nobody(client, event):
    person, point = make_registrant(event, "สมชาย", "ใจดี"), event.check_points[0]
    for ended in ({"expires_at": clock.now()}, {"revoked_at": clock.now()}):
        gate = make_gate(event, "เครื่องเก่า", **ended)
        assert send(client, gate, [item(person.ticket_code, point)]).status_code == 401
    assert presence.present_at(point) == {}


def test_a_device_writes_nothing_into_another_event(client, event, gate):
    other = make_event("other")
    theirs, point = make_registrant(other, "คนอื่น", "งานอื่น"), other.check_points[0]
    for sent in (item(theirs.ticket_code, point), item("", point, who=theirs.public_id)):
        assert send(client, gate, [sent]).json["results"][0]["outcome"] == "refused"
    assert presence.present_at(point) == {}


def test_a_batch_is_answered_item_by_item_in_order(client, event, gate):
    point = event.check_points[0]
    first, second = (make_registrant(event, f"คน{n}", "ในรายการ") for n in range(2))
    sent = [
        item(second.ticket_code, point),
        item("nothing", point),
        item(first.ticket_code.lower(), point),
        item(second.ticket_code, point, occurred_at="2018-11-08T08:50:00+07:00"),
        "not an object",
        item(first.ticket_code, point, check_point="unknown"),
    ]
    answer = send(client, gate, sent)
    assert answer.status_code == 200
    results = answer.json["results"]
    assert [set(result) for result in results] == [
        {"client_uuid", "outcome", "reason", "first_at", "first_by"}
    ] * 6
    assert [(result["outcome"], result["reason"]) for result in results] == [
        ("accepted", None),
        ("refused", "unknown_code"),
        ("accepted", None),
        ("already", "already_in"),
        ("refused", "error"),
        ("refused", "error"),
    ]
    assert [r["client_uuid"] for r in results] == [s["client_uuid"] if isinstance(s, dict) else "" for s in sent]
    assert (results[3]["first_at"], results[3]["first_by"]) == ("2018-11-08T08:41:00+07:00", "เครื่องอ่าน")
    assert set(presence.present_at(point)) == {first.id, second.id}
    assert topics.version(event, "checkin") == 1


def test_a_batch_sent_again_gets_the_same_bytes_and_adds_nothing(client, event, gate):
    point = event.check_points[0]
    person = make_registrant(event)
    sent = [item(person.ticket_code, point), item(person.ticket_code, point), item("nothing", point)]
    first = send(client, gate, sent)
    count = db.session.scalar(select(func.count()).select_from(Scan))
    assert send(client, gate, sent).data == first.data
    assert send(client, gate, list(reversed(sent))).json["results"] == list(reversed(first.json["results"]))
    assert db.session.scalar(select(func.count()).select_from(Scan)) == count == 3


def test_two_hundred_scans_at_most(client, event, gate):
    point = event.check_points[0]
    assert len(send(client, gate, [item("x", point) for _ in range(200)]).json["results"]) == 200
    refused = send(client, gate, [item("x", point) for _ in range(201)])
    assert refused.status_code == 413
    assert "200" in refused.json["sentence"]
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 200


@pytest.mark.parametrize("body", ["", "[]", "{", '{"scans": 1}', '{"scans": {"a": 1}}', "{}"])
def test_what_is_no_batch_is_refused_with_a_sentence(client, gate, body):
    answer = client.post("/api/v1/scans", data=body, content_type="application/json", headers=gate.bearer)
    assert answer.status_code in (400, 422)
    assert answer.json["sentence"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic abc", "\u00e0"])
def test_without_a_token_nothing_is_said(client, event, header):
    for answer in (
        client.get("/api/v1/check-points", headers={"Authorization": header}),
        client.post("/api/v1/scans", json={"scans": []}, headers={"Authorization": header}),
    ):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert set(answer.json) == {"error", "sentence"}


def test_a_phones_cookie_is_no_token(client, event, gate):
    client.set_cookie("door", gate.token)
    assert client.get("/api/v1/check-points").status_code == 401


@pytest.mark.parametrize("end", ["revoked_at", "expires_at"])
def test_an_ended_token_ends_at_once(client, gate, end):
    setattr(gate.device, end, clock.now())
    db.session.commit()
    assert client.get("/api/v1/check-points", headers=gate.bearer).status_code == 401


def test_undo_by_a_script(client, event, gate):
    point = event.check_points[0]
    person = make_registrant(event)
    made = item(person.ticket_code, point)
    send(client, gate, [made])
    result = send(client, gate, [item(made["client_uuid"], point, action="void")]).json["results"][0]
    assert result["outcome"] == "accepted"
    assert presence.present_at(point) == {}


def test_the_command_prints_the_token_alone(app, event):
    result = app.test_cli_runner().invoke(device_token, ["training", "ประตูหลัง"])
    assert result.exit_code == 0
    token = result.stdout.strip()
    assert result.stdout == f"{token}\n"
    device = db.session.scalars(select(Device)).one()
    assert (device.name, device.token_hash) == ("ประตูหลัง", token_hash(token))
    assert json.dumps(token)


def test_the_command_knows_only_events_there_are(app):
    result = app.test_cli_runner().invoke(device_token, ["nothing", "ประตู"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nothing" in result.stderr
