"""Two records become one person: scans, seat, links and data united, with a trace, and back again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.checkin.ledger.presence import is_present, present_at
from app.checkin.models import Scan
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.groups.models import Group, Grouping, Membership
from app.registration import consents, merging, queries, signup
from app.registration.importing.undoing import merged_people
from app.registration.links import token_of
from app.registration.models import ImportRun, Registrant, Standing
from tests.make import make_event, make_member, make_registrant, unit_named


@pytest.fixture
def event(app):
    return make_event("training")


@pytest.fixture
def two(event):
    one = make_registrant(event, "สมชาย", "ใจดี", unit=unit_named(event, "แกลง"), phone="0812345678")
    other = make_registrant(
        event, "สมชัย", "ใจดี", unit=unit_named(event, "บ้านค่าย"), email="a@example.com", position="ปลัดอำเภอ"
    )
    return one, other


def scan(registrant, point):
    row = Scan(
        client_uuid=f"00000000-0000-4000-8000-{registrant.id:012}",
        event_id=registrant.event_id,
        check_point_id=point.id,
        registrant_id=registrant.id,
        method="staff_scan",
        outcome="accepted",
        occurred_at=clock.now(),
        answer="{}",
    )
    db.session.add(row)
    db.session.commit()


def seat(event, registrant, number=1):
    grouping = db.session.scalar(select(Grouping)) or Grouping(event_id=event.id, name="กลุ่ม")
    group = Group(event_id=event.id, grouping=grouping, number=number, name=f"กลุ่ม {number}")
    db.session.add(group)
    db.session.flush()
    db.session.add(Membership(grouping_id=grouping.id, group_id=group.id, registrant_id=registrant.id))
    db.session.commit()
    return group


def seats():
    rows = db.session.execute(select(Membership.registrant_id, Membership.group_id).order_by(Membership.id))
    return {tuple(row) for row in rows}


def merge(one, other, **more):
    merger = merging.merge(one, other, actor="test", **more)
    db.session.commit()
    return merger


def test_the_older_record_stands_and_takes_what_it_lacked(event, two):
    one, other = two
    merge(other, one)
    assert other.merged_into_id == one.id and one.merged_into_id is None
    assert (one.first_name, one.phone, one.email, one.position) == (
        "สมชาย",
        "0812345678",
        "a@example.com",
        "ปลัดอำเภอ",
    )
    assert [person.id for person in queries.everybody(event)] == [one.id]


def test_where_they_differ_the_organiser_chooses(event, two):
    one, other = two
    assert merging.differences(one, other) == ["first_name", "unit_id"]
    merge(one, other, take_other={"first_name": True, "unit_id": True})
    assert (one.first_name, one.unit.name) == ("สมชัย", "บ้านค่าย")
    assert queries.people(event, search="สมชัย").items == [one]


def test_scans_stay_where_they_are_and_count_for_the_person(event, two):
    one, other = two
    point = event.check_points[0]
    scan(other, point)
    merge(one, other)
    assert is_present(point, one)
    assert set(present_at(point)) == {one.id}
    assert db.session.scalar(select(Scan.registrant_id)) == other.id


def test_a_stand_in_of_either_stands_in_for_the_person(event, two):
    one, other = two
    came = make_registrant(event, "รุ่งนภา", "มาแทน", stands_for_id=other.id)
    merger = merge(one, other)
    assert came.stands_for_id == one.id
    merging.undo(merger, actor="test")
    assert came.stands_for_id == other.id


def test_parting_leaves_a_seat_as_somebody_settled_it_meanwhile(event, two):
    one, other = two
    came = make_registrant(event, "รุ่งนภา", "มาแทน", stands_for_id=other.id)
    merger = merge(one, other)
    came.stands_for_id = None
    merging.undo(merger, actor="test")
    assert came.stands_for_id is None


def test_nobody_stands_in_for_themselves(event, two):
    one, other = two
    one.stands_for_id = other.id
    db.session.commit()
    merger = merge(one, other)
    assert one.stands_for_id is None
    merging.undo(merger, actor="test")
    assert one.stands_for_id == other.id


def test_of_two_seats_one_stays_and_a_single_one_is_taken_over(event, two):
    one, other = two
    group = seat(event, other)
    merger = merge(one, other)
    assert seats() == {(one.id, group.id)}
    merging.undo(merger, actor="test")
    assert seats() == {(other.id, group.id)}
    mine = seat(event, one, number=2)
    again = merge(one, other)
    assert seats() == {(one.id, mine.id)}
    merging.undo(again, actor="test")
    assert seats() == {(one.id, mine.id), (other.id, group.id)}


def test_both_links_and_both_badges_lead_to_the_one_person(client, event, two):
    one, other = two
    links = [f"/p/{record.public_id}/{token_of(record)}" for record in two]
    merge(one, other)
    for link in links:
        browser = client.application.test_client()
        assert browser.get(link).location == "/e/training/me"
        assert "สมชาย" in browser.get("/e/training/me").get_data(as_text=True)
        assert browser.get(f"/T/{other.ticket_code}").location == "/e/training/me"


def test_the_merger_can_be_taken_back_and_what_was_corrected_since_stays(event, two):
    one, other = two
    merger = merge(one, other, take_other={"first_name": True})
    signup.edit(one, actor="test", position="นายอำเภอ")
    merging.undo(merger, actor="test")
    db.session.commit()
    assert other.merged_into_id is None
    assert (one.first_name, one.email, one.position) == ("สมชาย", "", "นายอำเภอ")
    assert queries.people(event, search="สมชาย").items == [one]
    with pytest.raises(RuleBroken, match="ยกเลิกการรวมนี้ไปแล้ว"):
        merging.undo(merger, actor="test")


def test_a_merger_leaves_a_trace_without_names(event, two):
    merge(*two)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registrants.merged")).one()
    assert entry.facts == {"merged": two[1].id, "fields": ["email", "position"]}


def test_somebody_on_the_waiting_list_who_is_registered_too_is_registered(event, two):
    one, other = two
    one.standing = Standing.WAITING
    merger = merge(one, other)
    assert one.standing == Standing.REGISTERED
    merging.undo(merger, actor="test")
    assert one.standing == Standing.WAITING


def test_the_seat_that_two_records_of_one_person_took_goes_to_who_waits(event, two):
    event.seats = 2
    db.session.commit()
    waits = make_registrant(event, "สมหญิง", standing=Standing.WAITING, waiting_since=clock.now())
    merge(*two)
    assert db.session.get_one(Registrant, waits.id).standing == Standing.REGISTERED


def test_three_records_become_one_and_come_apart_the_last_first(event, two):
    one, other = two
    third = make_registrant(event, "สมใจ", "ใจดี")
    first = merge(other, third)
    second = merge(one, other)
    with pytest.raises(RuleBroken, match="ครั้งหลังก่อน"):
        merging.undo(first, actor="test")
    merging.undo(second, actor="test")
    merging.undo(first, actor="test")
    assert db.session.scalars(select(Registrant.merged_into_id)).all() == [None, None, None]


def test_what_one_record_consented_to_holds_for_the_person(event, two):
    one, other = two
    consents.record(other, consents.FOOD, given=True, channel="form")
    assert not consents.stands(one, consents.FOOD)
    merge(one, other)
    assert consents.stands(one, consents.FOOD)


@pytest.mark.parametrize("case", ["itself", "other event", "withdrawn", "twice"])
def test_what_cannot_be_merged_is_refused(event, two, case):
    one, other = two
    if case == "itself":
        other = one
    if case == "other event":
        other = make_registrant(make_event("other"), "สมชาย", "ใจดี")
    if case == "withdrawn":
        signup.withdraw(other, actor="test")
    if case == "twice":
        merge(one, other)
    with pytest.raises(RuleBroken):
        merging.merge(one, other, actor="test")


def test_a_list_with_united_people_is_not_taken_back_before_they_are_parted(event, two):
    run = ImportRun(event_id=event.id, file_name="a.xlsx")
    db.session.add(run)
    db.session.flush()
    two[1].import_run_id = run.id
    merger = merge(*two)
    assert merged_people(run) is not None
    merging.undo(merger, actor="test")
    assert merged_people(run) is None


def test_the_pages_lead_from_the_pair_to_one_record_and_back(client, event, two):
    one, other = two
    other.phone = one.phone
    client.sign_in(make_member(event, Role.ORGANISER))
    listed = client.get("/events/training/duplicates").get_data(as_text=True)
    address = f"/events/training/duplicates/{one.public_id}/{other.public_id}"
    assert address in listed and "โทรศัพท์เดียวกัน" in listed
    compared = client.get(address).get_data(as_text=True)
    assert 'name="first_name" value="other"' in compared and 'name="phone"' not in compared
    answer = client.submit(address, {"first_name": "other", "unit_id": "one"})
    assert answer.location == f"/events/training/people/{one.public_id}"
    page = client.get(answer.location).get_data(as_text=True)
    assert "สมชัย" in page and "ยกเลิกการรวม" in page
    merger = merging.mergers_of(event)[0]
    assert merger.public_id in client.get("/events/training/duplicates").get_data(as_text=True)
    client.submit(f"/events/training/mergers/{merger.public_id}/undo")
    db.session.expire_all()
    assert db.session.get_one(Registrant, other.id).merged_into_id is None
    client.submit(f"{address}/not-the-same")
    listed = client.get("/events/training/duplicates").get_data(as_text=True)
    assert "look-again" in listed and "ไม่มีคู่ใดที่ต้องตรวจ" in listed
    client.submit(f"{address}/look-again")
    assert "เทียบกัน" in client.get("/events/training/duplicates").get_data(as_text=True)


def test_another_events_records_cannot_be_compared_or_parted(client, event, two):
    stranger = make_registrant(make_event("other"), "สมชาย", "ใจดี")
    client.sign_in(make_member(event, Role.ORGANISER))
    address = f"/events/training/duplicates/{two[0].public_id}/{stranger.public_id}"
    assert client.get(address).status_code == 404
    for act in ("", "/not-the-same", "/look-again"):
        assert client.submit(address + act).status_code == 404
    assert client.submit("/events/training/mergers/aaaaaaaaaaaaaa/undo").status_code == 404


def test_merging_is_the_organisers_not_the_desks(client, event, two):
    client.sign_in(make_member(event, Role.REGISTRAR))
    assert client.get("/events/training/duplicates").status_code == 403
