"""Commands for exercises as files."""

from __future__ import annotations

from pathlib import Path

import click

from app.database import transaction
from app.events.access import find_event
from app.exercises.linkage.document.reading import load_document
from app.exercises.linkage.document.storing import create_from_document

from .ready import UNREADABLE, database_command


@click.command("import-exercise")
@click.argument("event")
@click.argument("file", type=click.Path(path_type=Path))
@database_command
def import_exercise(event: str, file: Path) -> None:
    """Load an exported exercise as a new exercise of EVENT and print its id. Its ids become the short codes."""
    found = find_event(event)
    if found is None:
        click.echo(f"ไม่พบงาน {event}", err=True)
        raise SystemExit(UNREADABLE)
    document = load_document(file)
    with transaction():
        exercise = create_from_document(found, document)
        public_id = exercise.public_id
    click.echo(f"{exercise.name}: {len(document['items'])} รายการ {len(document['links'])} ความเชื่อมโยง", err=True)
    click.echo(public_id)
