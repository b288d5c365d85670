"""The course of one import: a file is kept while it is looked at, and leaves once the list is settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock, files
from app.core.errors import RuleBroken
from app.database import db, on_commit, on_rollback
from app.events.models import Event

from ..models import ImportRun
from . import recent
from .preparing import Prepared

KEPT = timedelta(days=7)  # a list that nobody takes in, and rows that nobody fetches


def begin(event_id: int, filename: str, data: bytes, prepared: Prepared, choice: Mapping[str, str]) -> ImportRun:
    """Keep an uploaded list for its preview. Lists nobody settled in a week go, and their files with them."""
    stored = files.store(data)  # on the disk before the database is held
    on_rollback(lambda: files.remove(stored.key))
    _forget_old(event_id)
    run = ImportRun(event_id=event_id, file_name=files.shown_name(filename)[:200], file_key=stored.key)
    run.mapping = {"columns": dict(choice)}
    note_counts(run, prepared)
    db.session.add(run)
    db.session.flush()
    return run


def note_counts(run: ImportRun, prepared: Prepared) -> None:
    """Write down what the preview found."""
    run.good, run.bad, run.duplicates = len(prepared.good), len(prepared.bad), len(prepared.duplicates)


def content(run: ImportRun) -> bytes:
    """The bytes kept for a run; RuleBroken when they are gone."""
    path = files.path_of(run.file_key) if run.file_key else None
    if path is None or not path.exists():
        raise RuleBroken(_l("ไฟล์ของรายชื่อนี้ถูกลบแล้ว โปรดเลือกไฟล์แล้วอ่านใหม่"))
    return path.read_bytes()


def settle(run: ImportRun, rejected: files.StoredFile | None) -> None:
    """After applying: the list goes, it may hold national IDs; only the workbook of bad rows stays a week."""
    _remove_file(run)
    recent.forget(run.event_id)
    run.file_key = rejected.key if rejected else None


def discard(run: ImportRun) -> None:
    """Forget a list that was not taken in."""
    if run.applied_at is not None:
        raise RuleBroken(_l("รายชื่อนี้นำเข้าแล้ว หากต้องการเอาออก ให้กดยกเลิกการนำเข้า"))
    _remove_file(run)
    recent.forget(run.event_id)
    db.session.delete(run)
    db.session.flush()


def choice_of(run: ImportRun) -> dict[str, str]:
    """The columns chosen by hand for a run."""
    return dict(run.mapping.get("columns", {}))


def remembered_choice(event_id: int) -> dict[str, str]:
    """What was chosen by hand for the event's lists, newest first; only columns with a heading."""
    query = select(ImportRun.mapping).where(ImportRun.event_id == event_id).order_by(ImportRun.id.desc()).limit(20)
    choice: dict[str, str] = {}
    for mapping in db.session.scalars(query):
        for key, field in mapping.get("columns", {}).items():
            if not key.startswith("#"):
                choice.setdefault(key, field)
    return choice


def keep_choice(run: ImportRun, choice: Mapping[str, str], prepared: Prepared) -> None:
    """Write down which columns were chosen by hand, and what the list gives with them."""
    run.mapping = {"columns": dict(choice)}
    note_counts(run, prepared)
    db.session.flush()


def of_event(event: Event) -> list[ImportRun]:
    """The event's lists, newest first."""
    query = select(ImportRun).where(ImportRun.event_id == event.id).order_by(ImportRun.id.desc()).limit(50)
    return list(db.session.scalars(query))


def find(event: Event, public_id: str) -> ImportRun | None:
    """A list of the event, or None."""
    query = select(ImportRun).where(ImportRun.event_id == event.id, ImportRun.public_id == public_id)
    return db.session.scalar(query)


def _forget_old(event_id: int) -> None:
    old = select(ImportRun).where(
        ImportRun.event_id == event_id,
        ImportRun.file_key.is_not(None),
        ImportRun.created_at < clock.now() - KEPT,
    )
    for run in db.session.scalars(old).all():
        _remove_file(run)
        if run.applied_at is None:
            db.session.delete(run)


def _remove_file(run: ImportRun) -> None:
    if run.file_key:
        key = run.file_key
        on_commit(lambda: files.remove(key))
        run.file_key = None
