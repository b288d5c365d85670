"""Items and links as cards: what sync.py asks of them, and how a phone sees one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.exercises.models import Submission

from ..models import PlanItem
from .allowing import check, check_restored
from .fields import Card, fields_of, read_field, write_field
from .finding import ENTITIES, cards_of_group, find, is_taken
from .making import create

# The module as a whole is what sync.py takes for its Cards.
__all__ = [
    "ENTITIES",
    "all_as_json",
    "as_json",
    "cards_of_group",
    "check",
    "check_restored",
    "create",
    "fields_of",
    "find",
    "is_taken",
    "read_field",
    "write_field",
]


def as_json(card: Card, submission: Submission) -> dict[str, Any]:
    """A card for a group's phone; what it has nothing of is left out."""
    found: dict[str, Any] = {
        "id": card.public_id,
        "entity": "item" if isinstance(card, PlanItem) else "link",
        "code": card.code,
        "rev": card.rev,
        "status": card.status,
        "deleted": card.deleted_at is not None,
        "own": card.submission_id == submission.id,
        "fields": fields_of(card),
    }
    if isinstance(card, PlanItem):
        found |= {"kind": card.kind, "level": card.level, "reference": card.is_reference}
        found["fields"].setdefault("title", card.shown_title)
    else:
        found |= {"source": card.source.public_id, "target": card.target.public_id}
        found |= {"source_title": card.source.shown_title, "target_title": card.target.shown_title}
        found["deleted"] = found["deleted"] or any(
            end.deleted_at is not None for end in (card.source, card.target)
        )
    return found


def all_as_json(cards: Iterable[Card], submission: Submission) -> list[dict[str, Any]]:
    """Several cards for a group's phone."""
    return [as_json(card, submission) for card in cards]
