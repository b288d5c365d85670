"""Phones with bad Wi-Fi, or gone out of reach, keep nobody waiting; neither does one long request."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import requests

from app.core import files, turns
from app.core.turns import Turns
from app.database import transaction
from app.materials import library
from app.materials.models import Audience, Release
from tests.live_server import running
from tests.make import make_event

MANY = 40  # more than will ever work at once


@pytest.fixture(scope="module")
def server():
    with running() as live:
        yield live


@pytest.fixture(scope="module")
def long_file(server):
    """The address of twenty megabytes that anybody may have."""
    with server.inside(), transaction():
        event = make_event("training")
        kept = files.store(b"%PDF-1.4\n" + b"long " * (4 << 20))
        made = library.attach(
            event,
            kept,
            session=None,
            title="เอกสาร",
            file_name="a.pdf",
            mime_type="application/pdf",
            release=Release.AT_ONCE,
            opens_at=None,
            audience=Audience.ALL,
            actor="test",
        )
        return f"/e/training/materials/{made.public_id}/download"


def is_answered(server):
    return requests.get(f"{server.url}/livez", timeout=5).ok


def phones(stack, server, request):
    """Many phones with this request, that read nothing; the first bytes of an answer stay in the line."""
    for _phone in range(MANY):
        link = stack.enter_context(socket.socket())
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.connect(("127.0.0.1", server.port))
        link.sendall(request.replace("HOST", f"127.0.0.1:{server.port}").encode())
    time.sleep(0.5)


@pytest.mark.parametrize("length", [5_000, 900_000, 60_000_000], ids=["a form", "a photo", "too long"])
def test_uploads_that_stand_still_stop_nobody(server, length):
    head = f"POST /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n"
    with ExitStack() as stack:
        phones(stack, server, head + "a" * 1000)
        assert is_answered(server)


def test_downloads_that_stand_still_stop_nobody(server, long_file):
    assert len(requests.get(server.url + long_file, timeout=20).content) > 20_000_000
    with ExitStack() as stack:
        phones(stack, server, f"GET {long_file} HTTP/1.1\r\nHost: HOST\r\n\r\n")
        assert is_answered(server)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system does not show its connections")
def test_phones_out_of_reach_are_asked_for(server):
    """The kernel's own table: the timer of the server's end of an idle connection is the one that asks (02)."""
    is_answered(server)  # the first request of all sets it up
    with socket.create_connection(("127.0.0.1", server.port)) as phone:
        phone.sendall(f"GET /livez HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        ours, theirs = (f":{port:04X}" for port in (server.port, phone.getsockname()[1]))

        def timer() -> tuple[str, str]:
            rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
            [field] = [row[5] for row in rows if row[1].endswith(ours) and row[2].endswith(theirs)]
            kind, _, left = field.partition(":")
            return kind, left

        assert phone.recv(4096)
        until = time.monotonic() + 10
        while timer()[0] == "01" and time.monotonic() < until:  # the answer's last bytes are still being sent
            time.sleep(0.05)
        kind, left = timer()
    assert kind == "02"
    assert int(left, 16) <= 60 * 100, "hundredths of a second"


class Work:
    """A WSGI application whose requests last as long as their path says, and who was at it at once."""

    def __init__(self):
        self.at_once, self.most, self.finished = 0, 0, []
        self._lock = threading.Lock()

    def __call__(self, environ, _start_response):
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(float(environ["PATH_INFO"]))
        with self._lock:
            self.at_once -= 1
            self.finished.append(environ["name"])
        if environ.get("fails"):
            raise ZeroDivisionError
        return [b""]


def sent_one_after_the_other(app, *requests):
    """Each from a thread of its own, in this order; (name, how long it lasts, fails)."""

    def send(environ):
        with suppress(ZeroDivisionError):
            app(environ, None)

    threads = []
    for name, lasts, *fails in requests:
        environ = {"PATH_INFO": str(lasts), "name": name, "fails": bool(fails)}
        threads.append(threading.Thread(target=send, args=(environ,)))
        threads[-1].start()
        time.sleep(0.01)
    for thread in threads:
        thread.join(20)


def test_short_requests_are_worked_on_one_at_a_time_in_their_order():
    work = Work()
    sent_one_after_the_other(Turns(work), *((number, 0.03) for number in range(8)))
    assert work.finished == list(range(8))
    assert work.most == 1


def test_a_long_one_is_joined_by_the_others_in_turn(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    work = Work()
    sent_one_after_the_other(Turns(work), ("long", 1.5), *((number, 0.03) for number in range(5)))
    assert work.finished == [0, 1, 2, 3, 4, "long"]
    assert work.most == 2


def test_not_more_than_so_many_long_ones_at_once(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.02)
    monkeypatch.setattr(turns, "MOST", 3)
    work = Work()
    sent_one_after_the_other(Turns(work), *((number, 0.5) for number in range(6)))
    assert sorted(work.finished) == list(range(6))
    assert work.most == 3


def test_one_that_fails_gives_its_turn_on():
    work = Work()
    sent_one_after_the_other(Turns(work), ("fails", 0.05, True), ("next", 0.01))
    assert work.finished == ["fails", "next"]
