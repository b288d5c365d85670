"""Badges and sheets of very many people: made by the worker, watched, taken; of a hall's number at once."""

from __future__ import annotations

import pytest

from app.audit.models import AuditEntry
from app.checkin.paper import sheets
from app.cli import worker
from app.core import clock
from app.database import db
from app.documents import badges as drawing
from app.documents import making, print_jobs
from app.documents.books import jobs as book_jobs
from app.events.models import Role
from app.jobs import queue
from app.jobs.models import Duty, Job, JobState
from tests.make import make_event, make_member, make_registrant

PAGE = "/events/training/documents"


@pytest.fixture
def event(app):
    event = make_event("training")
    for number in range(3):
        make_registrant(event, f"คน{number}", "มากมาย", unit=event.units[number % 2])
    return event


@pytest.fixture
def registrar(event, client):
    client.sign_in(make_member(event, Role.REGISTRAR))
    return client


@pytest.fixture
def long(monkeypatch):
    """Two people are very many."""
    monkeypatch.setattr(print_jobs, "PEOPLE_AT_ONCE", 1)


@pytest.fixture
def working(event):
    """A worker has shown itself a moment ago."""
    db.session.add(Duty(name=queue.HEARTBEAT, due_at=clock.now()))
    db.session.commit()


def work():
    return queue.run_waiting(worker.MAKERS, book_jobs.moved)


def the_job():
    db.session.expire_all()
    return db.session.query(Job).one()


def asked(event, document):
    return "/badges" if document == "badges" else f"/sign-in-sheets/{event.check_points[0].public_id}"


@pytest.mark.parametrize("document", ["badges", "sign-in-sheets"])
def test_of_very_many_the_file_is_made_by_the_worker_and_taken_from_its_page(
    event, registrar, long, working, document
):
    answer = registrar.submit(PAGE + asked(event, document))
    job = the_job()
    assert answer.status_code == 303 and answer.location.endswith(f"{PAGE}/prints/{job.public_id}")
    page = f"{PAGE}/prints/{job.public_id}"
    assert "รอทำไฟล์" in registrar.get(page).text
    assert registrar.submit(f"{page}/file").status_code == 404
    assert work() == 1
    assert the_job().state == JobState.DONE
    assert "ดาวน์โหลด (PDF)" in registrar.get(f"{page}/part").text
    file = registrar.submit(f"{page}/file")
    assert file.data.startswith(b"%PDF")
    entry = db.session.query(AuditEntry).filter_by(action="document.exported").one()
    assert (entry.facts["document"], entry.facts["people"]) == (document, 3)
    assert f"prints/{job.public_id}" in registrar.get(PAGE).text


def test_the_badges_hold_the_address_that_was_asked(event, registrar, long, working, monkeypatch):
    """The worker has no request, whose host a badge's code names."""
    links = []
    real = making.rows.ticket_link
    monkeypatch.setattr(making.rows, "ticket_link", lambda person: links.append(real(person)) or links[-1])
    registrar.submit(f"{PAGE}/badges")
    work()
    assert {link.rpartition("/")[0] for link in links} == {"HTTP://LOCALHOST/T"}
    assert len(links) == 3


def test_one_units_badges_are_that_units(event, registrar, long, working):
    registrar.submit(f"{PAGE}/badges", {"unit": event.units[0].public_id})
    work()
    assert the_job().facts["people"] == 2
    assert event.units[0].name in registrar.get(f"{PAGE}/prints/{the_job().public_id}").text


def test_the_lines_of_the_sheets_are_kept_when_the_worker_has_numbered_them(event, registrar, long, working):
    point = event.check_points[0]
    registrar.submit(PAGE + asked(event, "sign-in-sheets"))
    work()
    assert [sheet.edition for sheet in sheets.editions(point)] == [1]


@pytest.mark.parametrize("document", ["badges", "sign-in-sheets"])
def test_a_hall_is_printed_at_once_and_so_is_all_without_a_worker(
    event, registrar, working, document, monkeypatch
):
    assert registrar.submit(PAGE + asked(event, document)).data.startswith(b"%PDF")
    db.session.query(Duty).delete()
    db.session.commit()
    monkeypatch.setattr(print_jobs, "PEOPLE_AT_ONCE", 1)
    assert registrar.submit(PAGE + asked(event, document)).data.startswith(b"%PDF")
    assert db.session.query(Job).count() == 0


def test_one_persons_badge_is_never_waited_for(event, registrar, long, working):
    person = make_registrant(event, "สมชาย", "ใจดี")
    assert registrar.submit(f"{PAGE}/badges", {"person": person.public_id}).data.startswith(b"%PDF")


def test_the_pages_before_do_not_look_through_very_many(event, registrar, long, monkeypatch):
    looked = []
    monkeypatch.setattr("app.documents.rows.registrants", lambda *_all: looked.append(1) or [])
    monkeypatch.setattr("app.documents.check_point_rows.sheet_sections", lambda *_all: looked.append(1) or [])
    assert "ดาวน์โหลด 3 ป้าย" in registrar.get(f"{PAGE}/badges").text
    assert "3 คน จาก 2 หน่วย" in registrar.get(f"{PAGE}/sign-in-sheets").text
    assert registrar.get(PAGE).status_code == 200
    assert looked == []


def test_how_far_the_badges_are_is_told_page_by_page_outside_any_reading(
    event, registrar, long, working, monkeypatch
):
    """A reading that turned to writing would fail as soon as somebody is scanned meanwhile."""
    monkeypatch.setattr("app.documents.badges.PER_PAGE", 2)
    monkeypatch.setattr(queue, "PAUSE", 0)
    told = []

    def note(job):
        told.append((job.done, job.whole))
        book_jobs.moved(job)

    def draw(*page):
        readings.append(db.session().in_transaction())
        real(*page)

    real, readings = drawing._draw_page, []
    monkeypatch.setattr(drawing, "_draw_page", draw)
    registrar.submit(f"{PAGE}/badges")
    queue.run_waiting(worker.MAKERS, note)
    assert (2, 3) in told and (3, 3) in told
    assert readings == [False, False]


def test_what_failed_is_asked_for_again(event, registrar, long, working, monkeypatch):
    registrar.submit(f"{PAGE}/badges")
    with monkeypatch.context() as broken:
        broken.setattr(making, "badges_to_draw", None)
        work()
    page = f"{PAGE}/prints/{the_job().public_id}"
    assert "ทำไฟล์ไม่สำเร็จ" in registrar.get(page).text
    registrar.submit(f"{page}/again")
    assert work() == 1 and the_job().state == JobState.DONE


def test_another_events_team_finds_nothing(event, registrar, long, working, app):
    registrar.submit(f"{PAGE}/badges")
    other = make_event("other")
    stranger = app.test_client()
    stranger.sign_in(make_member(other, Role.ORGANISER))
    address = f"/prints/{the_job().public_id}"
    assert stranger.get(PAGE + address).status_code in (403, 404)
    assert stranger.get(f"/events/other/documents{address}").status_code == 404
