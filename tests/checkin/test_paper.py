"""Signed paper against scans: numbered lines, keyed in by page and number, settled by a named person."""

from __future__ import annotations

import pytest
import time_machine
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.checkin.ledger import presence
from app.checkin.models import Scan, SheetLine
from app.checkin.paper import comparing, sheets, signing
from app.core.errors import RuleBroken
from app.database import db
from app.documents import making
from app.events.models import Role
from app.registration.models import Standing
from tests.checkin.door import at, scan
from tests.make import make_member, make_registrant
from tests.thai_pdf.reading import pdfium_text


@pytest.fixture
def people(event):
    """Three of one unit and one of the next, each unit on a page of its own."""
    first, second = event.units[0], event.units[1]
    names = [("กานดา", first), ("ขวัญใจ", first), ("คำปัน", first), ("งามตา", second)]
    return [make_registrant(event, name, "ใจดี", unit=unit) for name, unit in names]


@pytest.fixture
def clerk(event):
    return make_member(event, Role.REGISTRAR, name="สมศรี ทดสอบ")


def printed(event, point):
    """Print the sheets as the page of downloads does."""
    made = making.sign_in_sheets(event, point)
    making.note("test", event, made)
    db.session.commit()
    return sheets.newest_sheet(point)


def roots(cases) -> list[int]:
    return [case.registrant.id for case in cases]


def test_printing_fixes_page_and_number_and_the_door_shows_them(event, morning, people, gate):
    assert "sheet" not in scan(people[3], event.check_points[1], gate)["person"]
    printed(event, morning)
    assert scan(people[1], morning, gate)["person"]["sheet"] == "ใบลงทะเบียน หน้า 1 ที่ 2"
    assert scan(people[3], morning, gate)["person"]["sheet"] == "ใบลงทะเบียน หน้า 2 ที่ 1"
    assert "sheet" not in scan(people[2], event.check_points[1], gate)["person"], "another half-day, another sheet"


def test_the_same_list_is_the_same_edition_and_a_changed_one_the_next(event, morning, people, gate):
    first = printed(event, morning)
    assert printed(event, morning).id == first.id
    early = make_registrant(event, "กกก", "มาก่อน", unit=people[0].unit)
    second = printed(event, morning)
    assert (first.edition, second.edition) == (1, 2)
    assert "ชุดที่ 2" in pdfium_text(making.sign_in_sheets(event, morning).data)
    assert scan(people[0], morning, gate)["person"]["sheet"] == "ใบลงทะเบียน หน้า 1 ที่ 2"
    assert scan(early, morning, gate)["person"]["sheet"] == "ใบลงทะเบียน หน้า 1 ที่ 1"
    old = {line.number: line.registrant_id for line in signing.lines(first, 1)}
    assert old[1] == people[0].id, "what was signed on the first edition is still keyed in by its own numbers"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("1-3", {1, 2, 3}), ("๑ ๓", {1, 3}), ("1,2 , 3", {1, 2, 3}), ("3 – 1", {1, 2, 3}), ("2", {2})],
)
def test_numbers_are_read_as_people_write_them(typed, found):
    assert signing.read_numbers(typed, [1, 2, 3]) == found


@pytest.mark.parametrize("typed", ["", "a", "4", "1-4", "-", "9999999999", "1--2"])
def test_numbers_that_are_not_of_the_page_are_refused(typed):
    with pytest.raises(RuleBroken):
        signing.read_numbers(typed, [1, 2, 3])


def test_paper_and_scans_are_compared_and_a_signature_alone_lets_nobody_in(event, morning, people, gate, clerk):
    sheet = printed(event, morning)
    for one in (people[0], people[2], people[3]):
        scan(one, morning, gate, occurred_at=at(8, 41))
    assert signing.sign(sheet, 1, {1, 2}, clerk) == 2
    assert signing.sign(sheet, 1, {1, 2}, clerk) == 0, "keyed in twice is signed once"
    db.session.commit()
    assert len(presence.present_at(morning)) == 3
    found = comparing.compare(morning)
    assert found.both == 1
    assert roots(found.signed_only) == [people[1].id]
    assert roots(found.scanned_only) == [people[2].id]
    assert found.not_keyed == 1, "the second page has not been keyed in: its people are not accused"
    assert [(page.signed, page.people) for page in signing.pages(sheet)] == [(2, 3), (0, 1)]


def test_each_case_is_settled_by_a_named_person_with_a_reason(event, morning, people, gate, clerk):
    sheet = printed(event, morning)
    scan(people[2], morning, gate, occurred_at=at(8, 41))
    signing.sign(sheet, 1, {1, 2}, clerk)
    with pytest.raises(RuleBroken):
        comparing.settle(morning, people[0], comparing.NOT_COUNTED, " ", clerk)
    comparing.settle(morning, people[0], comparing.NOT_COUNTED, "ลงชื่อแทนกัน", clerk)
    comparing.settle(morning, people[2], comparing.STANDS, "ลืมลงชื่อ", clerk)
    comparing.count_as_present(morning, people[1], clerk)
    db.session.commit()
    found = comparing.compare(morning)
    assert (found.both, found.signed_only, found.scanned_only) == (1, [], [])
    assert {(one.registrant.id, one.remark, one.by) for one in found.settled} == {
        (people[0].id, "ลงชื่อแทนกัน", "สมศรี ทดสอบ"),
        (people[2].id, "ลืมลงชื่อ", "สมศรี ทดสอบ"),
    }
    assert set(presence.present_at(morning)) == {people[1].id, people[2].id}
    facts = str(db.session.scalars(select(AuditEntry.facts)).all())
    assert "แทนกัน" not in facts
    comparing.take_back(morning, found.settled[0].scan_id, clerk)
    assert len(comparing.compare(morning).settled) == 1


def test_who_signed_came_at_the_half_days_beginning_and_is_not_late_for_the_keying(event, morning, people, clerk):
    morning.late_after = at(9)
    sheet = printed(event, morning)
    signing.sign(sheet, 1, {1, 2, 3}, clerk)
    with time_machine.travel(at(17, 30), tick=False):
        assert comparing.count_all_as_present(morning, clerk) == 3
    assert set(presence.present_at(morning).values()) == {at(8, 30)}


def test_a_signature_of_somebody_withdrawn_is_said_and_not_swallowed(event, morning, people, clerk):
    sheet = printed(event, morning)
    signing.sign(sheet, 1, {1}, clerk)
    people[0].standing = Standing.WITHDRAWN
    db.session.commit()
    with pytest.raises(RuleBroken, match="ถอนชื่อ"):
        comparing.count_all_as_present(morning, clerk)


def test_a_name_written_on_an_empty_line_is_keyed_in_too(event, morning, people, clerk, gate):
    sheet = printed(event, morning)
    walk_in = make_registrant(event, "มาเอง", "ไม่มีชื่อ", unit=people[0].unit)
    scan(walk_in, morning, gate)
    signing.sign(sheet, 1, {1}, clerk)
    assert walk_in.id in roots(comparing.compare(morning).scanned_only), "on no line, but of a unit keyed in"
    with pytest.raises(RuleBroken):
        signing.sign_empty_line(sheet, 1, 2, walk_in, clerk)
    signing.sign_empty_line(sheet, 1, 4, walk_in, clerk)
    with pytest.raises(RuleBroken):
        signing.sign_empty_line(sheet, 1, 5, walk_in, clerk)
    assert roots(comparing.compare(morning).scanned_only) == []
    signing.take_back(sheet, 1, 4, clerk)
    assert walk_in.id in roots(comparing.compare(morning).scanned_only)


def test_merged_records_are_one_signature(event, morning, people, clerk, gate):
    sheet = printed(event, morning)
    signing.sign(sheet, 1, {1}, clerk)
    people[0].merged_into_id = people[1].id
    db.session.commit()
    scan(people[1], morning, gate)
    found = comparing.compare(morning)
    assert (found.both, roots(found.signed_only)) == (1, [])


@pytest.fixture
def desk(app, event, clerk):
    with time_machine.travel(at(13, 30), tick=False):
        browser = app.test_client()
        browser.sign_in(clerk)
        yield browser


def test_the_pile_is_keyed_in_page_by_page(desk, event, morning, people):
    page = f"/events/training/paper/{morning.public_id}"
    assert "ยังไม่ได้พิมพ์ใบลงทะเบียน" in desk.get(page).text
    desk.submit(
        f"/events/training/documents/sign-in-sheets/{morning.public_id}", page="/events/training/documents"
    )
    assert "ลงชื่อ 0 จาก 3" in desk.get(page).text
    assert desk.submit(page, {"page": "1", "numbers": "1-9"}, page=page).status_code == 422
    assert desk.submit(page, {"page": "7", "numbers": "1"}, page=page).status_code == 422
    done = desk.submit(page, {"page": "1", "numbers": "1-2"}, page=page)
    following = desk.get(done.headers["Location"]).text
    assert "ลงชื่อ 2 จาก 3" in following
    assert 'name="page" inputmode="numeric" autocomplete="off" maxlength="4" required value="2"' in following
    one = f"{page}/1/1"
    assert "กานดา" in desk.get(one).text
    desk.submit(one, {"line": ["1", "3"]}, page=one)
    db.session.expire_all()
    assert set(signing.signatures(morning)) == {people[0].id, people[2].id}
    desk.submit(one, {"everybody": "1"}, page=one)
    assert len(signing.signatures(morning)) == 3
    assert db.session.scalar(select(func.count()).select_from(SheetLine)) == 4 + 2 * 3


def test_the_list_of_differences_is_settled_on_its_page(desk, event, morning, people, gate):
    sheet = printed(event, morning)
    signing.sign(sheet, 1, {1, 2}, make_member(event, Role.REGISTRAR))
    scan(people[2], morning, gate, occurred_at=at(8, 41))
    page = f"/events/training/paper/{morning.public_id}/compare"
    shown = desk.get(page).text
    assert "หน้า 1 ที่ 2" in shown
    assert "08.41 น." in shown
    desk.submit(f"{page}/{people[0].public_id}", {"decision": "came"}, page=page)
    sent = {"decision": "not_counted", "remark": ""}
    assert desk.submit(f"{page}/{people[1].public_id}", sent, page=page).status_code == 422
    desk.submit(f"{page}/{people[1].public_id}", {**sent, "remark": "ลงชื่อแทน"}, page=page)
    desk.submit(f"{page}/{people[2].public_id}", {"decision": "void", "remark": "ไม่ได้มา"}, page=page)
    assert set(presence.present_at(morning)) == {people[0].id}
    shown = desk.get(page).text
    assert "โดย สมศรี ทดสอบ" in shown
    number = db.session.scalar(select(Scan.id).where(Scan.action == "settle"))
    desk.submit(f"{page}/reopen", {"scan": str(number)}, page=page)
    assert roots(comparing.compare(morning).signed_only) == [people[1].id]


def test_another_event_and_other_roles_have_no_part_in_it(app, event, morning, people):
    viewer = app.test_client()
    viewer.sign_in(make_member(event, Role.VIEWER))
    assert viewer.get(f"/events/training/paper/{morning.public_id}").status_code == 403
