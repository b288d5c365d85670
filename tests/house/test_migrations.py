"""Migrations are numbered, one subject each, and lead to the very schema the models describe."""

from __future__ import annotations

import re

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.cli import ready
from app.cli.ready import MIGRATIONS, newest_migration
from app.database import db, transaction


def scripts() -> list:
    return list(reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())))


def test_migrations_are_numbered_in_order():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    for number, (name, script) in enumerate(zip(names, scripts(), strict=True), start=1):
        assert re.fullmatch(rf"{number:04}_[a-z_]+\.py", name), f"{name} should begin with {number:04}_"
        assert script.revision == f"{number:04}"


def test_the_newest_migration_is_known_without_the_tool(tmp_path, monkeypatch):
    assert newest_migration() == ScriptDirectory(str(MIGRATIONS)).get_current_head()
    (tmp_path / "versions").mkdir()
    for name, below in (("0001", "None"), ("0002", '"0001"'), ("0003", '"0001"')):
        (tmp_path / "versions" / f"{name}.py").write_text(f'revision = "{name}"\ndown_revision = {below}\n')
    monkeypatch.setattr(ready, "MIGRATIONS", tmp_path)
    assert newest_migration() is None, "two ends: the tool must say so"


def test_a_database_that_is_ready_is_left_alone_and_an_old_one_is_not(app, monkeypatch):
    asked = []
    monkeypatch.setattr(flask_migrate, "upgrade", lambda **kwargs: asked.append(kwargs))
    ready.prepare_database()
    assert asked == []
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    ready.prepare_database()
    assert asked == [{"directory": str(MIGRATIONS)}]


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
