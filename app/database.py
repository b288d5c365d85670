"""The database: how it is opened, who may write when, and the one commit of a request.

SQLite runs with the driver's own transactions off; writers ``BEGIN IMMEDIATE`` behind one process-wide lock,
readers ``BEGIN``. Without this the first savepoint really commits and a storm of scans ends in "locked".
"""

from __future__ import annotations

import select
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Flask, Response, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, TypeDecorator, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase

from app.core.errors import DatabaseBusy, error_page

BUSY_TIMEOUT_MS = 5000
View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """The base of every table, with constraint names that migrations can rely on."""

    metadata = MetaData(naming_convention=_NAMES)


db = SQLAlchemy(model_class=Model, session_options={"expire_on_commit": False})

# Whether transactions begun from here on may write. Commands and tests may; a GET may not.
_writing: ContextVar[bool] = ContextVar("writing", default=True)
_write_lock = threading.Lock()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC. SQLite drops the zone; this type puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Extensions(dict[str, Any]):
    """Flask's extensions; migrations are set up when somebody asks for them, as commands do and a server never."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.extensions)
        self._app = app

    def __missing__(self, name: str) -> Any:
        if name != "migrate":
            raise KeyError(name)
        from flask_migrate import Migrate

        Migrate(self._app, db, render_as_batch=True, compare_type=True)  # writes itself down here
        return self[name]


def init_database(app: Flask) -> None:
    """Connect the database and the once-a-request commit. First of all extensions, so its hook runs last."""
    db.init_app(app)
    app.extensions = _Extensions(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
        else:
            _ping_by_listening(db.engine)

    @app.before_request
    def choose_mode() -> None:
        view = app.view_functions.get(request.endpoint or "")
        _writing.set(request.method not in SAFE_METHODS and not getattr(view, "looks_first", False))

    @app.after_request
    def finish(response: Response) -> Response:
        return _finish(response)

    @app.teardown_request
    def forget_mode(_error: BaseException | None) -> None:
        _writing.set(True)


def _finish(response: Response) -> Response:
    """Commit before the answer leaves, or roll back when it is a refusal or the method is safe."""
    if not db.session.registry.has():
        return response  # nothing was asked of the database, or not through the session
    if request.method in SAFE_METHODS or response.status_code >= 400:
        db.session.rollback()
        return response
    try:
        db.session.commit()
    except (OperationalError, DatabaseBusy):
        db.session.rollback()
        from flask import make_response  # the response class is only needed on this rare road

        refusal = make_response(error_page(503))
        refusal.headers["Retry-After"] = "2"
        return refusal
    return response


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of work for commands and the worker: commit at the end, roll back on an error."""
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Look without the write lock, inside a request that will write later; ends its own transaction."""
    db.session.rollback()
    token = _writing.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        _writing.reset(token)


def looks_first(view: View) -> View:
    """Mark a view that checks what was sent before it writes: it takes the lock only at ``begin_writing``.

    A search is one that never comes to it: it is posted only to keep names out of addresses.
    """
    view.looks_first = True  # type: ignore[attr-defined]
    return view


def may_write() -> bool:
    """Whether a transaction begun now may write: not in a GET, nor in a view that still looks."""
    return _writing.get()


def begin_writing() -> None:
    """From looking to writing, in a view marked ``looks_first``; what was loaded stays as it was read.

    Whatever the decision hangs on must be read again behind the lock.
    """
    db.session.commit()  # nothing was written; unlike a rollback it forgets no object
    _writing.set(True)


def release_lock() -> None:
    """End the transaction before slow work (parsing a file, hashing); objects load afresh when next touched."""
    db.session.rollback()


def on_rollback(function: Callable[[], None]) -> None:
    """Call ``function`` if the current transaction is undone: for what was done outside the database."""
    session = db.session()
    state = {"is_settled": False}

    def undone(_session: object) -> None:
        if not state["is_settled"]:
            state["is_settled"] = True
            function()

    def done(_session: object) -> None:
        state["is_settled"] = True

    event.listen(session, "after_rollback", undone, once=True)
    event.listen(session, "after_commit", done, once=True)


def on_commit(function: Callable[[], None]) -> None:
    """Call ``function`` once the current transaction is kept: for files that it made superfluous."""
    session = db.session()
    state = {"is_settled": False}

    def done(_session: object) -> None:
        if not state["is_settled"]:
            state["is_settled"] = True
            function()

    def undone(_session: object) -> None:
        state["is_settled"] = True

    event.listen(session, "after_commit", done, once=True)
    event.listen(session, "after_rollback", undone, once=True)


def is_quiet(connection: Any) -> bool:
    """Whether an idle connection to PostgreSQL has heard nothing: a server that goes away says so, or hangs up."""
    return not connection.closed and not select.select([connection.fileno()], [], [], 0)[0]


def _ping_by_listening(engine: Engine) -> None:
    """Ask a connection from the pool whether it lives only where something has come over it meanwhile."""
    ask = engine.dialect.do_ping
    engine.dialect.do_ping = lambda connection: is_quiet(connection) or ask(connection)  # type: ignore[method-assign, assignment]


def _prepare_sqlite(engine: Engine) -> None:
    """Set the pragmas on every connection and the BEGIN that fits the work."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        if not _writing.get():
            connection.exec_driver_sql("BEGIN")
            return
        take_write_lock(connection.info)
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            release_write_lock(connection.info)
            raise

    # The event "commit" comes before the statement: a writer let in there would find the file still locked, and
    # SQLite waits by sleeping. So after a commit the lock goes in the dialect itself.
    commit = engine.dialect.do_commit

    def do_commit(connection: Any) -> None:
        commit(connection)
        release_write_lock(connection.info)  # when the commit fails, a rollback follows

    engine.dialect.do_commit = do_commit  # type: ignore[assignment, method-assign]

    @event.listens_for(engine, "rollback")
    def on_undo(connection: Any) -> None:
        release_write_lock(connection.info)

    @event.listens_for(engine, "reset")
    def on_reset(_connection: Any, record: Any, _state: Any) -> None:
        release_write_lock(record.info)


def take_write_lock(info: dict[Any, Any]) -> None:
    """Wait until nobody else writes; the connection with this ``info`` holds the lock then."""
    if not _write_lock.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
        raise DatabaseBusy
    info["holds_write_lock"] = True


def release_write_lock(info: dict[Any, Any]) -> None:
    """Let the next writer in, if this connection holds the lock."""
    if info.pop("holds_write_lock", False):
        _write_lock.release()
