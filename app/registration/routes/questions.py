"""The organiser's own questions and the words of the privacy notice."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.access import event_page
from app.events.models import Event, Role

from .. import notice as notices
from ..consent_forms import NoticeForm
from ..questions import answering, asking
from ..questions.forms import KINDS, PURPOSES, QuestionForm, condition
from ..questions.models import Question
from . import bp


@bp.get("/events/<slug>/questions")
@event_page(Role.ORGANISER)
def questions(event: Event) -> ResponseReturnValue:
    """What is asked besides name, post, office and contact."""
    here = answering.questions_of(event)
    return render_template(
        "registration/questions.html",
        event=event,
        questions=here,
        numbers={question.id: asking.count_answers(question) for question in here},
        kinds=dict(KINDS),
        purposes=dict(PURPOSES),
        condition=condition,
    )


@bp.route("/events/<slug>/questions/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def new_question(event: Event) -> ResponseReturnValue:
    """Ask one thing more."""
    return _edit(event, None)


@bp.route("/events/<slug>/questions/<public_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def edit_question(event: Event, public_id: str) -> ResponseReturnValue:
    """Change a question."""
    return _edit(event, _question(event, public_id))


def _edit(event: Event, question: Question | None) -> ResponseReturnValue:
    form = QuestionForm(event, question)
    if request.method == "GET":
        if question is not None:
            form.show(question)
    elif form.validate_on_submit():
        try:
            asking.save(event, question, form.wanted(), actor=current_user)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกคำถามแล้ว"))
            return redirect(url_for(".questions", slug=event.slug))
    page = render_template("registration/question_form.html", event=event, form=form, question=question)
    return page, 422 if request.method == "POST" else 200


@bp.post("/events/<slug>/questions/<public_id>/up")
@event_page(Role.ORGANISER)
def question_up(event: Event, public_id: str) -> ResponseReturnValue:
    """Ask a question one place earlier."""
    try:
        asking.move_up(_question(event, public_id), actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(url_for(".questions", slug=event.slug))


@bp.post("/events/<slug>/questions/<public_id>/remove")
@event_page(Role.ORGANISER)
def remove_question(event: Event, public_id: str) -> ResponseReturnValue:
    """Remove a question with its answers."""
    try:
        answers = asking.remove(_question(event, public_id), actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ลบคำถามพร้อมคำตอบ %(count)d รายการแล้ว", count=answers))
    return redirect(url_for(".questions", slug=event.slug))


def _question(event: Event, public_id: str) -> Question:
    return asking.find(event, public_id) or abort(404)


@bp.route("/events/<slug>/notice", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def notice(event: Event) -> ResponseReturnValue:
    """The office's own words in the privacy notice, and which optional consents are asked."""
    form, words = NoticeForm(), notices.current(event)
    if request.method == "GET":
        form.show(event, words)
    elif form.validate_on_submit():
        try:
            notices.save(event, form.words(), form.consents.data or [], actor=current_user)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกประกาศแล้ว ผู้ตอบรับจากนี้จะเห็นฉบับใหม่"))
            return redirect(url_for(".notice", slug=event.slug))
    page = render_template("registration/notice_form.html", event=event, form=form, words=words)
    return page, 422 if request.method == "POST" else 200
