"""The organiser's import: upload, look, correct the columns, take in, take back."""

from __future__ import annotations

import io
from functools import partial
from pathlib import PurePath

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import files
from app.core.bodies import accepts_upload
from app.core.errors import RuleBroken
from app.core.paging import PER_PAGE, Page, asked_page
from app.database import on_rollback, release_lock
from app.events.access import event_page
from app.events.models import Event, Role

from ..importing import applying, choosing, runs
from ..importing.labels import FIELDS
from ..importing.preparing import Prepared, PreparedRow
from ..importing.returning import rejected_workbook
from ..importing.row.facts import field_label
from ..models import ImportRun
from . import bp

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TABS = ("good", "bad", "duplicates", "similar")


@bp.route("/events/<slug>/import", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
@accepts_upload
def import_list(event: Event) -> ResponseReturnValue:
    """Choose a list; it is read, kept for its preview, and nothing is entered yet."""
    problem = None
    if request.method == "POST":
        try:
            run, prepared = _read_upload(event.id)
        except RuleBroken as refusal:
            problem = refusal.sentence
        else:
            if prepared.has_names:
                return redirect(url_for(".import_preview", slug=event.slug, public_id=run.public_id))
            flash(_("ไม่พบคอลัมน์ชื่อในไฟล์นี้ โปรดเลือกว่าคอลัมน์ใดคือชื่อ"), "warning")
            return redirect(url_for(".import_columns", slug=event.slug, public_id=run.public_id))
    page = render_template(
        "registration/import_list.html", event=event, problem=problem, runs=runs.of_event(event)
    )
    return page, 422 if problem else 200


def _read_upload(event_id: int) -> tuple[ImportRun, Prepared]:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise RuleBroken(_("โปรดเลือกไฟล์"), "file")
    data, name = upload.read(), upload.filename
    choice = runs.remembered_choice(event_id)
    release_lock()  # reading a list takes a second; scans at the door do not wait for it
    prepared = applying.look(event_id, name, data, choice)
    return runs.begin(event_id, name, data, prepared, choice), prepared


@bp.get("/events/<slug>/import/<public_id>")
@event_page(Role.ORGANISER)
def import_preview(event: Event, public_id: str) -> ResponseReturnValue:
    """Every row with its fault before anything is entered; afterwards what went in."""
    run = _run(event, public_id)
    if run.applied_at is not None:
        return render_template("registration/import_result.html", event=event, run=run)
    try:
        prepared = _look(run)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
        return redirect(url_for(".import_list", slug=event.slug))
    tab = request.args.get("show", "good")
    tab = tab if tab in _TABS else "good"
    rows: list[PreparedRow] = getattr(prepared, tab)
    return render_template(
        "registration/import_preview.html",
        event=event,
        run=run,
        prepared=prepared,
        tab=tab,
        page=_page_of(rows, asked_page(request.args.get("page"))),
        several_sheets=len({row.sheet for row in prepared.rows}) > 1,
        unit_names={unit.id: unit.name for unit in event.units},
        no_titles=choosing.no_titles(runs.choice_of(run)),
    )


@bp.route("/events/<slug>/import/<public_id>/columns", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def import_columns(event: Event, public_id: str) -> ResponseReturnValue:
    """Correct by hand which column is what; the choice is remembered for the next list."""
    run = _open_run(event, public_id)
    problem, chosen = None, runs.choice_of(run)
    if request.method == "POST":
        chosen = {key: request.form.get(f"field:{key}", "") for key in request.form.getlist("column")}
        try:
            _choose(run, chosen)
        except RuleBroken as refusal:
            problem = refusal.sentence
        else:
            return redirect(url_for(".import_preview", slug=event.slug, public_id=public_id))
    try:
        prepared = _look(run, {} if problem else chosen)
    except RuleBroken as refusal:
        flash(str(refusal.sentence), "danger")
        return redirect(url_for(".import_list", slug=event.slug))
    page = render_template(
        "registration/import_columns.html",
        event=event,
        run=run,
        problem=problem,
        columns=choosing.entries(prepared, chosen if problem else {}),
        fields=[(field, field_label(field)) for field in FIELDS],
    )
    return page, 422 if problem else 200


def _choose(run: ImportRun, chosen: dict[str, str]) -> None:
    """Keep a choice of columns, once the list can be read with it."""
    changed = choosing.changed(_look(run, {}), chosen)
    changed = choosing.with_titles(changed, choosing.no_titles(runs.choice_of(run)))
    prepared = _look(run, changed)
    if not prepared.has_names:
        raise RuleBroken(_("ยังไม่มีคอลัมน์ใดเป็นชื่อ โปรดเลือกคอลัมน์ชื่อ-นามสกุล หรือชื่อ และนามสกุล"))
    runs.keep_choice(run, changed, prepared)


@bp.post("/events/<slug>/import/<public_id>/titles")
@event_page(Role.ORGANISER)
def import_titles(event: Event, public_id: str) -> ResponseReturnValue:
    """Say which beginnings of names are titles; the others stay part of the name, in this list and the next."""
    run = _open_run(event, public_id)
    shown, kept = request.form.getlist("shown"), set(request.form.getlist("title"))
    choice = choosing.with_titles(runs.choice_of(run), [title[:60] for title in shown if title not in kept][:50])
    try:
        runs.keep_choice(run, choice, _look(run, choice))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(url_for(".import_preview", slug=event.slug, public_id=public_id))


@bp.post("/events/<slug>/import/<public_id>/apply")
@event_page(Role.ORGANISER)
def apply_import(event: Event, public_id: str) -> ResponseReturnValue:
    """Enter the good rows, all at once; the bad ones are kept for download."""
    run = _open_run(event, public_id)
    there = url_for(".import_preview", slug=event.slug, public_id=public_id)
    rejected = None
    try:
        event_id, name, data, choice = _kept(run)
        plan = applying.plan_import(event_id, name, data, choice)
        if plan.prepared.bad:
            rejected = files.store(rejected_workbook(plan.prepared))
            on_rollback(partial(files.remove, rejected.key))
        applying.apply(run, plan, actor=current_user)
        runs.settle(run, rejected)
    except RuleBroken as problem:
        if rejected:
            files.remove(rejected.key)
        flash(str(problem.sentence), "danger")
    return redirect(there)


@bp.post("/events/<slug>/import/<public_id>/discard")
@event_page(Role.ORGANISER)
def discard_import(event: Event, public_id: str) -> ResponseReturnValue:
    """Put a list aside; its file is deleted."""
    try:
        runs.discard(_run(event, public_id))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ลบไฟล์ที่อ่านไว้แล้ว ยังไม่มีรายชื่อใดถูกนำเข้า"))
    return redirect(url_for(".import_list", slug=event.slug))


@bp.post("/events/<slug>/import/<public_id>/undo")
@event_page(Role.ORGANISER)
def undo_import(event: Event, public_id: str) -> ResponseReturnValue:
    """Take a whole list back out, as long as nobody of it has been at the desk."""
    run = _run(event, public_id)
    try:
        removed = applying.undo(run, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ยกเลิกการนำเข้าแล้ว นำรายชื่อออก %(count)d คน", count=removed))
    return redirect(url_for(".import_preview", slug=event.slug, public_id=public_id))


@bp.get("/events/<slug>/import/<public_id>/rejected.xlsx")
@event_page(Role.ORGANISER)
def rejected_rows(event: Event, public_id: str) -> ResponseReturnValue:
    """The bad rows as a workbook with what to correct."""
    run = _run(event, public_id)
    try:
        data = runs.content(run) if run.applied_at else rejected_workbook(_look(run))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
        return redirect(url_for(".import_list", slug=event.slug))
    return _download(data, f"{_('ต้องแก้')} {PurePath(run.file_name).stem}.xlsx")


def _download(data: bytes, name: str) -> Response:
    return send_file(io.BytesIO(data), _XLSX, as_attachment=True, download_name=files.shown_name(name))


def _look(run: ImportRun, choice: dict[str, str] | None = None) -> Prepared:
    """A kept list as it was judged, with its own choice of columns or another."""
    event_id, name, data, own_choice = _kept(run)
    return applying.look(event_id, name, data, own_choice if choice is None else choice)


def _kept(run: ImportRun) -> tuple[int, str, bytes, dict[str, str]]:
    """What a run was read from; the database is let go, because reading may take a second."""
    found = run.event_id, run.file_name, runs.content(run), runs.choice_of(run)
    release_lock()
    return found


def _page_of(rows: list[PreparedRow], number: int) -> Page[PreparedRow]:
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(number, 1), pages)
    return Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows))


def _run(event: Event, public_id: str) -> ImportRun:
    return runs.find(event, public_id) or abort(404)


def _open_run(event: Event, public_id: str) -> ImportRun:
    """A list that is still to be taken in; one that is settled has its own page."""
    run = _run(event, public_id)
    if run.applied_at is not None:
        flash(_("รายชื่อนี้นำเข้าแล้ว"), "warning")
        abort(redirect(url_for(".import_preview", slug=event.slug, public_id=public_id)))
    return run
