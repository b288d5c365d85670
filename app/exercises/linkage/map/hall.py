"""The map for the back row: one box a level, one strand an issue, letters that can be read from twenty metres.

It is the province's flow (`map_flow_layout`) with all districts in one: the links of the same level are left out,
what stands above the anchors too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..rules import title_of
from . import style, svg
from .flow import GREY
from .flow_layout import NOWHERE, FlowLayout
from .labels import BreakLabel, break_label, short_label
from .words import level_label

WIDTH, HEIGHT = 1000.0, 520.0
TOP, FOOT = 44.0, 8.0
BOX, ISSUE_BOX = 120.0, 330.0
BIG, LABEL = 44, 24
UNIT = 0.62  # of the letter size: the width of one display column
MOST_ISSUES = 8
# Shorter than the levels' full names: these are read from the back row.
HALL_LEVELS = {"VIL": _l("หมู่บ้าน"), "TAM": _l("ตำบล"), "LOC": _l("อปท."), "DIS": _l("อำเภอ")}


@dataclass(frozen=True)
class Stand:
    """Where a box stands and how much flows through one link."""

    left: float
    top: float
    width: float
    height: float


def draw_for_hall(
    graph: LinkageGraph, analyses: Mapping[str, Any], *, breaker: BreakLabel = break_label
) -> Markup:
    """The drawing. Issues beyond eight are not drawn; the slide beside it lists them."""
    flows = _flows(graph, analyses)
    levels = sorted({end for end in (e for pair in flows for e in pair[:2]) if end in graph.ranks} | _own(graph),
                    key=lambda level: graph.ranks[level])  # fmt: skip
    issues = graph.anchors[:MOST_ISSUES]
    colours = dict(zip(graph.anchors, style.DISTRICTS * (len(graph.anchors) // 8 + 1), strict=False))
    root = svg.picture(WIDTH, HEIGHT, _("เส้นทางจากปัญหาของหมู่บ้านถึงประเด็นของจังหวัด"), "linkage-hall")
    stands, scale = _stands(graph, levels, issues, flows)
    _draw_strands(svg.add(root, "g", fill="none"), flows, stands, scale, colours)
    lost = Counter(graph.nodes[i]["level"] for i in analyses["orphans"]["all"])
    count = Counter(item["level"] for item in graph.items.values())
    for level in levels:
        name = str(HALL_LEVELS.get(level) or level_label(graph, level))
        _level_box(root, stands[level], name, count[level], lost[level])
    for issue in issues:
        _issue_box(root, stands[issue], title_of(graph.nodes[issue]), colours[issue], breaker)
    return svg.finished(root)


def _own(graph: LinkageGraph) -> set[str]:
    top = graph.ranks.get(graph.settings.anchor_level, 0)
    return {item["level"] for item in graph.items.values() if graph.ranks[item["level"]] < top}


def _flows(graph: LinkageGraph, analyses: Mapping[str, Any]) -> Counter[tuple[str, str, str]]:
    """(from level, to level or anchor, anchor it ends at) → links."""
    found: Counter[tuple[str, str, str]] = Counter()
    anchors = set(graph.anchors[:MOST_ISSUES])
    for strand, links in FlowLayout(graph, analyses).strands.items():
        source, target = strand.source, strand.target
        end = target.item if target.item in anchors else target.column[2]
        own = not source.item and (target.item in anchors or not target.item)
        if own and source.column[2] != end:
            found[source.column[2], end, strand.issue] += links
    return found


def _through(flows: Mapping[tuple[str, str, str], int], box: str) -> int:
    return max(
        sum(n for (source, _to, _issue), n in flows.items() if source == box),
        sum(n for (_from, target, _issue), n in flows.items() if target == box),
        1,
    )


def _stands(
    graph: LinkageGraph, levels: list[str], issues: list[str], flows: Mapping[tuple[str, str, str], int]
) -> tuple[dict[str, Stand], float]:
    room = HEIGHT - TOP - FOOT
    scale = room * 0.8 / max([_through(flows, level) for level in levels] + [1])
    stands: dict[str, Stand] = {}
    gap = (WIDTH - 20 - ISSUE_BOX - BOX * len(levels)) / max(len(levels), 1)
    for place, level in enumerate(levels):
        height = max(_through(flows, level) * scale, 90.0)
        stands[level] = Stand(10 + place * (BOX + gap), TOP + (room - height) / 2, BOX, height)
    each = room / max(len(issues), 1)
    for place, issue in enumerate(issues):
        stands[issue] = Stand(WIDTH - 10 - ISSUE_BOX, TOP + place * each + 3, ISSUE_BOX, each - 6)
    return stands, scale


def _draw_strands(
    layer: svg.Element,
    flows: Mapping[tuple[str, str, str], int],
    stands: Mapping[str, Stand],
    scale: float,
    colours: Mapping[str, str],
) -> None:
    leaving, arriving = (_meeting(flows, stands, scale, end) for end in (0, 1))
    for flow in sorted(flows):
        source, target, issue = flow
        start, end = stands[source], stands[target]
        x, stop, y, to_y = start.left + start.width, end.left, leaving[flow], arriving[flow]
        middle = (x + stop) / 2
        svg.add(
            layer,
            "path",
            d=f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {stop:.1f} {to_y:.1f}",
            stroke=colours.get(issue, GREY) if issue != NOWHERE else GREY,
            stroke_width=max(flows[flow] * scale, 2.0),
            stroke_opacity=0.55,
        )


def _meeting(
    flows: Mapping[tuple[str, str, str], int], stands: Mapping[str, Stand], scale: float, end: int
) -> dict[tuple[str, str, str], float]:
    """Where each strand meets its box, stacked around the box's middle in the order of the other ends."""
    by_box: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for flow in flows:
        by_box[flow[end]].append(flow)
    found = {}
    for box, strands in by_box.items():
        stand = stands[box]
        edge = stand.top + (stand.height - sum(flows[flow] for flow in strands) * scale) / 2
        for flow in sorted(strands, key=lambda flow: (stands[flow[1 - end]].top, flow[2])):
            found[flow] = edge + flows[flow] * scale / 2
            edge += flows[flow] * scale
    return found


def _level_box(root: svg.Element, stand: Stand, label: str, count: int, lost: int) -> None:
    group = svg.add(root, "g")
    _rect(group, stand, "#ffffff", style.STRONG_RULE)
    centre = stand.left + stand.width / 2
    svg.add(group, "text", label, x=centre, y=TOP - 16, text_anchor="middle", font_size=LABEL, fill=style.INK)
    middle = stand.top + stand.height / 2
    svg.add(group, "text", str(count), x=centre, y=middle + (2 if lost else 14), text_anchor="middle",
            font_size=BIG, font_weight=700, fill=style.INK)  # fmt: skip
    if lost:
        words = _("ขาด %(count)d", count=lost)
        svg.add(
            group, "text", words, x=centre, y=middle + 34, text_anchor="middle", font_size=LABEL, fill=style.RED
        )


def _issue_box(root: svg.Element, stand: Stand, title: str, colour: str, breaker: BreakLabel) -> None:
    group = svg.add(root, "g")
    _rect(group, stand, style.GIVEN, style.STRONG_RULE)
    svg.add(group, "rect", x=stand.left + 3, y=stand.top + 4, width=10, height=stand.height - 8, rx=3, fill=colour)
    size = LABEL if stand.height >= 64 else 20
    room = max(1, min(3, int((stand.height - 8) / (size * 1.35))))
    lines = short_label(title, int((stand.width - 34) / (size * UNIT)), room, breaker)
    for number, line in enumerate(lines):
        y = stand.top + stand.height / 2 + size * 0.35 + (number - (len(lines) - 1) / 2) * size * 1.3
        svg.add(group, "text", line, x=stand.left + 22, y=y, font_size=size, fill=style.INK)


def _rect(group: svg.Element, stand: Stand, fill: str, stroke: str) -> None:
    svg.add(group, "rect", x=stand.left, y=stand.top, width=stand.width, height=stand.height, rx=6, fill=fill,
            stroke=stroke, stroke_width=2)  # fmt: skip
