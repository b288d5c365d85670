"""``python -m chaos``: storms on both databases and the negative control; one table, kept in the docs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests import postgres

from .storm import Outcome, storm

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- chaos -->", "<!-- /chaos -->"
PEOPLE, KILLS = 530, 5
CONTROL_PEOPLE = 150  # it is slow: every answer runs ahead of its commit
RECOVERY = 3  # seconds
Row = tuple[str, str, str, bool]  # what, target, measured, whether it holds


def rows_of(name: str, found: Outcome) -> Iterator[Row]:
    """What must hold after a storm."""
    for what, target, measured in (
        ("acknowledged scans lost", 0, found.lost),
        ("people or scans doubled", 0, found.doubled),
        ("repeated requests answered otherwise", 0, found.changed),
        ("people present", found.people, found.present),
    ):
        yield f"{name}: {what}", str(target), str(measured), measured == target
    slowest = max(found.recoveries)
    yield f"{name}: kill to first answer", f"≤ {RECOVERY} s", f"{slowest:.1f} s", slowest <= RECOVERY
    yield f"{name}: database whole", "yes", "yes" if found.whole else "no", found.whole


def measure(seed: int) -> Iterator[Row]:
    """All storms, one after the other."""
    yield from rows_of("SQLite", _told(storm(PEOPLE, KILLS, seed)))
    with postgres.running() as cluster:
        if cluster is None:
            raise SystemExit("no PostgreSQL programs on this machine; run make test-setup")
        yield from rows_of("PostgreSQL", _told(storm(PEOPLE, KILLS, seed, DATABASE_URL=cluster.url)))
    control = _told(storm(CONTROL_PEOPLE, KILLS, seed, early=True))
    yield "control, answering before the commit: lost", "≥ 1", str(control.lost), control.lost >= 1


def _told(found: Outcome) -> Outcome:
    print(
        f"{found.scans} scans in {found.requests} requests, {found.kills} kills, {found.seconds:.1f} s",
        file=sys.stderr,
        flush=True,
    )
    return found


def table(rows: list[Row]) -> str:
    """The rows as a table that reads well in a terminal and in Markdown."""
    lines = [("", "target", "measured", ""), *((*row[:3], "" if row[3] else "misses") for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    return "\n".join([shown[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *shown[1:]])


def keep(text: str) -> None:
    """Put the table between its markers, or at the end where there are none yet."""
    written = DOCUMENT.read_text() if DOCUMENT.exists() else "# Performance\n"
    block = f"{BEGIN}\n{text}\n{END}"
    if BEGIN in written and END in written:
        before, rest = written.split(BEGIN, 1)
        written = before + block + rest.split(END, 1)[1]
    else:
        written = f"{written.rstrip()}\n\n## Killed in a storm\n\n{block}\n"
    DOCUMENT.write_text(written)


def main() -> int:
    """Measure; the exit code says whether every target is met."""
    parser = argparse.ArgumentParser(prog="python -m chaos")
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    busy = os.getloadavg()[0]
    rows = list(measure(seed))
    busy = max(busy, os.getloadavg()[0])
    text = (
        f"`make chaos`, {datetime.now(UTC):%d %B %Y}, seed {seed}: {PEOPLE} people on two phones each, 3 in 10 "
        f"requests sent again, 64 clients, killed (-9) and started again {KILLS} times; "
        f"load average up to {busy:.0f} on {os.cpu_count()} cores.\n\n{table(rows)}"
    )
    print(text)
    keep(text)
    return 0 if all(row[3] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
