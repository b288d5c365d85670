"""Words on the drawings: broken between words, cut with an ellipsis only when there is no more room."""

from __future__ import annotations

from collections.abc import Callable

from app.core.text import display_width

BreakLabel = Callable[[str, int], list[str]]

ELLIPSIS = "…"


def break_label(text: str, max_units: int) -> list[str]:
    """Lines of at most so many display columns, broken where a Thai reader would."""
    from app.thai_pdf import break_lines  # here, because it brings the dictionary and ReportLab

    return break_lines(text, display_width, max_units)


def short_label(text: str, max_units: int, max_lines: int, breaker: BreakLabel) -> list[str]:
    """At most so many lines; when the text is longer the last one ends in an ellipsis."""
    lines = breaker(text, max_units)
    if len(lines) <= max_lines:
        return lines
    last = lines[max_lines - 1]
    if display_width(last) >= max_units:  # make room for the ellipsis at the end of a word
        last = breaker(last, max_units - 1)[0]
    return [*lines[: max_lines - 1], last.rstrip() + ELLIPSIS]
