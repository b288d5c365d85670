"""A command finds an up-to-date database, whatever state the folder was in."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy import inspect, text

from app.core.errors import RuleBroken
from app.core.text import UnreadableText
from app.database import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_REVISION, _DOWN_REVISION = (re.compile(rf'^{name} = "(\w+)"$', re.M) for name in ("revision", "down_revision"))
UNREADABLE = 2  # exit code: unknown event, unreadable file


def prepare_database() -> None:
    """Bring the database to the newest migration; does nothing when it is there.

    A server that was killed starts again while a hall waits, so the tool for migrations is not even loaded then.
    """
    newest = newest_migration()
    if newest is not None and newest == _revision():
        return
    from flask_migrate import upgrade

    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade(directory=str(MIGRATIONS))


def newest_migration() -> str | None:
    """The migration that no other builds on, by the files' own words; None where there is not exactly one."""
    texts = [path.read_text() for path in (MIGRATIONS / "versions").glob("*.py")]
    built_on = {found[1] for text in texts if (found := _DOWN_REVISION.search(text))}
    newest = {found[1] for text in texts if (found := _REVISION.search(text))} - built_on
    return newest.pop() if len(newest) == 1 else None


def _revision() -> str | None:
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def database_command(view: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command with the application and a ready database; a broken rule ends with its sentence and 2."""

    @with_appcontext
    @wraps(view)
    def command(*args: Any, **kwargs: Any) -> Any:
        if not current_app.config["HAS_DATA_DIR"]:
            folder = current_app.config["DATA_DIR"]
            click.echo(_("สร้างหรือเขียนโฟลเดอร์ข้อมูล %(folder)s ไม่ได้ โปรดตั้ง DATA_DIR ใหม่", folder=folder), err=True)
            raise SystemExit(UNREADABLE)
        prepare_database()
        try:
            return current_app.ensure_sync(view)(*args, **kwargs)
        except UnreadableText as problem:
            click.echo(_("มีอักขระที่เก็บไม่ได้ในคำสั่ง โปรดพิมพ์ใหม่แล้วลองอีกครั้ง"), err=True)
            raise SystemExit(UNREADABLE) from problem
        except RuleBroken as problem:
            click.echo(str(problem.sentence), err=True)
            raise SystemExit(UNREADABLE) from problem

    return command
