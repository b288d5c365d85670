"""Paper mode: a table's sheet typed in by somebody of the team, row by row, as quickly as it can be read.

A row is a need, the project that answers it, the issue it helps, how strongly, and because of what. An empty need
means the one above. Ids come from the row's own id, so that a form sent twice writes once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.text import clean_text
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Op

from ..models import PlanItem, PlanLink
from . import cards

ROWS = 10
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of the sheet; ``id`` is a UUID made with the form."""

    id: str
    need: str = ""
    project: str = ""
    issue: str = ""  # the public id of an issue
    strength: str = ""
    because: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not (self.need or self.project)


def rows_of(form: Mapping[str, str]) -> list[Row]:
    """The rows of the posted form; ``row/<n>/need`` and so on."""
    parts = ("need", "project", "issue", "strength", "because")
    found = []
    for number in range(ROWS):
        row_id = form.get(f"row/{number}/id", "")
        values = {part: clean_text(form.get(f"row/{number}/{part}", "")) for part in parts}
        found.append(Row(row_id if _is_uuid(row_id) else str(uuid.uuid4()), **values))
    return found


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


@dataclass
class _Sheet:
    """What the group has, by its words, and what the rows add to it."""

    ids: dict[tuple[str, str], str] = field(default_factory=dict)  # (kind, title) -> public id
    joined: set[tuple[str, str]] = field(default_factory=set)

    def card(self, row: Row, kind: str, title: str) -> Iterator[Op]:
        if (kind, title) in self.ids:
            return
        self.ids[kind, title] = _id(row, kind)
        yield _op(row, f"{kind}-op", "item", _id(row, kind), {"kind": kind, "title": title})

    def link(self, row: Row, name: str, source: str, target: str, said: Fields) -> Iterator[Op]:
        if (source, target) in self.joined:
            return
        self.joined.add((source, target))
        yield _op(row, f"{name}-op", "link", _id(row, name), {"source": source, "target": target, **said})


def ops_for(exercise: Exercise, submission: Submission, rows: Sequence[Row]) -> list[Op]:
    """The ops that write the rows; cards with the same words and links that are there are not made again."""
    sheet, above = _sheet_of(exercise, submission), ""
    ops: list[Op] = []
    for row in rows:
        if row.is_empty:
            continue
        need = row.need or above
        above = need
        if need:
            ops += sheet.card(row, "need", need)
        if not row.project:
            continue
        ops += sheet.card(row, "project", row.project)
        project = sheet.ids["project", row.project]
        if need:
            ops += sheet.link(row, "answer", sheet.ids["need", need], project, {})
        if row.issue:
            said = {"strength": row.strength or None, "rationale": row.because or None}
            ops += sheet.link(row, "issue", project, row.issue, {n: v for n, v in said.items() if v})
    return ops


def _sheet_of(exercise: Exercise, submission: Submission) -> _Sheet:
    sheet = _Sheet()
    for item in cards.cards_of_group(exercise, submission, "item"):
        if isinstance(item, PlanItem) and item.submission_id == submission.id and item.deleted_at is None:
            sheet.ids.setdefault((item.kind, item.shown_title), item.public_id)
    for link in cards.cards_of_group(exercise, submission, "link"):
        if isinstance(link, PlanLink) and link.deleted_at is None:
            sheet.joined.add((link.source.public_id, link.target.public_id))
    return sheet


def _id(row: Row, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(row.id), name))


def _op(row: Row, name: str, entity: str, card_id: str, fields: Fields) -> Op:
    return Op(_id(row, name), entity, card_id, "create", fields=fields)
