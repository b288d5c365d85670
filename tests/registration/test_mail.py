"""Mail is a row of the transaction that caused it; it leaves once, is tried again, keeps nothing personal."""

from __future__ import annotations

import logging
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from sqlalchemy import select

from app.core import clock
from app.database import db
from app.events.models import Role
from app.jobs.duties import Task, run_due
from app.jobs.models import Duty
from app.notifications import delivery, outbox
from app.notifications.models import Message, State
from app.registration import signup
from app.registration.models import Registrant
from tests.make import make_event, make_member, make_registrant
from tests.registration.test_public_form import answers, send


@pytest.fixture
def event(app):
    return make_event("training")


@pytest.fixture
def organiser(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


class Post:
    """A backend that keeps what it is given, and fails as often as asked."""

    def __init__(self, failures=0):
        self.sent, self.failures = [], failures

    def __call__(self, message):
        if self.failures:
            self.failures -= 1
            raise ConnectionRefusedError("somchai@example.com refused")
        self.sent.append(message)


def messages():
    db.session.expire_all()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_answering_with_an_address_brings_one_mail_with_the_personal_link(client, event):
    for _ in range(2):
        assert send(client, answers(event, email="Somchai@Example.com")).status_code == 302
    post = Post()
    assert delivery.send_due(post) == {"sent": 1}
    assert delivery.send_due(post) == {}
    (mail,) = post.sent
    person = db.session.scalars(select(Registrant)).one()
    assert mail["To"] == "somchai@example.com" and "ได้รับการตอบรับแล้ว" in mail["Subject"]
    assert f"http://localhost/p/{person.public_id}/" in mail.get_content()
    assert send(client, answers(event, first_name="สมหมาย", phone="0898765432", email="")).status_code == 302
    assert delivery.send_due(post) == {}


def test_a_refused_form_sends_nothing(client, event):
    assert send(client, answers(event, email="a@example.com", notice_read="")).status_code == 422
    assert messages() == []


def test_the_outbox_knows_no_address_and_a_correction_reaches_what_waits(organiser, event):
    person = make_registrant(event, "สมชาย", "ใจดี", email="old@example.com")
    organiser.submit("/events/training/mail", {})
    kept = {str(getattr(messages()[0], column.name)) for column in Message.__table__.columns}
    assert not {"สมชาย", "old@example.com"} & kept
    signup.edit(person, actor="test", email="new@example.com")
    db.session.commit()
    post = Post()
    delivery.send_due(post)
    assert post.sent[0]["To"] == "new@example.com"


def test_links_go_to_whom_they_have_not_gone(organiser, event):
    for number in range(3):
        make_registrant(event, f"คน{number}", email=f"a{number}@example.com", unit=event.units[number % 2])
    make_registrant(event, "ไม่มีอีเมล")
    organiser.submit("/events/training/mail", {"unit": event.units[1].public_id})
    assert len(messages()) == 1
    organiser.submit("/events/training/mail", {})
    organiser.submit("/events/training/mail", {})
    assert len(messages()) == 3
    page = organiser.get("/events/training/mail").get_data(as_text=True)
    assert "ส่งลิงก์ส่วนตัวทางอีเมล" not in page
    foreign = make_event("other").units[0].public_id
    assert organiser.submit("/events/training/mail", {"unit": foreign}).status_code == 404


def test_a_failing_server_is_asked_again_later_then_given_up_and_can_be_tried_by_hand(organiser, event, caplog):
    make_registrant(event, "สมชาย", email="somchai@example.com")
    organiser.submit("/events/training/mail", {})
    post, now = Post(failures=99), clock.now()
    caplog.set_level(logging.INFO)
    for attempt in range(len(delivery.PAUSES) + 1):
        with time_machine.travel(now + timedelta(days=attempt), tick=False):
            assert sum(delivery.send_due(post).values()) == 1
            assert delivery.send_due(post) == {}
    assert messages()[0].state == State.FAILED
    assert messages()[0].failure == "ConnectionRefusedError"
    assert "example.com" not in caplog.text and "สมชาย" not in caplog.text
    organiser.submit("/events/training/mail/again", {})
    post.failures = 0
    assert delivery.send_due(post) == {"sent": 1}


def test_two_workers_send_a_message_once(organiser, event, monkeypatch):
    make_registrant(event, "สมชาย", email="somchai@example.com")
    organiser.submit("/events/training/mail", {})
    first, second = Post(), Post()

    def while_the_other_looks_too(message):
        assert delivery.send_due(second) == {}
        first(message)

    assert delivery.send_due(while_the_other_looks_too) == {"sent": 1}
    assert (len(first.sent), len(second.sent)) == (1, 0)


def test_who_stepped_back_is_not_written_to(organiser, event):
    person = make_registrant(event, "สมชาย", email="somchai@example.com")
    organiser.submit("/events/training/mail", {})
    signup.withdraw(person, actor="test")
    db.session.commit()
    assert delivery.send_due(Post()) == {"dropped": 1}


def test_by_default_mail_goes_into_a_folder_of_the_data(app, organiser, event):
    person = make_registrant(event, "สมชาย", email="somchai@example.com")
    assert organiser.submit(f"/events/training/people/{person.public_id}/mail", {}).status_code == 302
    result = app.test_cli_runner().invoke(args=["send-mail"])
    assert result.output.strip() == "sent 1"
    (file,) = (app.config["DATA_DIR"] / "mail").glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "somchai@example.com" and "เรียน" in mail.get_content()
    assert file.stat().st_mode & 0o077 == 0
    file.unlink()
    page = organiser.get(f"/events/training/people/{person.public_id}").get_data(as_text=True)
    assert "ส่งอีเมลแล้วเมื่อ" in page


def test_old_messages_go(app, event):
    db.session.add(Message(event_id=event.id, kind="x", subject_id=1, state=State.SENT))
    db.session.add(Message(event_id=event.id, kind="x", subject_id=2))
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert outbox.forget_old() == 1


def test_a_duty_is_done_once_by_any_number_of_workers_and_a_failing_one_stops_no_other(app):
    done = []

    def fail():
        raise RuntimeError("secret")

    tasks = [Task("broken", timedelta(hours=1), fail), Task("good", timedelta(hours=1), lambda: done.append(1))]
    assert run_due(tasks) == ["broken", "good"]
    assert run_due(tasks) == []
    assert done == [1] and db.session.get_one(Duty, "broken").failure == "RuntimeError"
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        assert run_due(tasks[1:]) == ["good"]


def test_the_worker_sends_and_forgets(app, event):
    person = make_registrant(event, "สมชาย", email="somchai@example.com", food="ฮาลาล")
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    db.session.expire_all()
    assert db.session.get_one(Registrant, person.id).food == ""
