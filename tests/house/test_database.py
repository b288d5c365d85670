"""How SQLite is opened and who may write when. Each setting has failed somewhere when it was missing."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from app import database
from app.core.access import public
from app.core.errors import DatabaseBusy
from app.database import db, reading, transaction
from app.live import topics
from app.live.models import LiveTopic
from tests.make import make_event


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_has_the_settings(app, pragma, value):
    connections = [db.engine.connect() for _ in range(3)]
    try:
        assert [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in connections[:1]] == [value]
    finally:
        for connection in connections:
            connection.close()


@pytest.fixture
def several_connections(app, monkeypatch):
    """Let this test's threads read beside each other."""
    return app


def test_writers_wait_for_each_other_and_none_is_lost(app):
    event = make_event()
    scope = db.session.merge(event)
    db.session.rollback()

    def work():
        with app.app_context():
            for _ in range(20):
                with transaction():
                    seen = topics.version(scope, "x")  # read first, then write: the upgrade that locks
                    topics.touch(scope, "x")
                    assert seen >= 0

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert topics.version(scope, "x") == 160


def test_a_savepoint_does_not_commit(app):
    """Negative control of the driver's own transactions: with them, the first savepoint really commits."""
    event = make_event()
    db.session.begin_nested()
    topics.touch(event, "x")
    db.session.rollback()
    db.session.rollback()
    assert topics.version(event, "x") == 0


def test_the_next_writer_is_let_in_after_the_commit_not_while_it_is_under_way(app):
    """Let in earlier, it would find the file locked and sleep for milliseconds."""
    seen = []
    with transaction():
        connection = db.session.connection().connection.dbapi_connection
        connection.set_trace_callback(lambda statement: seen.append((statement, database._write_lock.locked())))
    connection.set_trace_callback(None)
    assert ("COMMIT", True) in seen
    assert not database._write_lock.locked()


def test_a_reader_does_not_take_the_write_lock(app):
    with reading():
        db.session.execute(text("select 1"))
        assert not database._write_lock.locked()
    with transaction():
        db.session.execute(text("select 1"))
        assert database._write_lock.locked()
    assert not database._write_lock.locked()


def test_a_writer_that_waits_too_long_is_told_so(app, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    with database._write_lock, pytest.raises(DatabaseBusy), transaction():
        db.session.execute(text("select 1"))


@contextmanager
def livez_is(app, view):
    """Let a view answer in place of /livez."""
    app.view_functions["dashboard.alive"], old = public(view), app.view_functions["dashboard.alive"]
    try:
        yield
    finally:
        app.view_functions["dashboard.alive"] = old


def test_a_get_changes_nothing_even_if_a_view_tries(app, client):
    event = make_event()

    def careless():
        topics.touch(event, "careless")
        return {}

    with livez_is(app, careless):
        client.get("/livez")
    db.session.rollback()
    assert db.session.query(LiveTopic).count() == 0


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (302, 1), (422, 0), (409, 0), (500, 0)])
def test_a_request_keeps_all_it_wrote_or_with_a_refusal_nothing(app, status, kept):
    event = make_event()
    db.session.commit()

    def half_done():
        topics.touch(event, "half-done")
        db.session.flush()
        return {}, status

    with app.test_request_context("/livez", method="POST"):
        response = app.make_response(half_done())
        app.process_response(response)
    db.session.rollback()
    assert db.session.query(LiveTopic).filter_by(name="half-done").count() == kept
