"""The organiser's list: found, added, corrected, withdrawn and put back; only this event's people."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from app.audit.models import AuditEntry
from app.core import clock
from app.database import db
from app.events.models import Role
from app.registration.links import token_of
from app.registration.models import Registrant, Standing
from tests.make import make_event, make_member, make_registrant, make_user, unit_named
from tests.query_count import counted


@pytest.fixture
def event(app):
    return make_event("training", owner=make_user(email="owner@example.com"))


@pytest.fixture
def organiser(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


def person_data(event, **changes):
    return {
        "title": "นาง",
        "first_name": "สมศรี",
        "last_name": "มานะ",
        "unit": unit_named(event, "บ้านค่าย").public_id,
        "phone": "",
        "email": "",
        **changes,
    }


def test_the_list_is_searched_and_narrowed(organiser, event):
    make_registrant(event, "น้ำเพชร", unit=unit_named(event, "แกลง"))
    make_registrant(event, "สมศรี", unit=unit_named(event, "บ้านค่าย"))
    found = organiser.get("/events/training/people?q=นํ้า").get_data(as_text=True)
    assert "น้ำเพชร" in found and "สมศรี" not in found
    unit = unit_named(event, "บ้านค่าย").public_id
    found = organiser.get(f"/events/training/people?unit={unit}").get_data(as_text=True)
    assert "สมศรี" in found and "น้ำเพชร" not in found


def test_an_empty_list_teaches(organiser):
    page = organiser.get("/events/training/people").get_data(as_text=True)
    assert "ยังไม่มีรายชื่อ" in page and "/e/training/" in page


@pytest.mark.parametrize(
    "query", ["page=-1", "page=99999999999999999999", "page=x", "standing=x", "unit=x", "q=%00"]
)
def test_odd_addresses_are_no_errors(organiser, query):
    assert organiser.get(f"/events/training/people?{query}").status_code == 200


@pytest.mark.parametrize("page", ["people", "seats", "waiting", "replies", "food"])
def test_a_page_takes_as_many_queries_for_1000_people_as_for_1(organiser, event, page):
    make_registrant(event, "หนึ่ง")
    make_registrant(event, "รอ", standing=Standing.WAITING, waiting_since=clock.now())
    with counted() as few:
        organiser.get(f"/events/training/{page}")
    rows = [
        {
            "event_id": event.id,
            "unit_id": event.units[number % 9].id,
            "first_name": f"คนที่{number}",
            "last_name": "ทดสอบ",
            "search_key": f"{number}",
            "sort_key": f"{number}",
            "standing": (Standing.REGISTERED, Standing.REGISTERED, Standing.WAITING)[number % 3],
            "waiting_since": clock.now(),
        }
        for number in range(999)
    ]
    db.session.execute(insert(Registrant), rows)
    db.session.commit()
    with counted() as many:
        organiser.get(f"/events/training/{page}")
    assert len(many) == len(few), set(many) - set(few)


def test_a_person_is_added_by_hand(organiser, event):
    answer = organiser.submit("/events/training/people/new", person_data(event))
    row = db.session.scalars(select(Registrant)).one()
    assert answer.location == f"/events/training/people/{row.public_id}"
    assert (row.source, row.full_name) == ("organiser", "นางสมศรี มานะ")


def test_a_person_is_corrected(organiser, event):
    row = make_registrant(event, "สมศรี", "มานะ", food="ฮาลาล")
    data = person_data(event, first_name="สมใจ", phone="081 234 5678")
    assert organiser.submit(f"/events/training/people/{row.public_id}/edit", data).status_code == 302
    db.session.expire_all()
    row = db.session.get_one(Registrant, row.id)
    assert (row.first_name, row.phone, row.unit.name, row.food) == ("สมใจ", "0812345678", "บ้านค่าย", "ฮาลาล")


def test_a_wrong_correction_keeps_what_was_typed(organiser, event):
    row = make_registrant(event, "สมศรี", "มานะ")
    data = person_data(event, first_name="", position="ตำแหน่งที่พิมพ์ไว้")
    page = organiser.submit(f"/events/training/people/{row.public_id}/edit", data)
    assert page.status_code == 422
    assert "ตำแหน่งที่พิมพ์ไว้" in page.get_data(as_text=True)


def test_withdrawing_can_be_undone_from_the_page_it_leads_to(organiser, event):
    row = make_registrant(event, "สมศรี")
    address = f"/events/training/people/{row.public_id}"
    organiser.submit(f"{address}/withdraw")
    page = organiser.get(address).get_data(as_text=True)
    assert f"{address}/restore" in page
    db.session.expire_all()
    assert db.session.get_one(Registrant, row.id).standing == Standing.WITHDRAWN
    organiser.submit(f"{address}/restore")
    db.session.expire_all()
    assert db.session.get_one(Registrant, row.id).standing == Standing.REGISTERED


def test_a_new_link_is_shown_as_text_for_line(organiser, event):
    row = make_registrant(event, "สมศรี")
    address = f"/events/training/people/{row.public_id}"
    old = token_of(row)
    assert old in organiser.get(address).get_data(as_text=True)
    organiser.submit(f"{address}/new-link")
    page = organiser.get(address).get_data(as_text=True)
    assert old not in page and f"/p/{row.public_id}/" in page


def test_a_units_links_are_one_text_and_showing_them_is_written_down(organiser, event):
    inside = make_registrant(event, "สมศรี", unit=unit_named(event, "แกลง"))
    outside = make_registrant(event, "สมชาย", unit=unit_named(event, "บ้านค่าย"))
    unit = unit_named(event, "แกลง").public_id
    assert inside.public_id not in organiser.get(f"/events/training/links?unit={unit}").get_data(as_text=True)
    page = organiser.submit("/events/training/links", {"unit": unit}).get_data(as_text=True)
    assert f"/p/{inside.public_id}/" in page and outside.public_id not in page
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "links.shown")).one()
    assert entry.facts == {"people": 1}


def test_food_is_not_for_the_registration_desk(client, event):
    row = make_registrant(event, "สมศรี", food="ฮาลาล")
    client.sign_in(make_member(event, Role.REGISTRAR))
    assert "ฮาลาล" not in client.get(f"/events/training/people/{row.public_id}").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.VIEWER])
def test_others_of_the_team_do_not_see_the_list(client, event, role):
    client.sign_in(make_member(event, role))
    assert client.get("/events/training/people").status_code == 403


def test_another_events_person_does_not_exist_here(organiser, event):
    stranger = make_registrant(make_event("other"), "คนอื่น")
    address = f"/events/training/people/{stranger.public_id}"
    assert organiser.get(address).status_code == 404
    assert organiser.get(f"{address}/edit").status_code == 404
    for act in ("withdraw", "restore", "new-link"):
        assert organiser.submit(f"{address}/{act}").status_code == 404
    own_address = f"/events/other/people/{stranger.public_id}"
    assert organiser.get(own_address).status_code == 404


def test_the_badge_of_a_native_camera_leads_the_desk_to_the_person(organiser, event):
    row = make_registrant(event, "สมศรี")
    assert f"/events/training/people/{row.public_id}" in organiser.get(f"/T/{row.ticket_code}").get_data(
        as_text=True
    )


def test_the_list_page_asks_ten_things_of_the_database_however_many_people(client):
    event = make_event("long-list")
    client.sign_in(make_member(event, Role.ORGANISER))
    make_registrant(event, "หนึ่ง")
    with counted() as few:
        client.get("/events/long-list/people")
    for number in range(60):
        make_registrant(event, f"คนที่{number}", unit=event.units[number % 9])
    with counted() as many:
        client.get("/events/long-list/people")
    assert len(few) == len(many) <= 10
