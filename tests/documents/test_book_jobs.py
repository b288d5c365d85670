"""Large plan books: asked for, made by the worker, watched, taken, tried again, forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from app.audit.models import AuditEntry
from app.cli import worker
from app.core import clock, files
from app.database import db
from app.documents.books import jobs as book_jobs
from app.events.models import Role
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document
from app.jobs import queue
from app.jobs.duties import run_due
from app.jobs.models import Duty, Job, JobState
from tests.conftest import FIXTURES
from tests.make import make_event, make_member


@pytest.fixture
def exercise(app):
    return create_from_document(make_event("kbo"), load_document(FIXTURES / "linkage_rayong.json"))


@pytest.fixture
def organiser(exercise, client):
    client.sign_in(make_member(exercise.event, Role.ORGANISER))
    return client


@pytest.fixture
def large(monkeypatch):
    """Every book counts as a large one."""
    monkeypatch.setattr(book_jobs, "ITEMS_AT_ONCE", 0)


@pytest.fixture
def working(exercise):
    """A worker has shown itself a moment ago."""
    db.session.add(Duty(name=queue.HEARTBEAT, due_at=clock.now()))
    db.session.commit()


def ask(organiser, exercise, **sent):
    return organiser.submit(f"/events/kbo/documents/exercises/{exercise.public_id}/plan-book", sent)


def work():
    """What the worker does at each look."""
    return queue.run_waiting(worker.MAKERS, book_jobs.moved)


def the_job():
    db.session.expire_all()
    return db.session.query(Job).one()


def page_of(organiser, job, part=""):
    return organiser.get(f"/events/kbo/documents/books/{job.public_id}{part}").get_data(as_text=True)


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_large_book_is_made_by_the_worker_and_taken_from_its_page(
    exercise, organiser, large, working, kind, start
):
    answer = ask(organiser, exercise, format=kind, district="2103")
    job = the_job()
    assert answer.status_code == 303 and answer.location.endswith(f"/documents/books/{job.public_id}")
    assert "รอทำเล่มแผน" in page_of(organiser, job)
    assert work() == 1
    job = the_job()
    assert (job.state, job.done > 0 or job.size > 0) == (JobState.DONE, True)
    assert "เล่มแผนพร้อมแล้ว" in page_of(organiser, job, "/part")
    assert "พร้อมแล้ว" in organiser.get("/events/kbo/documents").get_data(as_text=True)
    taken = organiser.submit(f"/events/kbo/documents/books/{job.public_id}/file", {})
    assert taken.data.startswith(start) and kind in taken.headers["Content-Disposition"]
    entry = db.session.query(AuditEntry).filter_by(action="document.exported").one()
    facts = {"document": "plan-book", "exercise": exercise.id, "district": "2103", "handed_in": False}
    assert entry.facts == facts
    assert work() == 0


def test_without_a_worker_or_when_it_is_small_the_book_comes_at_once(exercise, organiser, large):
    assert ask(organiser, exercise, format="pdf").data.startswith(b"%PDF")
    db.session.add(Duty(name=queue.HEARTBEAT, due_at=clock.now() - timedelta(minutes=10)))
    db.session.commit()
    assert ask(organiser, exercise, format="pdf").data.startswith(b"%PDF"), "a worker that died is none"


def test_a_small_book_comes_at_once_beside_a_worker(exercise, organiser, working):
    assert ask(organiser, exercise, format="pdf", district="2103").data.startswith(b"%PDF")


def test_asked_twice_it_is_made_once(exercise, organiser, large, working):
    first, second = (ask(organiser, exercise, format="pdf", district="2103") for _n in range(2))
    assert first.location == second.location
    assert ask(organiser, exercise, format="docx", district="2103").location != first.location
    assert ask(organiser, exercise, format="pdf", district="9999").location.endswith("/documents")


def test_how_far_it_is_grows_and_ends_at_the_whole(exercise, large, monkeypatch):
    told = []
    wanted = {"exercise": exercise.id, "format": "pdf", "district": "", "handed_in": False}
    db.session.commit()
    for wanted["format"] in ("pdf", "docx"):
        book_jobs.make(wanted, lambda done, whole: told.append((done, whole)))
        assert told == sorted(told) and len({whole for _done, whole in told}) == 1
        assert told[-1][0] >= 0.9 * told[-1][1], "what is told last is nearly all"
        told.clear()


def test_the_page_shows_how_far_it_is_and_hears_of_every_word(exercise, organiser, large, working, monkeypatch):
    monkeypatch.setattr(queue, "PAUSE", 0)
    ask(organiser, exercise, format="pdf", district="2103")
    seen, heard = [], []

    def make(wanted, tell):
        tell(45, 100)
        seen.append(page_of(organiser, the_job(), "/part"))
        return queue.Product("x.pdf", "application/pdf", b"%PDF")

    queue.run_waiting({book_jobs.KIND: make}, lambda job: heard.append(job.state))
    assert "45%" in seen[0] and "กำลังทำเล่มแผน" in seen[0]
    assert heard == ["running", "running", "done"]


def test_a_book_that_fails_says_so_and_is_tried_again_by_a_tap(exercise, organiser, large, working):
    ask(organiser, exercise, format="pdf", district="2103")

    def fail(_wanted, _tell):
        raise RuntimeError("secret")

    queue.run_waiting({book_jobs.KIND: fail}, book_jobs.moved)
    job = the_job()
    page = page_of(organiser, job)
    assert "ทำเล่มแผนไม่สำเร็จ" in page and "secret" not in page and job.failure == "RuntimeError"
    organiser.submit(f"/events/kbo/documents/books/{job.public_id}/again", {})
    assert work() == 1 and the_job().state == JobState.DONE
    organiser.submit(f"/events/kbo/documents/books/{job.public_id}/again", {})
    assert the_job().state == JobState.DONE, "a finished book is not made again"


def test_a_job_whose_worker_died_is_taken_up_once_more(exercise, organiser, large, working):
    ask(organiser, exercise, format="pdf", district="2103")
    job = the_job()
    job.state, job.attempts, job.beat_at = JobState.RUNNING, 1, clock.now()
    db.session.commit()
    assert work() == 0, "it may still be alive"
    with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
        assert "ไม่มีโปรแกรมเบื้องหลัง" in page_of(organiser, job)
        assert work() == 1
    job = the_job()
    job.state, job.attempts, job.beat_at = JobState.RUNNING, 2, clock.now() - timedelta(minutes=3)
    db.session.commit()
    assert work() == 0 and the_job().state == JobState.FAILED


def test_after_some_hours_book_and_file_are_gone(exercise, organiser, large, working):
    ask(organiser, exercise, format="pdf", district="2103")
    work()
    job = the_job()
    path = files.path_of(job.file_key)
    assert queue.forget_old() == 0 and path.exists()
    later = clock.now() + timedelta(hours=13)
    with time_machine.travel(later, tick=False):
        run_due([task for task in worker.TASKS if task.name == "old files"])
    assert not path.exists() and db.session.query(Job).count() == 0
    assert organiser.get(f"/events/kbo/documents/books/{job.public_id}").status_code == 404


def test_another_events_team_finds_no_book(app, exercise, organiser, large, working):
    ask(organiser, exercise, format="pdf", district="2103")
    job = the_job()
    other, client = make_event("other"), app.test_client()
    client.sign_in(make_member(other, Role.OWNER, email="other@example.com"))
    assert client.get(f"/events/kbo/documents/books/{job.public_id}").status_code == 404
    assert client.get(f"/events/other/documents/books/{job.public_id}").status_code == 404
    assert client.get("/events/other/documents/books/x").status_code == 404
