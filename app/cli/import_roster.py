"""Taking a list in from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click
from flask_babel import gettext as _

from app.core.spreadsheets import FileUnreadable
from app.database import db, reading, transaction
from app.events.access import find_event
from app.registration.importing.applying import apply, plan_import
from app.registration.importing.preparing import Prepared, PreparedRow, require_names
from app.registration.models import ImportRun

from .ready import UNREADABLE, database_command


@click.command("import-roster")
@click.argument("event")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "applies", is_flag=True, help="Enter the good rows; without it nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on standard output.")
@database_command
def import_roster(event: str, file: Path, applies: bool, as_json: bool) -> None:
    """Read a list of people (XLSX or CSV) for EVENT and say which rows are good, bad, duplicates or similar."""
    with reading():
        found = find_event(event)
        event_id = found.id if found else None
    if event_id is None:
        click.echo(_("ไม่พบงาน %(slug)s", slug=event), err=True)
        raise SystemExit(UNREADABLE)
    click.echo(_("กำลังอ่าน %(name)s", name=file.name), err=True)
    plan = plan_import(event_id, file.name, _bytes_of(file))
    require_names(plan.prepared)
    if applies:
        with transaction():
            run = ImportRun(event_id=event_id, file_name=file.name[:200])
            db.session.add(run)
            db.session.flush()
            done = apply(run, plan, actor="command")
        click.echo(_("นำเข้าแล้ว %(count)d คน", count=done.entered), err=True)
    click.echo(_as_json(plan.prepared) if as_json else _as_text(plan.prepared))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise FileUnreadable(_("เปิดไฟล์ %(name)s ไม่ได้", name=file.name)) from problem


def _as_json(prepared: Prepared) -> str:
    result = {
        "good": len(prepared.good),
        "bad": _rows(prepared.bad),
        "duplicates": _rows(prepared.duplicates),
        "similar": _rows(prepared.similar),
        "hidden": prepared.hidden,
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def _rows(rows: Iterable[PreparedRow]) -> list[dict[str, object]]:
    return [{"sheet": row.sheet, "row": row.number, "reason": row.reason} for row in rows]


def _as_text(prepared: Prepared) -> str:
    lines = [
        _(
            "ใหม่ %(good)d · ต้องแก้ %(bad)d · ซ้ำ %(duplicates)d · คล้าย %(similar)d",
            good=len(prepared.good),
            bad=len(prepared.bad),
            duplicates=len(prepared.duplicates),
            similar=len(prepared.similar),
        )
    ]
    lines += [prepared.about_hidden] if prepared.about_hidden else []
    for heading, rows in (
        (_("ต้องแก้"), prepared.bad),
        (_("ซ้ำ"), prepared.duplicates),
        (_("คล้าย"), prepared.similar),
    ):
        lines += [f"{heading}\t{row.sheet}\t{row.number}\t{row.reason}" for row in rows]
    return "\n".join(lines)
