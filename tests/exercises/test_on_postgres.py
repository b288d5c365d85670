"""The same promises on PostgreSQL, where writers of one exercise wait at its row and not at one lock for all."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests import postgres
from tests.conftest import FIXTURES
from tests.exercises.storm import EDITS, WRITERS
from tests.live_server import ROOT, LiveServer, free_port

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with postgres.running(durable=False) as database:
        if database is None:
            pytest.skip("no PostgreSQL server programs here")
        yield LiveServer(tmp_path_factory.mktemp("live"), free_port(), {"DATABASE_URL": database.url})


def test_thirty_writers_of_one_card_lose_nothing(server):
    done = subprocess.run(
        [sys.executable, "-m", "tests.exercises.storm"],
        cwd=ROOT, env={**os.environ, **server.variables}, capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == {"problems": [], "ops": WRITERS * EDITS, "texts": WRITERS * EDITS}


def test_a_file_goes_in(server):
    made = server.flask(
        "event-create",
        "rayong",
        "--name",
        "ทดสอบ",
        "--province",
        "21",
        "--from",
        "2561-11-08",
        "--to",
        "2561-11-08",
    )
    assert made.returncode == 0
    assert server.flask("import-exercise", "rayong", str(FIXTURES / "linkage_rayong.json")).stdout.strip()
