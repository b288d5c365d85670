"""Phones that went out of reach without a word are noticed within two minutes, and their connections closed."""

from __future__ import annotations

import os
import socket
import stat
from contextlib import suppress

_FOLDER = "/proc/self/fd"
_IDLE, _BETWEEN, _ASKED = 60, 15, 4  # seconds of silence, then between questions; how many go unanswered
_NETWORK = (socket.AF_INET, socket.AF_INET6)
_OPTIONS = (
    (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
    (socket.IPPROTO_TCP, "TCP_KEEPIDLE", _IDLE),
    (socket.IPPROTO_TCP, "TCP_KEEPINTVL", _BETWEEN),
    (socket.IPPROTO_TCP, "TCP_KEEPCNT", _ASKED),
    (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", 1000 * (_IDLE + _BETWEEN * _ASKED)),  # of what was sent to them
)


def notice_vanished() -> None:
    """Ask it of the sockets this process listens on; connections inherit it.

    The web server opens them itself and has no such setting. Where the system does not show them nothing is done.
    """
    if not os.path.isdir(_FOLDER):
        return
    for number in os.listdir(_FOLDER) if os.path.isdir(_FOLDER) else ():
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(int(number)).st_mode):
                _ask_of(int(number))


def _ask_of(number: int) -> None:
    with socket.socket(fileno=os.dup(number)) as one:
        if one.family in _NETWORK and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            for level, name, value in _OPTIONS:
                one.setsockopt(level, getattr(socket, name), value)
