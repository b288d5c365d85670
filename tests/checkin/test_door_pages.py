"""The door on a paired phone: scanning by script and by plain form, searching, undoing, walk-ins."""

from __future__ import annotations

import json
import re
import uuid
from types import SimpleNamespace

import pytest
import time_machine
from sqlalchemy import func, select

from app import database
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.database import db
from app.groups.models import Group, Grouping, Membership
from app.registration.models import Registrant, Standing
from tests.checkin.door import at, make_gate, scan
from tests.make import make_event, make_registrant


def send(phone, morning, **fields):
    """What the scanner's script posts."""
    body = {
        "client_uuid": str(uuid.uuid4()),
        "check_point": morning.public_id,
        "action": "enter",
        "occurred_at": "2018-11-08T08:41:00+07:00",
        **fields,
    }
    answer = phone.post("/staff/scans", json={"scans": [body]})
    db.session.rollback()
    said = answer.json["results"][0] if answer.status_code == 200 else answer.json
    return SimpleNamespace(status_code=answer.status_code, json=said, data=answer.data)


def test_a_scan_is_answered_with_name_unit_group_and_table(phone, event, person, morning):
    grouping = Grouping(event=event, name="รายอำเภอ")
    group = Group(grouping=grouping, event_id=event.id, number=7, name="แกลง 1")
    db.session.add_all([grouping, group, Membership(group=group, grouping_id=1, registrant_id=person.id)])
    db.session.commit()
    answer = send(phone, morning, code=f"HTTP://ANY.HOST/T/{person.ticket_code}")
    assert answer.status_code == 200
    assert answer.json["outcome"] == "accepted"
    assert answer.json["person"] == {
        "name": "นายสมชาย ใจดี",
        "unit": person.unit.name,
        "group": "แกลง 1",
        "table": 7,
    }
    again = send(phone, morning, code=person.ticket_code)
    assert again.status_code == 200
    assert again.json["sentence"] == "ลงทะเบียนแล้ว เวลา 08.41 น. ที่ประตู 1"


def test_a_refused_scan_is_a_result_and_is_kept(phone, morning):
    answer = send(phone, morning, code="javascript:alert(1)")
    assert (answer.status_code, answer.json["reason"]) == (200, "unknown_code")
    assert db.session.scalar(select(Scan.raw_code)) == "javascript:alert(1)"


def test_a_repeated_request_gets_the_same_bytes(phone, morning, person):
    fields = {"client_uuid": str(uuid.uuid4()), "code": person.ticket_code}
    assert send(phone, morning, **fields).data == send(phone, morning, **fields).data
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"code": 7}, {"code": None}, {"code": ["x"]}, {"check_point": {"a": 1}}, {"check_point": "\ud800"},
        {"action": "\x00"}, {"occurred_at": 3}, {"who": "\x00" * 14}, {"who": 5}, {"client_uuid": None},
        {"client_uuid": "\ud800" * 10}, {"code": "\ud800\x00" * 30, "action": "\ud800"}, {"offline": "yes"},
    ],
)  # fmt: skip
def test_odd_fields_are_answered_not_crashed_on(phone, morning, odd):
    answer = send(phone, morning, **odd)
    assert answer.status_code == 200
    assert answer.json["outcome"] == "refused"


@pytest.mark.parametrize("body", ["[]", "1", "{", "", "[" * 100000])
def test_what_is_no_object_is_a_bad_request(phone, body):
    answer = phone.post("/staff/scans", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["sentence"]


@pytest.mark.parametrize(
    "foreign",
    [
        {"headers": {"Origin": "https://elsewhere.example"}},
        {"headers": {"Sec-Fetch-Site": "cross-site"}},
        {"headers": {"Sec-Fetch-Site": "same-site"}},
        {"content_type": "text/plain"},  # what another site's form can send
    ],
)
def test_a_scan_from_another_sites_page_is_refused(phone, morning, person, foreign):
    body = {"client_uuid": str(uuid.uuid4()), "check_point": morning.public_id, "code": person.ticket_code}
    request = {"content_type": "application/json", **foreign}
    assert phone.post("/staff/scans", data=json.dumps({"scans": [body]}), **request).status_code == 403
    db.session.rollback()
    assert presence.present_at(morning) == {}


def test_a_stand_in_by_plain_form(phone, event, here, morning, person):
    page = f"{here}/instead-of/{person.public_id}"
    assert "นายสมชาย ใจดี" in phone.get(page).get_data(as_text=True)
    assert phone.submit(page, {"name": "รุ่งนภา", "position": ""}, page=page).status_code == 422
    done = phone.submit(page, {"name": "นางรุ่งนภา มาแทน", "position": "รองปลัด"}, page=page)
    assert "นางรุ่งนภา มาแทน" in phone.get(done.headers["Location"]).get_data(as_text=True)
    [came] = db.session.scalars(select(Registrant).where(Registrant.stands_for_id == person.id))
    assert list(presence.present_at(morning)) == [came.id]


def test_the_page_for_the_time_without_a_network_says_nothing_of_anybody(phone, event, person):
    page = phone.get("/staff/without-network")
    html = page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers
    for secret in (event.name, event.public_id, person.first_name, 'name="csrf-token"'):
        assert secret not in html
    script = phone.get("/staff/sw.js").get_data(as_text=True)
    assert "/staff/without-network" in script
    assert phone.get("/staff/app.webmanifest").json["scope"] == "/staff/"


def test_the_notice_to_participants_names_the_phones(phone, event):
    assert "โทรศัพท์ของเจ้าหน้าที่ลงทะเบียน" in phone.get("/e/training/privacy").get_data(as_text=True)


def test_the_scanner_works_by_plain_form_and_shows_the_answer(phone, here, morning, person):
    with time_machine.travel(at(8, 41), tick=False):
        fields = {"check_point": morning.public_id, "client_uuid": str(uuid.uuid4()), "code": person.ticket_code}
        done = phone.submit("/staff/check-in", fields, page=here)
    assert done.status_code == 302
    page = phone.get(done.headers["Location"]).get_data(as_text=True)
    assert 'data-outcome="accepted"' in page
    assert "นายสมชาย ใจดี" in page
    assert person.ticket_code not in done.headers["Location"]


def test_undo_by_plain_form(phone, here, morning, person):
    scanned = str(uuid.uuid4())
    common = {"check_point": morning.public_id}
    phone.submit("/staff/check-in", {**common, "client_uuid": scanned, "code": person.ticket_code}, page=here)
    undo = {**common, "client_uuid": str(uuid.uuid4()), "code": scanned, "action": "void"}
    page = phone.get(phone.submit("/staff/check-in", undo, page=here).headers["Location"])
    assert "ยกเลิกรายการแล้ว" in page.get_data(as_text=True)
    db.session.rollback()
    assert presence.present_at(morning) == {}


def test_the_page_says_why_the_camera_is_off_on_plain_http(phone, here):
    phone.set_cookie("door", phone.get_cookie("door").value, domain="sammana.test")
    said = '<noscript><p class="notice">กล้องใช้ไม่ได้'
    assert said in phone.get(here, base_url="http://sammana.test").get_data(as_text=True)
    page = phone.get(here, base_url="http://localhost")
    assert said not in page.get_data(as_text=True)
    assert page.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "'wasm-unsafe-eval'" in page.headers["Content-Security-Policy"]


def search(phone, here, typed):
    return phone.submit(f"{here}/search", {"q": typed}, page=here)


def test_a_name_is_found_from_two_letters_and_let_in_by_one_tap(phone, here, morning, person, event):
    make_registrant(event, "สมหญิง", "คนอื่น", phone="0899999999", email="x@example.com")
    found = search(phone, here, "สม")
    text = found.get_data(as_text=True)
    assert found.status_code == 200
    assert "นายสมชาย ใจดี" in text
    assert person.unit.name in text
    assert "0812345678" not in text
    assert "x@example.com" not in text
    assert person.ticket_code not in text
    who = re.search(rf'value="({person.public_id})"', text)[1]
    fields = {"check_point": morning.public_id, "client_uuid": str(uuid.uuid4()), "who": who}
    done = phone.submit("/staff/check-in", fields, page=here)
    assert 'data-outcome="accepted"' in phone.get(done.headers["Location"]).get_data(as_text=True)
    assert db.session.scalar(select(Scan.method)) == "staff_search"


@pytest.mark.parametrize("typed", ["นายสมชาย", "ใจดี สมชาย", "นาย สมชาย ใจดี", "ชายใจ", "สมช่าย"])
def test_a_name_is_found_as_people_type_it(phone, here, person, typed):
    assert "นายสมชาย ใจดี" in search(phone, here, typed).get_data(as_text=True)


@pytest.mark.parametrize("typed", ["", " ", "ก", "ก่", "%", "_%", "่่่", "\x00\x00", ".."])
def test_there_is_no_list_to_browse(phone, here, event, typed):
    for number in range(12):
        make_registrant(event, f"กาก{number}", "กากี")
    answer = search(phone, here, typed)
    assert answer.status_code == 422
    assert "กากี" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["ก" * 20000, " ".join(f"ก{number}" for number in range(1200))])
def test_a_search_longer_than_any_name_gets_a_sentence(phone, here, app, gate, typed):
    answer = search(phone, here, typed)
    assert answer.status_code == 422
    assert "คำค้นยาวเกิน 200 ตัวอักษร" in answer.get_data(as_text=True)
    told = app.test_client().post("/api/v1/search", json={"q": typed}, headers=gate.bearer)
    assert told.status_code == 422
    assert "200" in told.json["sentence"]


def test_ten_names_at_most(phone, here, event):
    for number in range(12):
        make_registrant(event, f"กาก{number}", "กากี")
    page = search(phone, here, "กากี").get_data(as_text=True)
    assert page.count('class="door-person"') == 10
    assert "มากกว่า 10 คน" in page


def test_the_search_stays_within_the_event_and_the_standing(phone, here, event):
    make_registrant(make_event("other"), "สมบัติ", "งานอื่น")
    make_registrant(event, "สมบัติ", "ถอนชื่อ", standing=Standing.WITHDRAWN)
    page = search(phone, here, "สมบัติ").get_data(as_text=True)
    assert "งานอื่น" not in page
    assert "ถอนชื่อ" not in page


def test_a_search_waits_for_nobody_who_writes(phone, here, person):
    db.session.commit()
    with database._write_lock:  # a long scan, an import that is being kept
        answer = search(phone, here, "สมช")
    assert answer.status_code == 200
    assert "นายสมชาย ใจดี" in answer.get_data(as_text=True)


def test_looking_changes_nothing(phone, here, morning, person, gate):
    scan(person, morning, gate)
    before = db.session.execute(select(Scan.__table__)).all()
    db.session.rollback()
    for address in ("/staff/", here, f"{here}/count", f"{here}/code", f"/staff/badge/{person.ticket_code}"):
        assert phone.fragment(address).status_code in (200, 302)
    search(phone, here, "สมชาย")
    data = {"q": "สมชาย", "csrf_token": phone.csrf(here)}
    part = phone.fragment(f"{here}/search?part=1", method="POST", data=data).get_data(as_text=True)
    assert "สมชาย" in part
    assert "<html" not in part
    db.session.rollback()
    assert db.session.execute(select(Scan.__table__)).all() == before


def test_a_badge_opened_by_the_phones_own_camera_needs_a_press(phone, here, morning, person):
    assert phone.get(f"/staff/badge/{person.ticket_code}").headers["Location"] == "/staff/"
    phone.get(here)
    page = phone.get(f"/staff/badge/{person.ticket_code.lower()}").get_data(as_text=True)
    assert "นายสมชาย ใจดี" in page
    db.session.rollback()
    assert presence.present_at(morning) == {}
    assert "ไม่พบรหัส" in phone.get("/staff/badge/AAAAAAAAAAAAAAAAAAAA").get_data(as_text=True)


def test_a_paired_phone_is_offered_the_door_on_a_badges_address(phone, client, person):
    address = f"/T/{person.ticket_code}"
    assert f"/staff/badge/{person.ticket_code}" in phone.get(address).get_data(as_text=True)
    assert "/staff/" not in client.get(address).get_data(as_text=True)


def walk_in(browser, here, event, **fields):
    values = {
        "client_uuid": str(uuid.uuid4()),
        "name": "นางสาวมาเพิ่ม วันนี้",
        "unit": event.units[1].public_id,
        "phone": "081-234-5699",
        **fields,
    }
    answer = browser.submit(f"{here}/walk-in", values, page=here)
    db.session.rollback()
    return answer


def test_who_is_on_no_list_is_registered_and_let_in_with_one_form(phone, here, event, morning):
    done = walk_in(phone, here, event)
    assert 'data-outcome="accepted"' in phone.get(done.headers["Location"]).get_data(as_text=True)
    person = db.session.scalars(select(Registrant)).one()
    assert (person.title, person.first_name, person.last_name) == ("นางสาว", "มาเพิ่ม", "วันนี้")
    assert (person.unit_id, person.phone, person.source) == (event.units[1].id, "0812345699", "walk_in")
    assert person.id in presence.present_at(morning)
    assert db.session.scalar(select(Scan.method)) == "walk_in"


def test_a_walk_in_sent_twice_is_one_person(phone, here, event):
    client_uuid = str(uuid.uuid4())
    for _time in range(2):
        assert walk_in(phone, here, event, client_uuid=client_uuid).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Registrant)) == 1


@pytest.mark.parametrize("broken", ["", "x", "\ud800" * 9, "a" * 5000])
def test_a_form_whose_hidden_id_was_broken_still_lets_in(phone, here, event, morning, person, broken):
    broken = broken.encode("utf-8", "replace").decode()
    assert walk_in(phone, here, event, client_uuid=broken).status_code == 302
    fields = {"check_point": morning.public_id, "client_uuid": broken, "code": person.ticket_code}
    phone.submit("/staff/check-in", fields, page=here)
    db.session.rollback()
    assert len(presence.present_at(morning)) == 2


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "ชื่อเดียว"}, {"unit": ""}, {"unit": "x"}, {"phone": "12"}]
)
def test_a_walk_in_that_cannot_be_kept_loses_nothing_typed(phone, here, event, fields):
    answer = walk_in(phone, here, event, **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert fields.get("name", "นางสาวมาเพิ่ม วันนี้") in page
    assert fields.get("phone", "081-234-5699") in page
    assert db.session.scalar(select(func.count()).select_from(Registrant)) == 0


def test_a_search_that_found_nobody_brings_the_name_to_the_form(phone, here):
    page = search(phone, here, "ไม่มีใคร ชื่อนี้").get_data(as_text=True)
    assert "เพิ่มเป็นผู้เข้าร่วมเพิ่มเติม" in page
    form = phone.submit(f"{here}/walk-in", {"typed": "ไม่มีใคร ชื่อนี้"}, page=here)
    assert form.status_code == 200
    assert 'value="ไม่มีใคร ชื่อนี้"' in form.get_data(as_text=True)


def test_an_unknown_check_point_is_not_found(phone, event):
    other = make_event("other").check_points[0].public_id
    for address in (f"/staff/at/{other}", "/staff/at/nothing", "/staff/at/%00"):
        assert phone.get(address).status_code == 404


def test_another_gates_phone_is_named_at_the_second_scan(app, event, morning, person, phone):
    other = app.test_client()
    other.set_cookie("door", make_gate(event, "ประตู 2").token)
    send(phone, morning, code=person.ticket_code)
    assert send(other, morning, code=person.ticket_code).json["first_by"] == "ประตู 1"
