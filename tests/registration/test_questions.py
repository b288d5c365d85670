"""The organiser's own questions: thirteen kinds, conditions, and nothing required or kept of what is hidden."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.registration import merging
from app.registration.models import Registrant
from app.registration.questions import answering, asking
from app.registration.questions.models import Answer, Kind, Purpose, Question
from tests.make import make_event, make_member, make_registrant
from tests.registration.test_public_form import answers, fields_of, send


@pytest.fixture
def event(app):
    return make_event("training")


def ask(event, kind=Kind.TEXT, label="คำถาม", **more):
    question = asking.save(
        event, None, asking.Wanted(kind=kind, label=label, purpose=Purpose.LOGISTICS, **more), actor="test"
    )
    db.session.commit()
    return question


def kept():
    return {answer.question_id: answer.value for answer in db.session.scalars(select(Answer))}


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "wrong"),
    [
        (Kind.TEXT, "  รถตู้ ", "รถตู้", "x" * 201),
        (Kind.LONG_TEXT, "หนึ่ง\nสอง", "หนึ่ง\nสอง", "1-1037-02071-81-1"),
        (Kind.NUMBER, "๑,๒๐๐.๕", "1200.5", "สองคน"),
        (Kind.YES_NO, "yes", "yes", "maybe"),
        (Kind.ONE, "ก", "ก", "ง"),
        (Kind.LIST, "ข", "ข", "ง"),
        (Kind.SEVERAL, ["ก", "ค"], ["ก", "ค"], ["ก", "ง"]),
        (Kind.SCALE, "4", "4", "6"),
        (Kind.DAY, "8 พ.ย. 2561", "2018-11-08", "วันหน้า"),
        (Kind.TIME, "8.30", "08:30", "25.00"),
        (Kind.PHONE, "081-234 5678", "0812345678", "12"),
        (Kind.EMAIL, "A@Example.com", "a@example.com", "a@"),
        (Kind.UNIT, "แกลง", "แกลง", "บางรัก"),
    ],
)
def test_each_kind_is_stored_in_one_form_and_nonsense_is_refused(client, event, kind, typed, stored, wrong):
    question = ask(event, kind, options=["ก", "ข", "ค"], is_required=True)
    for nothing_good in (wrong, ""):
        assert send(client, answers(event, **{question.field_name: nothing_good})).status_code == 422
    assert send(client, answers(event)).status_code == 422
    assert kept() == {}
    assert send(client, answers(event, **{question.field_name: typed})).status_code == 302
    assert kept() == {question.id: stored}


def test_a_hidden_question_is_neither_required_nor_stored_and_whole_chains_close(client, event):
    stays = ask(event, Kind.YES_NO, "ต้องการที่พักหรือไม่", is_required=True)
    room = ask(
        event, Kind.ONE, "ห้องแบบใด", options=["เดี่ยว", "คู่"], is_required=True, show_if=stays, show_if_values=["yes"]
    )
    mate = ask(event, Kind.TEXT, "พักกับใคร", is_required=True, show_if=room, show_if_values=["คู่"])
    names = [question.field_name for question in (stays, room, mate)]
    hidden = dict(zip(names, ["no", "คู่", "สมชาย"], strict=True))
    assert send(client, answers(event, **hidden)).status_code == 302
    assert kept() == {stays.id: "no"}
    for number, more in enumerate(({}, {names[1]: "ไม่มีห้องแบบนี้"}), 2):  # left empty, as a browser does, or nonsense
        other = answers(
            event, first_name=f"คนที่ {number}", submission_key=f"{number}" * 32, **{names[0]: "no"}, **more
        )
        assert send(client, other).status_code == 302
    assert set(kept()) == {stays.id}
    chain = {**answers(event, first_name="สมหมาย", phone="0898765432", submission_key="1" * 32)}
    assert send(client, {**chain, names[0]: "yes"}).status_code == 422
    assert send(client, {**chain, names[0]: "yes", names[1]: "คู่"}).status_code == 422
    assert send(client, {**chain, names[0]: "yes", names[1]: "เดี่ยว", names[2]: "สมชาย"}).status_code == 302
    person = db.session.scalars(select(Registrant).order_by(Registrant.id.desc())).first()
    assert answering.values_of(person) == {stays.id: "yes", room.id: "เดี่ยว"}


def test_answers_travel_between_the_two_pages_and_a_double_send_keeps_one_of_each(client, event):
    question = ask(event, Kind.SEVERAL, "วันที่มา", options=["วันแรก", "วันที่สอง"])
    back = send(client, answers(event, step="back", **{question.field_name: ["วันแรก", "วันที่สอง"]}))
    html = back.get_data(as_text=True)
    assert html.count(f'name="{question.field_name}"') == 2
    for _ in range(2):
        assert send(client, answers(event, **{question.field_name: ["วันแรก"]})).status_code == 302
    assert kept() == {question.id: ["วันแรก"]}


def test_the_form_says_what_each_answer_is_for_and_when_it_goes(client, event):
    ask(event, Kind.TEXT, "ทะเบียนรถ", kept_days=7)
    html = send(client, answers(event, step="who")).get_data(as_text=True)
    assert "ทะเบียนรถ" in html and "การเดินทาง ที่พัก และอาหาร" in html and "ลบภายใน 7 วัน" in html


def test_the_person_changes_answers_on_the_own_page_and_sees_them(client, event):
    question = ask(event, Kind.TEXT, "ทะเบียนรถ")
    send(client, answers(event, **{question.field_name: "กข 1234"}))
    page = client.get("/e/training/me/edit")
    assert "กข 1234" in page.get_data(as_text=True)
    client.submit("/e/training/me/edit", {**fields_of(page), "title": "นาย", question.field_name: "คง 99"})
    assert kept() == {question.id: "คง 99"}
    assert "คง 99" in client.get("/e/training/me/data").get_data(as_text=True)


def test_answers_go_when_their_time_is_over(event):
    short, long = ask(event, kept_days=7), ask(event, kept_days=90)
    person = make_registrant(event)
    answering.store(person, [short, long], {short.id: "ก", long.id: "ข"})
    db.session.commit()
    after = datetime.combine(event.last_day + timedelta(days=9), datetime.min.time())
    with time_machine.travel(after.astimezone(), tick=False):
        assert answering.forget_overdue(event, actor="test") == 1
    assert kept() == {long.id: "ข"}


def test_merging_keeps_both_records_answers_and_parts_them_again(event):
    one, other = ask(event), ask(event)
    first, second = make_registrant(event, "ก", "ข"), make_registrant(event, "ค", "ง")
    answering.store(first, [one, other], {one.id: "1"})
    answering.store(second, [one, other], {one.id: "2", other.id: "3"})
    merger = merging.merge(first, second, actor="test")
    assert answering.values_of(first) == {one.id: "1", other.id: "3"}
    merging.undo(merger, actor="test")
    assert answering.values_of(first) == {one.id: "1"}
    assert answering.values_of(second) == {one.id: "2", other.id: "3"}


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": Kind.ONE, "options": ["ก"]},
        {"kind": Kind.TEXT, "show_if": "text", "show_if_values": ["ก"]},
        {"kind": Kind.TEXT, "show_if": "yes_no", "show_if_values": ["บางที"]},
        {"kind": Kind.TEXT, "show_if": "yes_no", "show_if_values": []},
        {"kind": Kind.TEXT, "show_if": "foreign", "show_if_values": ["yes"]},
    ],
)
def test_a_question_that_could_not_work_is_refused(event, wanted):
    others = {
        "text": ask(event, Kind.TEXT),
        "yes_no": ask(event, Kind.YES_NO),
        "foreign": ask(make_event("other"), Kind.YES_NO),
    }
    values = {**wanted, "show_if": others.get(wanted.get("show_if"))}
    with pytest.raises(RuleBroken):
        asking.save(event, None, asking.Wanted(label="ก", **values), actor="test")


def test_the_kind_stays_once_somebody_answered_and_a_condition_keeps_its_question(event):
    first = ask(event, Kind.YES_NO)
    ask(event, Kind.TEXT, show_if=first, show_if_values=["yes"])
    answering.store(make_registrant(event), [first], {first.id: "yes"})
    with pytest.raises(RuleBroken, match="เปลี่ยนชนิด"):
        asking.save(event, first, asking.Wanted(kind=Kind.TEXT, label="ก"), actor="test")
    with pytest.raises(RuleBroken, match="ถามตามคำตอบ"):
        asking.remove(first, actor="test")
    with pytest.raises(RuleBroken, match="เลื่อนขึ้น"):
        asking.move_up(answering.questions_of(event)[1], actor="test")


def test_the_organiser_writes_orders_and_removes_questions(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    new = {"label": "ต้องการที่พัก", "kind": "yes_no", "purpose": "logistics", "kept_days": "30"}
    assert client.submit("/events/training/questions/new", new).status_code == 302
    first = db.session.scalars(select(Question)).one()
    more = {**new, "label": "ห้องแบบใด", "kind": "one", "options": "เดี่ยว\nคู่"}
    form = client.get("/events/training/questions/new").get_data(as_text=True)
    assert f'value="{first.public_id}:0"' in form and f'value="{first.public_id}:1"' in form
    more |= {"conditions": f"{first.public_id}:0", "is_sensitive": "y"}
    wrong = {**more, "conditions": f"{first.public_id}:2"}
    assert client.submit("/events/training/questions/new", wrong).status_code == 422
    assert client.submit("/events/training/questions/new", more).status_code == 302
    second = db.session.scalars(select(Question).order_by(Question.id.desc())).first()
    assert (second.options, second.show_if_values, second.kept_days) == (["เดี่ยว", "คู่"], ["yes"], 30)
    page = client.get(f"/events/training/questions/{second.public_id}").get_data(as_text=True)
    (ticked,) = re.findall(
        r"<input[^>]*checked[^>]*conditions[^>]*>|<input[^>]*conditions[^>]*checked[^>]*>|"
        r"<input checked[^>]*name=\"conditions\"[^>]*>",
        page,
    )
    assert "เดี่ยว\nคู่" in page.replace("\r", "") and f"{first.public_id}:0" in ticked
    assert second.is_sensitive
    listed = client.get("/events/training/questions").get_data(as_text=True)
    assert "ตอบว่า ใช่" in listed
    client.submit(f"/events/training/questions/{second.public_id}/remove")
    assert db.session.scalars(select(Question)).one().id == first.id
    stranger = ask(make_event("other"))
    for act in ("", "/up", "/remove"):
        assert client.submit(f"/events/training/questions/{stranger.public_id}{act}").status_code == 404


def test_the_day_of_an_answer_is_read_back_in_thai(client, event):
    question = ask(event, Kind.DAY, "วันเดินทาง")
    send(client, answers(event, **{question.field_name: "8/11/2561"}))
    assert kept() == {question.id: date(2018, 11, 8).isoformat()}
    assert "8 พฤศจิกายน 2561" in client.get("/e/training/me/data").get_data(as_text=True)


def test_a_condition_comes_from_one_question_only(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    stays, food = ask(event, Kind.YES_NO, "พักหรือไม่"), ask(event, Kind.ONE, "มื้อใด", options=["เช้า", "เย็น"])
    new = {"label": "พักกับใคร", "kind": "text", "purpose": "logistics", "kept_days": "30"}
    both = {**new, "conditions": [f"{stays.public_id}:0", f"{food.public_id}:1"]}
    page = client.submit("/events/training/questions/new", both)
    assert page.status_code == 422 and "จากข้อเดียว" in page.get_data(as_text=True)
    several = {**new, "conditions": [f"{food.public_id}:0", f"{food.public_id}:1"]}
    assert client.submit("/events/training/questions/new", several).status_code == 302
    assert answering.questions_of(event)[-1].show_if_values == ["เช้า", "เย็น"]


def test_the_desk_does_not_see_sensitive_answers(client, event):
    person = make_registrant(event)
    illness, room = ask(event, label="โรคประจำตัว", is_sensitive=True), ask(event, label="ห้องพัก")
    answering.store(person, [illness, room], {illness.id: "หอบหืด", room.id: "คู่"})
    db.session.commit()
    page = f"/events/training/people/{person.public_id}"
    client.sign_in(make_member(event, Role.REGISTRAR))
    desk = client.get(page).get_data(as_text=True)
    assert "คู่" in desk and "หอบหืด" not in desk
    client.submit("/sign-out")
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "หอบหืด" in client.get(page).get_data(as_text=True)
