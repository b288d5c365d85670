"""What is kept of a body before anybody looks at it: as much as its address takes, and no more."""

from __future__ import annotations

from io import BytesIO

import pytest
from werkzeug.test import create_environ

from app.core.intake import Intake
from tests.make import make_event

MB = 1 << 20


def intake_of(app):
    outermost = app.wsgi_app
    assert isinstance(outermost, Intake)
    return Intake(lambda environ, _start: [environ["wsgi.input"].read()], outermost._limit)


@pytest.mark.parametrize(
    ("address", "length", "kept"),
    [
        ("/sign-in", 1000, 1000),
        ("/sign-in", MB, MB),
        ("/sign-in", MB + 1, 0),
        ("/events/training/materials/new", 3 * MB, 3 * MB),
        ("/events/training/materials/new", 51 * MB, 0),
        ("/nowhere", 2 * MB, 0),
    ],
)
def test_a_long_body_is_kept_where_files_are_taken(app, address, length, kept):
    make_event("training")
    stream = BytesIO(b"x" * length)
    environ = create_environ(address, method="POST", input_stream=stream, content_length=length)
    [seen] = intake_of(app)(environ, None)
    assert len(seen) == kept
    assert stream.tell() == length, "read to its end, so that the connection can go on"
