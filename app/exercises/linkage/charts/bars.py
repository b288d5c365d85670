"""Rows of stacked bars: words above each bar, its number at the end. Narrow enough to be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..map import style, svg
from ..map.labels import BreakLabel, break_label, short_label

WIDTH = 344.0
BAR = 18.0
LINE = 19.0
ROW_GAP = 12.0
NUMBER_ROOM = 84.0
LABEL_UNITS = 42
GREY = "#9aa3af"


@dataclass(frozen=True)
class Part:
    """A length of a bar; a hatched one is something missing, not something there."""

    value: float
    colour: str
    words: str
    is_grey: bool = False


@dataclass(frozen=True)
class Bar:
    """One row: what it is, its parts, the number as it is read, and where a tap leads."""

    label: str
    parts: Sequence[Part]
    number: str
    href: str | None = None


def draw_bars(
    summary: str,
    bars: Sequence[Bar],
    legend: Sequence[tuple[str, str]] = (),
    *,
    breaker: BreakLabel = break_label,
) -> Markup:
    """The rows one below the other, all on one scale; the legend names the colours."""
    longest = max((sum(part.value for part in bar.parts) for bar in bars), default=0) or 1
    labels = [short_label(bar.label, LABEL_UNITS, 2, breaker) for bar in bars]
    heights = [len(lines) * LINE + BAR + ROW_GAP for lines in labels]
    keys = [short_label(words, LABEL_UNITS - 4, 2, breaker) for _colour, words in legend]
    height = sum(heights) + sum(len(lines) * LINE + 4 for lines in keys) + 12
    root = svg.picture(WIDTH, height, summary, "linkage-bars")
    top = 4.0
    for bar, lines, tall in zip(bars, labels, heights, strict=True):
        _draw_bar(root, bar, lines, top, (WIDTH - NUMBER_ROOM) / longest)
        top += tall
    _draw_legend(root, [colour for colour, _words in legend], keys, top)
    return svg.finished(root)


def _draw_bar(root: svg.Element, bar: Bar, lines: Sequence[str], top: float, scale: float) -> None:
    words = " · ".join([bar.label, bar.number, *(part.words for part in bar.parts if part.value)])
    group = svg.link(root, bar.href, words, "map-item")
    for number, line in enumerate(lines):
        svg.add(group, "text", line, x=0, y=top + 14 + number * LINE, font_size=13.5, fill=style.INK)
    y = top + len(lines) * LINE
    svg.add(group, "rect", x=0, y=y, width=WIDTH - NUMBER_ROOM, height=BAR, fill=style.GIVEN)
    x = 0.0
    for part in bar.parts:
        wide = part.value * scale
        if wide > 0:
            svg.add(group, "rect", x=x, y=y, width=wide, height=BAR, fill=part.colour, stroke="#ffffff")
        x += wide
    svg.add(
        group,
        "text",
        bar.number,
        x=WIDTH - NUMBER_ROOM + 8,
        y=y + 14,
        font_size=13.5,
        font_weight=700,
        fill=style.INK,
    )


def _draw_legend(root: svg.Element, colours: Sequence[str], keys: Sequence[Sequence[str]], top: float) -> None:
    y = top
    for colour, lines in zip(colours, keys, strict=True):
        svg.add(root, "rect", x=0, y=y + 3, width=14, height=14, fill=colour)
        for number, line in enumerate(lines):
            svg.add(root, "text", line, x=22, y=y + 15 + number * LINE, font_size=12.5, fill=style.SOFT)
        y += len(lines) * LINE + 4
