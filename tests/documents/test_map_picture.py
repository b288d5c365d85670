"""The map as PNG: few colours make a small file, but each issue's has to stay its own."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from app.documents.pictures import SCALE, picture_png
from app.exercises.linkage.analysis import LinkageGraph, analyse_graph
from app.exercises.linkage.map.drawing import draw_map
from tests.exercises.linkage.documents import reference
from tests.exercises.linkage.large import large_document

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def flow(app):
    with app.test_request_context("/"):
        graph = LinkageGraph.from_document(eight_issues())
        return draw_map(graph, analyse_graph(graph), link_to=lambda _id: None)


def eight_issues() -> dict[str, Any]:
    """A province whose cards reach eight issues, as many as there are colours."""
    sent = large_document()
    codes = [f"P{number}" for number in range(1, 9)]
    sent["items"] += [reference(code) for code in codes[5:]]
    reaching = [one for one in sent["links"] if one["target"] in codes]
    for number, one in enumerate(reaching):
        one["target"] = codes[number % 8]
    return sent


def on_white(colour: str, opacity: float) -> tuple[int, ...]:
    """A colour laid over white."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return tuple(round(255 - opacity * (255 - part)) for part in parts)


def far(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """By how much two colours differ where they differ most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def test_every_issue_keeps_a_colour_of_its_own_near_the_true_one(flow):
    legend = next(group for group in ET.fromstring(flow).iter(f"{SVG}g") if group.get("class") == "map-legend")
    keys = list(legend.iter(f"{SVG}line"))
    image = Image.open(BytesIO(picture_png(flow))).convert("RGB")
    scale = image.width / float(ET.fromstring(flow).get("width"))
    assert 0 < scale <= SCALE
    drawn = [
        image.getpixel((round((float(key.get("x1")) + 15) * scale), round(float(key.get("y1")) * scale)))
        for key in keys
    ]
    true = [on_white(key.get("stroke"), float(key.get("stroke-opacity"))) for key in keys]
    assert len(set(true)) == len(keys) == 9, "eight issues and what reaches none"
    assert [far(one, other) <= 12 for one, other in zip(drawn, true, strict=True)] == [True] * 9, (drawn, true)
    assert min(far(one, other) for one, other in combinations(drawn, 2)) >= 16, drawn
