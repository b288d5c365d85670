"""Which hosts this server answers to, and the absolute addresses it prints."""

from __future__ import annotations

import fcntl
import socket
import struct
from urllib.parse import urlsplit

from flask import current_app, has_request_context, request

_SIOCGIFADDR = 0x8915
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def own_addresses() -> list[str]:
    """This machine's IPv4 addresses on its networks, without loopback; empty where none can be read."""
    found = []
    for _index, name in socket.if_nameindex():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                packed = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue  # an interface without an IPv4 address
        address = socket.inet_ntoa(packed[20:24])
        if not address.startswith("127."):
            found.append(address)
    return found


def local_hosts() -> list[str]:
    """The hosts a notebook in a hall answers to: itself by every name that reaches it."""
    name = socket.gethostname()
    return ["localhost", "127.0.0.1", "[::1]", name, f"{name}.local", *own_addresses()]


def knows_base_url() -> bool:
    """Whether absolute links can be made here: not in a command, unless PUBLIC_BASE_URL is set."""
    return bool(current_app.config["PUBLIC_BASE_URL"]) or has_request_context()


def base_url() -> str:
    """The start of absolute links: PUBLIC_BASE_URL, else the checked host of the request.

    Whoever works on the server's own machine as "localhost" gets links and QR codes that phones can open.
    """
    if configured := str(current_app.config["PUBLIC_BASE_URL"]):
        return configured  # known to commands too, which have no request
    asked = request.host_url.rstrip("/")
    for_phones = str(current_app.config["PHONES_BASE_URL"])
    return for_phones if for_phones and _same_server(asked, for_phones) else asked


def _same_server(asked: str, for_phones: str) -> bool:
    """Whether the request came to this machine by a name only this machine knows; a tunnel's port differs."""
    here, there = urlsplit(asked), urlsplit(for_phones)
    return here.hostname in LOOPBACK and (here.scheme, here.port) == (there.scheme, there.port)
