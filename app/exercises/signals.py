"""What a facilitator should look at first: signals of each group, the worst in front. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from .models import Status

QUIET_AFTER = 5  # minutes without a save while a phase runs
BEHIND = 0.5  # of the room's median of cards
MEDIAN_COUNTS_FROM = 4  # below so many cards nobody is behind yet
ONE_WRITER = 0.8  # of a group's edits
EDITS_COUNT_FROM = 10
TABLE_FROM = 3  # two people may well share one phone
MANY_SUGGESTIONS = 5

DANGER, WARNING, INFO = 3, 2, 1
LEVELS = {
    "hand": DANGER,
    "not_begun": DANGER,
    "away": WARNING,
    "quiet": WARNING,
    "behind": WARNING,
    "to_read": WARNING,
    "suggestions": INFO,
    "one_writer": INFO,
    "returned": INFO,
}
_OPEN = (Status.DRAFT, Status.RETURNED)


@dataclass(frozen=True)
class GroupFacts:
    """What is known of a group now.

    ``silence``: minutes since its last save, at most since the phase began; None before the first save.
    ``phones``: how many have its page open; None where nobody knows.
    """

    status: Status = Status.DRAFT
    cards: int = 0
    silence: float | None = None
    members: int = 0
    edits: Mapping[str, int] = field(default_factory=dict)  # by person
    suggestions: int = 0
    hand: bool = False
    is_locked: bool = False
    phones: int | None = None


@dataclass(frozen=True)
class Signal:
    """One thing to look at."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """3 now, 2 soon, 1 good to know."""
        return LEVELS[self.code]


def signals_of(group: GroupFacts, phase_minutes: float | None, room_median: float) -> list[Signal]:
    """A group's signals, worst first. ``phase_minutes``: how long the phase has run; None while none runs."""
    found = [Signal("hand")] if group.hand else []
    if group.status == Status.SUBMITTED:
        found.append(Signal("to_read"))
    if group.status in _OPEN and not group.is_locked:
        found += _of_writers(group, phase_minutes, room_median)
    return sorted(found, key=lambda signal: -signal.level)


def _of_writers(group: GroupFacts, phase_minutes: float | None, room_median: float) -> Iterable[Signal]:
    is_running = phase_minutes is not None and phase_minutes >= QUIET_AFTER
    if is_running and not group.cards:
        yield Signal("not_begun")
    elif is_running and (group.silence is None or group.silence >= QUIET_AFTER):
        minutes = {"minutes": int(group.silence or phase_minutes or 0)}
        yield Signal("away" if group.phones == 0 else "quiet", minutes)
    if group.cards and room_median >= MEDIAN_COUNTS_FROM and group.cards < BEHIND * room_median:
        yield Signal("behind", {"cards": group.cards, "median": int(room_median)})
    if group.suggestions >= MANY_SUGGESTIONS:
        yield Signal("suggestions", {"count": group.suggestions})
    all_edits = sum(group.edits.values())
    counts = all_edits >= EDITS_COUNT_FROM and group.members >= TABLE_FROM
    if counts and max(group.edits.values()) > ONE_WRITER * all_edits:
        yield Signal("one_writer")
    if group.status == Status.RETURNED:
        yield Signal("returned")


def median_cards(groups: Iterable[GroupFacts]) -> float:
    """The room's usual number of cards; 0 for an empty room."""
    return float(median([group.cards for group in groups] or [0]))


def worst(signals: list[Signal]) -> int:
    """The level a tile is coloured and sorted by."""
    return signals[0].level if signals else 0
