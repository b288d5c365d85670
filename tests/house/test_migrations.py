"""Migrations are numbered, one subject each, and lead to the very schema the models describe."""

from __future__ import annotations

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.cli.ready import MIGRATIONS
from app.database import db


def scripts() -> list:
    return list(reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())))


def test_migrations_are_numbered_in_order():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    for number, (name, script) in enumerate(zip(names, scripts(), strict=True), start=1):
        assert re.fullmatch(rf"{number:04}_[a-z_]+\.py", name), f"{name} should begin with {number:04}_"
        assert script.revision == f"{number:04}"


def test_the_migrated_schema_equals_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
    assert not differences, f"change the domain's migration so that it makes the models' tables: {differences}"


def test_down_and_up_again_gives_the_same_schema(app: Flask):
    before = _schema()
    downgrade(directory=str(MIGRATIONS), revision="base")
    assert set(_schema()) == {"alembic_version"}
    upgrade(directory=str(MIGRATIONS))
    assert _schema() == before


@pytest.mark.parametrize("start", ["empty", "half"])
def test_a_command_brings_any_database_to_the_newest(app: Flask, start: str):
    newest = _schema()
    downgrade(directory=str(MIGRATIONS), revision="base" if start == "empty" else "0003")
    result = app.test_cli_runner().invoke(
        args=["administrator-create", "a@example.com", "--name", "ก", "--password", "x" * 12]
    )
    assert result.exit_code == 0, result.output
    assert _schema() == newest


def _schema() -> dict[str, list[str]]:
    db.session.remove()
    inspector = inspect(db.engine)
    return {
        name: sorted(column["name"] for column in inspector.get_columns(name))
        for name in inspector.get_table_names()
    }
