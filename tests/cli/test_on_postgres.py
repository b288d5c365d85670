"""The demo and its documents on PostgreSQL."""

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


def test_the_demo_is_built_once(server: LiveServer):
    first = server.flask("demo").stdout
    assert server.flask("demo").stdout == first


@pytest.mark.parametrize("document", ["registrants", "badges", "sign-in-sheets", "workbook", "exercise"])
def test_every_document_leaves(server: LiveServer, document: str):
    server.flask("demo")
    out = server.folder / document
    server.flask("export", "roiet-2561", document, "--out", str(out))
    assert out.stat().st_size > 10_000
