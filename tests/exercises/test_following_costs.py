"""What sixty tables' phones ask all the time costs the database a handful of questions, whatever was written."""

from __future__ import annotations

import html
import re
import uuid

import pytest

from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become
from tests.query_count import counted


@pytest.fixture
def stage(app) -> Stage:
    stage = make_stage()
    for number in range(3):
        stage.add("need", f"น้ำไม่พอ หมู่ที่ {number}")
    return stage


@pytest.fixture
def phone(client, stage):
    return become(client, stage.malee)


@pytest.fixture
def page(stage, phone) -> str:
    return phone.get(f"/x/{stage.exercise.public_id}").get_data(as_text=True)


def question(page: str) -> str:
    """The address that the page asks every two seconds."""
    topics = html.unescape(re.search(r'data-topics="([^"]+)"', page)[1]).split()
    return "/live?" + "&".join(f"t={topic.partition(':')[0]}" for topic in topics)


def test_asking_what_moved_is_one_question_without_a_session(page, phone):
    address = question(page)
    first = phone.get(address)
    with counted() as asked:
        again = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert len(asked) == 1
    assert "Cookie" not in again.headers.get("Vary", ""), "no session was opened"


def test_a_phone_that_fetches_what_changed_asks_little(stage, page, phone):
    address = f"/x/{stage.exercise.public_id}/changes?since={stage.exercise.last_seq}"
    card = stage.add("need", "สวนแล้ง")
    with counted() as asked:
        answer = phone.get(address)
    assert [one["id"] for one in answer.get_json()["cards"]] == [card]
    assert len(asked) <= 16, asked
    with counted() as asked:  # the second phone of the table
        phone.get(address)
    assert len(asked) <= 5, asked


def test_a_save_asks_no_more_than_it_must(stage, page, phone):
    card = {"entity": "item", "id": str(uuid.uuid4()), "client": "c-1"}
    make = {**card, "op_id": str(uuid.uuid4()), "action": "create", "fields": {"kind": "need", "title": "สวนแล้ง"}}
    edit = {**card, "op_id": str(uuid.uuid4()), "action": "update", "base_rev": 1, "fields": {"title": "แล้งมาก"}}
    token = {"X-CSRFToken": phone.csrf()}
    for op in (make, edit):
        with counted() as asked:
            answer = phone.post(f"/x/{stage.exercise.public_id}/ops", json={"ops": [op]}, headers=token)
        assert [one["status"] for one in answer.get_json()["results"]] == ["taken"]
        assert len(asked) <= 20, asked
