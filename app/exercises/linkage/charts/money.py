"""A13 drawn: counted baht by provincial issue, stacked by source; what serves no issue is grey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.formatting import thai_number

from ..analysis import LinkageGraph
from ..analysis.budget import allocate_by_source
from ..map import style
from ..map.columns import natural_key
from ..rules import title_of
from .bars import GREY, Bar, Part, draw_bars


def draw_money(
    graph: LinkageGraph, analyses: Mapping[str, Any], link_to: Callable[[str], str | None] = lambda _code: None
) -> Markup:
    """A bar an issue and one for what reaches none ("" to `link_to`); a source has one colour throughout."""
    shares = allocate_by_source(graph, analyses["coverage_matrix"])
    sources = sorted({source for row in shares.values() for source in row})
    colours = {source: style.DISTRICTS[n % len(style.DISTRICTS)] for n, source in enumerate(sources)}
    bars = [
        _bar(f"{anchor} {title_of(graph.nodes[anchor])}", shares.get(anchor, {}), colours, link_to(anchor))
        for anchor in sorted(graph.anchors, key=natural_key)
    ]
    rest = shares.get("", {})
    bars.append(_bar(_("ไม่สอดคล้องประเด็นใด"), rest, dict.fromkeys(sources, GREY), link_to("")))
    legend = [(colours[source], source) for source in sources]
    if rest:
        legend.append((GREY, _("ไม่สอดคล้องประเด็นใด")))
    return draw_bars(_("งบประมาณตามประเด็นของจังหวัดและแหล่งงบประมาณ"), bars, legend)


def _bar(label: str, row: Mapping[str, Fraction], colours: Mapping[str, str], href: str | None) -> Bar:
    parts = [Part(float(row[s]), colours[s], f"{s} {million(row[s])}") for s in colours if row.get(s)]
    return Bar(label, parts, million(sum(row.values(), Fraction(0))), href)


def million(baht: Fraction | float) -> str:
    """14.68 ล้าน, small sums in baht."""
    amount = float(baht)
    if abs(amount) >= 100_000:
        return _("%(n)s ล้าน", n=thai_number(round(amount / 1_000_000, 2)))
    return thai_number(round(amount))
