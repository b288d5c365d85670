"""Asking for columns, not objects, where everybody who answers the form waits for the answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, Executable

from app.database import db


def rows(statement: Executable, values: dict[str, Any]) -> CursorResult[*tuple[Any, ...]]:
    """The rows of a prepared statement, straight from the connection; what is pending is written first."""
    if db.session.autoflush:
        db.session.flush()
    return db.session.connection().execute(statement, values)
