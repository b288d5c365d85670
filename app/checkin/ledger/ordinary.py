"""The ordinary scan at one go: one phone, one badge or chosen name, an enter or exit at one of its points.

Hundreds come in a hall at once, so they are recorded by the driver itself (see prepared.py): one statement sees
the phone, the check-point and the person, one writes the row. The rules are the ledger's own, and so are the rows
and the answers. Whatever is not ordinary (a foreign or revoked code, a batch, an undo, somebody typed in, a phone
that has something to say about itself) is answered None with nothing written, and takes the longer road.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select

from app.core import clock
from app.core.ids import is_public_id
from app.core.tokens import token_hash
from app.database import UtcDateTime, db
from app.driver import driver_transaction, session_is_idle
from app.events.models import Event
from app.live import topics
from app.live.models import LiveTopic
from app.prepared import Prepared

from ..devices.doors import Door, EventFacts
from ..door import glancing, people
from ..door.codes import ticket_in
from ..models import Device, Scan
from . import attendance
from . import deciding as ledger
from .deciding import Entry
from .sent import attempt_at, text

_ACTIONS = ("", "enter", "exit")
_TYPED = ("walk_in", "stand_in")

HasNews = Callable[[Door], bool]
"""Whether the phone has something to say about itself: it was not heard of for a while, it holds more scans."""


class _NotOrdinary(Exception):
    """Undoes the little that was begun."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the look is told; ``is_chosen`` where the person was picked by name."""

    values: dict[str, Any]
    is_chosen: bool


def record(token: str, sent: object, has_news: HasNews) -> str | None:
    """The stored answer to what the phone that holds the token sent; None where the longer road must look."""
    if not token or not isinstance(sent, dict) or not session_is_idle():
        return None
    look = _look(token, sent)
    if look is None:
        return None
    road = _on_sqlite if db.engine.dialect.name == "sqlite" else _on_postgres
    try:
        with driver_transaction() as connection:
            return road(connection, look, sent, has_news)
    except _NotOrdinary:
        return None


def _look(token: str, sent: dict[str, Any]) -> _Look | None:
    client_uuid, who, point = text(sent.get("client_uuid")), sent.get("who"), sent.get("check_point")
    is_plain = text(sent.get("action")) in _ACTIONS and not any(isinstance(sent.get(key), dict) for key in _TYPED)
    if not (is_plain and ledger.is_client_uuid(client_uuid) and is_public_id(point)):
        return None
    is_chosen = is_public_id(who)
    named = who if is_chosen else ticket_in(text(sent.get("code")))
    if not named:
        return None
    asker = {"hash": token_hash(token), "now": clock.now()}
    return _Look({**asker, "client_uuid": client_uuid, "point": point, "who": named}, is_chosen)


# -- the statements --------------------------------------------------------------------------------------------

_device, _event, _record, _topic = Device.__table__, Event.__table__, people.RECORD, LiveTopic.__table__
_PHONE = (
    (_device.c.token_hash == bindparam("hash"))
    & _device.c.revoked_at.is_(None)
    & (_device.c.expires_at > bindparam("now", type_=UtcDateTime))
)
_START = _record.join(_device, _device.c.event_id == _record.c.event_id).join(
    _event, _event.c.id == _device.c.event_id
)
_LOOK = (
    glancing.query(_START, _device.c.event_id)
    .add_columns(
        *(_device.c[name].label(f"door_{name}") for name in ("id", "name", "last_seen_at", "waiting")),
        *(_event.c[name].label(f"meeting_{name}") for name in ("id", "public_id", "first_day", "created_at")),
    )
    .where(_PHONE)
)
_BY = {False: _record.c.ticket_code == bindparam("who"), True: _record.c.public_id == bindparam("who")}
_SEE = {by: Prepared(_LOOK.where(condition)) for by, condition in _BY.items()}
# PostgreSQL: the lock stands before the look, which then knows of whatever it waited for (see people.lock).
_HOLD = {
    by: Prepared(
        select(_record.c.id)
        .where(condition, _record.c.event_id == select(_device.c.event_id).where(_PHONE).scalar_subquery())
        .with_for_update(key_share=True)
    )
    for by, condition in _BY.items()
}
_STANDING = Prepared(attendance.OF_PERSON)
_ROW = {
    column.name: bindparam(column.name, type_=column.type)
    for column in Scan.__table__.columns
    if not column.primary_key
}
_WRITE = {name: Prepared(insert.values(_ROW)) for name, insert in ledger.INSERT.items()}
_RAISE = Prepared(topics.RAISE["sqlite"])
# PostgreSQL: the row and the topic in one statement.
_raised = topics.RAISE["postgresql"].values(scope=bindparam("scope"), name="checkin", version=1)
_WRITE_AND_RAISE = Prepared(
    select(ledger.INSERT["postgresql"].values(_ROW).cte("written").c.id).add_cte(
        _raised.returning(_topic.c.version).cte("raised")
    )
)

_LINE = {
    "hold_badge": _HOLD[False],
    "hold_chosen": _HOLD[True],
    "see_badge": _SEE[False],
    "see_chosen": _SEE[True],
    "standing": _STANDING,
    "write": _WRITE["postgresql"],
    "write_and_raise": _WRITE_AND_RAISE,
}
_told: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


# -- the two roads ---------------------------------------------------------------------------------------------


def _on_sqlite(connection: Any, look: _Look, sent: dict[str, Any], has_news: HasNews) -> str:
    """Behind the write lock, where nobody else writes meanwhile."""

    def ask(prepared: Prepared, values: dict[str, Any]) -> list[Any]:
        written = prepared.on(db.engine.dialect)
        return [written.row(raw) for raw in connection.execute(written.text, written.values(values)).fetchall()]

    row: Any = next(iter(ask(_SEE[look.is_chosen], look.values)), None)
    door = _ordinary_door(row, has_news)
    if row.stored is not None:
        return str(row.stored)
    entry = _entry(row, door, look, sent, lambda values: ask(_STANDING, values))
    if not ask(_WRITE["sqlite"], entry.values):
        raise _NotOrdinary
    if entry.moves_figures:
        ask(_RAISE, {"scope": door.event.public_id, "name": "checkin", "version": 1})
    return entry.answer


def _on_postgres(connection: Any, look: _Look, sent: dict[str, Any], has_news: HasNews) -> str:
    """In two pieces: the lock and the look, the row and its commit; each goes over the line at once.

    Each statement of a piece has its own view of the database, so the look knows of what the lock waited for.
    """
    from psycopg import ClientCursor

    run = _prepared_on(connection)
    cursor = ClientCursor(connection)

    def send(before: str, names: tuple[str, ...], after: str, values: dict[str, Any]) -> Any:
        written = _LINE[names[-1]].on(db.engine.dialect)
        cursor.execute(f"{before}{';'.join(run[name] for name in names)}{after}", written.values(values))
        return written

    by = "chosen" if look.is_chosen else "badge"
    written = send("BEGIN;", (f"hold_{by}", f"see_{by}"), "", look.values)
    cursor.nextset()
    cursor.nextset()
    row = written.row(cursor.fetchone())
    door = _ordinary_door(row, has_news)
    if row.stored is not None:
        return str(row.stored)

    def standing(values: dict[str, Any]) -> list[Any]:
        written = send("", ("standing",), "", values)
        return [written.row(raw) for raw in cursor.fetchall()]

    entry = _entry(row, door, look, sent, standing)
    name = "write_and_raise" if entry.moves_figures else "write"
    send("", (name,), ";COMMIT", {**entry.values, "scope": door.event.public_id})
    if cursor.fetchone() is None:  # another process was first with this very request; its answer is stored
        raise _NotOrdinary
    return entry.answer


def _prepared_on(connection: Any) -> dict[str, str]:
    """What runs each statement on a connection; the first time the server is told them all."""
    run = _told.get(connection)
    if run is None:
        pieces = {name: one.on(db.engine.dialect).to_prepare(name) for name, one in _LINE.items()}
        for prepare, _execute in pieces.values():
            connection.execute(prepare)
        run = _told[connection] = {name: execute for name, (_prepare, execute) in pieces.items()}
    return run


def _ordinary_door(row: Any, has_news: HasNews) -> Door:
    if row is None:
        raise _NotOrdinary
    event = EventFacts(row.meeting_id, row.meeting_public_id, row.meeting_first_day, row.meeting_created_at)
    door = Door(row.door_id, row.door_name, row.door_last_seen_at, row.door_waiting, event)
    if has_news(door):
        raise _NotOrdinary
    return door


def _entry(
    row: Any, door: Door, look: _Look, sent: dict[str, Any], standing: Callable[[dict[str, Any]], list[Any]]
) -> Entry:
    rows = standing({"check_point": row.point_id, "root": row.id}) if row.is_known else ()
    seen = glancing.glance_of(row, look.values["point"], rows)
    return ledger.entry_at_a_glance(door.event, attempt_at(door, sent, seen))
