"""Raising and reading topic versions; naming a topic to a browser so that it cannot ask for another."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.tokens import matches, sign
from app.database import db
from app.driver import ask
from app.prepared import Prepared

from .models import LiveTopic

_TABLE: Any = LiveTopic.__table__
# Prepared once: every scan ends with it.
RAISE = {
    name: insert(_TABLE).on_conflict_do_update(
        index_elements=["scope", "name"], set_={"version": _TABLE.c.version + 1}
    )
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_READ = select(_TABLE.c.version).where(_TABLE.c.scope == bindparam("scope"), _TABLE.c.name == bindparam("name"))
_prepared: dict[int, Prepared] = {}


class Scope(Protocol):
    """An event, or whatever else has a public id."""

    @property
    def public_id(self) -> str: ...


def touch(scope: Scope, *names: str) -> None:
    """Raise topics' versions in the current transaction, so pages that show them ask again."""
    values = [{"scope": scope.public_id, "name": name, "version": 1} for name in names]
    db.session.connection().execute(RAISE[db.engine.dialect.name], values)


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
    asked = {}
    for topic in (name.partition(":")[0] for name in signed_names):
        scope, _, rest = topic.partition(".")
        name, _, signature = rest.rpartition(".")
        if matches(signature, "live", scope, name, length=16):
            asked[topic] = (scope, name)
    known = _versions(list(asked.values()))
    return {topic: known.get(key, 0) for topic, key in asked.items()}


def _version(scope: str, name: str) -> int:
    values = {"scope": scope, "name": name}
    return db.session.connection().execute(_READ, values).scalar() or 0


def _versions(topics: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """One question for all topics of a page, past the session: hundreds of phones ask it every second or two."""
    if not topics:
        return {}
    values: dict[str, str] = {}
    for number, (scope, name) in enumerate(topics):
        values |= {f"scope{number}": scope, f"name{number}": name}
    return {(row.scope, row.name): row.version for row in ask(_question(len(topics)), values)}


def _question(topics: int) -> Prepared:
    """The statement for so many topics."""
    known = _prepared.get(topics)
    if known is None:
        places = (
            and_(_TABLE.c.scope == bindparam(f"scope{number}"), _TABLE.c.name == bindparam(f"name{number}"))
            for number in range(topics)
        )
        query = select(_TABLE.c.scope, _TABLE.c.name, _TABLE.c.version).where(or_(*places))
        known = _prepared[topics] = Prepared(query)
    return known
