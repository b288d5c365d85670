"""The application in this process on fresh data: SQLite, and PostgreSQL where its programs are installed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_migrate import upgrade

from tests import postgres


@contextmanager
def fresh(database_url: str = "") -> Iterator[Flask]:
    """An application with an empty, migrated database; its context is open."""
    with tempfile.TemporaryDirectory(prefix="sammana-bench-") as folder:
        os.environ.update(SAMMANA_ENV="testing", DATA_DIR=folder, PYTHAINLP_READ_ONLY="1")
        os.environ.pop("DATABASE_URL", None)
        if database_url:
            os.environ["DATABASE_URL"] = database_url
        from app import create_app
        from app.database import db
        from tests.client import Client
        from tests.conftest import ROOT

        app = create_app()
        app.test_client_class = Client
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            yield app
            db.session.remove()
            db.engine.dispose()


@contextmanager
def on_each() -> Iterator[list[tuple[str, str]]]:
    """(name, DATABASE_URL) of each kind of database that can be had here."""
    with postgres.running() as server:
        yield [("SQLite", ""), *([("PostgreSQL", server.url)] if server else [])]
