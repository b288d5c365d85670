"""A group's pages: whose they are, and that they work without a script."""

from __future__ import annotations

import uuid

import pytest

from app.database import db
from app.exercises import lifecycle, phases
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.models import Change, Status
from app.live import topics
from app.registration.links import token_of
from app.registration.models import Registrant
from tests.client import Client
from tests.exercises.stage import Stage, make_stage


@pytest.fixture
def stage(app) -> Stage:
    return make_stage()


def become(client: Client, person: Registrant) -> Client:
    """Open the personal link, as the person's phone does."""
    assert client.get(f"/p/{person.public_id}/{token_of(person)}").status_code in (302, 303)
    return client


@pytest.fixture
def home(stage) -> str:
    return f"/x/{stage.exercise.public_id}"


def stored(kind: str) -> list[PlanItem]:
    db.session.rollback()
    return db.session.query(PlanItem).filter_by(kind=kind).order_by(PlanItem.id).all()


def test_a_member_opens_the_own_group_and_nobody_else_does(stage, client, home):
    stage.add("need", "น้ำไม่พอ")
    assert client.get(home).status_code == 404
    assert "สมาชิกกลุ่ม" in client.get(home).get_data(as_text=True)
    become(client, stage.malee)
    page = client.get(home)
    assert page.status_code == 200
    assert "น้ำไม่พอ" in page.get_data(as_text=True)
    other = client.application.test_client()
    become(other, stage.stranger)
    assert "น้ำไม่พอ" not in other.get(home).get_data(as_text=True)
    assert other.get(home, query_string={"group": stage.first.group.public_id}).status_code == 404


def test_foreign_cards_do_not_exist(stage, client, home):
    card = stage.add("need", "น้ำไม่พอ")
    become(client, stage.stranger)
    assert client.get(f"{home}/cards/{card}").status_code == 404
    assert client.get(f"{home}/cards/{card}/history").status_code == 404
    assert client.submit(f"{home}/cards/{card}", {"title": "ของเรา"}).status_code == 404
    assert stage.item(card).title_th == "น้ำไม่พอ"


def test_need_project_and_link_are_written_with_plain_forms(stage, client, home):
    become(client, stage.malee)
    client.submit(f"{home}/cards", {"kind": "need", "title": "น้ำไม่พอ"})
    [need] = stored("need")
    client.submit(f"{home}/cards", {"kind": "project", "title": "ขุดสระ", "answers": need.public_id})
    [project] = stored("project")
    form = {"source": project.public_id, "target": stage.issue(), "strength": "3"}
    client.submit(f"{home}/links", {**form, "rationale": "มีน้ำ ผลผลิตจึงได้มาตรฐาน"})
    db.session.rollback()
    links = db.session.query(PlanLink).order_by(PlanLink.id).all()
    assert [(link.type, link.strength) for link in links] == [("answered_by", None), ("supports", 3)]
    page = client.get(home).get_data(as_text=True)
    assert "มีน้ำ ผลผลิตจึงได้มาตรฐาน" in page


def test_sending_a_form_twice_makes_one_card(stage, client, home):
    become(client, stage.malee)
    form = {"kind": "need", "title": "น้ำไม่พอ", "card_id": str(uuid.uuid4()), "op_id": str(uuid.uuid4())}
    client.submit(f"{home}/cards", form)
    client.submit(f"{home}/cards", form)
    assert len(stored("need")) == 1


def test_a_card_is_filled_in_with_a_plain_form(stage, client, home):
    card = stage.add("project", "ขุดสระ")
    become(client, stage.malee)
    page = client.get(f"{home}/cards/{card}").get_data(as_text=True)
    assert "งบประมาณ" in page
    client.submit(
        f"{home}/cards/{card}",
        {
            "rev": "1",
            "flags": "no_budget beyond_capacity",
            "title": "ขุดสระ",
            "lead_name": "อบต.กองดิน",
            "budget/line-00001/amount": "2,500,000",
            "budget/line-00001/fy_be": "2562",
            "budget/line-00002/amount": "",
            "beyond_capacity": "1",
        },
    )
    item = stored("project")[0]
    assert (item.lead_name, item.beyond_capacity, item.no_budget) == ("อบต.กองดิน", True, None)
    assert [(line.fy_be, line.satang) for line in item.budget] == [(2562, 250_000_000)]


def test_a_plain_form_changes_only_what_its_writer_changed(stage, client, home):
    card = stage.add("project", "ขุดสระ", objective="มีน้ำ")
    stage.send(stage.op("update", card, rev=1, objective="มีน้ำใช้ทั้งปี"))
    become(client, stage.somchai)
    form = {"rev": "1", "title": "ขุดสระใหญ่", "objective": "มีน้ำ"}  # opened before the other's edit
    client.submit(f"{home}/cards/{card}", form)
    item = stored("project")[0]
    assert (item.title_th, item.objective) == ("ขุดสระใหญ่", "มีน้ำใช้ทั้งปี")


def test_two_who_change_the_same_text_both_see_both_and_may_choose(stage, client, home):
    card = stage.add("project", "ขุดสระ", objective="มีน้ำ")
    stage.send(stage.op("update", card, rev=1, objective="มีน้ำใช้ทั้งปี"))
    become(client, stage.somchai)
    answer = client.submit(f"{home}/cards/{card}", {"rev": "1", "objective": "แก้ภัยแล้ง"})
    page = client.get(answer.location).get_data(as_text=True)
    for words in ("มีน้ำใช้ทั้งปี", "แก้ภัยแล้ง", "ใช้ของฉัน", "ใช้ของ มาลี ทดสอบ", "รวมข้อความ"):
        assert words in page
    assert stored("project")[0].objective == "มีน้ำใช้ทั้งปี"
    client.submit(f"{home}/cards/{card}", {"rev": "2", "objective": "มีน้ำใช้ทั้งปี แก้ภัยแล้ง"})
    assert stored("project")[0].objective == "มีน้ำใช้ทั้งปี แก้ภัยแล้ง"
    history = client.get(f"{home}/cards/{card}/history").get_data(as_text=True)
    assert "ไม่ได้ใช้" in history


def test_a_deleted_card_comes_back_from_its_history(stage, client, home):
    card = stage.add("need", "น้ำไม่พอ")
    become(client, stage.malee)
    answer = client.submit(f"{home}/cards/{card}", {"action": "delete", "rev": "1"})
    assert "กู้คืน" in client.get(answer.location).get_data(as_text=True)
    assert "น้ำไม่พอ" not in client.get(home).get_data(as_text=True)
    client.submit(f"{home}/cards/{card}", {"action": "restore"})
    assert "น้ำไม่พอ" in client.get(home).get_data(as_text=True)


def post_ops(client: Client, home: str, ops: object) -> tuple[int, dict]:
    answer = client.post(f"{home}/ops", json={"ops": ops}, headers={"X-CSRFToken": client.csrf()})
    return answer.status_code, answer.get_json()


def test_phones_send_ops_and_fetch_what_changed(stage, client, home):
    become(client, stage.malee)
    card = str(uuid.uuid4())
    fields = {"kind": "need", "title": "น้ำไม่พอ"}
    op = {"op_id": str(uuid.uuid4()), "entity": "item", "id": card, "action": "create", "fields": fields}
    status, answer = post_ops(client, home, [op])
    assert status == 200
    assert answer["results"][0]["card"]["code"] == "แกลง1-ป01"
    other = become(client.application.test_client(), stage.somchai)
    seen = other.get(f"{home}/changes?since={answer['seq'] - 1}")
    assert [one["id"] for one in seen.get_json()["cards"]] == [card]
    assert other.get(f"{home}/changes", headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304
    everything = other.get(f"{home}/changes").get_json()
    assert {one["code"] for one in everything["cards"]} == {"P1", "P2", "แกลง1-ป01"}


def test_a_phone_learns_of_deleted_cards_and_their_links(stage, client, home):
    need, project = stage.add("need", "น้ำ"), stage.add("project", "ขุดสระ")
    link = stage.link(need, project, "answered_by")["card"]["id"]
    become(client, stage.malee)
    before = client.get(f"{home}/changes").get_json()["seq"]
    stage.send(stage.op("delete", project))
    told = {one["id"]: one["deleted"] for one in client.get(f"{home}/changes?since={before}").get_json()["cards"]}
    assert told == {project: True, link: True}


def test_a_phone_that_asks_later_is_told_what_came_meanwhile(stage, client, home):
    first = stage.add("need", "น้ำไม่พอ")
    become(client, stage.malee)
    since = client.get(f"{home}/changes").get_json()["seq"] - 1
    assert [one["id"] for one in client.get(f"{home}/changes?since={since}").get_json()["cards"]] == [first]
    second = stage.add("need", "ขยะ")  # what the first phone was told is kept for the others, but not for ever
    found = [one["id"] for one in client.get(f"{home}/changes?since={since}").get_json()["cards"]]
    assert found == [first, second]


def test_a_table_s_phones_hear_of_their_own_cards_and_of_the_room(stage):
    def heard() -> tuple[int, int, int]:
        names = [lifecycle.group_topic(stage.exercise, one) for one in (stage.first, stage.second)]
        names.append(lifecycle.room_topic(stage.exercise))
        return tuple(topics.version(stage.event, name) for name in names)

    before = heard()
    stage.add("need", "น้ำไม่พอ")
    after = heard()
    assert [late - early for early, late in zip(before, after, strict=True)] == [1, 0, 0]
    phases.go_to(stage.exercise, stage.exercise.phases[0].position, stage.facilitator)
    assert [late - early for early, late in zip(after, heard(), strict=True)] == [0, 0, 1]


@pytest.mark.parametrize("body", [7, [], {"ops": "x"}, {"ops": [{}] * 201}])
def test_what_is_no_list_of_ops_is_refused_with_a_sentence(stage, client, home, body):
    become(client, stage.malee)
    answer = client.post(f"{home}/ops", json=body, headers={"X-CSRFToken": client.csrf()})
    assert answer.status_code == 422
    assert answer.get_json()["sentence"]


def test_ops_need_the_page_s_token(stage, client, home):
    become(client, stage.malee)
    assert client.post(f"{home}/ops", json={"ops": []}).status_code == 400


def test_the_last_step_says_which_card_lacks_what(stage, client, home):
    stage.add("need", "น้ำไม่พอ")
    stage.add("project", "ขุดสระ")
    become(client, stage.malee)
    page = client.get(home).get_data(as_text=True)
    for words in ("ต้องเติมก่อนส่ง", "“ขุดสระ” ยังไม่ระบุหน่วยงานรับผิดชอบหลัก", "เชื่อมขึ้นไปยังแผนระดับบน 0 ข้อ"):
        assert words in page
    client.submit(f"{home}/submit")
    db.session.rollback()
    db.session.refresh(stage.first)
    assert stage.first.status == Status.DRAFT


def ready(stage: Stage) -> tuple[str, str]:
    """A group that may hand in; its need and its project."""
    need = stage.add("need", "น้ำไม่พอ")
    project = stage.add("project", "ขุดสระ", lead_name="อบต.", output_target="3 แห่ง", no_budget=True)
    stage.link(need, project, "answered_by", strength=3)
    stage.link(project, stage.issue(), "supports", strength=2)
    return need, project


def test_the_group_hands_in_and_only_then_is_closed(stage, client, home):
    need, _ = ready(stage)
    become(client, stage.malee)
    client.submit(f"{home}/submit")
    page = client.get(home).get_data(as_text=True)
    assert "กลุ่มส่งงานแล้ว" in page
    client.submit(f"{home}/cards/{need}", {"rev": "1", "title": "แก้ทีหลัง"})
    assert stage.item(need).title_th == "น้ำไม่พอ"
    db.session.rollback()
    aside = db.session.query(Change).filter_by(entity_id=need, action="refused").one().aside
    assert aside == {"title": "แก้ทีหลัง"}


def test_yellow_marks_never_stop_handing_in(stage, client, home):
    ready(stage)
    become(client, stage.malee)
    page = client.get(f"{home}/review").get_data(as_text=True)
    assert "ควรดูอีกครั้ง" in page
    assert "ส่งงานของกลุ่ม" in page


def test_an_event_without_an_exercise_is_complete(app, client):
    from tests.make import make_event, make_user

    owner = make_user()
    event = make_event(owner=owner)
    client.sign_in(owner)
    assert "ไม่ต้องมีกิจกรรมกลุ่ม" in client.get(f"/events/{event.slug}/exercises").get_data(as_text=True)


def test_the_top_of_a_groups_page_leads_back_to_where_one_came_from(stage, app, client, home):
    become(client, stage.malee)
    for address in (home, f"{home}/vote"):
        assert f'href="/e/{stage.event.slug}/me"' in client.get(address).get_data(as_text=True)
    team = app.test_client()
    team.sign_in(stage.facilitator)
    page = team.get(f"{home}?group={stage.first.group.public_id}").get_data(as_text=True)
    own = f"/exercises/{stage.exercise.public_id}/groups/{stage.first.group.public_id}"
    assert f'href="/events/{stage.event.slug}{own}"' in page
    assert f"/e/{stage.event.slug}/me" not in page
