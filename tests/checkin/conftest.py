"""The same small door for every test of this folder."""

from __future__ import annotations

import pytest

from tests.checkin.door import make_gate
from tests.make import make_event, make_registrant


@pytest.fixture
def event(app):
    return make_event("training")


@pytest.fixture
def morning(event):
    return event.check_points[0]


@pytest.fixture
def person(event):
    return make_registrant(event, "สมชาย", "ใจดี", title="นาย", phone="0812345678")


@pytest.fixture
def gate(event):
    return make_gate(event)


@pytest.fixture
def phone(app, gate):
    client = app.test_client()
    client.set_cookie("door", gate.token)
    return client


@pytest.fixture
def here(morning) -> str:
    return f"/staff/at/{morning.public_id}"
