"""A5 drawn: how many of the villages' needs get at least to each level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..analysis.full_chain import funnel
from ..map import style
from ..map.words import level_label
from .bars import Bar, Part, draw_bars


def draw_funnel(
    graph: LinkageGraph, analyses: Mapping[str, Any], link_to: Callable[[str], str | None] = lambda _level: None
) -> Markup:
    """One bar a level in use, the villages first; `link_to` gives the address of a level's needs."""
    bars = [
        Bar(level_label(graph, level), [Part(count, style.DISTRICTS[0], "")], str(count), link_to(level))
        for level, count in funnel(graph).items()
    ]
    needs = analyses["full_chain"]["needs"]
    return draw_bars(_("ปัญหาของหมู่บ้าน %(needs)d ข้อ ไปถึงแผนระดับใด", needs=needs), bars)
