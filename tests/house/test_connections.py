"""A hall keeps more connections open than it has phones: browsers hold several each, and let go of them late."""

from __future__ import annotations

import resource
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection

import pytest
import requests

from tests.live_server import running

OPEN = 1700  # 530 phones with three each, and the doors; more than a server takes by itself
USUAL = 1024  # open files of a process, where nobody has asked for more


@contextmanager
def open_files(soft: int):
    """This process, and servers it starts meanwhile, may open so many files; they may ask for more."""
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2 * OPEN:
        pytest.skip("this machine lets nobody open that many files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))


def answer_over(phone: HTTPConnection) -> int:
    """The answer's status; its body is read to the end, for the next answer begins behind it."""
    phone.request("GET", "/livez")
    answer = phone.getresponse()
    answer.read()
    return answer.status


def test_a_newcomer_is_answered_while_all_phones_of_a_hall_keep_their_connections():
    with ExitStack() as stack:
        with open_files(USUAL):
            server = stack.enter_context(running())
        stack.enter_context(open_files(2 * OPEN))
        phones = []
        for number in range(OPEN):
            phone = stack.enter_context(closing(HTTPConnection("127.0.0.1", server.port, timeout=10)))
            assert answer_over(phone) == 200, f"phone {number + 1} was not answered"
            phones.append((phone, phone.sock))
        assert requests.get(f"{server.url}/livez", timeout=10).ok
        for phone, socket in phones:
            assert answer_over(phone) == 200, "a connection that was kept is still good"
            assert phone.sock is socket, "and is the same, not one made anew"
