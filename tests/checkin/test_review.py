"""The review list: what the server would have refused, cleared by a named person; whose seat when both came."""

from __future__ import annotations

import json
import uuid

import pytest
import time_machine
from sqlalchemy import func, select

from app.checkin import review
from app.checkin.door import searching
from app.checkin.erasure import redact
from app.checkin.ledger import presence
from app.checkin.ledger.receiving import record_batch
from app.checkin.models import Scan, Settlement
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.documents import check_point_rows
from app.events.models import Role
from app.groups.models import Group, Grouping, Membership
from app.registration.models import Registrant, Standing
from app.registration.seats import quotas
from tests.checkin.door import at, attempt, make_gate, scan
from tests.make import make_event, make_member, make_registrant

UNKNOWN = "ABCDEFGHIJKLMNOPQRST"


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(at(9), tick=False):
        yield


@pytest.fixture
def clerk(event):
    return make_member(event, Role.REGISTRAR, name="เจ้าหน้าที่ ตรวจรายการ")


@pytest.fixture
def browser(app, clerk):
    client = app.test_client()
    client.sign_in(clerk)
    return client


def send(gate, morning, **fields):
    """What a phone sends after the network came back."""
    item = {"client_uuid": str(uuid.uuid4()), "check_point": morning.public_id, "offline": True,
            "occurred_at": "2018-11-08T08:41:00+07:00", **fields}  # fmt: skip
    [answer] = record_batch(gate.device, [item])
    db.session.commit()
    return json.loads(answer)


def stand_in(gate, morning, person, name="นางรุ่งนภา มาแทน", **fields):
    typed = {"for": person.public_id, "name": name, "position": "รองปลัด"}
    return send(gate, morning, stand_in=typed, **fields)


def only_entry(event):
    [entry] = review.open_entries(event).scans
    return entry


def test_what_would_have_been_refused_waits_and_never_goes_back_to_the_door(event, gate, morning):
    answer = send(gate, morning, code=UNKNOWN)
    assert answer["outcome"] == "pending_review"
    assert only_entry(event).raw_code == UNKNOWN
    assert presence.present_at(morning) == {}
    # The same without the word is refused: then nobody was let in.
    assert send(gate, morning, code=UNKNOWN, offline=False)["outcome"] == "refused"
    assert review.open_count(event) == 1


@pytest.mark.parametrize("how", ["who", "code"])
def test_at_a_check_point_that_is_gone_meanwhile_the_entry_has_the_persons_name(event, gate, morning, person, how):
    named = {"who": person.public_id} if how == "who" else {"code": person.ticket_code}
    assert send(gate, morning, **named, check_point="zzzzzzzzzzzzzz")["outcome"] == "pending_review"
    assert only_entry(event).registrant == person


def test_a_name_picked_that_nobody_bears_any_more_is_kept_as_it_came(event, gate, morning):
    assert send(gate, morning, who="zzzzzzzzzzzzzz")["outcome"] == "pending_review"
    assert only_entry(event).raw_code == "zzzzzzzzzzzzzz"


def test_a_stranger_at_a_check_point_that_is_gone_leaves_no_name(event, gate, morning):
    stranger = make_registrant(make_event("other"), "คนละงาน", "คนละวัน")
    send(gate, morning, code=stranger.ticket_code, check_point="zzzzzzzzzzzzzz")
    assert only_entry(event).registrant is None


def test_counted_in_the_person_is_present_since_the_phone_saw_them(event, gate, morning, person, clerk):
    send(gate, morning, code=UNKNOWN)
    review.count_in(only_entry(event), person, clerk)
    db.session.commit()
    assert presence.present_at(morning) == {person.id: at(8, 41)}
    assert review.open_count(event) == 0
    [settlement] = review.settlements(event)
    assert (settlement.user, settlement.decision) == (clerk, "counted")
    assert db.session.scalar(select(Scan.outcome).where(Scan.client_uuid == settlement.scan.client_uuid)) == (
        "pending_review"  # the ledger's row is as it was
    )


@pytest.mark.parametrize("standing", [Standing.WAITING, Standing.PENDING, Standing.DECLINED, Standing.WITHDRAWN])
def test_counted_in_without_a_seat_the_person_is_on_the_list_for_the_next_door(
    event, gate, morning, person, clerk, standing
):
    event.seats, event.has_waiting_list = 1, True
    make_registrant(event, "ได้ที่นั่ง", "ไปแล้ว")
    person.standing, person.waiting_since = standing, clock.now()
    db.session.commit()
    assert send(gate, morning, code=person.ticket_code)["outcome"] == "pending_review"
    review.count_in(only_entry(event), person, clerk)
    db.session.commit()
    assert person.standing == Standing.REGISTERED
    assert person.over_seats_of  # the list says that there was no seat
    assert [one.name for one in searching.search(event, "สมชาย").people] == [person.full_name]
    assert scan(person, event.check_points[1], gate)["outcome"] == "accepted"


def test_dismissing_needs_a_reason_and_an_entry_is_cleared_once(event, gate, morning, clerk):
    send(gate, morning, code=UNKNOWN)
    entry = only_entry(event)
    with pytest.raises(RuleBroken):
        review.dismiss(entry, clerk, "  ")
    review.dismiss(entry, clerk, "ป้ายของงานอื่น")
    with pytest.raises(RuleBroken):
        review.dismiss(entry, clerk, "อีกครั้ง")
    assert presence.present_at(morning) == {}


def test_a_walk_in_without_a_last_name_is_kept_with_what_was_typed_and_finished_later(event, gate, morning, clerk):
    unit = event.units[2]
    typed = {"name": "มาลี", "unit": unit.public_id, "phone": "0812345678"}
    assert send(gate, morning, walk_in=typed)["outcome"] == "pending_review"
    entry = only_entry(event)
    assert review.typed_in(entry) == typed
    person = review.count_walk_in(entry, "นางมาลี ใจงาม", unit, "0812345678", clerk)
    db.session.commit()
    assert presence.present_at(morning) == {person.id: at(8, 41)}
    assert db.session.scalar(select(Scan.typed).where(Scan.id == entry.id)) == ""


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"name": "มาลี"}, "โปรดพิมพ์ชื่อ เว้นวรรค แล้วตามด้วยนามสกุล"),
        ({"unit": ""}, "โปรดเลือกอำเภอ"),
        ({"unit": "x"}, "โปรดเลือกอำเภอ"),
    ],
)
def test_with_a_network_a_walk_in_that_lacks_something_is_told_what_and_adds_nobody(
    event, gate, morning, missing, sentence
):
    typed = {"name": "นางมาลี ใจงาม", "unit": event.units[2].public_id, **missing}
    answer = send(gate, morning, walk_in=typed, offline=False)
    assert answer["outcome"] == "refused"
    assert sentence in answer["sentence"]
    assert db.session.scalar(select(func.count()).select_from(Registrant)) == 0


def test_the_list_names_who_was_typed_in_and_says_why_each_entry_waits(browser, event, gate, morning):
    send(gate, morning, walk_in={"name": "มาลี", "unit": event.units[2].public_id})
    send(gate, morning, code=UNKNOWN)
    listed = browser.get(f"/events/{event.slug}/check-in/review").get_data(as_text=True)
    assert "ข้อมูลที่พิมพ์หน้างาน มาลี" in listed
    assert "ข้อมูลที่พิมพ์หน้างานรับเข้าไม่ได้" in listed
    assert "ไม่พบรหัสนี้ในระบบ" in listed


def test_a_walk_in_who_is_on_the_list_is_the_one_on_the_list(event, gate, morning, person):
    typed = {"name": person.full_name, "unit": person.unit.public_id, "phone": "081-234-5678"}
    assert send(gate, morning, walk_in=typed)["outcome"] == "accepted"
    assert presence.present_at(morning) == {person.id: at(8, 41)}


def test_sent_again_a_walk_in_is_one_person_and_the_same_answer(event, gate, morning):
    typed = {"name": "นายมาเอง ไม่บอก", "unit": event.units[0].public_id, "phone": ""}
    item = {"client_uuid": str(uuid.uuid4()), "walk_in": typed}
    assert send(gate, morning, **item) == send(gate, morning, **item)
    assert db.session.query(Registrant).count() == 1


def test_a_stand_in_is_present_at_the_table_of_the_one_expected(event, gate, morning, person):
    grouping = Grouping(event=event, name="รายอำเภอ")
    tables = [Group(grouping=grouping, event_id=event.id, number=n, name=f"แกลง {n}", unit_id=person.unit_id)
              for n in (1, 2)]  # fmt: skip
    db.session.add_all([grouping, *tables])
    db.session.flush()
    db.session.add(Membership(grouping_id=grouping.id, group_id=tables[1].id, registrant_id=person.id))
    db.session.commit()
    answer = stand_in(gate, morning, person)
    assert (answer["outcome"], answer["person"]["table"]) == ("accepted", 2)
    came = db.session.scalar(select(Registrant).where(Registrant.stands_for_id == person.id))
    assert (came.full_name, came.position, came.unit_id) == ("นางรุ่งนภา มาแทน", "รองปลัด", person.unit_id)
    assert list(presence.present_at(morning)) == [came.id]
    # By a second phone, or at the next check-point, it is the same stand-in.
    assert stand_in(make_gate(event, "ประตู 2"), morning, person)["outcome"] == "already"
    assert review.open_count(event) == 0


def test_nobody_stands_in_for_a_stand_in(event, gate, morning, person):
    stand_in(gate, morning, person)
    instead = db.session.scalars(select(Registrant).where(Registrant.stands_for_id == person.id)).one()
    assert stand_in(gate, morning, instead, name="นายอีกคน มาแทนอีกที", offline=False)["outcome"] == "refused"
    assert db.session.scalar(select(func.count()).select_from(Registrant)) == 2


def test_a_stand_in_takes_no_seat_of_anybody_waiting(event, gate, morning, person):
    event.units[0].seats = 1
    db.session.commit()
    taken = quotas.taken_seats(event)
    stand_in(gate, morning, person)
    assert quotas.taken_seats(event) == taken
    assert db.session.scalar(select(Registrant.over_seats_of).where(Registrant.stands_for_id == person.id)) == ""


def test_sheets_print_who_came_instead_in_the_line_of_the_one_expected(event, gate, morning, person):
    make_registrant(event, "อารี", "มั่นใจ", unit=person.unit)
    stand_in(gate, morning, person)
    [section] = check_point_rows.sheet_sections(event)
    names = [(row.name, row.note) for row in section.rows]
    assert names == [("นางรุ่งนภา มาแทน (แทน) นายสมชาย ใจดี", "แทน"), ("อารี มั่นใจ", "")]


def test_when_both_come_both_are_kept_and_a_named_person_settles_the_seat(event, gate, morning, person, clerk):
    stand_in(gate, morning, person)
    scan(person, morning, gate)
    assert len(presence.present_at(morning)) == 2
    [seat] = review.open_entries(event).seats
    assert seat.named == person
    assert [row.name for row in check_point_rows.sheet_sections(event)[0].rows] == [
        "นางรุ่งนภา มาแทน (แทน) นายสมชาย ใจดี",
        "นายสมชาย ใจดี",
    ]
    review.settle_seat(event, seat, "named", clerk)
    db.session.commit()
    assert review.open_count(event) == 0
    assert len(presence.present_at(morning)) == 2
    assert [row.name for row in check_point_rows.sheet_sections(event)[0].rows] == [
        "นางรุ่งนภา มาแทน",
        "นายสมชาย ใจดี",
    ]


def test_the_seat_may_stay_with_the_stand_in(event, gate, morning, person, clerk):
    stand_in(gate, morning, person)
    scan(person, morning, gate)
    review.settle_seat(event, review.open_entries(event).seats[0], "stand_in", clerk)
    db.session.commit()
    assert review.open_count(event) == 0
    assert len(presence.present_at(morning)) == 2
    names = [row.name for row in check_point_rows.sheet_sections(event)[0].rows]
    assert names == ["นางรุ่งนภา มาแทน (แทน) นายสมชาย ใจดี", "นายสมชาย ใจดี"]
    [settlement] = review.settlements(event)
    assert (settlement.user, settlement.registrant.full_name) == (clerk, "นางรุ่งนภา มาแทน")


def test_the_fourth_person_on_one_phone_is_looked_at(event, morning, clerk):
    people = [make_registrant(event, f"คน{n}", "ทดสอบ") for n in range(4)]
    for one in people:
        scan(one, morning, browser_id="same phone", method="self_qr")
    entry = only_entry(event)
    assert entry.registrant == people[3]
    review.void(entry, clerk, "ไม่อยู่ในห้อง")
    db.session.commit()
    assert set(presence.present_at(morning)) == {one.id for one in people[:3]}
    assert review.open_count(event) == 0


def test_an_undo_that_came_too_late_waits_for_a_person(event, gate, morning, person, clerk):
    made = attempt(person, morning, gate)
    scan(person, morning, gate, client_uuid=made.client_uuid)
    with time_machine.travel(at(9, 10), tick=False):
        answer = send(gate, morning, code=made.client_uuid, action="void")
    assert answer["outcome"] == "pending_review"
    assert only_entry(event).action == "void"
    assert presence.is_present(morning, person)
    review.void(only_entry(event), clerk, "แตะผิดคน")
    db.session.commit()
    assert not presence.is_present(morning, person)
    assert review.open_count(event) == 0


def test_the_pages_show_and_clear_an_entry(browser, event, gate, morning, person):
    client_uuid = send(gate, morning, code=UNKNOWN)["client_uuid"]
    listed = f"/events/{event.slug}/check-in/review"
    page = f"{listed}/{client_uuid}"
    assert "รายการรอตรวจ 1 รายการ" in browser.get(f"/events/{event.slug}/check-in").get_data(as_text=True)
    assert UNKNOWN in browser.get(listed).get_data(as_text=True)
    assert browser.submit(page, {"decision": "dismiss", "reason": ""}, page=page).status_code == 422
    found = browser.submit(f"{page}/search", {"q": "สมชาย"}, page=page).get_data(as_text=True)
    assert "นายสมชาย ใจดี" in found
    assert browser.submit(page, {"decision": "count", "who": person.public_id}, page=page).status_code == 302
    assert presence.is_present(morning, person)
    after = browser.get(listed).get_data(as_text=True)
    assert "เจ้าหน้าที่ ตรวจรายการ" in after
    assert "นับว่ามา" in after
    assert "เจ้าหน้าที่ ตรวจรายการ" in browser.get(page).get_data(as_text=True)


def test_erasing_a_person_empties_what_was_noted_about_them(event, gate, morning, person, clerk):
    signed_out = send(gate, morning, code=person.ticket_code, action="dance")
    assert signed_out["outcome"] == "pending_review"
    scan(person, morning, gate, browser_id="x", method="self_qr")
    db.session.execute(Scan.__table__.update().where(Scan.registrant_id == person.id).values(is_flagged=True))
    review.mark_seen(review.open_entries(event).scans[-1], clerk, "คุยกับเจ้าตัวแล้ว")
    redact(person)
    assert db.session.scalar(select(Settlement.note)) == ""


@pytest.mark.parametrize(
    "is_here_already", [False, True], ids=["the slip came first", "the right scan came first"]
)
def test_a_late_undo_that_is_granted_costs_nobody_of_another_door(
    event, gate, morning, person, clerk, is_here_already
):
    second = make_gate(event, "ประตู 2")
    scans = [
        lambda: scan(person, morning, gate, occurred_at=at(8, 30)),
        lambda: scan(person, morning, second, occurred_at=at(8, 55)),
    ]
    made = [one() for one in (reversed(scans) if is_here_already else scans)]
    slip = made[1] if is_here_already else made[0]
    db.session.commit()
    with time_machine.travel(at(9, 5), tick=False):
        answer = send(gate, morning, code=slip["client_uuid"], action="void")
        assert answer["outcome"] == "pending_review"
        review.void(only_entry(event), clerk, "แตะผิดคน")
    assert presence.present_at(morning) == {person.id: at(8, 55)}
    assert [entry.gate for entry in presence.entries(morning)] == ["ประตู 2"]
