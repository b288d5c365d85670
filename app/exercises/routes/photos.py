"""A group's photographs of its paper: sending, looking, taking away."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import files
from app.core.bodies import accepts_upload
from app.core.errors import RuleBroken
from app.core.headers import DOWNLOAD_CSP
from app.database import on_rollback, release_lock
from app.exercises import photos as rules
from app.exercises.access import group_page
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author

from . import bp
from .page_words import group_arg


@bp.route("/x/<exercise_id>/photos", methods=["GET", "POST"])
@group_page
@accepts_upload
def photos(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """The group's photographs, and a way to send one more."""
    problem, arg = None, group_arg(submission, author)
    if request.method == "POST":
        try:
            _take(exercise, submission, author)
        except RuleBroken as broken:
            problem = broken.sentence
        else:
            flash(_("เก็บภาพแล้ว"))
            return redirect(url_for(".photos", exercise_id=exercise.public_id, group=arg))
    page = render_template(
        "exercises/photos.html",
        event=exercise.event,
        exercise=exercise,
        submission=submission,
        group_arg=arg,
        photos=rules.photos_of(submission),
        problem=problem,
    )
    return page, 422 if problem else 200


def _take(exercise: Exercise, submission: Submission, author: Author) -> None:
    sent = request.files.get("photo")
    if sent is None or not sent.filename:
        raise RuleBroken(_("โปรดถ่ายหรือเลือกภาพก่อน"), "photo")
    data = sent.read()
    release_lock()  # making a photograph small takes a while; nobody's save waits for it
    small = rules.shrink(data)
    stored = files.store(small.data)
    on_rollback(lambda: files.remove(stored.key))
    rules.add(exercise, submission, author, small, stored, request.form.get("caption", ""))


@bp.get("/x/<exercise_id>/photos/<photo_id>")
@group_page
def photo(exercise: Exercise, submission: Submission, author: Author, photo_id: str) -> ResponseReturnValue:
    """The picture itself."""
    found = rules.find(submission, photo_id) or abort(404)
    path = files.path_of(found.file_key)
    if not path.exists():
        abort(404)
    response: Response = send_file(path, mimetype="image/jpeg", max_age=0)
    response.headers["Content-Security-Policy"] = DOWNLOAD_CSP
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@bp.post("/x/<exercise_id>/photos/<photo_id>/remove")
@group_page
def remove_photo(exercise: Exercise, submission: Submission, author: Author, photo_id: str) -> ResponseReturnValue:
    """Take a picture away."""
    rules.remove(exercise, rules.find(submission, photo_id) or abort(404))
    flash(_("ลบภาพแล้ว"))
    arg = group_arg(submission, author)
    return redirect(url_for(".photos", exercise_id=exercise.public_id, group=arg))
