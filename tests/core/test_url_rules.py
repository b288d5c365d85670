"""Addresses are built as the library builds them, but not before somebody asks."""

from __future__ import annotations

import pytest
from werkzeug.routing import Map, Rule

from app.core.url_rules import LaterRule

PATHS = ("/events/<slug>/people/<int:number>", "/T/<code>", "/e/<path:where>", "/plain")
VALUES = {"slug": "ระยอง 1", "number": 7, "code": "A/B", "where": "ก/ข", "q": "สมชาย", "page": 2}


@pytest.mark.parametrize("path", PATHS)
def test_an_address_is_what_the_library_would_build(path):
    built = []
    for kind in (Rule, LaterRule):
        adapter = Map([kind(path, endpoint="it")]).bind("sammana.test")
        built.append([adapter.build("it", VALUES, append_unknown=unknown) for unknown in (True, False, True)])
    assert built[0] == built[1]


def test_nothing_is_compiled_at_the_start_and_once_later(monkeypatch):
    compiled, real = [], Rule._compile_builder
    monkeypatch.setattr(Rule, "_compile_builder", lambda *asked: compiled.append(asked) or real(*asked))
    adapter = Map([LaterRule(path, endpoint=path) for path in PATHS]).bind("sammana.test")
    assert compiled == []
    for _time in range(2):
        adapter.build("/plain")
    assert len(compiled) == 1


def test_the_application_uses_them(app):
    assert all(isinstance(rule, LaterRule) for rule in app.url_map.iter_rules())
