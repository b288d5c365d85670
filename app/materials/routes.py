"""The organiser's library, and the one road by which a file's bytes leave."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, files
from app.core.bodies import accepts_upload
from app.core.errors import RuleBroken
from app.core.headers import DOWNLOAD_CSP
from app.database import on_rollback, release_lock
from app.events.access import event_page, public_event_page
from app.events.models import Event, Role
from app.registration.access import current_registrant

from . import kinds
from . import library as rules
from .forms import RELEASES, MaterialForm, NewMaterialForm
from .models import Material
from .release import may_have, opening

bp = Blueprint("materials", __name__)


@bp.get("/events/<slug>/materials")
@event_page(Role.ORGANISER)
def library(event: Event) -> ResponseReturnValue:
    """Every file of the event: open, waiting, taken away."""
    materials = rules.all_of(event)
    return render_template(
        "materials/library.html",
        event=event,
        kept=[one for one in materials if one.removed_at is None],
        removed=[one for one in materials if one.removed_at is not None],
        opening=opening,
        releases=dict(RELEASES),
        moment=clock.now(),
    )


@bp.route("/events/<slug>/materials/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
@accepts_upload
def add_material(event: Event) -> ResponseReturnValue:
    """Attach a file: told by its content, stored whole, then written down."""
    form = NewMaterialForm(event)
    if request.method == "GET":
        form.session.data = request.args.get("session", "")
    if form.validate_on_submit():
        try:
            material = _attach(event, form)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("แนบ “%(title)s” แล้ว", title=material.title))
            return redirect(url_for(".library", slug=event.slug))
    page = render_template("materials/add_material.html", event=event, form=form)
    return page, 422 if request.method == "POST" else 200


def _attach(event: Event, form: NewMaterialForm) -> Material:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise RuleBroken(_("โปรดเลือกไฟล์"), "file")
    data, values = upload.read(), form.values()
    mime_type = kinds.mime_type(data, upload.filename)
    release_lock()  # fifty megabytes reach the disk without keeping the door's scans waiting
    stored = files.store(data)
    on_rollback(lambda: files.remove(stored.key))
    return rules.attach(
        event, stored, file_name=upload.filename, mime_type=mime_type, actor=current_user, **values
    )


@bp.route("/events/<slug>/materials/<public_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def edit_material(event: Event, public_id: str) -> ResponseReturnValue:
    """Change a file's title, session, opening or audience."""
    material = _material(event, public_id)
    form = MaterialForm(event)
    if request.method == "GET":
        form.show(material)
    elif form.validate_on_submit():
        try:
            rules.edit(event, material, actor=current_user, **form.values())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for(".library", slug=event.slug))
    page = render_template("materials/edit_material.html", event=event, form=form, material=material)
    return page, 422 if request.method == "POST" else 200


@bp.post("/events/<slug>/materials/<public_id>/remove")
@event_page(Role.ORGANISER)
def remove_material(event: Event, public_id: str) -> ResponseReturnValue:
    """Take a file away; the library offers to put it back."""
    material = _material(event, public_id)
    rules.remove(event, material, actor=current_user)
    flash(_("นำ “%(title)s” ออกแล้ว ใส่กลับได้ที่ท้ายหน้านี้", title=material.title))
    return redirect(url_for(".library", slug=event.slug))


@bp.post("/events/<slug>/materials/<public_id>/restore")
@event_page(Role.ORGANISER)
def restore_material(event: Event, public_id: str) -> ResponseReturnValue:
    """Put a file back."""
    material = _material(event, public_id)
    rules.restore(event, material, actor=current_user)
    flash(_("ใส่ “%(title)s” กลับแล้ว", title=material.title))
    return redirect(url_for(".library", slug=event.slug))


@bp.get("/events/<slug>/materials/<public_id>/download")
@event_page(Role.ORGANISER, Role.FACILITATOR)
def preview(event: Event, public_id: str) -> ResponseReturnValue:
    """The file for those who prepare it, at any time."""
    return _send(_material(event, public_id))


@bp.get("/e/<slug>/materials/<public_id>/download")
@public_event_page
def download(event: Event, public_id: str) -> ResponseReturnValue:
    """The file for a participant. Before its time it does not exist."""
    material = rules.find(event, public_id)
    if material is None or not may_have(material, current_registrant(event), clock.now()):
        abort(404)
    return _send(material)


def _send(material: Material) -> Response:
    path = files.path_of(material.file_key)
    if not path.exists():
        abort(404)
    response = send_file(
        path,
        mimetype=material.mime_type,
        as_attachment=True,
        download_name=files.shown_name(material.file_name),
        etag=material.sha256,
        last_modified=None,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = DOWNLOAD_CSP
    # Asked anew every time: a file taken away again is not served from a cache.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _material(event: Event, public_id: str) -> Material:
    return rules.find(event, public_id) or abort(404)
