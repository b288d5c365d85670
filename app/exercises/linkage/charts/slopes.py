"""A17 drawn: the two orders of the priority vote side by side; who moves by three places or more is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..analysis.priority import DIFFERS_BY
from ..map import style, svg
from ..map.labels import break_label, short_label
from ..rules import title_of

NAME = 250.0
SLOPE = 110.0
ROW = 44.0
HEAD = 34.0
MOST = 20


def draw_slopes(
    graph: LinkageGraph, analyses: Mapping[str, Any], link_to: Callable[[str], str | None] = lambda _code: None
) -> Markup | None:
    """The items that lead either order; None where nobody voted."""
    votes = analyses["dot_vote"]
    raw = {item_id: n for n, (item_id, _dots) in enumerate(votes["raw"], 1)}
    equal = {item_id: n for n, (item_id, _share) in enumerate(votes["equal_group_weight"], 1)}
    if not raw:
        return None
    depth = min(max(len(raw), len(equal)), MOST)
    root = svg.picture(2 * NAME + SLOPE, HEAD + ROW * depth + 8, _("ลำดับความสำคัญสองแบบ"), "linkage-slopes")
    _text(root, _("คะแนนรวม"), NAME / 2, 22, "middle", 700)
    _text(root, _("ทุกกลุ่มหนักเท่ากัน"), NAME + SLOPE + NAME / 2, 22, "middle", 700)
    for item_id, place in raw.items():
        other = equal.get(item_id)
        if place <= depth and other is not None and other <= depth:
            moved = abs(place - other) >= DIFFERS_BY
            svg.add(
                root,
                "line",
                x1=NAME,
                x2=NAME + SLOPE,
                y1=_y(place),
                y2=_y(other),
                stroke=style.RED if moved else style.STRONG_RULE,
                stroke_width=3 if moved else 1.5,
            )
    for order, left in ((raw, 0.0), (equal, NAME + SLOPE)):
        for item_id, place in order.items():
            if place <= depth:
                title = title_of(graph.nodes[item_id]) or item_id
                group = svg.link(root, link_to(item_id), f"{place} {item_id} {title}", "map-item")
                _name(group, title, place, left)
    return svg.finished(root)


def _y(place: int) -> float:
    return HEAD + (place - 0.5) * ROW


def _name(root: svg.Element, title: str, place: int, left: float) -> None:
    svg.add(
        root,
        "rect",
        class_="map-box",
        x=left + 2,
        y=_y(place) - ROW / 2 + 3,
        width=NAME - 4,
        height=ROW - 6,
        rx=5,
        fill="#ffffff",
        stroke=style.STRONG_RULE,
    )
    _text(root, str(place), left + 18, _y(place) + 5, "middle", 700)
    lines = short_label(title, 26, 2, break_label)
    for number, line in enumerate(lines):
        _text(root, line, left + 36, _y(place) + 4.5 + (number - (len(lines) - 1) / 2) * 17, "start", None, 12.5)


def _text(
    root: svg.Element, words: str, x: float, y: float, anchor: str, weight: int | None = None, size: float = 14
) -> None:
    svg.add(root, "text", words, x=x, y=y, text_anchor=anchor, font_weight=weight, font_size=size, fill=style.INK)
