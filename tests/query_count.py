"""Counting what is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from app.database import db
from app.prepared import Written


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements sent inside the block, without BEGIN and the like; prepared ones too."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    def prepare(written: Any, given: Any) -> Any:
        statements.append(written.text)
        return values(written, given)

    values = Written.values
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with patch.object(Written, "values", prepare):
            yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
