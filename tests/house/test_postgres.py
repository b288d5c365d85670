"""The same application on PostgreSQL, chosen by DATABASE_URL alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgres
from tests.live_server import LiveServer, free_port

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[LiveServer]:
    with postgres.running(durable=False) as database:
        if database is None:
            pytest.skip("no PostgreSQL server programs here")
        yield LiveServer(tmp_path_factory.mktemp("live"), free_port(), {"DATABASE_URL": database.url})


def test_commands_make_the_database_and_use_it(server: LiveServer):
    server.flask("administrator-create", "a@example.com", "--name", "ก", "--password", "a long password")
    again = server.flask(
        "administrator-create", "a@example.com", "--name", "ก", "--password", "x" * 12, check=False
    )
    assert again.returncode != 0, "the first account was not kept"
    assert not (server.folder / "sammana.db").exists()


def test_the_server_answers(server: LiveServer):
    import requests

    server.start()
    try:
        assert requests.get(f"{server.url}/", timeout=10).status_code == 200
    finally:
        server.kill()
