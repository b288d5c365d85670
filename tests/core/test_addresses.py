"""The start of absolute links: what a phone in the hall must be able to open."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.addresses import base_url, knows_base_url

PHONES = "http://192.0.2.7:8000"


def _asked(app: Flask, address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(app.config, "PHONES_BASE_URL", PHONES)
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", None)
    with app.test_request_context(base_url=address):
        return base_url()


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_links_made_on_the_servers_own_machine_open_on_phones(
    app: Flask, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert _asked(app, address, monkeypatch) == PHONES


@pytest.mark.parametrize(
    "address", ["http://localhost:9000", "https://localhost:8000", "http://hall.example:8000"]
)
def test_any_other_address_stays_as_it_was_asked(
    app: Flask, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert _asked(app, address, monkeypatch) == address


def test_the_configured_address_wins(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_BASE_URL", "https://sammana.example")
    assert _asked(app, "http://localhost:8000", monkeypatch) == "https://sammana.example"


def test_the_configured_address_is_known_where_nobody_asks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands and the worker make links too."""
    monkeypatch.setitem(app.config, "PUBLIC_BASE_URL", "https://sammana.example")
    with app.app_context():
        assert knows_base_url() and base_url() == "https://sammana.example"
