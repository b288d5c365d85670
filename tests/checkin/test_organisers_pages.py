"""What the organiser sees of the door: live figures, names in a list, a wall without any, the hall's code."""

from __future__ import annotations

import re

import pytest
import time_machine
from sqlalchemy import select

from app.checkin.figures import arriving
from app.checkin.hall import rotating
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.core import clock
from app.database import db
from app.events.models import Role
from tests.checkin.door import at, scan
from tests.make import make_event, make_member, make_registrant


@pytest.fixture
def organiser(app, event):
    member = make_member(event, Role.ORGANISER)
    with time_machine.travel(at(8, 45), tick=False):  # signed in on the day, when the code is shown
        client = app.test_client()
        client.sign_in(member)
        yield client


@pytest.fixture
def one_in(person, event, morning, gate):
    make_registrant(event, "ยังไม่มา", "คนที่สอง")
    scan(person, morning, gate, occurred_at=at(8, 41))


def test_the_overview_counts_by_unit_and_check_point(organiser, one_in, event):
    page = organiser.get("/events/training/check-in").get_data(as_text=True)
    assert "<strong>1</strong> จาก 2 คน" in page
    assert "<strong>0</strong> จาก 2 คน" in page
    assert all(unit.name in page for unit in event.units)
    assert "<strong>1</strong> จาก 2 คน" in organiser.fragment("/events/training/check-in/figures").text


def test_the_attendance_list_has_names_times_and_gates(organiser, one_in, morning):
    page = organiser.get(f"/events/training/check-in/{morning.public_id}").get_data(as_text=True)
    assert "นายสมชาย ใจดี" in page
    assert "08.41 น." in page
    assert "ประตู 1" in page
    assert "ยังไม่มา" not in page


def test_a_long_attendance_list_has_pages_that_keep_the_unit(organiser, event, morning, gate, monkeypatch):
    monkeypatch.setattr("app.checkin.routes.overview.PER_PAGE", 2)
    people = [make_registrant(event, f"คนที่{number}", "มาแล้ว") for number in "๑๒๓"]
    for person in people:
        scan(person, morning, gate, occurred_at=at(8, 41))
    address = f"/events/training/check-in/{morning.public_id}?unit={people[0].unit.public_id}"
    first = organiser.get(address).get_data(as_text=True)
    last = organiser.get(f"{address}&page=2").get_data(as_text=True)
    beyond = organiser.get(f"{address}&page=99").get_data(as_text=True)
    assert "1–2 จาก 3 คน" in first and f"unit={people[0].unit.public_id}" in first.split('rel="next"')[0]
    assert (first.count("/void/"), last.count("/void/")) == (2, 1)
    assert "3–3 จาก 3 คน" in last and "3–3 จาก 3 คน" in beyond


def test_typing_in_the_paper_is_reached_from_the_check_point_and_from_where_sheets_are_printed(
    organiser, one_in, morning
):
    link = f'href="/events/training/paper/{morning.public_id}"'
    for address in (f"/events/training/check-in/{morning.public_id}", "/events/training/documents/sign-in-sheets"):
        assert link in organiser.get(address).get_data(as_text=True)


def test_whoever_may_not_void_is_not_led_to_it(app, event, one_in, morning):
    address = f"/events/training/check-in/{morning.public_id}"
    for role, shown in ((Role.REGISTRAR, True), (Role.VIEWER, False)):
        client = app.test_client()
        client.sign_in(make_member(event, role))
        assert ("/void/" in client.get(address).get_data(as_text=True)) is shown


def test_the_list_can_be_narrowed_to_a_unit(organiser, one_in, event, morning, person):
    address = f"/events/training/check-in/{morning.public_id}?unit="
    other = next(unit for unit in event.units if unit.id != person.unit_id)
    assert "นายสมชาย" in organiser.get(address + person.unit.public_id).get_data(as_text=True)
    assert "นายสมชาย" not in organiser.get(address + other.public_id).get_data(as_text=True)


def test_the_wall_shows_no_name(organiser, one_in, morning, person):
    for page in (
        organiser.get(f"/events/training/wall/{morning.public_id}"),
        organiser.fragment(f"/events/training/wall/{morning.public_id}/figures"),
    ):
        text = page.get_data(as_text=True)
        assert "<strong>1</strong>" in text
        assert person.unit.name in text
        assert "สมชาย" not in text
        assert "ใจดี" not in text


def test_the_wall_counts_arrivals_by_the_minute_and_the_other_half_days(organiser, event, morning, gate):
    people = [make_registrant(event, f"คน{n}", "มาถึง") for n in range(6)]
    for one, minute in zip(people, (5, 40, 41, 41, 41, 45), strict=True):
        scan(one, morning, gate, occurred_at=at(8, minute))
        scan(one, morning, gate, occurred_at=at(8, 45))
    flow = arriving.flow(morning, at(8, 45))
    assert (len(flow.counts), sum(flow.counts), flow.counts[-1]) == (30, 5, 1), (
        "each person once, the early one not"
    )
    assert (flow.most, flow.busiest, flow.lately) == (3, at(8, 41), 0.8)
    page = organiser.get(f"/events/training/wall/{morning.public_id}").text
    assert page.count("<rect ") == 3
    assert "มากที่สุด 3 คน เวลา 08.41 น." in page
    assert event.check_points[1].name in page
    empty = organiser.get(f"/events/training/wall/{event.check_points[1].public_id}").text
    assert "<svg" not in empty, "an hour without arrivals needs no chart"


def test_a_supervisor_voids_on_a_page_of_its_own(organiser, one_in, morning, person):
    address = f"/events/training/check-in/{morning.public_id}/void/{person.public_id}"
    assert organiser.submit(address, {"reason": " "}, page=address).status_code == 422
    assert organiser.submit(address, {"reason": "สแกนผิดคน"}, page=address).status_code == 302
    db.session.rollback()
    assert presence.present_at(morning) == {}
    assert db.session.scalar(select(Scan.remark).where(Scan.action == "void")) == "สแกนผิดคน"


def test_a_lost_badge_is_replaced_on_the_persons_page(organiser, event, person):
    lost, page = person.ticket_code, f"/events/training/people/{person.public_id}"
    assert organiser.submit(f"{page}/new-ticket", page=page).headers["Location"] == page
    db.session.expire_all()
    assert person.ticket_code != lost
    db.session.rollback()
    assert organiser.get(page).status_code == 200


def test_a_viewer_sees_and_does_not_void(app, one_in, event, morning, person):
    viewer = app.test_client()
    viewer.sign_in(make_member(event, Role.VIEWER))
    assert viewer.get("/events/training/check-in").status_code == 200
    address = f"/events/training/check-in/{morning.public_id}/void/{person.public_id}"
    assert viewer.get(address).status_code == 403


def test_the_projector_shows_a_small_qr_six_digits_and_the_address(organiser, morning):
    page = organiser.get(f"/events/training/check-in/{morning.public_id}/projector").get_data(as_text=True)
    shown = rotating.shown(morning, clock.now())
    part = organiser.fragment(f"/events/training/check-in/{morning.public_id}/projector/code").text
    for text in (page, part):
        assert "<svg" in text
        assert f"{shown.digits[:3]} {shown.digits[3:]}" in text
        assert "localhost/c/training" in text
    modules = re.search(r'viewBox="0 0 (\d+) ', part)[1]
    assert int(modules) <= 37 + 8, "the code should stay at version 5 or below: all uppercase"


def test_another_event_has_no_part_in_it(organiser, app):
    other = make_event("other").check_points[0].public_id
    for address in (
        f"/events/training/check-in/{other}",
        f"/events/training/wall/{other}",
        "/events/other/check-in",
    ):
        assert organiser.get(address).status_code == 404


def test_looking_changes_nothing(organiser, one_in, morning):
    before = db.session.execute(select(Scan.__table__)).all()
    db.session.rollback()
    for rest in ("check-in", f"check-in/{morning.public_id}", f"wall/{morning.public_id}",
                 f"check-in/{morning.public_id}/projector", "devices"):  # fmt: skip
        assert organiser.get(f"/events/training/{rest}").status_code == 200
    db.session.rollback()
    assert db.session.execute(select(Scan.__table__)).all() == before
