"""Speaking to the database's driver itself, beside the session: for what comes hundreds of times a second.

The connections are the pool's own. Between two uses they stay at hand here, because taking one and giving it back
costs as much as a statement.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.pool import PoolProxiedConnection

from app.core.errors import DatabaseBusy
from app.database import db, is_quiet, release_write_lock, take_write_lock
from app.prepared import Prepared, Written

_asking = BoundedSemaphore(4)  # each holds a connection for a moment; hundreds of threads may want to ask
_at_hand: WeakKeyDictionary[Engine, deque[PoolProxiedConnection]] = WeakKeyDictionary()


@contextmanager
def driver_transaction() -> Iterator[Any]:
    """A writing transaction on the driver's own connection, for statements of prepared.py.

    On SQLite it is begun and committed. PostgreSQL waits for a BEGIN and a COMMIT that go over the line with the
    first statement and the last. Only where the session of this request has begun nothing (``session_is_idle``):
    it would wait for itself.
    """
    engine = db.engine
    pooled = _take(engine)
    connection: Any = pooled.driver_connection
    info, is_sqlite = pooled.info, engine.dialect.name == "sqlite"
    try:
        if is_sqlite:
            take_write_lock(info)
            connection.execute("BEGIN IMMEDIATE")
        yield connection
        if is_sqlite:
            connection.commit()
    except BaseException as error:
        pooled.invalidate()  # closed, so whatever was begun is undone
        release_write_lock(info)
        if isinstance(error, engine.dialect.loaded_dbapi.OperationalError):  # type: ignore[attr-defined]
            raise DatabaseBusy from error
        raise
    release_write_lock(info)
    _at_hand[engine].append(pooled)


def ask(prepared: Prepared, values: dict[str, Any]) -> list[Any]:
    """The rows of one question on the driver's own connection: what is committed now, outside any transaction."""
    engine = db.engine
    written = prepared.on(engine.dialect)
    with _asking:
        return _ask(engine, written, values)


def _ask(engine: Engine, written: Written, values: dict[str, Any]) -> list[Any]:
    pooled = _take(engine)
    connection: Any = pooled.driver_connection
    try:
        rows = [written.row(raw) for raw in connection.execute(written.text, written.values(values)).fetchall()]
    except engine.dialect.loaded_dbapi.OperationalError as error:  # type: ignore[attr-defined]
        pooled.invalidate()
        raise DatabaseBusy from error
    except BaseException:
        pooled.invalidate()
        raise
    _at_hand[engine].append(pooled)
    return rows


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
