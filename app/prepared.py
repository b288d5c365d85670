"""Core statements for the driver itself: written out once, then run on its own cursor.

SQLAlchemy spends more time on a small statement than the database does. Where hundreds come a second (the
ordinary scan at a door) its text, the order of its values and their conversion are worked out once; all else goes
on through the session.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Dialect, Executable

_Convert = Callable[[Any], Any]


class Prepared:
    """A statement that is told its values by name; one with a list of any length (IN) cannot be prepared."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._written: dict[str, Written] = {}

    def on(self, dialect: Dialect) -> Written:
        """The statement as this database's driver takes it."""
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = Written(self._statement, dialect)
        return written


class Written:
    """The text, and how values go in and come out."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self.text: str = str(compiled)
        # Under the name in the text: the value's name, and its conversion; what is not told is as the text has it.
        self._binds = {name: (bind.key, _into(bind.type, dialect)) for bind, name in compiled.bind_names.items()}
        self._kept = {bind.key: bind.value for bind in compiled.bind_names if bind.value is not None}
        order = compiled.positiontup
        self._in_order = [self._binds[name] for name in order] if order is not None else None
        columns = list(statement.exported_columns)
        self._out = [
            (place, convert)
            for place, column in enumerate(columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ]
        self._row: Any = namedtuple("_Row", [column.key for column in columns])  # type: ignore[misc]

    def values(self, given: Mapping[str, Any]) -> Any:
        """What the driver is handed: a list for placeholders in a row, else a dict."""
        told = {**self._kept, **given}
        if self._in_order is None:
            return {
                name: convert(told[key]) if convert is not None else told[key]
                for name, (key, convert) in self._binds.items()
            }
        return [convert(told[key]) if convert is not None else told[key] for key, convert in self._in_order]

    def to_prepare(self, name: str) -> tuple[str, str]:
        """For PostgreSQL: what prepares the statement under a name, and what runs it with ``values`` in a row."""
        places = {bind: f"${number}" for number, bind in enumerate(self._binds, 1)}
        asked = ", ".join(["%s"] * len(self._binds))
        return f"PREPARE {name} AS {self.text % places}", f"EXECUTE {name}({asked})"

    def row(self, raw: Any) -> Any:
        """What the driver answered, converted, by the names of the columns; None stays None."""
        if raw is None:
            return None
        converted = list(raw)
        for place, convert in self._out:
            converted[place] = convert(converted[place])
        return self._row._make(converted)


def _into(kind: Any, dialect: Dialect) -> _Convert | None:
    convert: _Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert
