"""A command finds an up-to-date database, whatever state the folder was in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.core.errors import RuleBroken
from app.database import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
UNREADABLE = 2  # exit code: unknown event, unreadable file


def prepare_database() -> None:
    """Bring the database to the newest migration; does nothing when it is there."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != head:
        logging.getLogger("alembic").setLevel(logging.WARNING)
        upgrade(directory=str(MIGRATIONS))


def database_command(view: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command with the application and a ready database; a broken rule ends with its sentence and 2."""

    @with_appcontext
    @wraps(view)
    def command(*args: Any, **kwargs: Any) -> Any:
        prepare_database()
        try:
            return current_app.ensure_sync(view)(*args, **kwargs)
        except RuleBroken as problem:
            click.echo(str(problem.sentence), err=True)
            raise SystemExit(UNREADABLE) from problem

    return command
