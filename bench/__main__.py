"""Run every measurement, print one table with the ratio to each limit, and write it into docs/performance.md."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterable
from pathlib import Path

import bench
from bench.figure import Figure

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
HEAD = f"# Performance\n\nWhat `make bench` measured last; the ratio is of the limit.\n\n{BEGIN}\n{END}\n"


def measured(names: Iterable[str]) -> list[Figure]:
    """The figures of every module of the package that has some, or of those named."""
    found: list[Figure] = []
    wanted = set(names)
    for module in sorted(pkgutil.iter_modules(bench.__path__), key=lambda module: module.name):
        if module.name.startswith("_") or (wanted and module.name not in wanted):
            continue
        figures = getattr(importlib.import_module(f"bench.{module.name}"), "figures", None)
        if figures is not None:
            found += figures()
    return found


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table in Markdown."""
    lines = ["| figure | limit | measured | ratio |", "|---|---|---|---|"]
    for f in figures:
        lines.append(f"| {f.name} | {f.limit:g} {f.unit} | {f.measured:.3g} {f.unit} | {f.ratio:.2f} |")
    return "\n".join(lines)


def write(text: str) -> None:
    """Put the table between its marks, whatever else the page says."""
    page = PAGE.read_text() if PAGE.exists() else HEAD
    before, _mark, rest = page.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def main() -> None:
    """Measure; with names of modules only those, without writing the page."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("modules", nargs="*", help="modules of bench/, all when none is named")
    names = parser.parse_args().modules
    text = table(measured(names))
    print(text)
    if not names:
        write(text)


if __name__ == "__main__":
    main()
