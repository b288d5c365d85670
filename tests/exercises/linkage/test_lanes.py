"""The value-chain lanes: arrows run through gaps, never over a box, whatever feeds what."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from app.exercises.linkage.analysis import LinkageGraph
from app.exercises.linkage.charts.lanes import draw_lanes
from tests.exercises.linkage.documents import document, item, link

STAGES = ("upstream", "midstream", "downstream")


def chain_of(projects, feeds, districts=3):
    """A chain whose projects are (stage, district) and whose feeds are pairs of their numbers."""
    items = [
        item(f"L{n}", "LOC", "project", chain="VC1", stage=STAGES[stage], areas=[f"D{district}"])
        for n, (stage, district) in enumerate(projects)
    ]
    links = [link(f"L{a}", f"L{b}", "feeds") for a, b in feeds]
    areas = [{"code": f"D{n}", "th": f"อำเภอที่ {n}", "type": "district"} for n in range(districts)]
    return LinkageGraph.from_document(document(items, links, areas=areas, chains=[{"id": "VC1", "th": "ทุเรียน"}]))


def boxes_and_ways(markup):
    """Boxes as (left, top, right, bottom), ways as lists of corners."""
    root = ET.fromstring(markup)
    name = "{http://www.w3.org/2000/svg}"
    rects = [r for r in root.iter(f"{name}rect") if r.get("class") == "map-box"]
    boxes = [
        (x, y, x + wide, y + high)
        for x, y, wide, high in ([float(r.get(a)) for a in ("x", "y", "width", "height")] for r in rects)
    ]
    paths = [p.get("d") for p in root.iter(f"{name}path") if p.get("class") == "map-feed"]
    points = [[tuple(map(float, xy)) for xy in re.findall(r"([-\d.]+) ([-\d.]+)", d)] for d in paths]
    return boxes, points[::2]  # each way is followed by its head


def crosses(box, one, other):
    """Whether an upright or level stretch runs through the inside of a box."""
    left, top, right, bottom = box
    low_x, high_x = sorted((one[0], other[0]))
    low_y, high_y = sorted((one[1], other[1]))
    return low_x < right - 1 and high_x > left + 1 and low_y < bottom - 1 and high_y > top + 1


def touches(box, point):
    """Whether a point lies on the left or right edge of a box."""
    left, top, right, bottom = box
    return min(abs(point[0] - left), abs(point[0] - right)) < 0.2 and top < point[1] < bottom


@pytest.mark.parametrize("seed", range(12))
def test_no_arrow_runs_over_a_box(app, seed):
    chance = random.Random(seed)
    projects = [(chance.randrange(3), chance.randrange(3)) for _n in range(14)]
    feeds = {tuple(chance.sample(range(14), 2)) for _n in range(18)}
    graph = chain_of(projects, sorted(feeds))
    boxes, ways = boxes_and_ways(draw_lanes(graph, "VC1"))
    assert ways
    for way in ways:
        assert all(any(touches(box, end) for box in boxes) for end in (way[0], way[-1])), "from box to box"
        for one, other in pairwise(way):
            assert not any(crosses(box, one, other) for box in boxes), (seed, way)


def test_two_feeds_never_lie_upon_each_other_unless_they_end_at_one_box(app):
    projects = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    graph = chain_of(projects, [(0, 5), (1, 4), (2, 3)])
    _boxes, ways = boxes_and_ways(draw_lanes(graph, "VC1"))
    upright = [{round(x, 1) for (x, y), (x2, y2) in pairwise(way) if x == x2 and y != y2} for way in ways]
    assert len(upright) == 3 and not upright[0] & upright[1] and not upright[1] & upright[2]


def test_what_feeds_the_same_box_shares_its_way(app):
    graph = chain_of([(0, 0), (0, 1), (1, 2)], [(0, 2), (1, 2)])
    _boxes, ways = boxes_and_ways(draw_lanes(graph, "VC1"))
    assert ways[0][-1] == ways[1][-1]


def test_a_feed_is_one_arrow_even_where_a_project_stands_in_two_districts(app):
    items = [
        item("L1", "LOC", "project", chain="VC1", stage="upstream", areas=["D0", "D1"]),
        item("L2", "LOC", "project", chain="VC1", stage="midstream", areas=["D0", "D1"]),
    ]
    areas = [{"code": f"D{n}", "th": f"อำเภอที่ {n}", "type": "district"} for n in range(2)]
    chains = [{"id": "VC1", "th": "ทุเรียน"}]
    graph = LinkageGraph.from_document(document(items, [link("L1", "L2", "feeds")], areas=areas, chains=chains))
    boxes, ways = boxes_and_ways(draw_lanes(graph, "VC1"))
    assert (len(boxes), len(ways)) == (4, 1)


def test_numbers_in_the_place_of_boxes_open_what_they_count(app):
    projects = [(n % 3, n % 2) for n in range(70)]
    graph = chain_of(projects, [(0, 1)], districts=2)
    asked = []
    drawn = draw_lanes(graph, "VC1", link_to_cell=lambda *cell: asked.append(cell) or "/there")
    assert 'href="/there"' in drawn and ("VC1", "upstream", "D0") in asked


def test_more_than_can_be_drawn_opens_all_of_it(app):
    graph = chain_of([(0, 0)] * 8, [], districts=1)
    drawn = draw_lanes(graph, "VC1", link_to_cell=lambda *cell: "/" + "/".join(cell))
    assert 'href="/VC1/upstream/D0"' in drawn and "และอีก 3 โครงการ" in drawn
