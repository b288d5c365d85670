"""How SQLite is opened and who may write when. Each setting has failed somewhere when it was missing."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from app import database
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


def test_a_get_changes_nothing_even_if_a_view_tries(app, client):
    event = make_event()

    def careless():
        topics.touch(event, "careless")
        return {}

    from app.core.access import public

    app.view_functions["dashboard.alive"], old = public(careless), app.view_functions["dashboard.alive"]
    try:
        client.get("/livez")
    finally:
        app.view_functions["dashboard.alive"] = old
    db.session.rollback()
    assert db.session.query(LiveTopic).count() == 0
