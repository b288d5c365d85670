"""A cut or unannounced body never reaches a view. Driven through the real server: the test client cannot cut."""

from __future__ import annotations

import re
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.live_server import LiveServer, running


@pytest.fixture(scope="module")
def server():
    with running() as live:
        yield live


def talk(server: LiveServer, request: bytes, *, cut: bool = False) -> bytes:
    """Send raw bytes, with ``cut`` close our side at once; return the status line, empty when none came."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as link:
        link.sendall(request)
        if cut:
            link.shutdown(socket.SHUT_WR)
        received = b""
        while part := link.recv(65536):
            received += part
    return received.split(b"\r\n", 1)[0]


HEAD = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
)


def test_a_cut_body_is_refused(server):
    """The form in it is good and whole; only its announced length tells that something is missing."""
    phone = requests.Session()
    token = re.search(r'name="csrf_token" value="([^"]+)"', phone.get(f"{server.url}/sign-in").text)[1]
    body = f"csrf_token={token}&email=a%40example.com&password=b".encode()
    cookies = "; ".join(f"{one.name}={one.value}" for one in phone.cookies).encode()
    head = HEAD + b"Cookie: " + cookies + b"\r\nReferer: " + f"{server.url}/sign-in".encode() + b"\r\n"
    head = head.replace(b"Host: localhost", f"Host: 127.0.0.1:{server.port}".encode())
    whole = talk(server, head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert b" 200" in whole, "the form is read when nothing is missing"
    cut = talk(server, head + b"Content-Length: 5000\r\n\r\n" + body, cut=True)
    assert b" 200" not in cut and b" 302" not in cut


def test_a_chunked_body_is_refused(server):
    status = talk(server, HEAD + b"Transfer-Encoding: chunked\r\n\r\n7\r\nemail=a\r\n0\r\n\r\n")
    assert b" 411" in status


def test_a_body_over_the_limit_is_refused(server):
    body = b"email=" + b"a" * (2 * 1024 * 1024)
    status = talk(server, HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert b" 413" in status


def test_a_whole_body_is_read(server):
    """Without this the refusals above would prove nothing."""
    body = b"email=a%40example.com&password=b"
    status = talk(server, HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert b" 400" in status  # no CSRF token: the view's guard has read the form


def test_a_body_over_the_limit_is_answered_and_so_is_the_next_request_of_the_same_phone(server):
    """Six phones that each send large and small by turns on one connection: every request gets its answer."""

    def send(_number: int) -> Counter[int]:
        phone, form = requests.Session(), {"Content-Type": "application/x-www-form-urlencoded"}
        bodies = [b"email=" + b"a" * size for size in (500, 1_500_000, 3_000_000, 100_000)] * 10
        return Counter(phone.post(f"{server.url}/sign-in", body, headers=form).status_code for body in bodies)

    with ThreadPoolExecutor(6) as phones:
        answers: Counter[int] = sum(phones.map(send, range(6)), Counter())
    assert answers == {400: 120, 413: 120}
