"""Seats of the event, of units with what lies below them, of categories: the last one goes once."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.checkin.door import walk_in
from app.checkin.ledger import presence
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Unit, UnitKind
from app.events.units import save_unit
from app.registration import signup
from app.registration.models import Part, Registrant, Standing
from app.registration.seats.models import CategoryQuota
from app.registration.seats.quotas import full_for, lock, read_seats
from tests.checkin.door import attempt, make_gate
from tests.make import make_event, unit_named
from tests.query_count import counted

from .people import come, standings


@pytest.fixture
def event(app):
    event = make_event("training")
    event.has_waiting_list = False
    unit_named(event, "แกลง").seats = 2
    db.session.commit()
    return event


def test_without_limits_everybody_has_a_seat(event):
    assert {come(event, unit="บ้านค่าย").standing for _ in range(3)} == {Standing.REGISTERED}


def test_a_full_unit_refuses_by_name_and_others_go_on(event):
    come(event), come(event)
    with pytest.raises(RuleBroken) as refusal:
        come(event)
    assert refusal.value.field == "unit" and "แกลง" in str(refusal.value.sentence)
    db.session.rollback()
    assert come(event, unit="บ้านค่าย").standing == Standing.REGISTERED


def test_seats_of_a_district_count_what_lies_below_it(event):
    district = unit_named(event, "แกลง")
    tambon = save_unit(
        event, None, name="ทต.แกลง", kind=UnitKind.LOCAL_GOVERNMENT, parent=district, target=0, actor="test"
    )
    db.session.expire(event, ["units"])
    come(event, unit=tambon.name), come(event)
    with pytest.raises(RuleBroken):
        come(event, unit=tambon.name)


def test_a_category_has_seats_in_all_and_of_a_unit(event):
    event.units[1].seats = None
    db.session.add(CategoryQuota(event_id=event.id, category="ภาคประชาสังคม", seats=2))
    db.session.add(
        CategoryQuota(event_id=event.id, unit_id=unit_named(event, "บ้านค่าย").id, category="ภาคประชาสังคม", seats=1)
    )
    db.session.commit()
    come(event, unit="บ้านค่าย", category="ภาคประชาสังคม")
    with pytest.raises(RuleBroken, match="ภาคประชาสังคม บ้านค่าย"):
        come(event, unit="บ้านค่าย", category="ภาคประชาสังคม")
    db.session.rollback()
    assert come(event, unit="บ้านค่าย", category="ส่วนราชการ").standing == Standing.REGISTERED
    come(event, category="ภาคประชาสังคม")
    with pytest.raises(RuleBroken):
        come(event, unit="ปลวกแดง", category="ภาคประชาสังคม")


def test_the_whole_event_has_seats(event):
    event.seats = 1
    db.session.commit()
    come(event, unit="บ้านค่าย")
    with pytest.raises(RuleBroken):
        come(event, unit="ปลวกแดง")


@pytest.mark.parametrize("part", [part for part in Part if part != Part.PARTICIPANT])
def test_guests_speakers_staff_and_press_need_no_seat_and_take_none(event, part):
    come(event), come(event)
    assert come(event, part=part).standing == Standing.REGISTERED
    assert read_seats(event).limits[0].taken == 2


def test_an_organiser_may_overstep_and_it_is_noted(event):
    come(event), come(event)
    person = come(event, source="organiser", oversteps=True)
    assert person.standing == Standing.REGISTERED and person.over_seats_of == "แกลง (2)"


def test_at_the_door_the_seats_are_overstepped_also_for_who_waits(event):
    event.has_waiting_list = True
    come(event), come(event)
    waiter = come(event, "สมศรี", phone="0811111111")
    gate, point = make_gate(event), event.check_points[0]
    for name, phone in (("นางสาวมาใหม่ ไม่มีชื่อ", ""), ("นางสมศรี ทดสอบ", "0811111111")):
        walk_in.take_in(event, attempt("", point, gate), name, unit_named(event, "แกลง"), phone, gate.device)
    db.session.commit()
    assert standings(waiter) == [Standing.REGISTERED]
    assert len(presence.present_at(point)) == 2
    newcomer = db.session.query(Registrant).filter_by(first_name="มาใหม่").one()
    assert (newcomer.over_seats_of, waiter.over_seats_of) == ("แกลง (2)", "แกลง (2)")


def test_moving_to_a_full_unit_is_refused_and_nothing_is_changed(event):
    come(event), come(event)
    mover = come(event, unit="บ้านค่าย")
    with pytest.raises(RuleBroken):
        signup.edit(mover, unit=unit_named(event, "แกลง"))
    db.session.rollback()
    assert mover.unit.name == "บ้านค่าย"
    signup.edit(mover, unit=unit_named(event, "แกลง"), oversteps=True)
    assert mover.over_seats_of == "แกลง (2)"


def test_a_correction_that_moves_nobody_is_never_refused_for_seats(event):
    first = come(event)
    come(event)
    event.units[0].seats = 1
    db.session.commit()
    assert signup.edit(first, position="ผู้ใหญ่บ้าน") == ["position"]


def test_who_becomes_a_guest_gives_the_seat_back(event):
    first, _second = come(event), come(event)
    signup.edit(first, part=Part.GUEST)
    assert come(event).standing == Standing.REGISTERED


def test_withdrawing_frees_the_seat(event):
    first, _second = come(event), come(event)
    signup.withdraw(first)
    third = come(event)
    assert standings(first, third) == [Standing.WITHDRAWN, Standing.REGISTERED]


def test_another_events_people_take_no_seats_here(event):
    other = make_event("other")
    other.units[0].seats = 5
    for _ in range(5):
        come(other)
    assert [limit.taken for limit in read_seats(event).limits] == [0]
    assert db.session.query(Unit).filter(Unit.event_id == other.id, Unit.seats == 5).count() == 1


def test_one_newcomer_is_refused_by_what_refuses_a_list(event):
    unit, other = unit_named(event, "แกลง"), unit_named(event, "บ้านค่าย")
    db.session.add(CategoryQuota(event_id=event.id, category="กำนัน", target=0, seats=1))
    event.seats = 4
    come(event), come(event, unit="บ้านค่าย", category="กำนัน"), come(event)
    seats = read_seats(event)
    for where in (unit, other):
        for category in ("กำนัน", ""):
            one, among = full_for(event, where.id, category), seats.full(where.id, category)
            assert (one and (one.label, one.taken)) == (among and (among.label, among.taken))
    come(event, unit="บ้านค่าย")
    assert str(full_for(event, other.id, "").label) == "งานนี้"


def test_the_lock_brings_what_the_event_says_now(event):
    assert event.registration_open and not event.has_waiting_list
    changed = "UPDATE event SET registration_open = false, has_waiting_list = true, seats = 7"
    db.session.execute(text(changed))
    lock(event)
    assert (event.registration_open, event.has_waiting_list, event.seats) == (False, True, 7)


def test_counting_seats_reads_the_index_and_no_row(event):
    with counted() as statements:
        full_for(event, unit_named(event, "แกลง").id, "")
    (statement,) = [one for one in statements if "count(*)" in one]
    numbers = (event.id, 1, "registered", "participant", event.id, 1, "declined")
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", numbers).all()
    assert any("COVERING INDEX ix_registrant_seats" in row[-1] for row in plan), plan
