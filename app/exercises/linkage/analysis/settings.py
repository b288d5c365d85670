"""The settings of a linkage exercise, each with the value used when a file leaves it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

# Levels that the definitions themselves name; everything else comes from the file.
GOAL_LEVEL = "DIS"
NATIONAL_LEVEL = "NAT1"

UPWARD_LINK_TYPES = ("answered_by", "included_in", "escalated_to", "supports", "part_of")


Exact = int | Fraction


def exact(number: int | float) -> Exact:
    """A number of the file as the decimal it was written as: an int stays one, 0.1 is one tenth."""
    return number if isinstance(number, int) else Fraction(str(number))


@dataclass(frozen=True)
class Criterion:
    """One screening criterion and its weight."""

    code: str
    weight: Exact = 1


@dataclass(frozen=True)
class Screening:
    """How scores become bands; scores run from 0 to `scale_max`, bands are per cent."""

    scale_max: Exact = 3
    pass_from: Exact = 70
    revise_from: Exact = 50
    discuss_range: Exact = 2
    criteria: tuple[Criterion, ...] = tuple(Criterion(f"C{n}") for n in range(1, 6))


@dataclass(frozen=True)
class Settings:
    """What an exercise decides for itself about its levels, links, money and thresholds."""

    anchor_level: str = "PRO"
    anchor_kinds: frozenset[str] = frozenset({"issue", "goal"})
    root_level: str = "VIL"
    upward_link_types: frozenset[str] = frozenset(UPWARD_LINK_TYPES)
    budget_kinds: frozenset[str] = frozenset({"project"})
    not_counted_if_out_link: frozenset[str] = frozenset({"escalated_to", "included_in"})
    levels_in_use: tuple[str, ...] = ()
    strict_levels: tuple[str, ...] = ("LOC", "DIS")
    max_data_age_years: Exact = 3
    flag_from: float = 0.5
    watch_from: float = 0.35
    screening: Screening = field(default_factory=Screening)


def read_settings(raw: Mapping[str, Any]) -> Settings:
    """Settings of a document's `settings` object; what it leaves out keeps its default."""
    plain: dict[str, Any] = {}
    for name in ("anchor_level", "root_level"):
        if raw.get(name) is not None:
            plain[name] = raw[name]
    for name in ("anchor_kinds", "upward_link_types", "budget_kinds"):
        if raw.get(name) is not None:
            plain[name] = frozenset(raw[name])
    for name in ("levels_in_use", "strict_levels"):
        if raw.get(name) is not None:
            plain[name] = tuple(raw[name])
    if raw.get("budget_not_counted_if_out_link") is not None:
        plain["not_counted_if_out_link"] = frozenset(raw["budget_not_counted_if_out_link"])
    if raw.get("max_data_age_years") is not None:
        plain["max_data_age_years"] = exact(raw["max_data_age_years"])
    similarity = raw.get("similarity") or {}
    if similarity.get("flag") is not None:
        plain["flag_from"] = float(similarity["flag"])
    if similarity.get("watch") is not None:
        plain["watch_from"] = float(similarity["watch"])
    return Settings(**plain, screening=_read_screening(raw.get("screening") or {}))


def _read_screening(raw: Mapping[str, Any]) -> Screening:
    names = {"scale_max": "scale_max", "pass": "pass_from", "revise": "revise_from"}
    names["discuss_range"] = "discuss_range"
    plain: dict[str, Any] = {to: exact(raw[name]) for name, to in names.items() if raw.get(name) is not None}
    if raw.get("criteria") is not None:
        plain["criteria"] = tuple(
            Criterion(c["code"], exact(1 if c.get("weight") is None else c["weight"])) for c in raw["criteria"]
        )
    return Screening(**plain)
