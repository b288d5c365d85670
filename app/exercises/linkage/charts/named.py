"""The figures of an exercise by name, as files are asked for: the map, the heat table, one drawing a chain …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..map.drawing import draw_map
from .funnel import draw_funnel
from .heat import draw_coverage, draw_crossings
from .lanes import draw_lanes
from .money import draw_money
from .slopes import draw_slopes
from .years import draw_years

CHAIN = "chain-"


def _nowhere(_code: str) -> None:
    return None


def figure_names(graph: LinkageGraph) -> dict[str, str]:
    """Name in the address → what the figure shows, those that have something to show."""
    names = {
        "map": _("แผนที่ความเชื่อมโยง"),
        "coverage": _("ตารางความครอบคลุม"),
        "funnel": _("ปัญหาไปถึงระดับใด"),
        "money": _("งบประมาณตามประเด็น"),
        "years": _("ปีของข้อมูล"),
        "crossings": _("ความเชื่อมโยงข้ามอำเภอ"),
        "votes": _("ลำดับความสำคัญ"),
    }
    names |= {f"{CHAIN}{n}": _("ห่วงโซ่คุณค่า %(n)d", n=n) for n in range(1, len(graph.chains) + 1)}
    return names


def draw_figure(name: str, graph: LinkageGraph, analyses: Mapping[str, Any]) -> Markup | None:
    """The figure of that name; None for an unknown one and where there is nothing to draw."""
    if name.startswith(CHAIN):
        number = name.removeprefix(CHAIN)
        known = number.isascii() and number.isdecimal() and 1 <= int(number) <= len(graph.chains)
        return draw_lanes(graph, graph.chains[int(number) - 1]) if known else None
    drawn: dict[str, Callable[[], Markup | None]] = {
        "map": lambda: draw_map(graph, analyses, link_to=_nowhere),
        "coverage": lambda: draw_coverage(graph, analyses),
        "funnel": lambda: draw_funnel(graph, analyses),
        "money": lambda: draw_money(graph, analyses),
        "years": lambda: draw_years(graph),
        "crossings": lambda: draw_crossings(graph, analyses["cross_district"]["matrix"]),
        "votes": lambda: draw_slopes(graph, analyses),
    }
    return drawn[name]() if name in drawn else None
