"""An upload that breaks off, against the real server: no row, no file, and the next try works."""

from __future__ import annotations

import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.live_event import EMAIL, PASSWORD, make_live_event
from tests.live_server import LiveServer, running
from tests.materials.files import PDF

BIG = PDF + b"0" * 400_000
BOUNDARY = "sammana-boundary"


@pytest.fixture(scope="module")
def hall() -> Iterator[tuple[LiveServer, requests.Session, dict[str, Any]]]:
    with running() as server:
        made = make_live_event(server)
        office = requests.Session()
        office.headers["Connection"] = "close"  # the server ends idle ones; a browser would ask again by itself
        form = office.get(f"{server.url}/sign-in")
        office.post(
            f"{server.url}/sign-in", data={"email": EMAIL, "password": PASSWORD, "csrf_token": token(form.text)}
        )
        yield server, office, made


def token(html: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
    assert found
    return found[1]


def body(csrf: str, data: bytes) -> bytes:
    fields = {"csrf_token": csrf, "title": "ตัวอย่าง", "session": "", "release": "at_once", "audience": "registered"}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'.encode()
    return b"".join(parts) + head + data + f"\r\n--{BOUNDARY}--\r\n".encode()


def request_head(server: LiveServer, office: requests.Session, length: int) -> bytes:
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in office.cookies)
    return (
        f"POST /events/training/materials/new HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {length}\r\n"
        "Connection: close\r\n\r\n"
    ).encode()


def send(server: LiveServer, data: bytes, *, half_close: bool) -> bytes:
    """Send raw bytes, then break off (or close our half and listen); returns what came back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(data)
        if not half_close:
            return b""
        line.shutdown(socket.SHUT_WR)
        line.settimeout(10)
        answer = b""
        try:
            while chunk := line.recv(65536):
                answer += chunk
        except (TimeoutError, ConnectionError):
            pass
        return answer


def state(server: LiveServer) -> tuple[int, int]:
    """How many rows and how many files there are."""
    with sqlite3.connect(f"file:{server.folder / 'sammana.db'}?mode=ro", uri=True) as database:
        rows = database.execute("select count(*) from material").fetchone()[0]
    return rows, sum(path.is_file() for path in Path(server.folder / "files").rglob("*"))


def csrf_of(server: LiveServer, office: requests.Session) -> str:
    page = office.get(f"{server.url}/events/training/materials/new")
    assert page.status_code == 200
    return token(page.text)


@pytest.mark.parametrize("part", [0, 0.01, 0.5, 0.99])
@pytest.mark.parametrize("half_close", [True, False])
def test_a_cut_upload_leaves_nothing(hall, part, half_close):
    server, office, _made = hall
    before = state(server)
    whole = body(csrf_of(server, office), BIG)
    sent = request_head(server, office, len(whole)) + whole[: int(len(whole) * part)]
    answer = send(server, sent, half_close=half_close)
    assert not answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 3")), answer[:200]
    time.sleep(0.3)
    assert state(server) == before


def test_a_body_without_a_length_is_refused(hall):
    server, office, _made = hall
    before = state(server)
    whole = body(csrf_of(server, office), PDF)
    answer = office.post(
        f"{server.url}/events/training/materials/new",
        data=iter([whole[:100], whole[100:]]),  # requests sends an iterator in chunks
        headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
    )
    assert answer.status_code == 411
    assert "เบราว์เซอร์อื่น" in answer.text
    assert state(server) == before


def test_a_whole_upload_after_the_cut_ones_works(hall):
    server, office, _made = hall
    rows, files = state(server)
    answer = office.post(
        f"{server.url}/events/training/materials/new",
        data={"csrf_token": csrf_of(server, office), "release": "at_once", "audience": "all"},
        files={"file": ("เอกสาร.pdf", BIG)},
        allow_redirects=False,
    )
    assert answer.status_code == 302
    assert state(server) == (rows + 1, files + 1)
