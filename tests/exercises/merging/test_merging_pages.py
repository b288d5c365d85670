"""The pages of merging: pairs side by side, a decision by hand, undo, and what the group sees and says."""

from __future__ import annotations

import html
import re

import pytest

from app.database import db
from app.events.models import Role
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.exercises.linkage.merging import candidates
from app.exercises.linkage.merging.models import MergeRecord
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise, Status
from tests.conftest import FIXTURES
from tests.exercises.stage import make_stage
from tests.exercises.test_group_pages import become
from tests.make import make_event, make_member


@pytest.fixture
def rayong(app, client) -> Exercise:
    """The worked sample, looked at by its organiser."""
    exercise = create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))
    client.sign_in(make_member(exercise.event, Role.ORGANISER))
    return exercise


@pytest.fixture
def home(rayong) -> str:
    return f"/events/kbo/exercises/{rayong.public_id}/merging"


def ids(exercise: Exercise, *codes: str) -> list[str]:
    found = {i.code: i.public_id for i in db.session.query(PlanItem).filter_by(exercise_id=exercise.id)}
    return [found[code] for code in codes]


def text(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))


def test_alike_projects_stand_side_by_side_with_what_helps_to_decide(client, home):
    said = text(client.get(home))
    assert "ชื่อคล้ายกัน 84%" in said
    assert "ชนิดเดียวกันต่างพื้นที่" in said
    assert said.count("โครงการอบรมเกษตรกร") >= 2


def test_pairs_are_worked_out_once_for_every_change(rayong, client, home, monkeypatch):
    worked = []
    real = candidates.overlap
    monkeypatch.setattr(candidates, "overlap", lambda graph: worked.append(graph) or real(graph))
    pages = [text(client.get(home)) for _n in range(3)]
    assert len(worked) == 1 and pages[0] == pages[1] == pages[2]
    item_of = db.session.query(PlanItem).filter_by(exercise_id=rayong.id, code="L9").one()
    item_of.title_th = item_of.title = "ซ่อมฝายน้ำล้น"
    rayong.last_seq += 1
    db.session.commit()
    assert "ชื่อคล้ายกัน 84%" not in text(client.get(home)) and len(worked) == 2


def test_items_are_merged_by_hand_and_taken_back(rayong, client, home):
    before = document_of(rayong)
    pair = ids(rayong, "L2", "L9")
    form = client.get(f"{home}/new", query_string={"item": pair})
    assert form.status_code == 200
    assert "นำงบประมาณทุกรายการมารวมกัน" in text(form)
    refused = client.submit(f"{home}/new", {"item": pair, "kind": "merge", "reason": "เรื่องเดียวกัน"})
    assert refused.status_code == 422
    assert "โปรดเลือกว่าจะคิดงบประมาณอย่างไร" in text(refused)
    assert "เรื่องเดียวกัน" in refused.get_data(as_text=True), "what was typed stays"
    whole = {"item": pair, "kind": "merge", "reason": "เรื่องเดียวกัน", "budget": "max", "title": "ผลไม้คุณภาพ"}
    assert client.submit(f"{home}/new", whole).status_code == 302
    merge = db.session.query(MergeRecord).one()
    assert merge.item.shown_title == "ผลไม้คุณภาพ"
    assert "ผลไม้คุณภาพ" in text(client.get(home))
    client.submit(f"{home}/{merge.public_id}/undo")
    db.session.expire_all()
    assert document_of(rayong) == before


def test_other_money_is_typed_by_year(rayong, client, home):
    pair = ids(rayong, "L2", "L9")
    whole = {"item": pair, "kind": "duplicate", "reason": "ซ้ำ", "budget": "enter"}
    typed = {"fy_be": ["2562", "2563"], "amount": ["1,000", ""], "source": ["งบ อปท.", ""]}
    assert client.submit(f"{home}/new", {**whole, **typed}).status_code == 302
    [line] = db.session.query(MergeRecord).one().item.budget
    assert (line.fy_be, line.satang, line.source) == (2562, 100_000, "งบ อปท.")
    wrong = {"item": ids(rayong, "L4", "L5"), "fy_be": "x", "amount": "5", "source": ""}
    again = client.submit(f"{home}/new", {**whole, **wrong})
    assert again.status_code == 422
    assert "โปรดใส่ปี พ.ศ." in text(again)


def test_links_that_do_not_fit_are_shown_before_anything_is_lost(rayong, client, home):
    [project] = ids(rayong, "L1")
    whole = {"item": project, "kind": "move", "reason": "เป็นเรื่องของอำเภอ", "level": "DIS"}
    refused = client.submit(f"{home}/new", whole)
    assert refused.status_code == 422
    assert "รวมโดยไม่ยกข้อเชื่อมเหล่านี้ไป" in text(refused)
    assert client.submit(f"{home}/new", {**whole, "leave_unfit": "1"}).status_code == 302
    assert "ข้อเชื่อมที่ไม่ได้ยกไป" in text(client.get(home))


def test_a_pair_is_kept_apart_with_one_tap(rayong, client, home):
    pair = ids(rayong, "L2", "L9")
    client.submit(f"{home}/pair", {"item": pair, "kind": "apart"})
    assert "ชื่อคล้ายกัน 84%" not in text(client.get(home))
    assert client.submit(f"{home}/pair", {"item": pair, "kind": "merge"}).status_code == 400


def test_any_item_can_be_found_and_chosen(rayong, client, home):
    page = client.get(home, query_string={"q": "ทุเรียน"})
    assert page.get_data(as_text=True).count('name="item" value="') >= 4
    assert "ไม่พบรายการ" in text(client.get(home, query_string={"q": "ไม่มีคำนี้"}))
    assert client.get(f"{home}/new").status_code == 302, "nothing chosen leads back"


def test_the_group_sees_what_became_of_its_card_objects_and_is_answered(app, client):
    stage = make_stage()
    one, two = (stage.add("project", title) for title in ("ตลาดเกษตรกร", "ตลาดนัดเกษตรกร"))
    user = make_member(stage.event, Role.ORGANISER)
    client.sign_in(user)
    home = f"/events/{stage.event.slug}/exercises/{stage.exercise.public_id}/merging"
    client.submit(f"{home}/new", {"item": [one, two], "kind": "merge", "reason": "เรื่องเดียวกัน", "title": "ตลาด"})
    merge = db.session.query(MergeRecord).one()
    assert stage.item(one).status == Status.MERGED

    phone = become(client.application.test_client(), stage.malee)
    address = f"/x/{stage.exercise.public_id}/merges"
    page = phone.get(f"/x/{stage.exercise.public_id}").get_data(as_text=True)
    assert address in page
    own = page.split(f'id="card-{one}"')[1].split("</li>")[0]
    assert "data-merged>รวมเข้ากับรายการอื่นแล้ว" in own and "รวมกับ “ตลาดนัดเกษตรกร”" in own
    third = page.split("<template")[0]
    assert third.count("data-merged>") == 2, "both cards, and only they"
    assert "เพราะ เรื่องเดียวกัน" in text(phone.get(address))
    said = {"merge": merge.public_id, "card": one, "text": ""}
    assert phone.submit(address, said).status_code == 422
    assert phone.submit(address, {**said, "text": "คนละวันกัน"}).status_code == 302
    stranger = become(client.application.test_client(), stage.stranger)
    assert stranger.submit(address, {**said, "text": "ไม่ใช่ของเรา"}).status_code == 404

    assert "คนละวันกัน" in text(client.get(home))
    client.submit(f"{home}/{merge.public_id}/answer", {"card": one, "text": "พื้นที่เดียวกัน"})
    assert "พื้นที่เดียวกัน" in text(phone.get(address))


def test_facilitators_look_and_do_not_decide_others_see_nothing(rayong, client, home):
    pair = ids(rayong, "L2", "L9")
    client.submit("/sign-out")
    client.sign_in(make_member(rayong.event, Role.FACILITATOR))
    page = client.get(home)
    assert page.status_code == 200
    assert "merging/pair" not in page.get_data(as_text=True)
    assert client.submit(f"{home}/pair", {"item": pair, "kind": "apart"}).status_code == 403
    client.submit("/sign-out")
    client.sign_in(make_member(rayong.event, Role.REGISTRAR))
    assert client.get(home).status_code == 403
