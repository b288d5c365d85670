"""What tests of several documents share."""

from __future__ import annotations

import pytest


@pytest.fixture
def in_thai(app):
    with app.test_request_context("/"):
        yield
