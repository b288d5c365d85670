"""Which phones may keep the group's page for the time without a network, and until when."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.database import db
from app.exercises import phases
from app.groups.models import Membership
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become


@pytest.fixture
def stage(app) -> Stage:
    return make_stage()


def kept_until(client, stage: Stage, group: str = "") -> str:
    page = client.get(f"/x/{stage.exercise.public_id}{group}").get_data(as_text=True)
    return re.search(r'data-kept-until="([^"]*)"', page)[1]


def test_a_members_phone_keeps_the_page_until_after_the_event(stage, client):
    become(client, stage.malee)
    assert kept_until(client, stage) > clock.now().isoformat()


def test_what_is_closed_for_all_is_erased_and_the_phones_are_told(stage, client):
    become(client, stage.malee)
    phases.set_locked(stage.exercise, True, stage.facilitator)
    db.session.commit()
    assert kept_until(client, stage) == ""
    assert client.get(f"/x/{stage.exercise.public_id}/changes?since=1").get_json()["kept_until"] is None


def test_the_teams_devices_keep_nothing_of_a_group(stage, client):
    client.sign_in(stage.facilitator)
    assert kept_until(client, stage, f"?group={stage.first.group.public_id}") == ""


def test_the_worker_names_no_exercise_and_every_file_it_keeps_is_there(stage, client):
    script = client.get("/x/sw.js").get_data(as_text=True)
    files = re.findall(r'"(/s/[^"]+)"', script)
    assert any(path.endswith("work/kept_page.js") for path in files)
    assert [path for path in files if client.get(path).status_code != 200] == []
    assert stage.exercise.public_id not in script


def test_kept_for_two_nights_after_the_event_and_after_a_later_use(stage, client):
    become(client, stage.malee)
    stage.event.first_day = stage.event.last_day = clock.today() + timedelta(days=10)
    db.session.commit()
    after = clock.at_local(stage.event.last_day + timedelta(days=2), 0)
    assert kept_until(client, stage) == after.isoformat(), "while the event is still to come"
    stage.event.first_day = stage.event.last_day = clock.today() - timedelta(days=30)
    db.session.commit()
    after = clock.at_local(clock.today() + timedelta(days=2), 0)
    assert kept_until(client, stage) == after.isoformat(), "a group that writes weeks later"


def test_a_settled_plan_and_an_advisers_phone_keep_nothing(stage, client):
    become(client, stage.malee)
    stage.exercise.is_final = True
    db.session.commit()
    assert kept_until(client, stage) == ""
    stage.exercise.is_final = False
    seat = db.session.scalars(select(Membership).where(Membership.registrant_id == stage.malee.id)).one()
    seat.is_adviser = True
    db.session.commit()
    assert kept_until(client, stage) == ""
