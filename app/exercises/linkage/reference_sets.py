"""The shipped lists of higher plans, versioned by date: an event uses what was in force on its day.

They are copied into an exercise when it opens, so that a later correction never changes an old event.
A province's own issues are never shipped; the organiser writes them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class ReferenceItem:
    """One issue, strategy or goal of a reference list."""

    code: str
    title_th: str
    title_en: str


@dataclass(frozen=True)
class ReferenceSet:
    """A list of a higher plan; `level` is None when its items stand on no level of the plans (SDGs)."""

    code: str
    title_th: str
    plan_level: int | None
    level: str | None
    kind: str
    valid_from: date | None
    valid_to: date | None
    valid_note_th: str
    source: str
    items: tuple[ReferenceItem, ...]

    def in_force(self, day: date) -> bool:
        """Whether the list holds on the day; an unknown bound is no bound."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def reference_sets(day: date | None = None) -> list[ReferenceSet]:
    """All shipped lists by code, or those in force on a day."""
    return [found for found in _all() if day is None or found.in_force(day)]


def reference_set(code: str) -> ReferenceSet:
    """The list with this code; KeyError when none has it."""
    return {found.code: found for found in _all()}[code]


@cache
def _all() -> tuple[ReferenceSet, ...]:
    return tuple(_read(json.loads(path.read_text("utf-8"))) for path in sorted(_FOLDER.glob("*.json")))


def _read(raw: dict[str, Any]) -> ReferenceSet:
    return ReferenceSet(
        code=raw["code"],
        title_th=raw["title_th"],
        plan_level=raw["plan_level"],
        level=raw["level"],
        kind=raw["kind"],
        valid_from=_day(raw["valid_from"]),
        valid_to=_day(raw["valid_to"]),
        valid_note_th=raw["valid_note_th"],
        source=raw["source"],
        items=tuple(ReferenceItem(i["code"], i["title_th"], i["title_en"]) for i in raw["items"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
