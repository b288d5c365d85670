"""``flask export``: documents of an event as files."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import click

from app.core.errors import RuleBroken
from app.database import reading, transaction
from app.documents import exercise_making, making
from app.documents.making import Made
from app.events.access import find_event
from app.events.models import CheckPoint, Event
from app.exercises.models import Exercise
from app.exercises.queries import exercises_of

from .own_address import as_asked
from .ready import database_command

DOCUMENTS = (
    *("registrants", "badges", "sign-in-sheets", "workbook", "exercise"),
    *("plan-book", "plan-book-docx", "graphml", "nodes", "edges"),
)


@click.command("export")
@click.argument("event")
@click.argument("document", type=click.Choice(DOCUMENTS))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--exercise", "exercise_id", default="", help="Which exercise; the first when not given.")
@click.option("--check-point", "check_point_id", default="", help="Which check-point; the first when not given.")
@click.option("--district", default="", help="Whose plan book, by its code; the province's when not given.")
@click.option("--with-sensitive", is_flag=True, help="Fill in food; noted in the audit trail.")
@database_command
def export(
    event: str,
    document: str,
    out: Path,
    exercise_id: str,
    check_point_id: str,
    district: str,
    with_sensitive: bool,
) -> None:
    """Write DOCUMENT of EVENT to a file: whole or not at all."""
    found = find_event(event)
    if found is None:
        raise RuleBroken(f"ไม่พบงาน {event}")
    click.echo(f"{document} …", err=True)
    make: dict[str, Callable[[], Made]] = {
        "registrants": lambda: making.registrants_csv(found, with_sensitive=with_sensitive),
        "badges": lambda: making.badges(found),
        "sign-in-sheets": lambda: making.sign_in_sheets(found, _check_point(found, check_point_id)),
        "workbook": lambda: making.workbook(_exercise(found, exercise_id)),
        "exercise": lambda: making.exercise_json(_exercise(found, exercise_id)),
        "plan-book": lambda: _book(_exercise(found, exercise_id), district, "pdf"),
        "plan-book-docx": lambda: _book(_exercise(found, exercise_id), district, "docx"),
        "graphml": lambda: exercise_making.graphml(_exercise(found, exercise_id)),
        "nodes": lambda: exercise_making.nodes_csv(_exercise(found, exercise_id)),
        "edges": lambda: exercise_making.edges_csv(_exercise(found, exercise_id)),
    }
    with as_asked(for_phones=True), reading():  # a running server's writers need not wait for a PDF
        made = make[document]()
    with transaction():
        making.note("command", found, made)
        _write(out, made.data)
    click.echo(f"{out}: {len(made.data):,} bytes", err=True)


def _check_point(event: Event, public_id: str) -> CheckPoint:
    points = [point for point in event.check_points if not public_id or point.public_id == public_id]
    if not points:
        raise RuleBroken("ไม่พบช่วงลงทะเบียนนี้ในงาน")
    return points[0]


def _book(exercise: Exercise, district: str, kind: str) -> making.Made:
    return exercise_making.bound(exercise_making.composed(exercise, district or None), kind)


def _exercise(event: Event, public_id: str) -> Exercise:
    found = [one for one in exercises_of(event) if not public_id or one.public_id == public_id]
    if not found:
        raise RuleBroken("ไม่พบกิจกรรมกลุ่มนี้ในงาน")
    return found[0]


def _write(out: Path, data: bytes) -> None:
    """Beside the target first, then renamed: a reader never sees half a file, a full disk leaves the old one."""
    unfinished = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with open(unfinished, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, out)
    except OSError as problem:
        unfinished.unlink(missing_ok=True)
        raise RuleBroken(f"เขียนไฟล์ {out} ไม่ได้: {problem.strerror}") from problem
