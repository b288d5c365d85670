"""Single items of the linkage in words: their ways upward, what hangs on them, the map as a list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.exercises.linkage.analysis.coverage import best_path
from app.exercises.linkage.map.neighbourhood import Neighbour, neighbourhood
from app.exercises.linkage.vocabulary import LEVELS, LINK_TYPES, STRENGTHS

from .reading import Reading, Thing


@dataclass(frozen=True)
class StepInWords:
    """One link of a path: what it is called, how strong, why, and where it leads."""

    link: str
    strength: int
    strength_words: str
    reason: str
    to: Thing


def path_in_words(reading: Reading, start: str, anchor: str) -> list[StepInWords]:
    """The best path from an item to an issue; empty when there is none."""
    links = {link["id"]: link for link in reading.graph.links}
    return [
        StepInWords(
            str(LINK_TYPES.get(links[step.link]["type"], links[step.link]["type"])),
            step.strength,
            str(STRENGTHS[step.strength]),
            links[step.link].get("rationale") or "",
            reading.thing(step.target),
        )
        for step in best_path(reading.graph, start, anchor)
    ]


def by_level(reading: Reading, district: str | None) -> list[tuple[str, list[Thing]]]:
    """Items by level from the village up, of one district with everything above it: the map as a list."""
    ranks = reading.graph.ranks
    shown: dict[str, list[str]] = defaultdict(list)
    for code, node in reading.graph.nodes.items():
        own = code in reading.graph.items
        if district is None or not own or district in reading.graph.districts(code):
            shown[node["level"]].append(code)
    return [
        (str(LEVELS.get(level, level)), reading.things(shown[level]))
        for level in sorted(shown, key=lambda level: ranks[level])
    ]


@dataclass(frozen=True)
class ItemInWords:
    """One item with what leads to it, what it leads to, what lies beside it, and the issues it reaches."""

    thing: Thing
    below: list[StepInWords]
    above: list[StepInWords]
    beside: list[StepInWords]
    reaches: list[tuple[Thing, int]]

    @property
    def best(self) -> str | None:
        """The issue it reaches most strongly."""
        return self.reaches[0][0].code if self.reaches else None


def in_words(reading: Reading, code: str) -> ItemInWords:
    """The links at an item, strongest first."""
    found = neighbourhood(reading.graph, code)
    return ItemInWords(
        thing=reading.thing(code),
        below=_steps(reading, found.below),
        above=_steps(reading, found.above),
        beside=_steps(reading, found.beside),
        reaches=[(reading.thing(anchor), strength) for anchor, strength in found.reaches],
    )


def _steps(reading: Reading, side: list[Neighbour]) -> list[StepInWords]:
    return [_step(reading, one) for one in side]


def _step(reading: Reading, one: Neighbour) -> StepInWords:
    return StepInWords(
        str(LINK_TYPES.get(one.link_type, one.link_type)),
        one.strength,
        str(STRENGTHS[one.strength]),
        one.rationale,
        reading.thing(one.item),
    )
