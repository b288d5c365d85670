"""Commands make links too: a request as if this machine had been asked by its own name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from app.core import addresses

DEFAULT_PORT = 8000


def own_url(*, for_phones: bool = False) -> str:
    """PUBLIC_BASE_URL, else this machine: by its address in the network for phones, where it has one."""
    config = current_app.config
    if config["PUBLIC_BASE_URL"]:
        return str(config["PUBLIC_BASE_URL"])
    found = addresses.own_addresses() if for_phones else []
    host = found[0] if found and host_is_trusted(found[0]) else "localhost"
    return f"{config['PREFERRED_URL_SCHEME']}://{host}:{os.environ.get('PORT') or DEFAULT_PORT}"


def host_is_trusted(host: str) -> bool:
    """Whether the application would answer under this name."""
    trusted = current_app.config["TRUSTED_HOSTS"]
    return trusted is None or host in trusted


@contextmanager
def as_asked(*, for_phones: bool = False) -> Iterator[None]:
    """Inside, links are absolute and lead to this machine."""
    with current_app.test_request_context(base_url=own_url(for_phones=for_phones)):
        yield
