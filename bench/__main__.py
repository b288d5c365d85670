"""``python -m bench [module …]``: run the modules that have ``figures()``, print one table, keep it in the docs.

Each module's figures stand between markers of their own in docs/performance.md, so that one module can be measured
again without the others.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import bench

from .figure import Figure

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def modules(wanted: Iterable[str]) -> list[str]:
    """The names of the modules that measure something; all of them when none is asked for."""
    names = [found.name for found in pkgutil.iter_modules(bench.__path__) if not found.name.startswith("_")]
    measuring = [name for name in names if hasattr(importlib.import_module(f"bench.{name}"), "figures")]
    unknown = set(wanted) - set(measuring)
    if unknown:
        raise SystemExit(f"no such module: {', '.join(sorted(unknown))}; there are {', '.join(measuring)}")
    return [name for name in measuring if not wanted or name in wanted]


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table that reads well in a terminal and in Markdown."""
    rows: list[tuple[str, ...]] = [("figure", "limit", "measured", "ratio", "")]
    for one in figures:
        sign = "≥" if one.at_least else "≤"
        limit, measured = f"{sign} {_number(one.limit)} {one.unit}", f"{_number(one.measured)} {one.unit}"
        rows.append((one.name, limit, measured, f"{one.ratio:.2f}", "" if one.holds else "misses"))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def keep(name: str, text: str, document: Path = DOCUMENT) -> None:
    """Put a module's table between its markers, or at the end where it has none yet."""
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    whole = document.read_text() if document.exists() else "# Performance\n"
    block = f"{begin}\n{text}\n{end}"
    if begin in whole and end in whole:
        before, rest = whole.split(begin, 1)
        whole = before + block + rest.split(end, 1)[1]
    else:
        whole = f"{whole.rstrip()}\n\n## {name}\n\n{block}\n"
    document.write_text(whole)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def main(wanted: list[str]) -> int:
    """Measure; the exit code says whether every figure keeps its limit."""
    missed = 0
    for name in modules(wanted):
        print(f"{name} …", file=sys.stderr, flush=True)
        found = list(importlib.import_module(f"bench.{name}").figures())
        text = f"Measured {datetime.now(UTC):%d %B %Y}.\n\n{table(found)}"
        print(text, flush=True)
        keep(name, text)
        missed += sum(not one.holds for one in found)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
