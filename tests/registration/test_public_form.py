"""The public form: two pages, no account, nothing typed is lost, one row."""

from __future__ import annotations

import re

import pytest
from flask import before_render_template
from sqlalchemy import func, select

from app import database
from app.database import db
from app.registration import notice
from app.registration.models import Consent, Registrant
from app.registration.seats import places
from app.registration.seats.models import CategoryQuota
from tests.make import make_event, make_registrant, unit_named
from tests.query_count import counted

URL = "/e/training/register"


@pytest.fixture
def event(app):
    return make_event("training")


def answers(event, **changes):
    return {
        "title": "นาย",
        "title_other": "",
        "first_name": "สมชาย",
        "last_name": "ใจดี",
        "position": "ผู้ใหญ่บ้าน",
        "organisation": "หมู่ที่ ๕ ตำบลแกลง",
        "category": "ฝ่ายปกครองท้องที่",
        "unit": unit_named(event, "แกลง").public_id,
        "phone": "081-234 5678",
        "email": "",
        "food": "",
        "notice_read": "y",
        "submission_key": "0" * 32,
        "step": "send",
        **changes,
    }


def send(client, data):
    return client.submit(URL, data, page=URL)


def rows():
    return list(db.session.scalars(select(Registrant)))


def fields_of(page):
    """The names and values a browser would send back, as far as they are text."""
    html = page.get_data(as_text=True)
    found = {}
    for tag in re.findall(r"<input[^>]+>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        ticked = kind and kind[1] in ("radio", "checkbox") and "checked" not in tag
        if name and value and not ticked and name[1] not in ("language", "back"):
            found[name[1]] = value[1]
    return found


def test_the_first_page_leads_to_the_second_with_everything_typed(client, event):
    page = send(client, answers(event, step="who"))
    assert page.status_code == 200
    carried = fields_of(page)
    assert carried["first_name"] == "สมชาย"
    assert carried["title"] == "นาย"
    assert carried["unit"] == unit_named(event, "แกลง").public_id
    assert rows() == []


def asked_on(page):
    """What a person fills in on a page, one entry for each group of boxes, without what travels along hidden."""
    form = re.search(r'<form method="post" action="/e/.*?</form>', page.get_data(as_text=True), re.S)[0]
    tags = re.findall(r"<(?:input|select|textarea)[^>]+>", form)
    return {re.search(r'name="([^"]+)"', tag)[1] for tag in tags if 'type="hidden"' not in tag}


def test_two_short_pages_and_no_account_are_all_it_takes(client, event):
    first = client.get(URL)
    second = send(client, answers(event, step="who"))
    names = {"title", "title_other", "first_name", "last_name", "position", "organisation", "category", "unit"}
    assert asked_on(first) == names
    assert asked_on(second) == {"phone", "email", "food", "food_consent", "notice_read"}
    needed = {name: value for name, value in answers(event).items() if value and name != "food"}
    assert send(client, needed).status_code == 302, "nothing else is needed"


def test_the_second_page_can_be_left_for_the_first_without_losing_a_word(client, event):
    page = send(client, answers(event, step="back", food="ฮาลาล", notice_read=""))
    carried = fields_of(page)
    assert (carried["first_name"], carried["phone"], carried["food"]) == ("สมชาย", "081-234 5678", "ฮาลาล")
    assert "notice_read" not in carried


def test_sending_makes_a_registrant_who_is_known_to_this_browser(client, event):
    answer = send(client, answers(event))
    assert answer.location == "/e/training/registered"
    (row,) = rows()
    assert (row.full_name, row.phone, row.source) == ("นายสมชาย ใจดี", "0812345678", "form")
    assert row.organisation == "หมู่ที่ 5 ตำบลแกลง"
    assert row.notice_version == notice.VERSION
    page = client.get(answer.location).get_data(as_text=True)
    assert f"/p/{row.public_id}/" in page
    assert row.ticket_code in page and "<svg" in page


def test_a_double_tap_makes_one_row(client, event):
    for _ in range(2):
        assert send(client, answers(event)).status_code == 302
    assert len(rows()) == 1


def test_faults_of_the_second_page_come_back_with_what_was_typed(client, event):
    page = send(client, answers(event, phone="12", notice_read=""))
    assert page.status_code == 422
    carried = fields_of(page)
    assert (carried["phone"], carried["first_name"]) == ("12", "สมชาย")
    assert "หมายเลขโทรศัพท์ไม่ถูกต้อง" in page.get_data(as_text=True)
    assert "รับทราบ" in page.get_data(as_text=True)
    assert rows() == []


def test_one_way_of_being_reached_is_enough_and_needed(client, event):
    assert send(client, answers(event, phone="")).status_code == 422
    assert send(client, answers(event, phone="", email="a@example.com")).status_code == 302


def test_a_dash_is_no_way_of_being_reached(client, event):
    assert send(client, answers(event, phone="-", email="")).status_code == 422
    assert rows() == []


def test_faults_of_the_first_page_bring_it_back(client, event):
    page = send(client, answers(event, first_name="", unit="elsewhere"))
    assert page.status_code == 422
    html = page.get_data(as_text=True)
    assert 'name="step" value="who"' in html
    assert fields_of(page)["phone"] == "081-234 5678"


def test_a_stale_token_costs_one_more_press_and_no_word(client, event):
    client.get(URL)
    page = client.post(URL, data={**answers(event), "csrf_token": "old"})
    assert page.status_code == 422
    assert "กดปุ่มอีกครั้ง" in page.get_data(as_text=True)
    again = {**answers(event), **fields_of(page), "notice_read": "y", "step": "send"}
    assert client.post(URL, data=again).status_code == 302


def test_food_is_asked_for_apart_and_kept_with_consent_alone(client, event):
    page = send(client, answers(event, food="ฮาลาล"))
    assert page.status_code == 422
    assert send(client, answers(event, food="ฮาลาล", food_consent="y")).status_code == 302
    (row,) = rows()
    assert row.food == "ฮาลาล"
    assert db.session.scalar(select(func.count(Consent.id))) == 1


def test_the_same_person_again_learns_nothing_about_the_row(client, event):
    make_registrant(
        event, "สมชาย", "ใจดี", unit=unit_named(event, "แกลง"), phone="0812345678", email="secret@example.com"
    )
    page = send(client, answers(event))
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "ขอลิงก์ใหม่จากผู้จัดงาน" in html
    assert "secret@example.com" not in html and "/p/" not in html


def test_a_national_id_is_refused_and_not_kept(client, event):
    page = send(client, answers(event, organisation="1-1037-02071-81-1"))
    assert page.status_code == 422
    assert "เลขประจำตัวประชาชน" in page.get_data(as_text=True)
    assert rows() == []


def test_another_title_is_typed(client, event):
    assert send(client, answers(event, title="other")).status_code == 422
    assert send(client, answers(event, title="other", title_other="พระครู")).status_code == 302
    assert rows()[0].title == "พระครู"


def test_a_closed_event_says_so_and_what_to_do(client, event):
    event.registration_open = False
    db.session.commit()
    page = client.get(URL).get_data(as_text=True)
    assert "ปิดรับการตอบรับแล้ว" in page
    client.get("/")
    assert send_closed(client, event) == []


def send_closed(client, event):
    client.submit(URL, answers(event))
    return rows()


def test_a_unit_of_another_event_cannot_be_chosen(client, event):
    other = make_event("other")
    page = send(client, answers(event, unit=other.units[0].public_id))
    assert page.status_code == 422


def test_the_notice_is_there_before_anything_is_asked(client, event):
    page = client.get("/e/training/privacy").get_data(as_text=True)
    for word in ("ผู้ควบคุมข้อมูล", "มาตรา 24 (4)", "สิทธิของท่าน", "เก็บนานเท่าใด", "ฉบับที่ 1"):
        assert word in page


def test_the_public_page_names_nobody(client, event):
    make_registrant(event, "น้ำเพชร")
    assert "น้ำเพชร" not in client.get("/e/training/").get_data(as_text=True)


def test_what_is_wrong_is_said_while_somebody_else_writes(client, event):
    data = {**answers(event, phone="12"), "csrf_token": client.csrf(URL)}
    db.session.commit()
    with database._write_lock:
        page = client.post(URL, data=data)
    assert page.status_code == 422 and "หมายเลขโทรศัพท์ไม่ถูกต้อง" in page.get_data(as_text=True)


def test_the_page_of_a_refusal_is_drawn_after_the_lock_is_given_back(client, event):
    event.seats, event.has_waiting_list = 0, False
    db.session.commit()
    held = []

    def note(_app, **_context):
        held.append(database._write_lock.locked())

    with before_render_template.connected_to(note):
        page = send(client, answers(event))
    assert page.status_code == 422 and "เต็มแล้ว" in page.get_data(as_text=True)
    assert fields_of(page)["phone"] == "081-234 5678"
    assert held and not any(held)


def test_an_answer_asks_the_database_little_and_nothing_twice(client, event):
    event.seats = 500
    db.session.commit()
    data = {**answers(event), "csrf_token": client.csrf(URL)}
    with counted() as statements:
        assert client.post(URL, data=data).status_code == 302
    asked = [" ".join(one.split()) for one in statements]
    assert len(asked) <= 14 and len(set(asked)) == len(asked)


def options_of(page):
    """Value → label of every option of the page's selects."""
    return dict(re.findall(r'<option[^>]*value="([^"]+)"[^>]*>([^<]+)</option>', page.get_data(as_text=True)))


def test_full_units_and_kinds_are_marked_before_anything_is_sent(client, event):
    full = unit_named(event, "แกลง")
    full.seats = 0
    db.session.add(CategoryQuota(event_id=event.id, category="ภาคประชาสังคม", target=0, seats=0))
    share = unit_named(event, "บ้านค่าย")
    db.session.add(CategoryQuota(event_id=event.id, unit_id=share.id, category="ส่วนราชการ", target=0, seats=0))
    db.session.commit()
    for page in (client.get(URL), send(client, answers(event, first_name=""))):
        shown = options_of(page)
        assert shown[full.public_id] == "แกลง (เต็ม ลงชื่อสำรองได้)"
        assert shown["ภาคประชาสังคม"] == "ภาคประชาสังคม (เต็ม ลงชื่อสำรองได้)"
        assert shown[share.public_id] == "บ้านค่าย" and shown["ส่วนราชการ"] == "ส่วนราชการ"
        assert "เต็มแล้ว: ส่วนราชการ บ้านค่าย" in page.get_data(as_text=True)
    assert f'selected value="{full.public_id}"' in page.get_data(as_text=True), "nothing typed or chosen is lost"
    assert fields_of(page)["phone"] == "081-234 5678"
    event.has_waiting_list = False
    db.session.commit()
    page = client.get(URL)
    assert options_of(page)[full.public_id] == "แกลง (เต็ม)" and "โปรดติดต่อผู้จัดงาน" in page.get_data(as_text=True)
    event.asks_approval = True
    db.session.commit()
    assert options_of(client.get(URL))[full.public_id] == "แกลง", "the organiser decides, whatever the numbers say"


def test_who_has_a_held_post_reads_that_it_is_theirs(client, event):
    unit = unit_named(event, "แกลง")
    unit.seats = 1
    places.hold(event, [unit], [("นายอำเภอ", 1)], actor="test")
    db.session.commit()
    page = client.get(URL)
    assert options_of(page)[unit.public_id].startswith("แกลง (เต็ม")
    assert "กันไว้ตามตำแหน่ง ตอบรับได้ตามปกติ" in page.get_data(as_text=True)
