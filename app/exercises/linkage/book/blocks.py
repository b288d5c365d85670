"""What a plan book is made of, whatever prints it: chapters of headings, words, lists, tables and drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph; a soft one explains rather than says."""

    text: str
    is_soft: bool = False


@dataclass(frozen=True)
class Points:
    """A bulleted list."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Grid:
    """A table with one heading row; widths are shares of the page's width, `numbers` the columns set right.

    `group` names what neighbouring columns have in common (first, one past the last, words), for a printer that
    can set a heading over headings.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numbers: frozenset[int] = frozenset()
    totals: int = 0  # so many last rows are sums
    group: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG; its upper `header` units are shown again where it goes on over the page.

    `breaks` are the heights at which it may be parted without cutting through a box.
    """

    svg: str
    caption: str
    header: float = 0.0
    breaks: Sequence[float] = ()


Block = Heading | Words | Points | Grid | Drawing


@dataclass
class Chapter:
    """A part of the book, begun on a page of its own."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    is_wide: bool = False  # printed on paper laid on its long side


@dataclass(frozen=True)
class Cover:
    """What stands on the first page."""

    title: str
    period: str
    place: str
    made_for: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class PlanBook:
    """A draft plan document, ready to be printed."""

    cover: Cover
    chapters: list[Chapter]
