"""Which kinds stand on which levels, and which kinds may be joined by which link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# code, rank, plan level (1 = the nation's strategy, 2 = plans between, 3 = everything else)
LEVELS: tuple[tuple[str, int, int], ...] = (
    ("VIL", 10, 3),
    ("TAM", 20, 3),
    ("LOC", 30, 3),
    ("DIS", 40, 3),
    ("PRO", 50, 3),
    ("CLU", 60, 3),
    ("NAT2", 80, 2),
    ("NAT1", 90, 1),
)

_ALL = tuple(code for code, _, _ in LEVELS)

KIND_LEVELS: dict[str, frozenset[str]] = {
    "need": frozenset({"VIL", "TAM", "LOC"}),
    "goal": frozenset(_ALL[1:]),
    "issue": frozenset(_ALL[2:]),
    "approach": frozenset(_ALL[2:]),
    "programme": frozenset(_ALL[1:]),
    "project": frozenset(_ALL[:-1]),
    "activity": frozenset(_ALL[:-1]),
}


class Climb(Enum):
    """How the target's rank must stand to the source's."""

    UP = "up"
    NOT_DOWN = "not down"
    SAME = "same"
    ANY = "any"


@dataclass(frozen=True)
class LinkRule:
    """One way a link type may join two items."""

    sources: frozenset[str]
    targets: frozenset[str]
    climb: Climb
    source_levels: frozenset[str] | None = None
    target_levels: frozenset[str] | None = None


def _rule(sources: str, targets: str, climb: Climb, *levels: str) -> LinkRule:
    places: list[frozenset[str] | None] = [frozenset(n.split()) for n in levels] or [None, None]
    return LinkRule(frozenset(sources.split()), frozenset(targets.split()), climb, places[0], places[1])


_PARTS = ("activity", "project", "programme", "approach", "goal", "issue")

LINK_RULES: dict[str, tuple[LinkRule, ...]] = {
    "answered_by": (_rule("need", "project programme activity goal", Climb.NOT_DOWN),),
    "included_in": (_rule("project activity programme", "project programme", Climb.UP),),
    "escalated_to": (_rule("project", "project goal", Climb.UP, "LOC", "DIS PRO"),),
    "supports": (_rule("project programme approach goal issue", "goal issue approach", Climb.NOT_DOWN),),
    "part_of": tuple(_rule(part, whole, Climb.SAME) for part, whole in zip(_PARTS, _PARTS[1:], strict=False)),
    "feeds": (_rule("project", "project", Climb.ANY),),
    "joint_with": (_rule("project", "project", Climb.ANY),),
    "duplicates": (_rule("project", "project", Climb.ANY),),
}

SYMMETRIC = frozenset({"joint_with", "duplicates"})
FACILITATOR_ONLY = frozenset({"duplicates"})

# The submit gate, and where warnings begin.
MINIMUM = {"need": 1, "project": 1, "upward_link": 1}
TOO_MANY_UPWARD_LINKS = 4
RATIONALE_LENGTH = 10
LARGE_BUDGET = 500_000_000
MOST_ANCHORS_OF_A_GOAL = 3
