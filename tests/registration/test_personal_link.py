"""The personal link opens the own page, changes nothing by being fetched, and can be ended."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.checkin.models import Scan
from app.database import db
from app.registration import consents, signup
from app.registration.links import reissue, token_of
from app.registration.models import Registrant
from tests.make import make_event, make_registrant


@pytest.fixture
def person(app):
    return make_registrant(make_event("training"), "น้ำเพชร", "ใจดี", title="นาง", phone="0812345678")


def link(person):
    return f"/p/{person.public_id}/{token_of(person)}"


def open_own_page(client, person):
    assert client.get(link(person)).status_code == 302


def test_the_link_lets_this_browser_in_at_an_address_without_the_secret(client, person):
    answer = client.get(link(person))
    assert answer.location == "/e/training/me"
    assert "นางน้ำเพชร ใจดี" in client.get(answer.location).get_data(as_text=True)


def test_without_the_link_the_own_page_says_how_to_get_in(client, person):
    page = client.get("/e/training/me")
    assert page.status_code == 401
    assert "โปรดเปิดลิงก์ส่วนตัว" in page.get_data(as_text=True)
    assert "น้ำเพชร" not in page.get_data(as_text=True)


def test_a_preview_robot_checks_nobody_in(app, person):
    robot = app.test_client()
    for _ in range(3):
        robot.get(link(person), headers={"User-Agent": "facebookexternalhit/1.1;line-poker/1.0"})
    assert db.session.scalar(select(func.count(Scan.id))) == 0
    assert db.session.scalar(select(func.count(AuditEntry.id))) == 0


@pytest.mark.parametrize("wrong", ["0" * 32, "", "x", "ก" * 32])
def test_a_wrong_secret_is_a_sentence(client, person, wrong):
    page = client.get(f"/p/{person.public_id}/{wrong}")
    assert page.status_code == 404


def test_a_new_link_ends_the_old_one_and_the_browsers_it_let_in(client, person):
    old = link(person)
    client.get(old)
    reissue(person, actor="command")
    db.session.commit()
    page = client.get(old)
    assert page.status_code == 404
    assert "ขอลิงก์ใหม่จากผู้จัดงาน" in page.get_data(as_text=True)
    assert client.get("/e/training/me").status_code == 401


def test_who_withdrew_learns_so(client, person):
    signup.withdraw(person)
    db.session.commit()
    page = client.get(link(person))
    assert page.status_code == 404
    assert "ถอนชื่อ" in page.get_data(as_text=True)


def test_another_events_link_opens_nothing_here(client, person):
    other = make_registrant(make_event("other"), "คนอื่น")
    client.get(link(other))
    assert client.get("/e/training/me").status_code == 401


@pytest.mark.parametrize("letter", ["T", "t"])
def test_a_badges_address_shows_nothing_personal(client, person, letter):
    code = person.ticket_code if letter == "T" else person.ticket_code.lower()
    page = client.get(f"/{letter}/{code}").get_data(as_text=True)
    for secret in ("น้ำเพชร", "ใจดี", "0812345678", person.public_id):
        assert secret not in page
    assert "แสดงต่อเจ้าหน้าที่" in page


def test_a_badge_opened_by_its_owners_phone_goes_to_the_own_page(client, person):
    open_own_page(client, person)
    assert client.get(f"/T/{person.ticket_code}").location == "/e/training/me"


def test_an_unknown_badge_is_not_found(client, app):
    assert client.get("/T/AAAAAAAAAAAAAAAAAAAA").status_code == 404


def own_data(**changes):
    return {
        "title": "นาง",
        "first_name": "น้ำเพชร",
        "last_name": "ใจดี",
        "position": "กำนัน",
        "organisation": "ตำบลแกลง",
        "phone": "0812345678",
        "email": "",
        "food": "",
        **changes,
    }


def edit(client, **changes):
    return client.submit("/e/training/me/edit", own_data(**changes), page="/e/training/me/edit")


def test_a_person_corrects_the_own_data(client, person):
    open_own_page(client, person)
    assert edit(client, first_name="นํ้าเพชร", last_name="ใจงาม", phone="๐๘๙ ๘๗๖ ๕๔๓๒").location == "/e/training/me"
    db.session.expire_all()
    found = db.session.get_one(Registrant, person.id)
    assert (found.full_name, found.phone) == ("นางน้ำเพชร ใจงาม", "0898765432")


def test_a_fault_keeps_what_was_typed(client, person):
    open_own_page(client, person)
    page = edit(client, first_name="", position="นายก อบต.")
    assert page.status_code == 422
    assert "นายก อบต." in page.get_data(as_text=True)


def test_food_can_be_given_and_taken_back(client, person):
    open_own_page(client, person)
    assert edit(client, food="มังสวิรัติ").status_code == 422
    assert edit(client, food="มังสวิรัติ", food_consent="y").status_code == 302
    db.session.expire_all()
    assert consents.stands(person, consents.FOOD)
    assert edit(client, food="มังสวิรัติ").status_code == 302  # the tick alone is taken back
    db.session.expire_all()
    assert db.session.get_one(Registrant, person.id).food == ""
    assert not consents.stands(person, consents.FOOD)


def test_food_from_an_offices_list_does_not_stand_in_the_way(client, person):
    person.food = "ฮาลาล"
    db.session.commit()
    open_own_page(client, person)
    assert edit(client, food="ฮาลาล", phone="0898765432").status_code == 302
    db.session.expire_all()
    assert db.session.get_one(Registrant, person.id).food == "ฮาลาล"
    assert edit(client, food="").status_code == 302
    db.session.expire_all()
    assert db.session.get_one(Registrant, person.id).food == ""
