"""What a figure counts, as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exercises.linkage.rules import title_of

from ..reading import Reading


@dataclass(frozen=True)
class Row:
    """An item, what it adds to the figure in words, and the other end where a link is counted."""

    code: str
    note: str = ""
    to: str | None = None


@dataclass(frozen=True)
class Listed:
    """What a figure counts; `baht` is the sum where the figure is money."""

    heading: str
    rows: Sequence[Row]
    baht: Fraction | None = None
    is_ordered: bool = False


Keys = Sequence[str]
MakeList = Callable[[Reading, Keys], Listed | None]


def plain(heading: str, codes: Sequence[str]) -> Listed:
    return Listed(heading, [Row(code) for code in codes])


def titled(reading: Reading, code: str) -> str:
    return f"{code} {title_of(reading.graph.nodes[code])}"
