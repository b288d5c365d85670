"""What a card said earlier, and which of a form's fields its writer really changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.database import db
from app.exercises.models import Change

from .fields import Card, Lines, fields_for, fields_of

Values = dict[str, Any]


def fields_at(card: Card, rev: int) -> Values:
    """The fields of a card as they were at a revision: today's, with what changed since put back."""
    values = dict(fields_of(card))
    query = (
        select(Change)
        .where(Change.entity_id == card.public_id, Change.rev > rev, Change.action == "update")
        .order_by(Change.seq.desc())
    )
    for change in db.session.scalars(query):
        values.update(change.before)
    return {name: value for name, value in values.items() if value not in (None, "", {}, False)}


def changed_fields(card: Card, rev: int, form: Mapping[str, str]) -> Values:
    """The fields of a posted form that differ from what its writer was shown.

    A line's parts come as ``budget/<line>/amount``. A box that is not ticked is not posted, so the form names its
    boxes in ``flags``.
    """
    shown = fields_at(card, rev)
    sent = _posted(card, form)
    return {name: value for name, value in sent.items() if not _same(value, shown.get(name))}


def _posted(card: Card, form: Mapping[str, str]) -> Values:
    sent: Values = {name: form.get(name) for name in form.get("flags", "").split() if name in fields_for(card)}
    for key, value in form.items():
        family, *rest = key.split("/")
        spec = fields_for(card).get(family)
        if isinstance(spec, Lines) and len(rest) == 2:
            sent.setdefault(f"{family}/{rest[0]}", {})[rest[1]] = value
        elif spec is not None and not isinstance(spec, Lines) and not rest:
            sent[key] = value
    return {
        name: (value if any(value.values()) else None) if isinstance(value, dict) else value
        for name, value in sent.items()
    }


def _same(sent: Any, shown: Any) -> bool:
    if isinstance(sent, dict):
        filled = {part: _as_typed(value) for part, value in sent.items() if value}
        return filled == {part: _as_typed(value) for part, value in (shown or {}).items()}
    return _as_typed(sent) == _as_typed(shown)


def _as_typed(value: Any) -> str:
    if value in (None, False, ""):
        return ""
    if value is True:
        return "1"
    return str(value).replace("\r\n", "\n").strip()


def shown_value(value: Any) -> str:
    """A field's value in words, for showing two of them beside each other."""
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values())
    return "" if value is None else str(value)
