"""Raising and reading topic versions; naming a topic to a browser so that it cannot ask for another."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.tokens import matches, sign
from app.database import db

from .models import LiveTopic

_TABLE: Any = LiveTopic.__table__
# Prepared once: every scan ends with it.
_RAISE = {
    name: insert(_TABLE).on_conflict_do_update(
        index_elements=["scope", "name"], set_={"version": _TABLE.c.version + 1}
    )
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


class Scope(Protocol):
    """An event, or whatever else has a public id."""

    public_id: str


def touch(scope: Scope, name: str) -> None:
    """Raise a topic's version in the current transaction, so pages that show it ask again."""
    values = {"scope": scope.public_id, "name": name, "version": 1}
    db.session.connection().execute(_RAISE[db.engine.dialect.name], values)


def version(scope: Scope, name: str) -> int:
    """The topic's version now; 0 when nothing ever happened."""
    return _version(scope.public_id, name)


def signed(scope: Scope, name: str) -> str:
    """A topic as a page carries it: ``<public id>.<name>.<signature>:<version the page shows>``.

    Ask for it before reading what the page shows: a change in between is then fetched again, not missed.
    """
    signature = sign("live", scope.public_id, name, length=16)
    return f"{scope.public_id}.{name}.{signature}:{_version(scope.public_id, name)}"


def versions(signed_names: list[str]) -> dict[str, int]:
    """The versions of validly signed topics, by the name without its version; forged ones are left out."""
    found = {}
    for topic in (name.partition(":")[0] for name in signed_names):
        scope, _, rest = topic.partition(".")
        name, _, signature = rest.rpartition(".")
        if matches(signature, "live", scope, name, length=16):
            found[topic] = _version(scope, name)
    return found


def _version(scope: str, name: str) -> int:
    query = select(LiveTopic.version).where(LiveTopic.scope == scope, LiveTopic.name == name)
    return db.session.scalar(query) or 0
