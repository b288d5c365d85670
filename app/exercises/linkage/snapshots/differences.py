"""What changed between two versions of a plan. Pure: two documents in, their differences out.

Items and links are the same when their id is; the order of rows means nothing. Two versions without a difference
are equal in everything else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exercises.linkage.rules import title_of

Part = Mapping[str, Any]

# Keys that are lists of things with a name of their own, and what names each.
_ROWS = {"indicators": "name", "evidence": "title", "partners": "name"}
_NAMED_ELSEWHERE = ("items", "links")


@dataclass(frozen=True)
class Field:
    """One value before and after; None where there was or is none. ``part`` names the row of a list."""

    name: str
    before: Any
    after: Any
    part: str = ""


@dataclass(frozen=True)
class Changed:
    """An item or a link that is in both versions and not the same."""

    before: Part
    after: Part
    fields: list[Field]


@dataclass(frozen=True)
class Moves:
    """What came, went and changed, by id in order."""

    added: list[Part] = field(default_factory=list)
    removed: list[Part] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    @property
    def count(self) -> int:
        """All of them together."""
        return len(self.added) + len(self.removed) + len(self.changed)


@dataclass(frozen=True)
class Difference:
    """Everything that differs; ``others`` names the other parts of the document that are not the same."""

    items: Moves
    links: Moves
    others: list[str]
    titles: Mapping[str, str]  # of items of either version, by id

    @property
    def is_empty(self) -> bool:
        """Whether the two versions mean the same."""
        return not (self.items.count or self.links.count or self.others)


def difference(old: Part, new: Part) -> Difference:
    """What became of the old version."""
    titles = {item["id"]: title_of(item) for document in (old, new) for item in document["items"]}
    names = sorted((set(old) | set(new)) - set(_NAMED_ELSEWHERE))
    return Difference(
        items=_moves(old["items"], new["items"]),
        links=_moves(old["links"], new["links"]),
        others=[name for name in names if _of_plan(name, old.get(name)) != _of_plan(name, new.get(name))],
        titles=titles,
    )


def _of_plan(name: str, value: Any) -> Any:
    """What of a part is the plan's: how many people sit at a table is the room's, and they move about."""
    if name == "groups":
        value = [{key: one for key, one in group.items() if key != "size"} for group in value or ()]
    return _bare(value)


def _moves(old: Sequence[Part], new: Sequence[Part]) -> Moves:
    before = {part["id"]: part for part in old}
    after = {part["id"]: part for part in new}
    both = sorted(before.keys() & after.keys())
    changed = [(before[i], after[i], fields_changed(before[i], after[i])) for i in both]
    return Moves(
        added=[after[i] for i in sorted(after.keys() - before.keys())],
        removed=[before[i] for i in sorted(before.keys() - after.keys())],
        changed=[Changed(one, other, fields) for one, other, fields in changed if fields],
    )


def fields_changed(old: Part, new: Part) -> list[Field]:
    """The values of one item or link that are not the same; rows of lists by the name they bear."""
    found: list[Field] = []
    for name in sorted(set(old) | set(new)):
        before, after = old.get(name), new.get(name)
        if _bare(before) == _bare(after):
            continue
        found += _rows_changed(name, before, after) if name in _ROWS else [Field(name, before, after)]
    return found


def _rows_changed(name: str, before: Any, after: Any) -> list[Field]:
    """Changes row by row where every row has a name of its own; else the list as a whole."""
    key = _ROWS[name]
    old, new = _by_name(before, key), _by_name(after, key)
    if old is None or new is None:
        return [Field(name, before, after)]
    found = []
    for row in sorted(old.keys() | new.keys()):
        one, other = old.get(row), new.get(row)
        if one is None or other is None:
            found.append(Field(name, one, other, row))
        else:
            found += [
                Field(f"{name}.{part}", one.get(part), other.get(part), row)
                for part in sorted(set(one) | set(other))
                if _bare(one.get(part)) != _bare(other.get(part))
            ]
    return found


def _by_name(rows: Any, key: str) -> dict[str, Part] | None:
    """Rows by their name; None when one has none or two share one."""
    named = {row.get(key): row for row in rows or ()}
    return None if None in named or len(named) < len(rows or ()) else named


def _bare(value: Any) -> Any:
    """A value without what means nothing: the order of rows, empty lists, nulls."""
    if isinstance(value, Mapping):
        kept = {key: _bare(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, [], {}, "")}
    if isinstance(value, list):
        return sorted((_bare(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return None if value in ("", {}) else value
