"""The own page: corrected until the deadline, left, taken away as a file; notice and consents as shown."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.registration import notice
from app.registration.models import Consent, Notice, Registrant, Standing
from app.registration.questions import asking
from app.registration.questions.models import Kind
from tests.make import make_event, make_member
from tests.registration.test_public_form import answers, rows, send

WORDS = {
    "controller": "สำนักงานจังหวัดระยอง",
    "contact": "038 694 000",
    "dpo": "หัวหน้าสำนักงานจังหวัด",
    "recipients": "โรงแรมได้เฉพาะจำนวนคน",
    "retention": "โทรศัพท์ 6 เดือน",
}


@pytest.fixture
def event(app):
    return make_event("training", first_day=clock.today(), last_day=clock.today())


def put_notice(event, consents=("photos", "invitations"), **changes):
    notice.save(event, {**WORDS, **changes}, list(consents), actor="test")
    db.session.commit()


def given():
    return [(consent.kind, consent.given) for consent in db.session.scalars(select(Consent).order_by(Consent.id))]


def test_consents_are_boxes_of_their_own_unticked_and_refusable(client, event):
    put_notice(event)
    page = send(client, answers(event, step="who")).get_data(as_text=True)
    assert 'name="consent_photos"' in page and 'name="consent_line_group"' not in page
    assert '<input id="consent_photos"' in page and '<input id="consent_invitations"' in page
    assert send(client, answers(event)).status_code == 302
    assert given() == [("photos", False), ("invitations", False)]


def test_a_consent_keeps_its_words_its_time_and_the_way_it_came(client, event):
    put_notice(event)
    send(client, answers(event, consent_photos="y"))
    consent = db.session.scalars(select(Consent).where(Consent.kind == "photos")).one()
    assert (consent.given, consent.channel, consent.text_version) == (True, "form", "1")
    assert consent.text.startswith("ยินยอมให้เผยแพร่ภาพถ่าย") and consent.at is not None


def test_a_consent_is_taken_back_as_easily_as_given_and_every_answer_stays(client, event):
    put_notice(event, ["photos"])
    send(client, answers(event, consent_photos="y"))
    page = client.get("/e/training/me/data").get_data(as_text=True)
    assert "checked" in page.partition("consent_photos")[2][:80]
    client.submit("/e/training/me/consents", {})
    client.submit("/e/training/me/consents", {})
    assert given() == [("photos", True), ("photos", False)]
    assert "ไม่ยินยอม" in client.get("/e/training/me/data").get_data(as_text=True)


def test_the_offices_words_stand_in_the_notice_and_each_answer_keeps_its_version(client, event):
    put_notice(event)
    page = client.get("/e/training/privacy").get_data(as_text=True)
    assert all(words in page for words in WORDS.values()) and "ฉบับที่ 1.1" in page
    send(client, answers(event))
    assert rows()[0].notice_version == "1.1"
    put_notice(event, retention="โทรศัพท์ 3 เดือน")
    put_notice(event, retention="โทรศัพท์ 3 เดือน")
    page = client.get("/e/training/privacy").get_data(as_text=True)
    assert "ฉบับที่ 1.2" in page and "ฉบับที่ 1.1" in page and "โทรศัพท์ 6 เดือน" in page
    assert len(db.session.scalars(select(Notice)).all()) == 2


@pytest.mark.parametrize("missing", ["controller", "contact", "recipients", "retention"])
def test_a_notice_without_what_the_law_asks_is_refused(event, missing):
    with pytest.raises(RuleBroken) as refusal:
        notice.save(event, {**WORDS, missing: ""}, [], actor="test")
    assert refusal.value.field == missing


def test_the_organiser_fills_the_notice_in(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    assert "ยังไม่ได้กรอก" in client.get("/events/training/notice").get_data(as_text=True)
    data = {**WORDS, "consents": ["photos"]}
    assert client.submit("/events/training/notice", {**data, "contact": ""}).status_code == 422
    assert client.submit("/events/training/notice", data).status_code == 302
    assert notice.current(event).consents == ["photos"]


def test_own_data_comes_as_a_file_with_everything_kept(client, event):
    put_notice(event, ["photos"])
    send(client, answers(event, consent_photos="y"))
    code = rows()[0].ticket_code
    found = json.loads(client.get("/e/training/me/data.json").data)
    flat = {entry["value"] for entries in found.values() for entry in entries}
    assert {"สมชาย", "ใจดี", "0812345678", "ผู้ใหญ่บ้าน", "แกลง", code} <= flat
    table = client.get("/e/training/me/data.csv")
    assert table.data.startswith(b"\xef\xbb\xbf") and "สมชาย" in table.data.decode("utf-8-sig")
    assert "attachment" in table.headers["Content-Disposition"]
    assert client.get("/e/training/me/data.pdf").status_code == 404


def test_own_data_is_for_the_own_browser_alone(client, event):
    send(client, answers(event))
    stranger = client.application.test_client()
    for address in ("data", "data.json", "edit"):
        assert stranger.get(f"/e/training/me/{address}").status_code == 401


def test_stepping_back_alone_frees_the_seat_and_ends_the_page(client, event):
    send(client, answers(event))
    assert client.submit("/e/training/me/withdraw", page="/e/training/me/data").status_code == 302
    db.session.expire_all()
    assert db.session.scalars(select(Registrant)).one().standing == Standing.WITHDRAWN
    assert client.get("/e/training/me").status_code == 401


def test_after_the_deadline_the_office_corrects_and_withdraws(client, event):
    send(client, answers(event))
    event.edit_until = clock.today() - timedelta(days=1)
    db.session.commit()
    assert "เลยกำหนด" in client.get("/e/training/me/edit").get_data(as_text=True)
    client.submit("/e/training/me/edit", {"first_name": "อื่น", "last_name": "ไป"})
    client.submit("/e/training/me/withdraw")
    db.session.expire_all()
    assert (rows()[0].first_name, rows()[0].standing) == ("สมชาย", Standing.REGISTERED)


def test_answers_to_own_questions_are_in_the_file_sensitive_ones_too(client, event):
    question = asking.save(
        event,
        None,
        asking.Wanted(Kind.SEVERAL, "โรคประจำตัว", options=["=หอบหืด", "อื่น ๆ"], is_sensitive=True),
        actor="test",
    )
    db.session.commit()
    send(client, answers(event, **{question.field_name: ["=หอบหืด", "อื่น ๆ"]}))
    kept = json.loads(client.get("/e/training/me/data.json").data)
    assert kept["คำตอบ"] == [{"name": "โรคประจำตัว", "value": "=หอบหืด, อื่น ๆ"}]
    lines = client.get("/e/training/me/data.csv").get_data(as_text=True)
    assert "'=หอบหืด" in lines, "no formula in a spreadsheet"
