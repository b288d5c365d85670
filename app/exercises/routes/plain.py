"""The same work as plain forms, for browsers in which the page's script does not run."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.database import db
from app.exercises import suggesting
from app.exercises.access import group_page
from app.exercises.linkage.listed import picking
from app.exercises.linkage.models import PlanItem, new_card_id
from app.exercises.models import Change, Exercise, Submission
from app.exercises.ops import Author, Op, is_id

from ..linkage.group_work import cards, work
from ..linkage.group_work.past import changed_fields, shown_value
from . import bp
from .page_words import group_arg, page_words


def _back(exercise: Exercise, submission: Submission, author: Author, anchor: str = "") -> ResponseReturnValue:
    arg = group_arg(submission, author)
    return redirect(url_for(".group_work", exercise_id=exercise.public_id, group=arg, _anchor=anchor or None))


def _take(exercise: Exercise, submission: Submission, author: Author, *ops: Op) -> list[dict[str, Any]]:
    """Carry out ops of a form; what is refused is said on the next page."""
    results = suggesting.write(cards, exercise, submission, author, ops)
    for result in results:
        if result["status"] in ("refused", "invalid"):
            flash(result["sentence"], "danger")
    return results


def _id(name: str) -> str:
    """An id that the form carries, so that sending it twice makes one card; a fresh one where it is no id."""
    given = request.form.get(name, "")
    return given if is_id(given) else new_card_id()


@bp.post("/x/<exercise_id>/cards")
@group_page
def add_card(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """A new card from its one question; a project may be written as the answer to a need."""
    kind, need = request.form.get("kind", ""), request.form.get("answers", "")
    card_id = _id("card_id")
    fields = {"kind": kind, "title": request.form.get("title", "")}
    ops = [Op(_id("op_id"), "item", card_id, "create", fields=fields)]
    if need:
        link = {"source": need, "target": card_id}
        ops.append(Op(_id("link_op_id"), "link", _id("link_id"), "create", fields=link))
    _take(exercise, submission, author, *ops)
    return _back(exercise, submission, author, f"{kind}s")


@bp.get("/x/<exercise_id>/listed")
@group_page
def listed_projects(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Projects of plans in force: found by ``?q=``, picked instead of typed."""
    question = request.args.get("q", "")
    return render_template(
        "exercises/listed_projects.html",
        exercise=exercise,
        submission=submission,
        group_arg=group_arg(submission, author),
        question=question,
        found=picking.matching(exercise, submission, question),
        count=picking.count_of(exercise),
        most=picking.MOST_SHOWN,
        new_id=new_card_id,
    )


@bp.post("/x/<exercise_id>/listed")
@group_page
def pick_listed(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Write a project of the list as the group's card."""
    listed = picking.find(exercise, request.form.get("listed", "")) or abort(404)
    op = Op(_id("op_id"), "item", _id("card_id"), "create", fields=picking.fields_of_card(listed))
    [result] = _take(exercise, submission, author, op)
    if result["status"] == "taken":
        flash(_("เพิ่ม “%(title)s” แล้ว แตะการ์ดเพื่อแก้ให้ตรงกับพื้นที่", title=listed.title))
    return _back(exercise, submission, author, "projects")


@bp.post("/x/<exercise_id>/links")
@group_page
def add_link(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """A new link: what a card helps, how strongly, because of what."""
    names = ("source", "target", "type", "strength", "rationale")
    fields = {name: request.form[name] for name in names if request.form.get(name)}
    _take(exercise, submission, author, Op(_id("op_id"), "link", _id("link_id"), "create", fields=fields))
    return _back(exercise, submission, author, "links")


@bp.route("/x/<exercise_id>/cards/<card_id>", methods=["GET", "POST"])
@group_page
def card(exercise: Exercise, submission: Submission, author: Author, card_id: str) -> ResponseReturnValue:
    """One card with all its questions."""
    found = cards.find(exercise, "item", card_id) or cards.find(exercise, "link", card_id)
    if found is None or found.submission_id != submission.id:
        abort(404)
    if request.method == "POST":
        return _save(exercise, submission, author, found)
    group_work = work.work_of(exercise, submission, author)
    return render_template(
        "exercises/card.html",
        exercise=exercise,
        submission=submission,
        card=cards.as_json(found, submission),
        work=group_work,
        page_words=page_words(exercise, submission, author, group_work),
        group_arg=group_arg(submission, author),
    )


def _save(exercise: Exercise, submission: Submission, author: Author, found: Any) -> ResponseReturnValue:
    entity = "item" if isinstance(found, PlanItem) else "link"
    action = request.form.get("action", "update")
    rev = request.form.get("rev", found.rev, type=int)
    fields = changed_fields(found, rev, request.form) if action == "update" else {}
    op = Op(_id("op_id"), entity, found.public_id, action, base_rev=max(0, rev), fields=fields)
    if action not in ("update", "delete", "restore"):
        abort(400)
    [result] = _take(exercise, submission, author, op)
    arg = group_arg(submission, author)
    address = {"exercise_id": exercise.public_id, "card_id": found.public_id, "group": arg}
    if result["status"] == "conflict":
        return redirect(url_for(".conflict", op_id=op.op_id, **address))
    if result["status"] != "taken":
        return redirect(url_for(".card", **address))
    flash(_("ลบการ์ดแล้ว กู้คืนได้จากหน้าประวัติของการ์ด") if action == "delete" else _("บันทึกแล้ว"))
    if action == "delete":
        return redirect(url_for(".history", **address))
    return _back(exercise, submission, author, f"card-{found.public_id}")


@bp.get("/x/<exercise_id>/cards/<card_id>/conflict/<op_id>")
@group_page
def conflict(
    exercise: Exercise, submission: Submission, author: Author, card_id: str, op_id: str
) -> ResponseReturnValue:
    """Two people changed the same text: both are shown, and one chooses or joins them."""
    query = select(Change).where(
        Change.op_id == op_id,
        Change.exercise_id == exercise.id,
        Change.submission_id == submission.id,
        Change.entity_id == card_id,
    )
    change = db.session.scalar(query) or abort(404)
    found = cards.find(exercise, change.entity, card_id) or abort(404)
    return render_template(
        "exercises/conflict.html",
        exercise=exercise,
        submission=submission,
        card=cards.as_json(found, submission),
        conflicts=change.result.get("conflicts", []),
        shown_value=shown_value,
        group_arg=group_arg(submission, author),
    )
