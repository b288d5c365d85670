"""Counting guesses, in transactions of their own: a refused request is rolled back, its count must stay.

A guess is taken before it is judged, by one atomic statement, so that a thousand at once count as a thousand;
a right one is given back. Never by network address: five hundred phones of one hall share one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core import clock
from app.database import db, release_lock, transaction

from .models import AttemptCount

WITHIN = timedelta(minutes=10)
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def take(limits: dict[str, int]) -> bool:
    """Count one guess in every scope; False when one of them (scope → most within ten minutes) is used up."""
    release_lock()
    allowed = True
    with transaction():
        for scope in sorted(limits):  # one order for all, so that two requests never wait for each other
            allowed = _count(scope) <= limits[scope] and allowed
    return allowed


def give_back(limits: dict[str, int]) -> None:
    """The guess was right: it does not count."""
    release_lock()
    with transaction():
        for scope in sorted(limits):
            less = update(AttemptCount).where(AttemptCount.scope == scope, AttemptCount.count > 0)
            db.session.execute(less.values(count=AttemptCount.count - 1))


def _count(scope: str) -> int:
    """Raise a scope's count, beginning anew when its time is over; returns the new count."""
    now = clock.now()
    is_over = AttemptCount.began_at <= now - WITHIN
    insert: Any = _INSERT[db.engine.dialect.name](AttemptCount).values(scope=scope, began_at=now, count=1)
    statement = insert.on_conflict_do_update(
        index_elements=["scope"],
        set_={
            "count": case((is_over, 1), else_=AttemptCount.count + 1),
            "began_at": case((is_over, now), else_=AttemptCount.began_at),
        },
    ).returning(AttemptCount.count)
    return int(db.session.execute(statement).scalar_one())
