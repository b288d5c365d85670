"""The map: every item once, nothing upon another, no text that becomes markup."""

from __future__ import annotations

import json
import random
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.text import display_width
from app.exercises.linkage.analysis import LinkageGraph, analyse_graph
from app.exercises.linkage.map import style
from app.exercises.linkage.map.drawing import broken_items, draw_map, items_shown
from app.exercises.linkage.map.labels import break_label, short_label
from app.exercises.linkage.map.layout import Edge, Lane, arrange, crossings
from app.exercises.linkage.map.neighbourhood import neighbourhood

from .documents import document, item, link, reference, sample
from .large import large_document

SVG = "{http://www.w3.org/2000/svg}"


def by_letters(text: str, units: int) -> list[str]:
    """Break anywhere: the drawing must not depend on the dictionary."""
    lines: list[str] = []
    for word in text.split("\n"):
        while word:
            lines.append(word[:units])
            word = word[units:]
    return lines


def draw(doc: dict[str, Any], **more: Any) -> ET.Element:
    graph = LinkageGraph.from_document(doc)
    options = {"link_to": lambda i: f"/items/{i}", "breaker": by_letters, **more}
    return ET.fromstring(draw_map(graph, analyse_graph(graph), **options))


def _addresses(root: ET.Element) -> list[str]:
    return [a.get("href", "") for a in root.iter(f"{SVG}a")]


def _has_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [e for e in root.iter() if name in (e.get("class") or "").split()]


def test_every_item_of_the_sample_is_drawn_once_and_leads_to_its_page():
    root = draw(sample())
    ids = [a.removeprefix("/items/") for a in _addresses(root)]
    own = [i["id"] for i in sample()["items"] if i["id"] not in ("NS1", "NS3", "NS6")]
    assert sorted(ids) == sorted(own)


def test_the_whole_title_is_in_the_tooltip_of_each_box():
    texts = " ".join(t.text or "" for t in draw(sample()).iter(f"{SVG}title"))
    assert all(i["title_th"] in texts for i in sample()["items"] if i["id"] not in ("NS1", "NS3", "NS6"))


def test_alignment_links_are_drawn_as_wide_as_they_are_strong_and_dashed_when_passed_on():
    root = draw(sample())
    paths = [p for p in root.iter(f"{SVG}path") if "map-link" in p.get("class", "")]
    widths = sorted(p.get("stroke-width") for p in paths)
    strengths = [k["strength"] for k in sample()["links"] if k["type"] not in ("feeds", "joint_with")]
    assert len(paths) == len(strengths) == 33
    assert len([w for w in widths if w == f"{style.EDGE_WIDTHS[3]:g}"]) == strengths.count(3)
    assert len([p for p in paths if p.get("stroke-dasharray")]) == 1


def test_a_red_ring_and_a_mark_stand_where_the_way_ends():
    root = draw(sample())
    rings = _has_class(root, "map-broken")
    assert len(rings) == len(broken_items(analyse_graph(LinkageGraph.from_document(sample()))))
    assert len(rings) == len({"V9", "L7", "L10", "D4", "V6", "L6", "V7"})
    assert [t.text for t in root.iter(f"{SVG}text")].count("!") == 7


def test_the_drawing_keeps_the_content_security_policy():
    for doc in (sample(), large_document(groups=9)):
        for element in draw(doc, readable=150).iter():
            assert element.tag.removeprefix(SVG) not in {"style", "script", "image", "foreignObject"}
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


HOSTILE = "<script>alert(1)</script>\"'&\x07\ufffe ก็"


def test_what_people_typed_never_becomes_markup():
    doc = document(
        [item("x", "LOC", "project", title_th=HOSTILE, areas=[HOSTILE]), reference("p", title_th=HOSTILE)],
        [link("x", "p", rationale=HOSTILE)],
        levels=[{"code": "LOC", "rank": 30, "label_th": HOSTILE}, {"code": "PRO", "rank": 50}],
    )
    for readable in (150, 0):
        graph = LinkageGraph.from_document(doc)
        drawn = draw_map(
            graph, analyse_graph(graph), link_to=lambda _i: '/"><script>', breaker=by_letters, readable=readable
        )
        assert "<script" not in drawn
        ET.fromstring(drawn)


def test_an_item_without_an_address_is_drawn_without_a_link():
    root = draw(sample(), link_to=lambda _i: None)
    assert not _addresses(root) and len(_has_class(root, "map-item")) == 37


def test_one_district_shows_its_items_and_all_they_lead_to():
    graph = LinkageGraph.from_document(sample())
    shown = items_shown(graph, "2104")
    assert {"V8", "V10", "L8", "L9", "D6", "D8"} <= shown
    assert {"P1", "P2", "P3", "P4", "P5"} <= shown
    assert not {"V1", "L2", "D1"} & shown


def test_an_empty_exercise_is_an_empty_drawing():
    assert draw(document([])).tag == f"{SVG}svg"


def test_the_order_of_rows_does_not_change_the_drawing():
    shuffled = json.loads(json.dumps(sample()))
    for name in ("items", "links"):
        random.Random(7).shuffle(shuffled[name])
    assert ET.tostring(draw(shuffled)) == ET.tostring(draw(sample()))


def test_too_many_items_flow_by_district_and_issue():
    root = draw(large_document(groups=9), link_to_district=lambda d: f"/districts/{d}")
    assert root.get("class") == "linkage-flow"
    assert "/districts/4501" in _addresses(root) and "/items/P1" in _addresses(root)
    assert len(_has_class(root, "map-strand")) > 20


def test_the_flow_counts_every_group_item():
    root = draw(sample(), readable=0)
    counts = [re.match(r"\d+", t.text or "") for t in root.iter(f"{SVG}text") if t.get("font-size") == "13"]
    assert sum(int(c.group()) for c in counts if c) == 29


# -- layout ------------------------------------------------------------------------------------------------


@st.composite
def _layered(draw_from: st.DrawFn) -> tuple[list[list[str]], dict[str, float], list[Edge]]:
    columns = [
        [f"{c}.{n}" for n in range(draw_from(st.integers(1, 6)))] for c in range(draw_from(st.integers(1, 5)))
    ]
    nodes = [node for column in columns for node in column]
    heights = {node: draw_from(st.sampled_from([33.0, 52.0, 71.0])) for node in nodes}
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).filter(lambda p: p[0] != p[1])
    return columns, heights, [Edge(*p) for p in draw_from(st.lists(pairs, max_size=15))]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_layered())
def test_boxes_and_lanes_of_a_column_never_lie_upon_each_other(drawn):
    columns, heights, edges = drawn
    layout = arrange(columns, heights, edges)
    assert [sorted(n for n in layer if isinstance(n, str)) for layer in layout.order] == [
        sorted(c) for c in columns
    ]
    for layer in layout.order:
        bottom = -1.0
        for node in layer:
            half = heights.get(node, 10.0) / 2 if isinstance(node, str) else 5.0
            assert layout.centres[node] - half >= bottom - 1e-6
            bottom = layout.centres[node] + half
        assert -1e-6 <= bottom <= layout.height + 1e-6


def test_a_link_over_a_level_gets_a_lane_between_the_boxes():
    columns = [["a"], ["b1", "b2"], ["c"]]
    layout = arrange(columns, dict.fromkeys(["a", "b1", "b2", "c"], 40.0), [Edge("a", "c")])
    ((column, y),) = layout.lanes(Edge("a", "c"))
    assert column == 1
    assert all(abs(y - layout.centres[b]) >= 25 for b in ("b1", "b2"))


def test_sweeps_undo_crossings_that_need_not_be():
    columns = [["a", "b", "c"], ["x", "y", "z"]]
    edges = [Edge("a", "z"), Edge("b", "y"), Edge("c", "x")]
    layout = arrange(columns, dict.fromkeys("abcxyz", 30.0), edges)
    assert crossings(layout.order, {e.source: [e.target] for e in edges}) == 0
    assert not [n for layer in layout.order for n in layer if isinstance(n, Lane)]


# -- words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["ก" * 100, "เปี๊ยก" * 20, "น้ำ " * 30, "ที่" * 40])
def test_a_label_keeps_to_its_box_and_ends_in_an_ellipsis_when_cut(title: str):
    lines = short_label(title, 23, 3, by_letters)
    assert len(lines) == 3 and lines[-1].endswith("…")
    assert all(display_width(line) <= 23 for line in lines)


def test_a_label_that_fits_is_left_alone():
    assert short_label("น้ำดื่ม", 23, 3, by_letters) == ["น้ำดื่ม"]


# -- one item ----------------------------------------------------------------------------------------------


def test_a_phone_is_told_what_one_item_hangs_on():
    found = neighbourhood(LinkageGraph.from_document(sample()), "L5")
    assert [n.item for n in found.below] == ["V5"]
    assert [n.item for n in found.above] == ["D3", "P4"]
    assert [(n.item, n.link_type) for n in found.beside] == [("L3", "joint_with"), ("L4", "feeds")]
    assert found.reaches == [("P2", 2), ("P4", 2)]
    assert found.above[0].rationale == "กระจายรายได้ท่องเที่ยวชุมชน"


def test_labels_break_between_thai_words():
    lines = break_label("ผู้สูงอายุและผู้เปราะบางได้รับการดูแลทั่วถึง", 22)
    assert "".join(lines) == "ผู้สูงอายุและผู้เปราะบางได้รับการดูแลทั่วถึง"
    assert all(display_width(line) <= 22 for line in lines)
    assert not any(line.endswith(("ผู้", "การ")) for line in lines)
