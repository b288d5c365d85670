"""A15 drawn: the data under the plans by their year."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from markupsafe import Markup

from ..analysis import LinkageGraph
from ..analysis.evidence import age_allowed, by_year
from ..map import style
from .bars import GREY, Bar, Part, draw_bars


def draw_years(graph: LinkageGraph, link_to: Callable[[int], str | None] = lambda _year: None) -> Markup | None:
    """One bar a year, old data grey; None where no year is known."""
    years = by_year(graph)
    if not years:
        return None
    bars = []
    for year, count in years.items():
        old = age_allowed(graph, {"data_year_be": year}) is False
        words = _("เก่ากว่าที่กำหนด") if old else _("เป็นปัจจุบัน")
        label = f"{year} · {words}" if old else str(year)
        bars.append(
            Bar(label, [Part(count, GREY if old else style.DISTRICTS[2], words)], str(count), link_to(year))
        )
    return draw_bars(_("จำนวนหลักฐานตามปีข้อมูล (พ.ศ.)"), bars)
