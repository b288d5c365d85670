"""Heads of provincial agencies advise the tables of a district: they suggest, and are not of a table's number."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.exercises import pen, room
from app.exercises.linkage.group_work import handing_in
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Suggestion
from app.exercises.ops import Author
from app.groups.models import Membership
from tests.client import Client
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become
from tests.make import unit_named


@pytest.fixture
def stage(app) -> Stage:
    """Somchai advises the first table; both tables are of one district."""
    stage = make_stage()
    seat = db.session.scalars(select(Membership).where(Membership.registrant_id == stage.somchai.id)).one()
    seat.is_adviser = True
    for submission in (stage.first, stage.second):
        submission.group.unit = unit_named(stage.event, "แกลง")
    db.session.commit()
    return stage


@pytest.fixture
def adviser(client, stage) -> Client:
    return become(client, stage.somchai)


def home(stage: Stage) -> str:
    return f"/x/{stage.exercise.public_id}"


def write(client: Client, stage: Stage, group: str, **fields: str) -> str:
    op = {"op_id": str(uuid.uuid4()), "entity": "item", "id": str(uuid.uuid4()), "action": "create"}
    body = {"ops": [{**op, "fields": {"kind": "need", **fields}}]}
    answer = client.post(f"{home(stage)}/ops?group={group}", json=body, headers={"X-CSRFToken": client.csrf()})
    return answer.get_json()["results"][0]["status"] if answer.status_code == 200 else str(answer.status_code)


def test_what_an_adviser_writes_is_a_suggestion_though_nobody_holds_the_pen(stage, adviser):
    assert write(adviser, stage, stage.first.group.public_id, title="น้ำไม่พอ") == "suggested"
    stage.exercise.form = {**stage.exercise.form, "writing": pen.EVERYONE}
    db.session.commit()
    assert write(adviser, stage, stage.first.group.public_id, title="ขยะล้น") == "suggested"
    assert not db.session.query(PlanItem).filter_by(kind="need").all()
    assert db.session.query(Suggestion).count() == 2
    page = adviser.get(home(stage)).get_data(as_text=True)
    assert "ท่านเป็นที่ปรึกษา" in page


def test_an_adviser_goes_round_the_tables_of_the_district(stage, adviser):
    page = adviser.get(home(stage)).get_data(as_text=True)
    assert f"group={stage.second.group.public_id}" in page
    assert adviser.get(f"{home(stage)}?group={stage.second.group.public_id}").status_code == 200
    assert write(adviser, stage, stage.second.group.public_id, title="น้ำไม่พอ") == "suggested"
    assert db.session.query(Suggestion).one().submission_id == stage.second.id


def test_a_member_and_an_adviser_of_another_district_stay_at_their_own_table(stage, adviser, app):
    member = become(app.test_client(), stage.malee)
    assert member.get(f"{home(stage)}?group={stage.second.group.public_id}").status_code == 404
    stage.second.group.unit = unit_named(stage.event, "บ้านค่าย")
    db.session.commit()
    assert adviser.get(f"{home(stage)}?group={stage.second.group.public_id}").status_code == 404
    assert write(adviser, stage, stage.second.group.public_id, title="น้ำไม่พอ") == "404"


def test_an_adviser_neither_takes_the_pen_nor_accepts_nor_hands_in(stage, adviser):
    author = Author(registrant=stage.somchai, is_adviser=True)
    for forbidden in (pen.take, handing_in.submit):
        with pytest.raises(RuleBroken, match="ที่ปรึกษา"):
            forbidden(stage.exercise, stage.first, author)
    write(adviser, stage, stage.first.group.public_id, title="น้ำไม่พอ")
    address = f"{home(stage)}/suggestions/{db.session.query(Suggestion).one().public_id}"
    answer = adviser.post(address, json={"action": "accept"}, headers={"X-CSRFToken": adviser.csrf()})
    assert answer.status_code == 422
    assert not db.session.query(PlanItem).filter_by(kind="need").all()


def test_a_member_accepts_what_an_adviser_suggested(stage, adviser, app):
    write(adviser, stage, stage.first.group.public_id, title="น้ำไม่พอ")
    member = become(app.test_client(), stage.malee)
    address = f"{home(stage)}/suggestions/{db.session.query(Suggestion).one().public_id}"
    answer = member.post(address, json={"action": "accept"}, headers={"X-CSRFToken": member.csrf()})
    assert answer.status_code == 200
    [card] = db.session.query(PlanItem).filter_by(kind="need").all()
    assert card.shown_title == "น้ำไม่พอ"


def test_an_adviser_is_not_of_the_tables_number(stage):
    assert room.members_of(stage.exercise) == {stage.first.group_id: 1, stage.second.group_id: 1}
