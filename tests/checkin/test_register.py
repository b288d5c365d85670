"""The attendance register: everybody has a status at every half-day, and the sums are those of the people."""

from __future__ import annotations

import io

import openpyxl
import pytest
import time_machine
from flask_babel import force_locale
from sqlalchemy import func, select

from app.checkin import erasure, excusing
from app.checkin.figures import register
from app.checkin.figures.register import Status
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.core.errors import RuleBroken
from app.database import db
from app.documents.register import sheets
from app.events.models import Role
from app.registration.models import Part, Standing
from tests.checkin.door import at, scan
from tests.make import make_member, make_registrant, make_user, unit_named
from tests.query_count import counted


@pytest.fixture
def clerk(event):
    return make_member(event, Role.ORGANISER)


def statuses(event, person, now=None) -> list[str]:
    line = next(line for line in register.read(event, now or at(23)).lines if line.registrant.id == person.id)
    return [mark.status for mark in line.marks]


def test_who_came_is_present_and_who_did_not_is_absent_once_the_half_day_is_over(event, person, morning, gate):
    late_riser = make_registrant(event, "ยังไม่มา", "คนที่สอง")
    scan(person, morning, gate, occurred_at=at(8, 41))
    assert statuses(event, late_riser, at(9)) == [Status.EXPECTED, Status.EXPECTED]
    assert statuses(event, late_riser, at(13)) == [Status.ABSENT, Status.EXPECTED]
    assert statuses(event, late_riser, at(23, 59)) == [Status.ABSENT, Status.EXPECTED]
    assert statuses(event, person, at(13)) == [Status.PRESENT, Status.EXPECTED]
    morning.closes_at = at(9)
    assert statuses(event, late_riser, at(9)) == [Status.ABSENT, Status.EXPECTED]


def test_nobody_is_late_until_the_organiser_says_from_when(event, person, morning, gate):
    scan(person, morning, gate, occurred_at=at(11, 30))
    assert statuses(event, person)[0] == Status.PRESENT
    morning.late_after = at(9)
    db.session.commit()
    assert statuses(event, person)[0] == Status.LATE
    count = register.by_unit(register.read(event, at(23)), event.units)[0].counts[0]
    assert (count.present, count.late) == (1, 1)


def test_an_excuse_has_a_reason_and_ends_by_coming_or_by_being_taken_back(event, person, morning, gate, clerk):
    with pytest.raises(RuleBroken):
        excusing.excuse(event, [morning], person, "  ", clerk)
    with pytest.raises(RuleBroken):
        excusing.excuse(event, [], person, "ลาป่วย", clerk)
    excusing.excuse(event, event.check_points, person, "ติดราชการที่กรมฯ", clerk)
    db.session.commit()
    assert statuses(event, person) == [Status.EXCUSED, Status.EXCUSED]
    assert excusing.reasons(event)[morning.id, person.id] == "ติดราชการที่กรมฯ"
    assert presence.present_at(morning) == {}
    excusing.take_back(event, morning, person, clerk)
    scan(person, event.check_points[1], gate, occurred_at=at(13))
    db.session.commit()
    assert statuses(event, person, at(13, 30)) == [Status.ABSENT, Status.PRESENT]
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 4, "rows are added, none is changed"


def test_why_somebody_was_excused_is_erased_with_the_person(event, person, morning, clerk):
    excusing.excuse(event, [morning], person, "ผ่าตัด", clerk)
    erasure.redact(person)
    db.session.commit()
    assert "ผ่าตัด" not in db.session.scalars(select(Scan.remark)).all()
    assert statuses(event, person)[0] == Status.EXCUSED


def test_target_against_actual_by_unit_half_day_and_category(event, morning, gate):
    klaeng, chan = unit_named(event, "แกลง"), unit_named(event, "เขาชะเมา")
    klaeng.target = 10
    people = [
        make_registrant(event, f"คน{number}", "หนึ่ง", unit=unit, category=category)
        for number, (unit, category) in enumerate(
            [(klaeng, "อปท."), (klaeng, "อปท."), (klaeng, "ส่วนราชการ"), (chan, "อปท.")]
        )
    ]
    for one in people[1:]:
        scan(one, morning, gate, occurred_at=at(8, 41))
    read = register.read(event, at(9))
    units = {tally.label: tally for tally in register.by_unit(read, event.units)}
    assert len(units) == len(event.units), "a unit from which nobody comes is in the table too"
    assert (units["แกลง"].target, units["แกลง"].registered, units["แกลง"].counts[0].present) == (10, 3, 2)
    kinds = {tally.category: (tally.registered, tally.counts[0].present) for tally in register.by_category(read)}
    assert kinds == {"อปท.": (3, 2), "ส่วนราชการ": (1, 1)}
    both = {
        (tally.label, tally.category): [count.present for count in tally.counts]
        for tally in register.by_unit_and_category(read, event.units)
    }
    assert both == {("แกลง", "อปท."): [1, 0], ("แกลง", "ส่วนราชการ"): [1, 0], ("เขาชะเมา", "อปท."): [1, 0]}
    whole = register.whole(read, event.units)
    assert (whole.target, whole.registered, whole.counts[0].present) == (10, 4, 3)


def test_a_merged_record_is_one_line_and_a_withdrawn_one_that_came_stays(event, person, morning, gate):
    double = make_registrant(event, "สมชาย", "ใจดี")
    scan(double, morning, gate, occurred_at=at(8, 30))
    double.merged_into_id = person.id
    gone = make_registrant(event, "มาแล้ว", "ถอนชื่อทีหลัง")
    scan(gone, morning, gate, occurred_at=at(8, 31))
    gone.standing = Standing.WITHDRAWN
    make_registrant(event, "ไม่เคย", "มาเลย", standing=Standing.WITHDRAWN)
    db.session.commit()
    lines = register.read(event, at(23)).lines
    assert [line.registrant.id for line in lines] == [gone.id, person.id]
    assert [line.marks[0].status for line in lines] == [Status.PRESENT, Status.PRESENT]


def test_who_was_stood_in_for_is_not_absent_and_guests_are_in_no_sum(event, person, morning, gate):
    stand_in = make_registrant(event, "มาแทน", "ใจดี", stands_for_id=person.id)
    for one in (stand_in, make_registrant(event, "แขก", "ผู้มีเกียรติ", part=Part.GUEST)):
        scan(one, morning, gate, occurred_at=at(8, 41))
    assert statuses(event, person, at(13)) == [Status.REPLACED, Status.EXPECTED]
    assert statuses(event, stand_in, at(13)) == [Status.PRESENT, Status.NOT_MEANT]
    whole = register.whole(register.read(event, at(13)), event.units)
    assert (whole.registered, whole.counts[0].present, whole.counts[0].absent) == (1, 1, 0)
    assert [(one.registered, one.present) for one in presence.by_category(morning)] == [(1, 1)]


def test_a_meal_is_no_half_day_of_the_register(event, morning):
    morning.purpose = "meal"
    db.session.commit()
    assert register.read(event, at(9)).points == event.check_points[1:]


def test_a_register_of_a_thousand_costs_no_more_statements_than_one_of_one(event, person, morning, gate):
    register.read(event, at(9))
    with counted() as few:
        register.read(event, at(9))
    for number in range(40):
        scan(make_registrant(event, f"คน{number}", "หลายคน", unit=event.units[number % 5]), morning, gate)
    register.read(event, at(9))
    with counted() as many:
        register.read(event, at(9))
    assert len(many) == len(few)


@pytest.fixture
def desk(app, event, clerk):
    with time_machine.travel(at(13, 30), tick=False):
        browser = app.test_client()
        browser.sign_in(clerk)
        yield browser


def test_the_page_has_the_sums_and_for_a_unit_the_names(desk, event, person, morning, gate):
    scan(person, morning, gate, occurred_at=at(8, 41))
    make_registrant(event, "ยังไม่มา", "คนที่สอง", category="อปท.")
    page = desk.get("/events/training/register").text
    assert "แกลง" in page
    assert "อปท." in page
    assert "สมชาย" not in page, "five hundred names are shown unit by unit"
    page = desk.get(f"/events/training/register?unit={person.unit.public_id}").text
    assert "นายสมชาย ใจดี" in page
    assert "08.41 น." in page
    assert "ขาด" in page


def test_the_workbook_has_names_with_times_and_the_sums(desk, event, person, morning, gate):
    person.unit.target = 3
    scan(person, morning, gate, occurred_at=at(8, 41))
    absent = make_registrant(event, "ไม่มา", "คนที่สอง", category="อปท.")
    sent = desk.submit("/events/training/documents/register", page="/events/training/documents")
    book = openpyxl.load_workbook(io.BytesIO(sent.data))
    assert len(book.sheetnames) == 4
    names = {row[1]: row[6:] for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)}
    assert names[person.full_name] == ("มา", "08.41 น.", "ยังไม่มา", None)
    assert names[absent.full_name][0] == "ขาด"
    units = {row[0]: row[1:] for row in book.worksheets[1].iter_rows(min_row=4, values_only=True)}
    assert units[person.unit.name][:7] == (3, 2, 1, 0, 0, 1, 33.3)
    assert units["รวม"][:7] == (3, 2, 1, 0, 0, 1, 33.3)
    kinds = {row[0]: row[1] for row in book.worksheets[2].iter_rows(min_row=4, values_only=True)}
    assert kinds == {"อปท.": 1, "ไม่ระบุประเภท": 1}


def test_the_register_expects_as_many_as_the_opening_report(desk, event, morning, gate):
    """Some units have a target, some only a list; the afternoon is for two units."""
    first, second, third = event.units[:3]
    first.target, third.target = 4, 8
    afternoon = event.check_points[1]
    afternoon.audience = {"units": [first.public_id, second.public_id]}
    people = [
        make_registrant(event, f"คน{number}", "หนึ่ง", unit=unit)
        for number, unit in enumerate([first] * 3 + [second] * 6 + [third] * 5)
    ]
    make_registrant(event, "มาแทน", "หนึ่ง", unit=second, stands_for_id=people[3].id)
    for point, came in ((morning, people), (afternoon, people[:8])):
        for one in came:
            scan(one, point, gate, occurred_at=at(13))
    read = register.read(event, at(23))
    tallies = [*register.by_unit(read, event.units), register.whole(read, event.units)]
    for place, point in enumerate(event.check_points):
        turnout = presence.turnout(point)
        expected = [unit.expected for unit in turnout.units]
        assert [tally.counts[place].expected for tally in tallies] == [*expected, turnout.expected]
    assert [count.expected for count in tallies[-1].counts] == [4 + 6 + 8, 4 + 6]
    sent = desk.submit("/events/training/documents/register", page="/events/training/documents")
    sheet = openpyxl.load_workbook(io.BytesIO(sent.data)).worksheets[1]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "รวม")
    assert (row[3], row[7], row[8], row[12]) == (14, 77.8, 8, 80)
    page = desk.get("/events/training/register").text
    assert "<strong>14</strong> / 18" in page
    assert "<strong>8</strong> / 10" in page


def test_in_english_who_came_is_present(desk, event, person, morning, gate):
    scan(person, morning, gate, occurred_at=at(8, 41))
    with desk.application.test_request_context(), force_locale("en"):
        [sheet, *_sums] = sheets(event, register.read(event, at(13, 30)), "")
    assert sheet.rows[0][6] == "Present"


def test_excusing_on_a_page_of_its_own(desk, event, person, morning):
    page = f"/events/training/register/{person.public_id}/excuse"
    afternoon = event.check_points[1]
    assert desk.submit(page, {"reason": "", "points": [morning.public_id]}, page=page).status_code == 422
    sent = {"reason": "ลาป่วย", "points": [morning.public_id, afternoon.public_id]}
    assert desk.submit(page, sent, page=page).status_code == 302
    shown = desk.get(f"/events/training/register?unit={person.unit.public_id}").text
    assert "ลาป่วย" in shown
    back = f"/events/training/register/{person.public_id}/excuse/{morning.public_id}/take-back"
    assert desk.submit(back, page=page).status_code == 302
    db.session.expire_all()
    assert set(excusing.reasons(event)) == {(afternoon.id, person.id)}


def test_a_viewer_reads_the_sums_and_writes_nothing(app, event, person, morning):
    viewer = app.test_client()
    viewer.sign_in(make_member(event, Role.VIEWER))
    assert viewer.get("/events/training/register").status_code == 200
    assert viewer.get(f"/events/training/register/{person.public_id}/excuse").status_code == 403
    stranger = app.test_client()
    stranger.sign_in(make_user())
    assert stranger.get("/events/training/register").status_code == 404
