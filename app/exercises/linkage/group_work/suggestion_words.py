"""Suggestions as the scribe reads them: what would become of which card, old and new beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import db
from app.exercises.models import Exercise, Suggestion
from app.exercises.ops import Author
from app.exercises.suggesting import as_op

from ..models import PlanItem, PlanLink
from ..vocabulary import FIELD_NAMES, KINDS, LEVELS, SECTORS, STRENGTH_WORDS
from .fields import fields_of
from .past import shown_value

Part = dict[str, Any]

_ROWS = ("areas", "chains", "partners", "budget", "indicators", "evidence")
_UNSHOWN = ("kind", "listed", "source", "target", "title", "type")


def shown_suggestions(exercise: Exercise, suggestions: Sequence[Suggestion], author: Author) -> list[Part]:
    """Each suggestion with its heading and its lines; a link that waits for a suggested card stands under it."""
    if not suggestions:
        return []
    known = _Known.of(exercise, suggestions)
    return [_shown(known, suggestion, author) for suggestion in suggestions]


class _Known:
    """The cards that suggestions speak of, and the titles of cards that are only suggested."""

    def __init__(self, items: dict[str, PlanItem], links: dict[str, PlanLink], suggested: dict[str, str]) -> None:
        self.items, self.links, self.suggested = items, links, suggested

    @classmethod
    def of(cls, exercise: Exercise, suggestions: Sequence[Suggestion]) -> _Known:
        links = _links(exercise, {one.entity_id for one in suggestions if one.entity == "link"})
        ids = {one.entity_id for one in suggestions}
        ids |= {str(one.fields.get(end)) for one in suggestions for end in ("source", "target")}
        new = {
            one.entity_id: str(one.fields.get("title") or "")
            for one in suggestions
            if one.entity == "item" and one.action == "create"
        }
        return cls(_items(exercise, ids), links, new)

    def title(self, public_id: Any) -> str:
        """A card's words, or those that somebody suggests for it."""
        item = self.items.get(str(public_id))
        return item.shown_title if item is not None else self.suggested.get(str(public_id), "")

    def is_waiting(self, public_id: Any) -> bool:
        """Whether a card is only suggested."""
        return str(public_id) not in self.items and str(public_id) in self.suggested


def _items(exercise: Exercise, ids: set[str]) -> dict[str, PlanItem]:
    query = (
        select(PlanItem)
        .where(PlanItem.exercise_id == exercise.id, PlanItem.public_id.in_(ids))
        .options(*(selectinload(getattr(PlanItem, name)) for name in _ROWS))
    )
    return {item.public_id: item for item in db.session.scalars(query)}


def _links(exercise: Exercise, ids: set[str]) -> dict[str, PlanLink]:
    query = (
        select(PlanLink)
        .where(PlanLink.exercise_id == exercise.id, PlanLink.public_id.in_(ids))
        .options(selectinload(PlanLink.source), selectinload(PlanLink.target), selectinload(PlanLink.evidence))
    )
    return {link.public_id: link for link in db.session.scalars(query)}


def _shown(known: _Known, suggestion: Suggestion, author: Author) -> Part:
    fields = suggestion.fields
    waits = suggestion.entity == "link" and any(known.is_waiting(fields.get(end)) for end in ("source", "target"))
    person = suggestion.registrant
    return {
        **as_op(suggestion),
        "mine": author.registrant is not None and suggestion.registrant_id == author.registrant.id,
        "name": person.full_name if person is not None else "",
        "heading": _heading(known, suggestion),
        "lines": _lines(known, suggestion),
        "waits": waits,
    }


def _heading(known: _Known, suggestion: Suggestion) -> str:
    if suggestion.entity == "link":
        ends = _ends(known, suggestion)
        words = {"create": _("เชื่อม"), "update": _("แก้ข้อเชื่อม"), "delete": _("ลบข้อเชื่อม")}
        return f"{words[suggestion.action]} {ends}"
    item = known.items.get(suggestion.entity_id)
    if suggestion.action == "create" and item is None:
        kind = str(KINDS.get(str(suggestion.fields.get("kind")), ""))
        return _("เพิ่ม%(kind)s: %(title)s", kind=kind, title=known.title(suggestion.entity_id))
    words = {"delete": _("ลบ"), "update": _("แก้"), "create": _("แก้")}
    code = item.code if item is not None else ""
    return f"{words[suggestion.action]} {code} {known.title(suggestion.entity_id)}"


def _ends(known: _Known, suggestion: Suggestion) -> str:
    link = known.links.get(suggestion.entity_id)
    if link is not None:
        return f"{link.source.shown_title} → {link.target.shown_title}"
    return " → ".join(known.title(suggestion.fields.get(end)) for end in ("source", "target"))


def _lines(known: _Known, suggestion: Suggestion) -> list[Part]:
    if suggestion.action == "delete":
        return []
    card = (known.items if suggestion.entity == "item" else known.links).get(suggestion.entity_id)
    now = fields_of(card) if card is not None else {}
    is_new = card is None
    return [
        {
            "label": str(FIELD_NAMES.get(name.partition("/")[0], name)),
            "old": _said(name, now.get(name)),
            "new": _said(name, value),
        }
        for name, value in suggestion.fields.items()
        if not (name in _UNSHOWN and (is_new or name != "title"))
    ]


def _said(name: str, value: Any) -> str:
    known: dict[str, dict[Any, Any]] = {"strength": STRENGTH_WORDS, "level": LEVELS, "lead_sector": SECTORS}
    words = known.get(name, {})
    if value is True:
        return _("ใช่")
    return str(words[value]) if value in words else shown_value(value)
