"""The application under test: one per run, its database set back to fresh before each test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Chosen before the application is imported: nothing of the developer's own data may be touched.
os.environ["SAMMANA_ENV"] = "testing"
# In memory where the system offers it: nothing here outlives its test, and waiting for the disk is a third of it.
_IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="sammana-test-", dir=_IN_MEMORY)
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

from flask import Flask  # noqa: E402
from flask_migrate import upgrade  # noqa: E402

from app import create_app  # noqa: E402
from app.database import db  # noqa: E402
from tests.built_demo import BuiltDemo, built_once  # noqa: E402
from tests.client import Client  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with browsers, servers and storms first: at the end two workers share many short ones."""
    slow = {item.path for item in items if any(item.iter_markers("browser")) or any(item.iter_markers("postgres"))}
    slow |= {item.path for item in items if item.path.parent.name in ("bench", "chaos", "journeys")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def _app() -> Iterator[Flask]:
    app = create_app()
    app.test_client_class = Client
    folder = Path(app.config["DATA_DIR"])
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.session.remove()
        db.engine.dispose()
    shutil.copy(folder / "sammana.db", folder / "fresh.db")
    yield app
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def app(_app: Flask) -> Iterator[Flask]:
    """The application with a fresh database and a context for building what a test needs."""
    folder = Path(_app.config["DATA_DIR"])
    with _app.app_context():
        db.session.remove()
        db.engine.dispose()
        for leftover in ("sammana.db-wal", "sammana.db-shm"):
            (folder / leftover).unlink(missing_ok=True)
        shutil.copy(folder / "fresh.db", folder / "sammana.db")
        yield _app
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser without cookies that checks every page it is given."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> BuiltDemo:
    """The demo's data folder; take a copy."""
    return built_once(tmp_path_factory)
