"""Text that must fit a box: a smaller size, then more lines, never cut off and never squeezed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .breaking import Breaker, break_lines
from .fonts import text_width

STEP = 0.5
# Below this nobody reads it; it is used rather than losing a letter, and ``fits`` is then False.
SMALLEST = 4.0
# Thai lines this far apart (in sizes) do not touch on a badge; running text wants 1.6.
LEADING = 1.55
# What the tallest stack of marks needs above the base line and the deepest foot below it (in sizes).
ASCENT = 1.28
DESCENT = 0.56


@dataclass(frozen=True)
class Fitted:
    """Lines with the size at which they fit; ``fits`` is False where the limits had to be broken."""

    lines: tuple[str, ...]
    size: float
    leading: float
    fits: bool

    @property
    def height(self) -> float:
        """From the top of the first line's marks to the bottom of the last line's."""
        return (ASCENT + DESCENT) * self.size + (len(self.lines) - 1) * self.leading


def fit_lines(
    text: str,
    font: str,
    max_width: float,
    max_height: float | None = None,
    *,
    size: float,
    min_size: float,
    max_lines: int = 1,
    leading: float = LEADING,
    breaker: Breaker | None = None,
) -> Fitted:
    """Break a text into at most ``max_lines`` at the largest size from ``size`` down to ``min_size`` that fits.

    Where nothing fits the size goes on falling (``fits`` False), so that the whole text is still printed.
    """
    for candidate in _sizes(size, SMALLEST):
        lines = break_lines(text, partial(_width, font=font, size=candidate), max_width, breaker)
        fitted = Fitted(tuple(lines), candidate, leading * candidate, candidate >= min_size)
        if _within(fitted, font, max_width, max_height, max_lines):
            return fitted
    return Fitted(tuple(lines), SMALLEST, leading * SMALLEST, False)


def fit_name(
    text: str,
    font: str,
    max_width: float,
    max_height: float | None = None,
    *,
    one_line: tuple[float, float],
    two_lines: tuple[float, float],
    leading: float = LEADING,
) -> Fitted:
    """Fit a person's name: on one line within its sizes, else on two parted at a space, never inside a word.

    A name without a space that is too wide for one line, or words too wide for two, fall back to fit_lines
    with ``fits`` False: somebody should look at it before it is printed.
    """
    largest, smallest = one_line
    for size in _sizes(largest, smallest):
        fitted = Fitted((text,), size, leading * size, True)
        if _within(fitted, font, max_width, max_height, 1):
            return fitted
    largest, smallest = two_lines
    for size in _sizes(largest, smallest):
        for lines in _halves(text, font):
            fitted = Fitted(lines, size, leading * size, True)
            if _within(fitted, font, max_width, max_height, 2):
                return fitted
    rest = fit_lines(
        text,
        font,
        max_width,
        max_height,
        size=smallest,
        min_size=smallest,
        max_lines=3,
        leading=leading,
        breaker=Breaker(text.split()),
    )
    return Fitted(rest.lines, rest.size, rest.leading, False)


@dataclass(frozen=True)
class Wish:
    """One text of a column: how large it would like to be, how small it may become, in how many lines."""

    text: str
    font: str
    size: float
    min_size: float
    max_lines: int = 2


def fit_column(
    wishes: Sequence[Wish], max_width: float, max_height: float, *, leading: float = LEADING
) -> tuple[Fitted, ...]:
    """Fit texts that stand one below the other, made smaller together so that their order of importance stays.

    Drawn one after the other, each takes ``len(lines) * leading``; the marks of the first line and the feet of
    the last are within ``max_height``. Below a text's ``min_size`` its ``fits`` is False.
    """
    for step in range(100, 14, -4):
        fitted = tuple(_at(wish, wish.size * step / 100, max_width, leading) for wish in wishes)
        tight = all(f.size >= wish.min_size for f, wish in zip(fitted, wishes, strict=True))
        lines_fit = all(len(f.lines) <= wish.max_lines for f, wish in zip(fitted, wishes, strict=True))
        if column_height(fitted) <= max_height and (lines_fit or not tight):
            break
    return fitted


def column_height(fitted: Sequence[Fitted]) -> float:
    """The height of texts drawn one below the other."""
    lines = [line for text in fitted for line in [text.leading] * len(text.lines)]
    if not lines:
        return 0.0
    return sum(lines[1:]) + ASCENT * fitted[0].size + DESCENT * fitted[-1].size


def _at(wish: Wish, size: float, max_width: float, leading: float) -> Fitted:
    size = max(size, SMALLEST)
    lines = break_lines(wish.text, partial(_width, font=wish.font, size=size), max_width)
    return Fitted(tuple(lines), size, leading * size, size >= min(wish.min_size, wish.size))


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    steps = int((largest - smallest) / STEP + 1e-9)
    yield from (largest - STEP * step for step in range(steps + 1))


def _within(fitted: Fitted, font: str, max_width: float, max_height: float | None, max_lines: int) -> bool:
    if len(fitted.lines) > max_lines or (max_height is not None and fitted.height > max_height):
        return False
    return all(_width(line, font, fitted.size) <= max_width for line in fitted.lines)


def _halves(text: str, font: str) -> list[tuple[str, str]]:
    """Every way to part a text at a space, the most even first."""
    pieces = text.split()
    ways = [(" ".join(pieces[:count]), " ".join(pieces[count:])) for count in range(1, len(pieces))]
    return sorted(ways, key=lambda lines: max(_width(line, font, 1) for line in lines))


def _width(text: str, font: str, size: float) -> float:
    return text_width(text, font, size)
