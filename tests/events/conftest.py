"""An event, and its owner's browser."""

from __future__ import annotations

import pytest

from tests.make import make_event, make_user


@pytest.fixture
def owner(app):
    return make_user(email="owner@example.com")


@pytest.fixture
def event(owner):
    return make_event("training", owner=owner)


@pytest.fixture
def browser(client, event, owner):
    client.sign_in(owner)
    return client
