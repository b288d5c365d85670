"""Boards: a table's cards in slots, and the room as its facilitators see it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises import lifecycle, phases, queries, sync
from app.exercises.access import SEES_ALL, exercise_page, group_page, guided_group_page
from app.exercises.boards import reading, running, voting
from app.exercises.boards.cards import FIELDS, Cards, kind_of
from app.exercises.boards.kinds import KINDS
from app.exercises.boards.models import BoardCard
from app.exercises.linkage.models import new_card_id
from app.exercises.linkage.vocabulary import KINDS as LINKAGE_KINDS
from app.exercises.models import Exercise, Status, Submission
from app.exercises.ops import Author, Op, is_id, read_ops
from app.groups.queries import current_grouping
from app.live import topics

from . import bp
from .page_words import BOARD_FIELDS, CHANGES, group_arg


@bp.route("/events/<slug>/exercises/boards/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def start_board(event: Event) -> ResponseReturnValue:
    """Start a board for the tables in force."""
    grouping, problem = current_grouping(event), None
    if request.method == "POST" and grouping is not None:
        try:
            board = running.start(
                event,
                grouping,
                request.form.get("kind", ""),
                request.form.get("name", ""),
                current_user._get_current_object(),
            )
        except RuleBroken as broken:
            problem = broken.sentence
        else:
            return redirect(url_for(".board_room", slug=event.slug, exercise_id=board.public_id))
    page = render_template(
        "exercises/start_board.html",
        event=event,
        kinds=KINDS,
        grouping=grouping,
        problem=problem,
        typed=request.form,
    )
    return page, 422 if request.method == "POST" else 200


@bp.get("/events/<slug>/exercises/<exercise_id>/board")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def board_room(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Every table's board in numbers, or a facilitator's own tables."""
    _board(exercise)
    return render_template(
        "exercises/board_room.html",
        event=event,
        signed_topic=topics.signed(event, lifecycle.topic(exercise)),
        may_run=bool(g.roles & (SEES_ALL | {Role.FACILITATOR})),
        may_set_up=bool(g.roles & SEES_ALL),
        running=phases.running(exercise),
        **_room(exercise),
    )


@bp.get("/events/<slug>/exercises/<exercise_id>/board/tables")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def board_tables(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The numbers alone, for renewing."""
    _board(exercise)
    return render_template("exercises/_board_tables.html", event=event, **_room(exercise))


def _room(exercise: Exercise) -> dict[str, object]:
    everyone = bool(g.roles & (SEES_ALL | {Role.VIEWER}))
    return {
        "exercise": exercise,
        "kind": kind_of(exercise),
        "submissions": queries.submissions_for(exercise, None if everyone else current_user),
        "counts": reading.counts(exercise),
        "may_open": bool(g.roles & (SEES_ALL | {Role.FACILITATOR})),
    }


@bp.post("/events/<slug>/exercises/<exercise_id>/board/reveal")
@exercise_page(Role.ORGANISER, Role.FACILITATOR)
def reveal_board(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """End the silence: every table sees all its cards."""
    revealed = request.form.get("revealed") == "1"
    running.set_revealed(_board(exercise), revealed, current_user._get_current_object())
    flash(_("เปิดการ์ดของทุกคนแล้ว") if revealed else _("กลับไปเขียนเงียบแล้ว"))
    return redirect(url_for(".board_room", slug=event.slug, exercise_id=exercise.public_id))


def _board(exercise: Exercise) -> Exercise:
    return exercise if exercise.kind == running.BOARD else abort(404)


# -- a table -----------------------------------------------------------------------------------------


@bp.get("/x/<exercise_id>/board")
@group_page
def board(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """The group's board."""
    return render_template("exercises/board.html", **_shown(exercise, submission, author))


@bp.get("/x/<exercise_id>/board/cards")
@group_page
def board_cards(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """The board alone, for renewing."""
    return render_template("exercises/_board.html", **_shown(exercise, submission, author))


def _shown(exercise: Exercise, submission: Submission, author: Author) -> dict[str, Any]:
    _board(exercise)
    signed = [
        topics.signed(exercise.event, name)
        for name in (lifecycle.room_topic(exercise), lifecycle.group_topic(exercise, submission))
    ]
    return {
        "event": exercise.event,
        "exercise": exercise,
        "submission": submission,
        "author": author,
        "group_arg": group_arg(submission, author),
        "board": reading.board_of(exercise, submission, author),
        "running": phases.running(exercise, submission),
        "signed_topics": signed,
        "closed": exercise.is_locked or submission.is_locked or submission.status == Status.SUBMITTED,
        "may_vote": author.registrant is not None and not author.is_adviser,
        "may_hand_in": not author.is_adviser,
        "may_carry": running.linkage_for(submission) is not None,
        "kind_words": LINKAGE_KINDS,
        "new_id": new_card_id,
    }


@bp.post("/x/<exercise_id>/board/ops")
@group_page
def board_ops(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Take what a phone wrote; each op is answered by itself."""
    sent = read_ops(request.get_json(silent=True), ("card",))
    results = sync.take(Cards(author.registrant), _board(exercise), submission, author, sent)
    return jsonify(results=results)


@bp.post("/x/<exercise_id>/board/cards")
@group_page
def add_board_card(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """A new card from a form."""
    op = Op(_id("op_id"), "card", _id("card_id"), "create", fields=_fields())
    return _taken(exercise, submission, author, op)


@bp.post("/x/<exercise_id>/board/cards/<card_id>")
@group_page
def edit_board_card(
    exercise: Exercise, submission: Submission, author: Author, card_id: str
) -> ResponseReturnValue:
    """Change or delete a card: only what its writer really changed is sent on."""
    asked = request.form.get("action", "")
    action = asked if asked in ("delete", "restore") else "update"
    fields = {name: value for name, value in _fields().items() if value != _was(name)}
    rev = max(0, request.form.get("rev", 0, type=int))
    op = Op(_id("op_id"), "card", card_id, action, base_rev=rev, fields=fields if action == "update" else {})
    return _taken(exercise, submission, author, op)


@bp.post("/x/<exercise_id>/board/cards/<card_id>/carry")
@group_page
def carry_card(exercise: Exercise, submission: Submission, author: Author, card_id: str) -> ResponseReturnValue:
    """Copy a card into the group's linkage."""
    card = Cards(author.registrant).find(_board(exercise), "card", card_id)
    if card is None or card.submission_id != submission.id or card.deleted_at is not None:
        abort(404)
    try:
        running.carry(card, request.form.get("becomes", ""), author)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ส่งต่อไปยังการเชื่อมโยงแผนแล้ว"))
    return _back(exercise, submission, author, card)


@bp.post("/x/<exercise_id>/board/cards/<card_id>/dot")
@group_page
def give_dot(exercise: Exercise, submission: Submission, author: Author, card_id: str) -> ResponseReturnValue:
    """Give a card one of the own dots, or take it back."""
    card = Cards(author.registrant).find(_board(exercise), "card", card_id)
    if card is None or card.submission_id != submission.id or card.deleted_at is not None:
        abort(404)
    try:
        voting.give(exercise, submission, card, author, request.form.get("wanted") == "1")
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return _back(exercise, submission, author, card)


@bp.post("/x/<exercise_id>/board/submit")
@group_page
def submit_board(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Hand in the table's board."""
    try:
        running.submit(_board(exercise), submission, author)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ส่งกระดานของกลุ่มแล้ว"))
    return _back(exercise, submission, author)


@bp.post("/events/<slug>/exercises/<exercise_id>/groups/<group_id>/board/reopen")
@guided_group_page
def reopen_board(event: Event, exercise: Exercise, submission: Submission) -> ResponseReturnValue:
    """Let a table go on with a board that was handed in."""
    running.reopen(_board(exercise), submission, current_user._get_current_object())
    flash(_("เปิดกระดานของ %(group)s ให้แก้แล้ว", group=submission.name))
    return redirect(url_for(".board_room", slug=event.slug, exercise_id=exercise.public_id))


@bp.get("/x/<exercise_id>/board/history")
@group_page
def board_history(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """Who wrote what on the board, what was kept aside and what was deleted."""
    told = reading.history_of(_board(exercise), submission, author)
    return render_template(
        "exercises/board_history.html",
        exercise=exercise,
        submission=submission,
        group_arg=group_arg(submission, author),
        told=told,
        slots=kind_of(exercise).by_code,
        change_words=CHANGES,
        field_words=BOARD_FIELDS,
        new_id=new_card_id,
    )


def _id(name: str) -> str:
    given = request.form.get(name, "")
    return given if is_id(given) else new_card_id()


def _fields() -> dict[str, Any]:
    sent: dict[str, Any] = {name: request.form[name] for name in FIELDS if name in request.form}
    if "cites-asked" in request.form:
        sent["cites"] = request.form.getlist("cites")
    return sent


def _was(name: str) -> Any:
    said = request.form.get(f"was-{name}", "")
    return said.split() if name == "cites" else said


def _taken(exercise: Exercise, submission: Submission, author: Author, op: Op) -> ResponseReturnValue:
    [answer] = sync.take(Cards(author.registrant), _board(exercise), submission, author, [op])
    if answer["status"] in ("refused", "invalid"):
        flash(answer["sentence"], "danger")
    for conflict in answer.get("conflicts") or ():
        flash(
            _(
                "%(name)s แก้ข้อความนี้ก่อนแล้วเป็น “%(theirs)s” ข้อความของท่าน “%(yours)s” เก็บไว้ในประวัติ แก้อีกครั้งได้",
                name=conflict["name"],
                theirs=conflict["theirs"] or "",
                yours=conflict["yours"] or "",
            ),
            "danger",
        )
    return _back(exercise, submission, author)


def _back(
    exercise: Exercise, submission: Submission, author: Author, card: BoardCard | None = None
) -> ResponseReturnValue:
    anchor = f"card-{card.public_id}" if card is not None else None
    arg = group_arg(submission, author)
    return redirect(url_for(".board", exercise_id=exercise.public_id, group=arg, _anchor=anchor))
