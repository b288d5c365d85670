"""Ordinary scans on PostgreSQL: in pieces that go over the line at once, for all scans together.

First the locks on the people and the looks; then the rows, the topics and the commit. Each statement has its own
view of the database, so the looks know of whatever was written before the locks were had.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ARRAY, Dialect, String, any_, bindparam, cast, column, func, select
from sqlalchemy.dialects import postgresql

from app.live import topics
from app.live.models import LiveTopic
from app.prepared import Prepared

from ...devices.doors import Door
from ...models import Scan
from ..deciding import Entry
from .seeing import RECORD, ROW, SEE, STANDING, NotOrdinary, Waiting, door_of, entry_of, standing_asked

# In the order of ids, as everywhere (people.lock), and without waiting: a scan whose person somebody else holds
# takes the longer road and waits there alone.
_HOLD = Prepared(
    select(RECORD.c.id)
    .where(
        (RECORD.c.ticket_code == any_(bindparam("codes", type_=ARRAY(String))))
        | (RECORD.c.public_id == any_(bindparam("chosen", type_=ARRAY(String))))
    )
    .order_by(RECORD.c.id)
    .with_for_update(key_share=True, skip_locked=True)
)
_raise = topics.RAISE["postgresql"].values(scope=bindparam("scope"), name="checkin", version=1)
_scan: Any = Scan.__table__
# All rows in one statement, sent as JSON: a value at a time would cost more than the insert.
_sent = (
    func.json_to_recordset(cast(bindparam("rows", type_=String), postgresql.JSON))
    .table_valued(*(column(name, bound.type) for name, bound in ROW.items()), name="sent")
    .render_derived(with_types=True)
)
_WRITE = (
    postgresql.insert(_scan)
    .from_select(list(ROW), select(*(_sent.c[name] for name in ROW)))
    .on_conflict_do_nothing(index_elements=["client_uuid"])
    .returning(_scan.c.client_uuid)
)
_LINE = {
    "hold": _HOLD,
    "see_badge": SEE[False],
    "see_chosen": SEE[True],
    "standing": STANDING,
    "write": Prepared(_WRITE),
    "raise": Prepared(_raise.returning(LiveTopic.__table__.c.version)),
}
# A plan is made on tables of which nothing is known yet, and kept: it must use the indexes.
_TERMS = "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan"
_told: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


@dataclass(slots=True)
class _Seen:
    """A scan with what was seen of it."""

    scan: Waiting
    row: Any
    door: Door


def record_all(connection: Any, dialect: Dialect, scans: list[Waiting]) -> None:
    """Answer every scan, or leave its answer None; begins and commits."""
    line = _Line(connection, dialect)
    seen = _look(line, scans)
    entries = _judge(line, seen)
    rows = json.dumps([entry.values for _one, entry in entries], default=str, ensure_ascii=False)
    written = line.send(("write", {"rows": rows}), *_raises(entries), end="COMMIT")
    known = {row.client_uuid for row in written[0]}
    for one, entry in entries:
        if entry.values["client_uuid"] in known:  # else another process was first; its answer is stored
            one.scan.answer = entry.answer


def _look(line: _Line, scans: list[Waiting]) -> list[_Seen]:
    """The scans that can be judged: one of a person and of an id, and only of people whom nobody else holds."""
    keys = {
        "codes": [one.who for one in scans if not one.is_chosen],
        "chosen": [one.who for one in scans if one.is_chosen],
    }
    looks = (("see_chosen" if one.is_chosen else "see_badge", one.values) for one in scans)
    locked, *rows = line.send(("hold", keys), *looks, begin="BEGIN")
    free, ids = {row.id for row in locked}, {one.values["client_uuid"] for one in scans}
    found = []
    for one, row in zip(scans, rows, strict=True):
        try:
            door = door_of(row[0] if row else None, one)
        except NotOrdinary:
            continue
        if row[0].stored is not None:
            one.answer = str(row[0].stored)
        elif row[0].id in free and one.values["client_uuid"] in ids:
            free.remove(row[0].id)
            ids.remove(one.values["client_uuid"])
            found.append(_Seen(one, row[0], door))
    return found


def _judge(line: _Line, seen: list[_Seen]) -> list[tuple[_Seen, Entry]]:
    known = [one for one in seen if one.row.is_known]
    standing = dict(
        zip(
            (one.row.id for one in known),
            line.send(*(("standing", standing_asked(one.row)) for one in known)) if known else (),
            strict=True,
        )
    )
    return [(one, entry_of(one.row, one.door, one.scan, standing.get(one.row.id, ()))) for one in seen]


def _raises(entries: list[tuple[_Seen, Entry]]) -> list[tuple[str, dict[str, Any]]]:
    moved = {one.door.event.public_id for one, entry in entries if entry.moves_figures}
    return [("raise", {"scope": event}) for event in sorted(moved)]


class _Line:
    """A connection on which the statements are prepared; the first time the server is told them all."""

    def __init__(self, connection: Any, dialect: Dialect) -> None:
        from psycopg import ClientCursor

        self._dialect, self._cursor = dialect, ClientCursor(connection)
        run = _told.get(connection)
        if run is None:
            connection.execute(_TERMS)
            pieces = {name: one.on(dialect).to_prepare(name) for name, one in _LINE.items()}
            for prepare, _execute in pieces.values():
                connection.execute(prepare)
            run = _told[connection] = {name: execute for name, (_prepare, execute) in pieces.items()}
        self._run = run

    def send(self, *asked: tuple[str, dict[str, Any]], begin: str = "", end: str = "") -> list[list[Any]]:
        """All of it in one message; the rows of each statement that was asked."""
        written = [_LINE[name].on(self._dialect) for name, _values in asked]
        told = [
            value
            for one, (_name, values) in zip(written, asked, strict=True)
            for value in one.values(values).values()
        ]
        message = ";".join(filter(None, [begin, *(self._run[name] for name, _values in asked), end]))
        self._cursor.execute(message, told)
        answers = []
        if begin:
            self._cursor.nextset()
        for one in written:
            answers.append([one.row(raw) for raw in self._cursor.fetchall()])
            self._cursor.nextset()
        return answers
