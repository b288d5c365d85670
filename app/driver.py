"""Speaking to the database's driver itself, beside the session: for what comes hundreds of times a second.

The connections are the pool's own. Between two uses they stay at hand here, because taking one and giving it back
costs as much as a statement.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.pool import PoolProxiedConnection

from app.core.errors import DatabaseBusy
from app.database import db, is_quiet, release_write_lock, take_write_lock

_at_hand: WeakKeyDictionary[Engine, deque[PoolProxiedConnection]] = WeakKeyDictionary()


@contextmanager
def driver_transaction() -> Iterator[Any]:
    """A writing transaction on the driver's own connection, for statements of prepared.py.

    On SQLite it is begun. PostgreSQL waits for a BEGIN that goes over the line with the first statement.
    Only where the session of this request has begun nothing (``session_is_idle``): it would wait for itself.
    """
    engine = db.engine
    pooled = _take(engine)
    connection: Any = pooled.driver_connection
    info = pooled.info
    is_sqlite = engine.dialect.name == "sqlite"
    try:
        if is_sqlite:
            take_write_lock(info)
            connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    except engine.dialect.loaded_dbapi.OperationalError as error:  # type: ignore[attr-defined]
        release_write_lock(info)
        pooled.invalidate()
        raise DatabaseBusy from error
    except BaseException:
        release_write_lock(info)
        if not is_sqlite:
            connection.autocommit = False  # as the session expects it
        pooled.close()
        raise
    release_write_lock(info)
    _at_hand[engine].append(pooled)


def session_is_idle() -> bool:
    """Whether this request has begun nothing through the session."""
    return not db.session.registry.has() or not db.session().in_transaction()


def _take(engine: Engine) -> PoolProxiedConnection:
    idle = _at_hand.get(engine)
    if idle is None:
        idle = _at_hand[engine] = deque()
        event.listen(engine, "engine_disposed", _let_go)
    while idle:
        try:
            pooled = idle.pop()
        except IndexError:  # another thread was first
            break
        if engine.dialect.name == "sqlite" or is_quiet(pooled.driver_connection):
            return pooled
        pooled.invalidate()
    fresh = engine.raw_connection()
    if engine.dialect.name != "sqlite":
        driver: Any = fresh.driver_connection
        driver.autocommit = True
    return fresh


def _let_go(engine: Engine) -> None:
    idle = _at_hand[engine]
    while idle:
        idle.pop().invalidate()
