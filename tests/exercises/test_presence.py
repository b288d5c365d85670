"""Which tables have their page open: heard where phones ask, written down seldom, shown on the tiles."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
import time_machine

from app.core import clock
from app.database import db
from app.exercises import phases
from app.live import presence
from app.live.models import LivePresence
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become
from tests.query_count import counted


@pytest.fixture
def stage(app) -> Stage:
    app.extensions.pop("live_presence", None)
    return make_stage()


@pytest.fixture
def room(stage) -> str:
    return f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}"


def question(client, stage: Stage, group: str = "") -> str:
    """What the page asks every two seconds, without the word that names the phone."""
    page = html.unescape(client.get(f"/x/{stage.exercise.public_id}{group}").get_data(as_text=True))
    topics = re.search(r'data-topics="([^"]+)"', page)[1].split()
    here = re.search(r'data-here="([^"]*)"', page)[1]
    return "/live?" + "&".join(f"t={topic.partition(':')[0]}" for topic in topics) + f"&here={here}"


def tile(client, room: str) -> str:
    """The first group's tile; the second is another facilitator's."""
    return client.get(f"{room}/tiles").get_data(as_text=True)


def test_a_tile_says_how_many_phones_have_the_page_open_and_when_last(stage, client, app, room):
    asked = question(become(app.test_client(), stage.malee), stage)
    phones = app.test_client()
    client.sign_in(stage.facilitator)
    assert "ยังไม่มีเครื่องใดเปิดหน้ากลุ่ม" in tile(client, room)
    with time_machine.travel(clock.now(), tick=False) as now:
        for phone in ("one", "two", "one"):
            phones.get(f"{asked}&me={phone}")
        now.shift(21)
        phones.get(f"{asked}&me=one")
        assert "เปิดหน้ากลุ่มอยู่ 2 เครื่อง" in tile(client, room)
        now.shift(40)  # the second has put the telephone away
        phones.get(f"{asked}&me=one")
        assert "เปิดหน้ากลุ่มอยู่ 1 เครื่อง" in tile(client, room)
        now.shift(76)  # nobody asks, so nobody writes: what was written is no longer believed
        assert "ไม่มีเครื่องใดเปิดอยู่ ล่าสุด" in tile(client, room)


def test_a_silent_table_without_a_phone_is_told_apart_from_one_that_only_thinks(stage, client, app, room):
    stage.add("need", "น้ำไม่พอ")
    phases.go_to(stage.exercise, stage.exercise.phases[0].position, stage.facilitator)
    db.session.commit()
    asked = question(become(app.test_client(), stage.malee), stage)
    client.sign_in(stage.facilitator)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        app.test_client().get(f"{asked}&me=one")
        shown = tile(client, room)
        assert "เงียบ 6 นาที" in shown and "ไม่มีโทรศัพท์เปิดอยู่" not in shown
    with time_machine.travel(clock.now() + timedelta(minutes=8), tick=False):
        assert "ไม่มีโทรศัพท์เปิดอยู่ เงียบ 8 นาที" in tile(client, room)


def test_the_night_between_two_days_is_no_silence(stage, client, room):
    stage.add("need", "น้ำไม่พอ")
    stage.first.saved_at = clock.now() - timedelta(hours=16)
    phases.go_to(stage.exercise, stage.exercise.phases[0].position, stage.facilitator)
    db.session.commit()
    client.sign_in(stage.facilitator)
    with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
        assert "เงียบ" not in tile(client, room)
    with time_machine.travel(clock.now() + timedelta(minutes=7), tick=False):
        assert "เงียบ 7 นาที" in tile(client, room)


def test_a_hall_that_asks_writes_once_in_twenty_seconds(stage, app):
    asked = question(become(app.test_client(), stage.malee), stage)
    phones = app.test_client()
    with time_machine.travel(clock.now(), tick=False) as now:
        phones.get(f"{asked}&me=first")
        writes = 0
        for second in range(40):
            now.shift(1)
            with counted() as statements:
                phones.get(f"{asked}&me=phone-{second % 9}")
            writes += any("live_presence" in one for one in statements)
        assert writes == 2
        assert db.session.query(LivePresence).count() == 1
        assert len(phones.get(f"{asked}&me=x").headers.getlist("Set-Cookie")) == 0


def test_the_team_an_adviser_and_a_made_up_place_are_not_counted(stage, client, app):
    client.sign_in(stage.facilitator)
    assert question(client, stage, f"?group={stage.first.group.public_id}").endswith("here=")
    asked = question(become(app.test_client(), stage.malee), stage)
    forged = re.sub(r"here=.*", "here=event.exercise-x.0123456789abcdef", asked)
    app.test_client().get(f"{forged}&me=one")
    db.session.rollback()
    assert db.session.query(LivePresence).count() == 0


def test_two_processes_are_added_up_and_a_dead_one_is_forgotten(stage, app):
    now = clock.now()
    rows = (("a", 4, now), ("b", 3, now - timedelta(seconds=30)), ("dead", 5, now - timedelta(minutes=5)))
    for process, phones, at in rows:
        row = LivePresence(scope=stage.event.public_id, name="exercise-x", process=process)
        row.phones, row.heard_at, row.written_at = phones, at, at
        db.session.add(row)
    db.session.commit()
    found = presence.seen(stage.event, ["exercise-x", "exercise-y"])
    assert found == {"exercise-x": presence.Seen(7, now)}


def test_the_server_slows_every_page_down(stage, app, client, monkeypatch):
    asked = question(become(app.test_client(), stage.malee), stage)
    monkeypatch.setitem(app.config, "LIVE_AT_LEAST_MS", 5000)
    first = client.get(asked)
    again = client.get(asked, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert [answer.headers["Poll-After"] for answer in (first, again)] == ["5000", "5000"]
