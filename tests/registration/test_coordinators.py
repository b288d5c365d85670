"""A unit's coordinator enters, corrects and substitutes that unit's people, and nobody else exists there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.groups.models import Group, Grouping, Membership
from app.registration import coordinators, signup, substitution
from app.registration.importing.undoing import replaced_people
from app.registration.models import ImportRun, Registrant, Standing
from app.registration.seats.models import Place
from tests.make import make_event, make_member, make_registrant, unit_named

HOME = "/e/training/unit"


@pytest.fixture
def event(app):
    return make_event("training")


def link(event, unit="แกลง"):
    coordinator = coordinators.of_unit(event, unit_named(event, unit))
    db.session.commit()
    with db.session.no_autoflush:
        from flask import current_app

        with current_app.test_request_context("/"):
            return coordinators.link_of(coordinator).partition("localhost")[2]


@pytest.fixture
def browser(client, event):
    assert client.get(link(event)).location == HOME
    return client


def person_data(**changes):
    return {
        "title": "นาย",
        "first_name": "สมหมาย",
        "last_name": "ใจงาม",
        "position": "กำนัน",
        "organisation": "ตำบลแกลง",
        "category": "",
        "phone": "0898765432",
        "email": "",
        **changes,
    }


def test_the_coordinator_enters_and_corrects_people_of_the_unit(browser, event):
    assert browser.submit(f"{HOME}/new", person_data(), page=HOME).status_code == 302
    row = db.session.scalars(select(Registrant)).one()
    assert (row.unit.name, row.source, row.full_name) == ("แกลง", "coordinator", "นายสมหมาย ใจงาม")
    assert browser.submit(f"{HOME}/{row.public_id}/edit", person_data(first_name="")).status_code == 422
    browser.submit(f"{HOME}/{row.public_id}/edit", person_data(first_name="สมาน"))
    db.session.expire_all()
    assert db.session.get_one(Registrant, row.id).first_name == "สมาน"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registrant.edited")).one()
    assert entry.actor.startswith("coordinator:")


def test_a_goes_b_comes_the_seat_the_post_and_the_table_stay(browser, event):
    unit = unit_named(event, "แกลง")
    event.seats = 1
    gone = make_registrant(event, "สมชาย", "ใจดี", unit=unit, position="นายอำเภอแกลง", category="ส่วนราชการ")
    waiting = make_registrant(event, "รอ", "ที่นั่ง", unit=unit, standing=Standing.WAITING, waiting_since=clock.now())
    grouping = Grouping(event_id=event.id, name="กลุ่ม")
    group = Group(event_id=event.id, grouping=grouping, number=1, name="กลุ่ม 1")
    place = Place(event_id=event.id, unit_id=unit.id, position="นายอำเภอ", registrant_id=gone.id)
    db.session.add_all([group, place])
    db.session.flush()
    db.session.add(Membership(grouping_id=grouping.id, group_id=group.id, registrant_id=gone.id))
    db.session.commit()
    address = f"{HOME}/{gone.public_id}/substitute"
    assert "นายอำเภอแกลง" in browser.get(address).get_data(as_text=True)
    assert browser.submit(address, person_data()).location == HOME
    db.session.expire_all()
    come = db.session.scalars(select(Registrant).where(Registrant.replaces_id == gone.id)).one()
    assert (come.standing, come.category, come.unit_id) == (Standing.REGISTERED, "ส่วนราชการ", unit.id)
    assert db.session.get_one(Registrant, gone.id).standing == Standing.WITHDRAWN
    assert db.session.get_one(Registrant, waiting.id).standing == Standing.WAITING
    assert db.session.scalar(select(Place.registrant_id)) == come.id
    assert db.session.scalar(select(Membership.registrant_id)) == come.id
    page = browser.get(HOME).get_data(as_text=True)
    assert "เปลี่ยนตัวเป็น นายสมหมาย ใจงาม" in page and "สมชาย" in page
    assert browser.submit(address, person_data(first_name="อีกคน")).status_code == 404


def test_history_shows_both_on_the_organisers_page(client, event):
    gone = make_registrant(event, "สมชาย", "ใจดี")
    come = substitution.substitute(gone, actor="test", first_name="สมหมาย", last_name="ใจงาม")
    db.session.commit()
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "มาแทน สมชาย" in client.get(f"/events/training/people/{come.public_id}").get_data(as_text=True)
    assert "เปลี่ยนตัวเป็น สมหมาย" in client.get(f"/events/training/people/{gone.public_id}").get_data(as_text=True)


def test_somebody_who_is_on_the_list_already_cannot_take_a_seat_too(event):
    gone = make_registrant(event, "สมชาย", "ใจดี", organisation="อำเภอแกลง")
    make_registrant(event, "สมหมาย", "ใจงาม", phone="0898765432")
    with pytest.raises(RuleBroken, match="มีชื่ออยู่แล้ว"):
        substitution.substitute(gone, actor="test", first_name="สมหมาย", last_name="ใจงาม", phone="0898765432")


def test_other_units_other_events_and_withdrawn_people_do_not_exist_for_the_coordinator(browser, event):
    neighbour = make_registrant(event, "เพื่อนบ้าน", unit=unit_named(event, "บ้านค่าย"))
    stranger = make_registrant(make_event("other"), "คนอื่น")
    gone = make_registrant(event, "ถอนแล้ว", unit=unit_named(event, "แกลง"), standing=Standing.WITHDRAWN)
    assert "เพื่อนบ้าน" not in browser.get(HOME).get_data(as_text=True)
    for person in (neighbour, stranger, gone):
        for act in ("edit", "substitute"):
            assert browser.get(f"{HOME}/{person.public_id}/{act}").status_code == 404
            assert browser.submit(f"{HOME}/{person.public_id}/{act}", person_data()).status_code == 404
        assert browser.submit(f"{HOME}/{person.public_id}/withdraw").status_code == 404
    assert browser.get("/e/other/unit").status_code == 401
    assert browser.get("/events/training/people").status_code == 302


def test_a_unit_in_the_form_is_not_obeyed(browser, event):
    browser.submit(f"{HOME}/new", person_data(unit=unit_named(event, "บ้านค่าย").public_id))
    assert db.session.scalars(select(Registrant)).one().unit.name == "แกลง"


def test_a_replaced_a_closed_and_a_guessed_link_let_nobody_in(browser, event):
    coordinator = coordinators.of_unit(event, unit_named(event, "แกลง"))
    old = link(event)
    coordinators.renew(coordinator, actor="test")
    db.session.commit()
    assert browser.get(HOME).status_code == 401
    assert browser.get(old).status_code == 404
    assert browser.get(link(event)).status_code == 302
    coordinators.close(coordinator, actor="test")
    db.session.commit()
    assert browser.get(HOME).status_code == 401
    assert browser.get(link(event)).status_code == 404
    assert browser.get(f"/k/{coordinator.public_id}/{'0' * 32}").status_code == 404


def test_the_link_itself_changes_nothing_and_shows_nothing_personal(client, event):
    make_registrant(event, "น้ำเพชร", unit=unit_named(event, "แกลง"))
    answer = client.get(link(event))
    assert answer.status_code == 302 and "น้ำเพชร" not in answer.get_data(as_text=True)


def test_after_the_deadline_the_coordinator_only_reads(browser, event):
    person = make_registrant(event, "สมชาย", unit=unit_named(event, "แกลง"))
    event.edit_until = clock.today() - timedelta(days=1)
    db.session.commit()
    assert "เลยกำหนด" in browser.get(HOME).get_data(as_text=True)
    for act in (f"{person.public_id}/edit", f"{person.public_id}/withdraw", "new"):
        browser.submit(f"{HOME}/{act}", person_data())
    db.session.expire_all()
    assert [(row.first_name, row.standing) for row in db.session.scalars(select(Registrant))] == [
        ("สมชาย", Standing.REGISTERED)
    ]


def test_the_unit_links_are_passed_on_and_written_down(browser, event):
    person = make_registrant(event, "สมชาย", unit=unit_named(event, "แกลง"))
    other = make_registrant(event, "เพื่อนบ้าน", unit=unit_named(event, "บ้านค่าย"))
    text = browser.submit(f"{HOME}/links", page=HOME).get_data(as_text=True)
    assert f"/p/{person.public_id}/" in text and other.public_id not in text
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "links.shown")).one()


def test_the_organiser_shows_renews_and_closes_links(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    unit = unit_named(event, "แกลง")
    assert "/k/" not in client.get("/events/training/coordinators").get_data(as_text=True)
    shown = client.submit("/events/training/coordinators", {"unit": unit.public_id}).get_data(as_text=True)
    assert "/k/" in shown and "ผู้ประสานงาน แกลง" in shown
    client.submit(f"/events/training/coordinators/{unit.public_id}/close")
    assert "ปิดแล้ว" in client.get("/events/training/coordinators").get_data(as_text=True)
    client.submit(f"/events/training/coordinators/{unit.public_id}/renew")
    assert "ใช้ได้" in client.get("/events/training/coordinators").get_data(as_text=True)
    foreign = make_event("other").units[0]
    assert client.submit("/events/training/coordinators", {"unit": foreign.public_id}).status_code == 404


def test_a_list_with_a_substituted_person_is_not_taken_back(event):
    run = ImportRun(event_id=event.id, file_name="a.xlsx")
    db.session.add(run)
    db.session.flush()
    gone = make_registrant(event, "สมชาย", import_run_id=run.id)
    assert replaced_people(run) is None
    substitution.substitute(gone, actor="test", first_name="สมหมาย", last_name="ใจงาม")
    assert replaced_people(run) is not None


def test_withdrawing_by_the_coordinator_gives_the_seat_to_who_waits(browser, event):
    unit = unit_named(event, "แกลง")
    event.seats = 1
    person = make_registrant(event, "สมชาย", unit=unit)
    waiting = make_registrant(event, "รอ", unit=unit, standing=Standing.WAITING, waiting_since=clock.now())
    browser.submit(f"{HOME}/{person.public_id}/withdraw", page=HOME)
    db.session.expire_all()
    assert db.session.get_one(Registrant, waiting.id).standing == Standing.REGISTERED
    with pytest.raises(RuleBroken):
        substitution.substitute(
            db.session.get_one(Registrant, person.id), actor="x", first_name="ก", last_name="ข"
        )
    assert signup.may_edit_alone(event)
