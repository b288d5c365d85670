"""The organiser's pages of seats, queues and replies; the letter's public page; what a person is told."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from app.checkin.ledger import presence
from app.database import db
from app.documents import check_point_rows
from app.events.models import Role
from app.registration import signup
from app.registration.links import token_of
from app.registration.models import Part, Registrant, Standing
from app.registration.seats import places, replies
from app.registration.seats.models import Answer, CategoryQuota, Place
from tests.make import make_event, make_member, make_registrant, make_user, unit_named

from .people import come, standings


@pytest.fixture
def event(app):
    event = make_event("training", owner=make_user(email="owner@example.com"))
    unit_named(event, "แกลง").seats = 1
    db.session.commit()
    return event


@pytest.fixture
def organiser(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


def text_of(response):
    return response.get_data(as_text=True)


def seats_form(event, **changes):
    whole = {"whole": "", **{f"unit-{unit.public_id}": "" for unit in event.units}, "has_waiting_list": "y"}
    return {**whole, **changes}


def test_more_seats_are_set_on_one_page_and_whoever_waits_comes_in(organiser, event):
    people = [come(event) for _ in range(3)]
    page = text_of(organiser.get("/events/training/seats"))
    assert 'value="1" aria-label="ที่นั่งของ แกลง"' in page
    unit = unit_named(event, "แกลง").public_id
    answer = organiser.submit(
        "/events/training/seats", seats_form(event, **{f"unit-{unit}": "๒"}), follow_redirects=True
    )
    assert "เลื่อนจากบัญชีสำรองขึ้นมา 1 คน" in text_of(answer)
    assert standings(*people) == [Standing.REGISTERED, Standing.REGISTERED, Standing.WAITING]


def test_a_category_has_target_and_seats_and_a_share_of_a_unit(organiser, event):
    page = text_of(organiser.get("/events/training/seats"))
    place = re.search(r'name="category-(\d+)" value="ภาคประชาสังคม"', page)[1]
    data = {f"category-{place}": "ภาคประชาสังคม", f"target-{place}": "10", f"seats-{place}": "0"}
    organiser.submit("/events/training/seats", seats_form(event, **data))
    quota = db.session.scalars(select(CategoryQuota)).one()
    assert (quota.unit_id, quota.target, quota.seats) == (None, 10, 0)
    unit = unit_named(event, "บ้านค่าย").public_id
    share = {"unit": unit, "category": "ส่วนราชการ", "target": "4", "seats": "5"}
    assert "บันทึกแล้ว" in text_of(organiser.submit("/events/training/seats/share", share, follow_redirects=True))
    organiser.submit("/events/training/seats/share", {"unit": unit, "category": "ส่วนราชการ"})
    assert db.session.scalars(select(CategoryQuota)).all() == [quota]


def test_nonsense_for_a_number_keeps_what_was_typed(organiser, event):
    page = organiser.submit("/events/training/seats", seats_form(event, whole="มาก"))
    assert page.status_code == 422 and 'value="มาก"' in text_of(page) and "โปรดใส่จำนวนเต็ม" in text_of(page)


def test_the_queue_is_approved_in_one_press_and_undone_in_another(organiser, event):
    event.asks_approval = True
    db.session.commit()
    people = [come(event, unit="บ้านค่าย") for _ in range(3)]
    page = text_of(organiser.get("/events/training/approval"))
    assert all(f'value="{person.public_id}"' in page for person in people)
    chosen = {"action": "approve", "who": [person.public_id for person in people[:2]]}
    answer = organiser.submit("/events/training/decisions", chosen, follow_redirects=True)
    assert "รับแล้ว 2 คน" in text_of(answer)
    undo = re.search(r"/events/training/decisions/\w+/undo", text_of(answer))[0]
    assert "คืนสถานะเดิมแล้ว 2 คน" in text_of(organiser.submit(undo, follow_redirects=True))
    assert standings(*people) == [Standing.PENDING] * 3


def test_nobody_chosen_is_a_sentence(organiser, event):
    answer = organiser.submit("/events/training/decisions", {"action": "approve"}, follow_redirects=True)
    assert "โปรดเลือกอย่างน้อยหนึ่งคน" in text_of(answer)


def test_the_waiting_list_is_in_order_and_lets_people_in_beyond_the_seats(organiser, event):
    people = [come(event, f"ผู้รอ{number}") for number in range(3)]
    page = text_of(organiser.get("/events/training/waiting"))
    assert "ผู้รอ0" not in page and page.index("ผู้รอ1") < page.index("ผู้รอ2")
    data = {"action": "admit", "who": people[2].public_id, "back": "waiting"}
    organiser.submit("/events/training/decisions", data)
    assert standings(*people) == [Standing.REGISTERED, Standing.WAITING, Standing.REGISTERED]
    assert "เกินที่นั่งของ แกลง (1)" in text_of(organiser.get(f"/events/training/people/{people[2].public_id}"))


def test_the_desk_sees_the_waiting_list_and_decides_nothing(client, event):
    come(event), come(event)
    client.sign_in(make_member(event, Role.REGISTRAR))
    assert "รับเกินที่นั่ง" not in text_of(client.get("/events/training/waiting"))
    assert client.get("/events/training/approval").status_code == 403
    assert client.submit("/events/training/decisions", {"action": "admit"}).status_code == 403


def test_a_person_reads_on_the_own_page_how_the_answer_stands(client, event):
    first, second = come(event), come(event)
    client.get(f"/p/{second.public_id}/{token_of(second)}")
    page = text_of(client.get("/e/training/me"))
    assert "บัญชีสำรอง ลำดับที่ 1 ของ แกลง" in page and second.ticket_code not in page
    signup.withdraw(first)
    db.session.commit()
    page = text_of(client.get("/e/training/me"))
    assert "ได้ที่นั่งจากบัญชีสำรองแล้ว" in page and second.ticket_code in page


def test_a_guest_is_added_by_hand_without_unit_or_seat(organiser, event):
    come(event)
    data = {"first_name": "ผู้ว่า", "last_name": "ราชการ", "part": "guest", "unit": ""}
    organiser.submit("/events/training/people/new", data)
    guest = db.session.scalars(select(Registrant).where(Registrant.part == Part.GUEST)).one()
    assert guest.standing == Standing.REGISTERED
    page = text_of(organiser.get("/events/training/people?part=guest"))
    assert "ผู้ว่า" in page and "คนที่" not in page


def test_a_speaker_is_present_by_one_tap_and_signs_a_sheet_of_the_own_part(organiser, event):
    point = event.check_points[0]
    speaker = make_registrant(event, "วิทยา", part=Part.SPEAKER)
    make_registrant(event, "สมชาย")
    page = text_of(organiser.get(f"/events/training/tick/{point.public_id}?unit=others"))
    assert "วิทยา" in page and "สมชาย" not in page
    uuid = re.search(r'name="client_uuid" value="([^"]+)"', page)[1]
    tapped = {"who": speaker.public_id, "client_uuid": uuid}
    organiser.submit(f"/events/training/tick/{point.public_id}?unit=others", tapped)
    assert presence.is_present(point, speaker)
    assert presence.turnout(point).present == 0, "targets are about participants"
    sections = {
        section.unit: [row.name for row in section.rows] for section in check_point_rows.sheet_sections(event)
    }
    assert sections == {"เมืองระยอง": ["สมชาย ระบบ"], "วิทยากร": ["วิทยา ระบบ"]}


def test_units_that_have_not_answered_are_listed_as_text_for_line(organiser, event):
    come(event, unit="บ้านค่าย")
    replies.set_unit_answer(event, unit_named(event, "ปลวกแดง"), Answer.DECLINED, actor="test")
    db.session.commit()
    page = text_of(organiser.get("/events/training/replies"))
    text = re.search(r'<textarea id="reminder"[^>]*>(.*?)</textarea>', page, re.S)[1]
    assert "แกลง" in text and "บ้านค่าย" not in text and "ปลวกแดง" not in text
    assert "/reply/" not in text, "a link belongs to one unit"


def test_a_letter_names_a_district_as_letters_do(organiser, event):
    unit = unit_named(event, "แกลง")
    page = text_of(organiser.get(f"/events/training/replies/{unit.public_id}"))
    assert "เรียน อำเภอแกลง\n" in page and "<h1>ตอบรับ อำเภอแกลง" in page
    assert "แกลง" in text_of(organiser.get("/events/training/replies"))
    unit.name, agencies = "อำเภอแกลง", next(one for one in event.units if one.kind == "province_agencies")
    assert unit.full_name == "อำเภอแกลง" and agencies.full_name == agencies.name


def test_posts_are_held_for_every_district_in_one_go(organiser, event):
    data = {"posts": "ท้องถิ่นอำเภอ 1", "units": "district", "category": ""}
    organiser.submit("/events/training/replies/hold", data)
    held = db.session.scalars(select(Place)).all()
    assert len(held) == 8 and {place.unit.kind for place in held} == {"district"}


def test_two_holders_of_one_post_in_one_district_are_a_warning(organiser, event):
    make_registrant(event, "คนแรก", position="นายอำเภอแกลง", unit=unit_named(event, "แกลง"))
    make_registrant(event, "คนหลัง", position="นายอำเภอ", unit=unit_named(event, "แกลง"))
    make_registrant(event, "คนอื่น", position="นายอำเภอ", unit=unit_named(event, "บ้านค่าย"))
    make_registrant(event, "ผู้แทน", position="ผู้แทนนายอำเภอ", unit=unit_named(event, "บ้านค่าย"))
    [found] = replies.two_holders(event)
    assert [person.first_name for person in found.people] == ["คนแรก", "คนหลัง"]
    assert "แกลง มีผู้แจ้งว่าเป็นนายอำเภอ 2 คน" in text_of(organiser.get("/events/training/replies"))


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_letters_qr_can_be_taken_as_a_picture(app, organiser, event, kind):
    unit = unit_named(event, "บ้านค่าย")
    answer = organiser.get(f"/events/training/replies/{unit.public_id}/qr.{kind}")
    assert "attachment" in answer.headers["Content-Disposition"]
    if kind == "png":
        [code] = zxingcpp.read_barcodes(Image.open(BytesIO(answer.data)))
        with app.test_request_context():
            assert code.text.endswith(replies.reply_link(event, unit).split("/e/")[1])
    else:
        assert answer.data.startswith(b"<svg") and answer.mimetype == "image/svg+xml"


class TestTheLettersPage:
    """Opened by whoever holds the letter."""

    @pytest.fixture
    def unit(self, event):
        unit = unit_named(event, "บ้านค่าย")
        places.hold(event, [unit], places.read_posts("นายอำเภอ 1, ท้องถิ่นอำเภอ 1, ปลัดอำเภอ 1"), actor="test")
        db.session.commit()
        return unit

    @pytest.fixture
    def address(self, app, event, unit):
        with app.test_request_context():
            return "/e/" + replies.reply_link(event, unit).split("/e/", 1)[1]

    def test_posts_are_answered_with_names_without_and_not_at_all(self, client, event, unit, address):
        first, second, third = places.places_of(event, unit)
        data = {
            f"answer-{first.public_id}": "coming",
            f"name-{first.public_id}": "นายสมชาย ใจดี",
            f"phone-{first.public_id}": "081-234-5678",
            f"answer-{second.public_id}": "representative",
            f"answer-{third.public_id}": "declined",
        }
        assert client.submit(address, data).status_code == 302
        db.session.expire_all()
        answers = [place.answer for place in places.places_of(event, unit)]
        assert answers == [Answer.COMING, Answer.REPRESENTATIVE, Answer.DECLINED]
        person = db.session.scalars(select(Registrant)).one()
        assert (person.full_name, person.position, person.phone) == ("นายสมชาย ใจดี", "นายอำเภอ", "0812345678")

    def test_it_shows_no_names(self, client, event, unit, address):
        come(event, "สมชาย", unit="บ้านค่าย", position="นายอำเภอ")
        page = text_of(client.get(address))
        assert "แจ้งชื่อแล้ว" in page and "สมชาย" not in page

    def test_one_wrong_name_writes_nothing_and_keeps_what_was_typed(self, client, event, unit, address):
        first, second, _third = places.places_of(event, unit)
        data = {f"name-{first.public_id}": "นายสมชาย ใจดี", f"name-{second.public_id}": "สมศรี"}
        page = client.submit(address, data)
        assert page.status_code == 422 and "สมศรี" in text_of(page)
        assert db.session.scalars(select(Registrant)).all() == []

    def test_a_unit_asks_for_places_before_names_are_known(self, client, event, unit, address):
        client.submit(address, {"posts": "กำนัน 3"})
        held = [place for place in places.places_of(event, unit) if place.position == "กำนัน"]
        assert len(held) == 3 and {place.answer for place in held} == {Answer.COMING}

    def test_the_link_of_one_unit_opens_no_other(self, client, event, unit, address):
        other = unit_named(event, "แกลง").public_id
        assert client.get(address.replace(unit.public_id, other)).status_code == 404
        assert client.get(address[:-1] + ("0" if address[-1] != "0" else "1")).status_code == 404

    def test_when_answers_are_closed_it_says_so(self, client, event, unit, address):
        event.registration_open = False
        db.session.commit()
        assert "ปิดรับ" in text_of(client.get(address))
        client.submit(address, {"posts": "กำนัน 3"})
        assert len(places.places_of(event, unit)) == 3
