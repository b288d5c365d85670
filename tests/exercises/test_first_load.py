"""The first load of a group's page: page, styles, fonts and every script it imports, as sent over the wire."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

import pytest

from tests.client import Client
from tests.exercises.stage import Stage, make_stage
from tests.exercises.test_group_pages import become

LIMIT = 100 * 1024
PACKED = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def stage(app) -> Stage:
    stage = make_stage()
    for number in range(10):
        stage.add("need", f"สวนผลไม้ขาดแคลนน้ำในฤดูแล้ง หมู่ที่ {number}")
        stage.add("project", f"โครงการขุดลอกสระน้ำเพื่อสวนผลไม้ ตำบลที่ {number}")
    return stage


def references(path: str, text: str) -> set[str]:
    """The files that a page, a style sheet or a script fetches at once."""
    if path.endswith((".js", ".mjs")):
        found = re.findall(r'(?:^|\n)(?:import|export)[^"\n;]*"(\.[^"]+)"', text)
        return {normpath(join(dirname(path), one)) for one in found}
    if path.endswith(".css"):
        return {normpath(join(dirname(path), one)) for one in re.findall(r'url\("?([^")]+\.woff2)"?\)', text)}
    found = re.findall(r'(?:src|href)="(/s/[^"]+\.(?:js|css|woff2|svg))"', text)
    root = next(one for one in found if one.endswith("/js/main.js")).removesuffix("main.js")
    modules = {name for names in re.findall(r'data-module="([^"]+)"', text) for name in names.split()}
    return {*found, *(f"{root}modules/{name}.js" for name in modules)}


def test_the_group_page_weighs_at_most_a_hundred_kilobytes(stage, app):
    phone: Client = become(app.test_client(), stage.malee)
    waiting, weights = [f"/x/{stage.exercise.public_id}"], {}
    while waiting:
        path = waiting.pop()
        packed = phone.get(path, headers=PACKED)
        assert packed.status_code == 200, path
        weights[path] = len(packed.get_data())
        if not path.endswith((".woff2", ".svg")):
            text = phone.get(path).get_data(as_text=True)
            waiting += [one for one in references(path, text) if one not in weights and one not in waiting]
    assert any(path.endswith("work/follow.js") for path in weights), "imports of imports count"
    assert any(path.endswith("idb/index.js") for path in weights)
    assert any(path.endswith(".woff2") for path in weights)
    total = sum(weights.values())
    assert total <= LIMIT, sorted(weights.items(), key=lambda one: -one[1])
    print(total)
