"""Files of a session: whole or not at all, hidden before their time, downloads and nothing else after it."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from sqlalchemy import func, select

from app.core import clock, files
from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Role
from app.materials import kinds, library
from app.materials.models import Audience, Material, Release
from app.registration.links import token_of
from tests.make import make_event, make_member, make_registrant, make_session, make_user
from tests.materials.files import PDF, false_files, true_files

HOME = "/events/training/materials"


@pytest.fixture
def event(app):
    return make_event("training", owner=make_user(email="owner@example.com"))


@pytest.fixture
def session(event):
    return make_session(event)  # 09.00 to 12.00


@pytest.fixture
def organiser(client, event):
    client.sign_in(make_member(event, Role.ORGANISER))
    return client


@pytest.fixture
def person(event):
    return make_registrant(event)


@pytest.fixture
def participant(app, person):
    return opened_link(app, person)


def opened_link(app, person):
    """A participant's browser. Its cookie is dated: in a frozen time it must be made there."""
    browser = app.test_client()
    assert browser.get(f"/p/{person.public_id}/{token_of(person)}").status_code == 302
    return browser


def form(data=PDF, name="เอกสาร.pdf", **changes):
    return {
        "file": (io.BytesIO(data), name),
        "title": "",
        "session": "",
        "release": "at_once",
        "opens_day": "",
        "opens_clock": "",
        "audience": "registered",
        **changes,
    }


def hand_out(event, session=None, release=Release.AT_ONCE, audience=Audience.REGISTERED, opens_at=None, data=PDF):
    material = library.attach(
        event, files.store(data), session=session, title="สไลด์ลับ", file_name="สไลด์ วันที่ 1.pdf",
        mime_type="application/pdf", release=release, opens_at=opens_at, audience=audience, actor="command",
    )  # fmt: skip
    db.session.commit()
    return material


def stored_files(app):
    return [path for path in (Path(app.config["DATA_DIR"]) / "files").rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def empty_folder(app):
    for path in stored_files(app):
        path.unlink()


def rows():
    return db.session.scalar(select(func.count(Material.id)))


# Taking in


@pytest.mark.parametrize("name", true_files())
def test_files_of_the_trade_are_taken_in(app, name):
    assert kinds.mime_type(true_files()[name], name) in kinds.KINDS.values()


@pytest.mark.parametrize("name", false_files())
def test_everything_else_is_refused_with_a_sentence(app, name):
    with pytest.raises(RuleBroken) as refusal:
        kinds.mime_type(false_files()[name], name)
    assert refusal.value.field == "file"


@pytest.mark.parametrize("name", false_files())
def test_a_refused_file_leaves_no_row_and_no_byte(organiser, app, event, name):
    page = organiser.submit(f"{HOME}/new", form(false_files()[name], name, title="ชื่อที่พิมพ์ไว้"))
    assert page.status_code == 422
    assert "ชื่อที่พิมพ์ไว้" in page.get_data(as_text=True)
    assert rows() == 0 and stored_files(app) == []


def test_a_file_is_attached_to_a_session(organiser, app, event, session):
    answer = organiser.submit(f"{HOME}/new", form(session=session.public_id, release="session_end"))
    assert answer.status_code == 302
    material = db.session.scalars(select(Material)).one()
    assert (material.title, material.file_name, material.size) == ("เอกสาร", "เอกสาร.pdf", len(PDF))
    assert material.session_id == session.id
    assert [path.read_bytes() for path in stored_files(app)] == [PDF]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"release": "session_start"}, "โปรดเลือกรายการในกำหนดการ"),
        ({"release": "at_time"}, "โปรดใส่วันและเวลา"),
        ({"release": "x"}, "โปรดเลือกจากรายการ"),
        ({"session": "elsewhere"}, "โปรดเลือกจากรายการ"),
    ],
)
def test_a_wrong_opening_leaves_no_file_behind(organiser, app, event, changes, sentence):
    page = organiser.submit(f"{HOME}/new", form(**changes))
    assert page.status_code == 422
    assert sentence in page.get_data(as_text=True)
    assert rows() == 0 and stored_files(app) == []


def test_a_form_without_a_file_asks_for_one(organiser, event):
    data = form()
    del data["file"]
    assert "โปรดเลือกไฟล์" in organiser.submit(f"{HOME}/new", data).get_data(as_text=True)


def test_a_file_above_the_limit_is_refused(organiser, app, event, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_LIMIT", 10_000)
    answer = organiser.submit(f"{HOME}/new", form(PDF + b"x" * 20_000))
    assert answer.status_code == 413
    assert "ลดขนาด" in answer.get_data(as_text=True)
    assert rows() == 0 and stored_files(app) == []


def test_a_commit_that_fails_leaves_no_file_behind(organiser, app, event, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr("app.materials.library.trail.record", fail)
    assert organiser.submit(f"{HOME}/new", form()).status_code == 500
    assert rows() == 0 and stored_files(app) == []


# Opening


@pytest.mark.parametrize(
    ("release", "opens"),
    [(Release.SESSION_START, (9, 0)), (Release.SESSION_END, (12, 0)), (Release.AT_TIME, (15, 30))],
)
def test_a_file_does_not_exist_before_its_time(app, person, event, session, release, opens):
    moment = clock.at_local(event.first_day, *opens)
    material = hand_out(event, session, release, opens_at=moment if release == Release.AT_TIME else None)
    address = f"/e/training/materials/{material.public_id}/download"
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        participant = opened_link(app, person)
        assert participant.get("/e/training/me").status_code == 200
        for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": f'"{material.sha256}"'}):
            assert participant.get(address, headers=headers).status_code == 404
            assert participant.head(address, headers=headers).status_code == 404
        page = participant.get("/e/training/me").get_data(as_text=True)
        assert "สไลด์ลับ" not in page and material.public_id not in page
    with time_machine.travel(moment, tick=False):
        assert participant.get(address).data == PDF
        assert "สไลด์ลับ" in participant.get("/e/training/me").get_data(as_text=True)


def test_a_session_that_moves_takes_the_opening_along(app, person, event, session):
    material = hand_out(event, session, Release.SESSION_START)
    session.starts_at += timedelta(hours=1)
    db.session.commit()
    address = f"/e/training/materials/{material.public_id}/download"
    with time_machine.travel(clock.at_local(event.first_day, 9, 30), tick=False):
        assert opened_link(app, person).get(address).status_code == 404
    with time_machine.travel(clock.at_local(event.first_day, 10, 0), tick=False):
        assert opened_link(app, person).get(address).status_code == 200


def test_a_file_taken_away_is_gone_for_caches_too_and_can_come_back(participant, organiser, event):
    material = hand_out(event)
    address = f"/e/training/materials/{material.public_id}/download"
    etag = participant.get(address).headers["ETag"]
    assert participant.get(address, headers={"If-None-Match": etag}).status_code == 304
    organiser.submit(f"{HOME}/{material.public_id}/remove")
    assert participant.get(address, headers={"If-None-Match": etag}).status_code == 404
    assert "นำออกแล้ว" in organiser.get(HOME).get_data(as_text=True)
    organiser.submit(f"{HOME}/{material.public_id}/restore")
    assert participant.get(address).status_code == 200


def test_a_download_is_only_ever_a_download(participant, event):
    material = hand_out(event)
    answer = participant.get(f"/e/training/materials/{material.public_id}/download")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert f"filename*=UTF-8''{quote('สไลด์ วันที่ 1.pdf')}" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.mimetype == "application/pdf"


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "\u202egnp.pdf", "ก" * 400 + ".pdf"])
def test_a_hostile_file_name_is_only_a_name(organiser, participant, event, name):
    assert organiser.submit(f"{HOME}/new", form(name=name)).status_code == 302
    material = db.session.scalars(select(Material)).one()
    answer = participant.get(f"/e/training/materials/{material.public_id}/download")
    assert answer.status_code == 200
    assert len(material.file_name) <= 120 and "/" not in material.file_name


def test_a_file_name_cannot_write_headers():
    assert files.shown_name("a\r\nSet-Cookie: x=1.pdf") == "a Set-Cookie: x=1.pdf"


# Who


def test_a_stranger_gets_only_what_is_for_everybody(client, event):
    closed, opened = hand_out(event), hand_out(event, audience=Audience.ALL)
    assert client.get(f"/e/training/materials/{closed.public_id}/download").status_code == 404
    assert client.get(f"/e/training/materials/{opened.public_id}/download").status_code == 200


def test_a_file_of_another_event_does_not_exist_here(organiser, participant, event):
    other = make_event("other")
    material = hand_out(other, audience=Audience.ALL)
    assert participant.get(f"/e/training/materials/{material.public_id}/download").status_code == 404
    for road in ("", "/download"):
        assert organiser.get(f"{HOME}/{material.public_id}{road}").status_code == 404
        assert organiser.get(f"/events/other/materials/{material.public_id}{road}").status_code == 404
    for act in ("remove", "restore"):
        assert organiser.submit(f"{HOME}/{material.public_id}/{act}").status_code == 404


def test_organisers_see_a_file_before_its_time(organiser, event, session):
    material = hand_out(event, session, Release.SESSION_END)
    with time_machine.travel(clock.at_local(event.first_day, 8), tick=False):
        organiser.sign_in(make_member(event, Role.ORGANISER))
        page = organiser.get(HOME).get_data(as_text=True)
        assert "ยังไม่เปิด" in page and "12.00 น." in page
        assert organiser.get(f"{HOME}/{material.public_id}/download").data == PDF


def test_the_opening_is_changed_and_the_bytes_stay(organiser, event, session):
    material = hand_out(event)
    data = form(
        title="ชื่อใหม่", session=session.public_id, release="at_time", opens_day="9/11/2561", opens_clock="8.00"
    )
    del data["file"]
    assert organiser.submit(f"{HOME}/{material.public_id}", data).status_code == 302
    db.session.expire_all()
    material = db.session.get_one(Material, material.id)
    assert (material.title, clock.local(material.opens_at).strftime("%d %H")) == ("ชื่อใหม่", "09 08")
    assert 'value="08.00"' in organiser.get(f"{HOME}/{material.public_id}").get_data(as_text=True)


def test_an_empty_library_teaches(organiser):
    assert "ยังไม่มีเอกสาร" in organiser.get(HOME).get_data(as_text=True)
