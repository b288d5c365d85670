"""The ledger's promises: a scan is answered once and for ever, and nobody who came in is lost or counted twice."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import func, select

from app.checkin.door import replacing
from app.checkin.ledger import deciding as ledger
from app.checkin.ledger import presence
from app.checkin.models import Scan
from app.core import clock
from app.database import db
from app.groups.models import IMPORTED, Group, Grouping, Membership
from app.live import topics
from app.registration.models import Standing
from tests.checkin.door import at, attempt, make_gate, scan
from tests.make import make_event, make_registrant


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(Scan))


def test_a_badge_lets_its_owner_in(person, morning, gate):
    with time_machine.travel(at(8, 41), tick=False):
        answer = scan(person, morning, gate)
    assert answer["outcome"] == "accepted"
    assert answer["reason"] is None
    assert answer["person"] == {"name": "นายสมชาย ใจดี", "unit": person.unit.name, "group": "", "table": None}
    assert answer["first_at"] == "2018-11-08T08:41:00+07:00"
    assert presence.present_at(morning) == {person.id: at(8, 41)}


@pytest.mark.parametrize(("is_at_a_gate", "place"), [(True, " ที่ประตู 1"), (False, "")])
def test_a_scan_of_another_day_is_said_with_its_date(person, morning, gate, event, is_at_a_gate, place):
    morning.day_id = None  # a check-point for the whole event
    with time_machine.travel(at(8, 41), tick=False):
        scan(person, morning, gate if is_at_a_gate else None)
    with time_machine.travel(at(9) + timedelta(days=1), tick=False):
        answer = scan(person, morning, make_gate(event, "ประตู 2"))
    assert answer["sentence"] == f"ลงทะเบียนแล้ว เมื่อวันที่ 8 พฤศจิกายน 2561 เวลา 08.41 น.{place}"


def test_a_second_scan_says_already_with_time_and_gate(person, morning, gate, event):
    scan(person, morning, gate, occurred_at=at(8, 41))
    answer = scan(person, morning, make_gate(event, "ประตู 2"), occurred_at=at(8, 55))
    assert (answer["outcome"], answer["reason"]) == ("already", "already_in")
    assert answer["sentence"] == "ลงทะเบียนแล้ว เวลา 08.41 น. ที่ประตู 1"
    assert (answer["first_at"], answer["first_by"]) == ("2018-11-08T08:41:00+07:00", "ประตู 1")
    assert presence.present_at(morning) == {person.id: at(8, 41)}


def test_the_earliest_time_counts_even_when_it_is_heard_last(person, morning, gate, event):
    scan(person, morning, gate, occurred_at=at(8, 41))
    late = scan(person, morning, make_gate(event, "ประตู 2"), occurred_at=at(8, 30), is_offline=True)
    assert (late["outcome"], late["first_at"]) == ("already", "2018-11-08T08:30:00+07:00")
    assert late["first_by"] == "ประตู 2"
    assert presence.present_at(morning) == {person.id: at(8, 30)}
    assert [entry.gate for entry in presence.entries(morning)] == ["ประตู 2"]


@pytest.mark.parametrize("kind", ["accepted", "already", "refused", "pending_review"])
def test_a_repeat_gets_the_stored_answer_byte_for_byte(kind, person, morning, gate):
    if kind == "already":
        scan(person, morning, gate)
    made = attempt("no such code" if kind in ("refused", "pending_review") else person, morning, gate)
    made = replace(made, is_offline=kind == "pending_review")
    first = ledger.record_scan(morning.event, made)
    db.session.commit()
    assert json.loads(first)["outcome"] == kind
    before = rows()
    # Everything that the answer was made from changes; the answer does not.
    person.first_name, person.standing, morning.closes_at = "อื่น", Standing.WITHDRAWN, at(6)
    db.session.commit()
    for other in (made, replace(made, code="something else", action="exit", check_point=None)):
        assert ledger.record_scan(morning.event, other) == first
        db.session.commit()
    assert rows() == before


@contextmanager
def statements():
    """The statements sent to the database meanwhile, without BEGIN and the event's own row."""
    sent: list[str] = []

    def listen(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "SELECT event.")):
            sent.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", listen)


def test_the_first_statement_looks_the_id_up(person, morning, gate):
    made = attempt(person, morning, gate)
    ledger.record_scan(morning.event, made)
    db.session.commit()
    with statements() as sent:
        ledger.record_scan(morning.event, made)
    assert len(sent) == 1
    assert "checkin_scan.client_uuid =" in sent[0]


def test_a_scan_costs_five_statements_however_full_the_hall(person, event, morning, gate):
    for number in range(30):
        scan(make_registrant(event, f"คน{number}", "ก่อนหน้า"), morning, gate)
    made = attempt(person, morning, gate)
    with statements() as sent:
        ledger.record_scan(event, made)
    assert [one.split()[0] for one in sent] == ["SELECT", "SELECT", "WITH", "INSERT", "INSERT"]


def test_two_processes_with_the_same_request_give_one_row_and_one_answer(person, morning, gate, monkeypatch):
    """The second finds nothing at first, because the first has not committed; then the unique id stops it."""
    made = attempt(person, morning, gate)
    first = ledger.record_scan(morning.event, made)
    db.session.commit()
    real, calls = ledger.stored_answer, []

    def blind_once(event, client_uuid):
        calls.append(client_uuid)
        return None if len(calls) == 1 else real(event, client_uuid)

    monkeypatch.setattr(ledger, "stored_answer", blind_once)
    assert ledger.record_scan(morning.event, made) == first
    db.session.commit()
    assert rows() == 1


def test_an_id_of_another_events_scan_gives_nothing_away(person, morning, gate):
    made = attempt(person, morning, gate)
    ledger.record_scan(morning.event, made)
    db.session.commit()
    other = make_event("other")
    answer = json.loads(ledger.record_scan(other, replace(made, check_point=other.check_points[0])))
    assert (answer["outcome"], answer["reason"], answer["person"]) == ("refused", "error", None)


@pytest.mark.parametrize("client_uuid", ["", "short", "x" * 37, "' or 1=1 --", "ก" * 12])
def test_a_scan_without_a_proper_id_is_refused_and_not_kept(client_uuid, person, morning, gate):
    answer = scan(person, morning, gate, client_uuid=client_uuid)
    assert (answer["outcome"], answer["reason"]) == ("refused", "error")
    assert rows() == 0


@pytest.mark.parametrize(
    "content", ["A" * 20, "javascript:alert(1)", "WIFI:S:x;;", "x" * 3000, "😀", "\x00\ud800", ""]
)
def test_what_is_no_ticket_is_an_unknown_code_and_kept_safely(content, morning, gate):
    answer = scan(content, morning, gate)
    assert (answer["outcome"], answer["reason"]) == ("refused", "unknown_code")
    assert answer["sentence"] == "ไม่พบรหัสนี้ในระบบ"
    assert answer["advice"]
    assert len(db.session.scalar(select(Scan.raw_code))) <= 200


def test_a_badge_of_another_event_is_told_apart_without_a_name(morning, gate):
    stranger = make_registrant(make_event("other"), "คนอื่น", "งานอื่น")
    answer = scan(stranger, morning, gate)
    assert (answer["outcome"], answer["reason"], answer["person"]) == ("refused", "not_registered_here", None)
    assert db.session.scalar(select(Scan.registrant_id)) is None


@pytest.mark.parametrize(
    ("standing", "reason"), [(Standing.WITHDRAWN, "withdrawn"), (Standing.WAITING, "not_registered_here")]
)
def test_who_is_not_on_the_list_any_more_or_not_yet_is_sent_to_the_desk(standing, reason, event, morning, gate):
    person = make_registrant(event, "ถอน", "ชื่อแล้ว", standing=standing)
    answer = scan(person, morning, gate)
    assert (answer["outcome"], answer["reason"]) == ("refused", reason)
    assert answer["advice"] == "เชิญที่โต๊ะลงทะเบียนหน้างาน"


def test_a_replaced_badge_is_revoked(event, person, morning, gate):
    lost = person.ticket_code
    replacing.replace_ticket(person, "test")
    db.session.commit()
    answer = scan(lost, morning, gate)
    assert (answer["outcome"], answer["reason"], answer["person"]) == ("refused", "revoked", None)
    assert scan(person.ticket_code, morning, gate)["outcome"] == "accepted"


def test_a_check_point_has_its_hours(person, morning, gate):
    morning.opens_at, morning.closes_at = at(8), at(12)
    db.session.commit()
    assert scan(person, morning, gate, occurred_at=at(7, 59))["reason"] == "not_yet_open"
    assert scan(person, morning, gate, occurred_at=at(12))["reason"] == "closed"
    assert scan(person, morning, gate, occurred_at=at(11, 59))["outcome"] == "accepted"
    assert scan(person, morning, gate, occurred_at=at(13))["outcome"] == "already"


def test_the_afternoon_is_another_check_point(person, event, gate):
    morning, afternoon = event.check_points
    assert scan(person, morning, gate)["outcome"] == "accepted"
    assert scan(person, afternoon, gate)["outcome"] == "accepted"


def test_a_check_point_that_is_not_of_this_event_is_an_error_not_a_crash(person, event, gate):
    answer = json.loads(ledger.record_scan(event, attempt(person, None, gate)))
    assert (answer["outcome"], answer["reason"]) == ("refused", "error")


def test_what_the_door_let_in_off_line_is_never_refused(event, morning, gate):
    person = make_registrant(event, "ถอน", "ชื่อแล้ว", standing=Standing.WITHDRAWN)
    answer = scan(person, morning, gate, is_offline=True)
    assert (answer["outcome"], answer["reason"]) == ("pending_review", "withdrawn")


@pytest.mark.parametrize(
    "claimed",
    ["2569-11-08T08:41:00+07:00", "2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "yesterday", "", "9" * 400,
     "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"],
)  # fmt: skip
def test_an_impossible_clock_is_not_believed_but_kept(claimed, person, morning, gate):
    before = clock.now()
    answer = scan(person, morning, gate, occurred_at=claimed)
    assert answer["outcome"] == "accepted"
    row = db.session.scalars(select(Scan)).one()
    assert before <= row.occurred_at <= clock.now()
    assert row.claimed_at == claimed[:40]


def test_a_time_without_a_zone_is_thai_time(person, morning, gate):
    assert (
        scan(person, morning, gate, occurred_at="2018-11-08T08:41:00")["first_at"] == "2018-11-08T08:41:00+07:00"
    )


def test_the_fourth_person_on_one_phone_comes_in_and_is_flagged(event, morning):
    people = [make_registrant(event, f"คนที่{n}", "โทรศัพท์เดียว") for n in range(5)]
    for person in people:
        answer = scan("", morning, registrant_id=person.id, method="self_qr", browser_id="phone")
        assert answer["outcome"] == "accepted"
    flags = db.session.scalars(select(Scan.is_flagged).order_by(Scan.id)).all()
    assert flags == [False, False, False, True, True]
    assert [entry.is_flagged for entry in presence.entries(morning)].count(True) == 2


def test_merged_records_are_one_person(event, morning, gate):
    old, new, newest = (make_registrant(event, "สมชาย", "ใจดี") for _ in range(3))
    scan(old, morning, gate, occurred_at=at(8, 30))
    scan(new, morning, gate, occurred_at=at(8, 40))
    assert len(presence.present_at(morning)) == 2
    old.merged_into_id = new.id
    new.merged_into_id = newest.id
    db.session.commit()
    assert presence.present_at(morning) == {newest.id: at(8, 30)}
    assert [presence.is_present(morning, one) for one in (old, new, newest)] == [True, True, True]
    for badge in (old, new, newest):
        answer = scan(badge, morning, gate, occurred_at=at(9))
        assert (answer["outcome"], answer["first_at"]) == ("already", "2018-11-08T08:30:00+07:00")


def test_an_accepted_scan_moves_the_live_topic_and_a_refused_one_does_not(person, event, morning, gate):
    scan("nothing", morning, gate)
    assert topics.version(event, "checkin") == 0
    scan(person, morning, gate)
    assert topics.version(event, "checkin") == 1
    scan(person, morning, gate)
    assert topics.version(event, "checkin") == 1


def test_going_out_is_noted_and_takes_nobody_away(person, morning, gate):
    scan(person, morning, gate)
    assert scan(person, morning, gate, action="exit")["outcome"] == "accepted"
    assert person.id in presence.present_at(morning)


def test_presence_by_unit_and_target(event, morning, gate):
    first, second = event.units[:2]
    first.target = 4
    people = [make_registrant(event, f"คน{n}", "หน่วยแรก", unit=first) for n in range(3)]
    make_registrant(event, "คน", "หน่วยสอง", unit=second)
    make_registrant(event, "คน", "ถอนชื่อ", unit=second, standing=Standing.WITHDRAWN)
    for person in people[:2]:
        scan(person, morning, gate)
    figures = presence.turnout(morning)
    assert [(unit.expected, unit.registered, unit.present) for unit in figures.units[:2]] == [(4, 3, 2), (1, 1, 0)]
    assert (figures.expected, figures.registered, figures.present, figures.percent) == (5, 4, 2, 40)
    assert presence.counts(event) == {morning.id: 2}


def test_claims_within_the_slack_are_believed(person, event, morning, gate):
    early = min(clock.at_local(event.first_day, 0), event.created_at) - timedelta(hours=23)
    assert scan(person, morning, gate, occurred_at=early)["first_at"] == clock.local(early).isoformat()


def test_the_door_shows_the_table_people_sit_at_though_an_exercise_file_brought_groups_later(
    person, event, morning, gate
):
    seated = Grouping(event=event, name="รายอำเภอ")
    table = Group(grouping=seated, event_id=event.id, number=4, name="แกลง 1")
    db.session.add_all([seated, table])
    db.session.flush()
    db.session.add(Membership(grouping_id=seated.id, group_id=table.id, registrant_id=person.id))
    db.session.flush()
    db.session.add(Grouping(event=event, name="จากแฟ้ม", mode=IMPORTED))
    db.session.commit()
    assert scan(person, morning, gate)["person"]["table"] == 4
