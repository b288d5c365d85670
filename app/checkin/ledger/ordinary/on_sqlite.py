"""Ordinary scans on SQLite: one after the other behind the write lock, with one commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect

from app.live import topics
from app.prepared import Prepared

from .. import deciding as ledger
from .seeing import ROW, SEE, STANDING, NotOrdinary, Waiting, door_of, entry_of, standing_asked

_Ask = Callable[[Prepared, dict[str, Any]], list[Any]]
_WRITE = Prepared(ledger.INSERT["sqlite"].values(ROW))
_RAISE = Prepared(topics.RAISE["sqlite"])


def record_all(connection: Any, dialect: Dialect, scans: list[Waiting]) -> None:
    """Answer every scan, or leave its answer None; the transaction is begun, the caller commits."""

    def ask(prepared: Prepared, values: dict[str, Any]) -> list[Any]:
        written = prepared.on(dialect)
        return [written.row(raw) for raw in connection.execute(written.text, written.values(values)).fetchall()]

    moved = {event for one in scans if (event := _record(ask, one)) is not None}
    for event in sorted(moved):
        ask(_RAISE, {"scope": event, "name": "checkin", "version": 1})


def _record(ask: _Ask, one: Waiting) -> str | None:
    """The public id of the event whose figures moved."""
    row: Any = next(iter(ask(SEE[one.is_chosen], one.values)), None)
    try:
        door = door_of(row, one)
    except NotOrdinary:
        return None
    if row.stored is not None:
        one.answer = str(row.stored)
        return None
    standing = ask(STANDING, standing_asked(row)) if row.is_known else ()
    entry = entry_of(row, door, one, standing)
    if not ask(_WRITE, entry.values):
        return None  # the id is another event's: nothing was written
    one.answer = entry.answer
    return door.event.public_id if entry.moves_figures else None
