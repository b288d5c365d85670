"""Writing the audit trail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from app.database import Model, db

from .models import AuditEntry

# Written at once, not kept as an object until the commit: nothing in a request looks at it again.
_WRITE: Any = insert(AuditEntry.__table__)  # type: ignore[arg-type]


def record(actor: object, event: Model | None, action: str, subject: Model | None = None, **facts: Any) -> None:
    """Note an act in the current transaction. ``actor`` is a model or a word such as "command"."""
    entry = {
        "event_id": event.id if event is not None else None,  # type: ignore[attr-defined]
        "actor": name_of(actor),
        "action": action,
        "subject": name_of(subject) if subject is not None else None,
        "facts": facts,
    }
    db.session.connection().execute(_WRITE, entry)


def name_of(thing: object) -> str:
    """Who or what a thing is, as the trail writes it: "user:7"."""
    if isinstance(thing, Model):
        return f"{type(thing).__name__.lower()}:{thing.id}"  # type: ignore[attr-defined]
    get_current = getattr(thing, "_get_current_object", None)
    return name_of(get_current()) if get_current else str(thing)
