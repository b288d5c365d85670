"""The linkage analyses of a file, without an event or a database."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.core.errors import RuleBroken
from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.reading import load_document

from .ready import UNREADABLE


@click.command("linkage-analyse")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def linkage_analyse(file: Path) -> None:
    """Analyse an exercise in FILE.json; the result goes to standard output as JSON."""
    try:
        result = analyse(load_document(file))
    except RuleBroken as problem:
        click.echo(str(problem.sentence), err=True)
        raise SystemExit(UNREADABLE) from problem
    click.echo(json.dumps(result, ensure_ascii=False, indent=1))
