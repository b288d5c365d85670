"""A18: who is writing. For facilitators only: it looks at people at work, not at plans."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

SEEN_WITHIN = timedelta(minutes=10)
QUIET_AFTER = timedelta(minutes=5)
ONE_HAND = 0.8
FEW = 5


class Edit(NamedTuple):
    """One save: whose table, whose hand (None when unknown), when."""

    group: str
    person: int | None
    at: datetime


class Participation(NamedTuple):
    """A table at a moment; `quiet` names why somebody should walk over: silent, behind, one_hand."""

    group: str
    items: int
    links: int
    edits: int
    minutes: int | None  # since the last save
    people_seen: int
    top_share: float | None
    quiet: tuple[str, ...]


def participation(counts: dict[str, tuple[int, int]], edits: Iterable[Edit], now: datetime) -> list[Participation]:
    """Every table of `counts` (items, links), in that order."""
    by_group: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_group[edit.group].append(edit)
    median = _median([items for items, _links in counts.values()])
    return [_one(group, *sizes, by_group[group], median, now) for group, sizes in counts.items()]


def _one(group: str, items: int, links: int, edits: list[Edit], median: float, now: datetime) -> Participation:
    last = max((edit.at for edit in edits), default=None)
    hands = Counter(edit.person for edit in edits if edit.person is not None)
    share = max(hands.values()) / sum(hands.values()) if hands else None
    seen = {edit.person for edit in edits if edit.person is not None and now - edit.at <= SEEN_WITHIN}
    reasons = (
        ("silent", last is None or now - last > QUIET_AFTER),
        ("behind", items < median / 2),
        ("one_hand", share is not None and share > ONE_HAND and len(edits) >= FEW),
    )
    return Participation(
        group=group,
        items=items,
        links=links,
        edits=len(edits),
        minutes=None if last is None else int((now - last).total_seconds() // 60),
        people_seen=len(seen),
        top_share=share,
        quiet=tuple(name for name, true in reasons if true),
    )


def _median(values: list[int]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered:
        return 0
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
