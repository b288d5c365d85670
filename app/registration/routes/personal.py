"""The personal link, and what a person corrects alone."""

from __future__ import annotations

import io

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import public
from app.core.errors import RuleBroken
from app.events.models import Event

from .. import consents, notice, own_data, signup
from ..access import registrant_page, remember
from ..consent_forms import consents_form
from ..forms import OwnDataForm
from ..links import find_by_link
from ..models import Registrant, Standing
from ..questions import answering
from ..questions.forms import PURPOSES, answers_form
from ..records import standing_record
from . import bp


@bp.get("/p/<public_id>/<token>")
@public
def open_link(public_id: str, token: str) -> ResponseReturnValue:
    """Let this browser be this person. Changes nothing on the server: previews fetch links before people do."""
    registrant = find_by_link(public_id, token)
    if registrant is None:
        return render_template("registration/link_ended.html", withdrawn=False), 404
    if standing_record(registrant).standing == Standing.WITHDRAWN:
        return render_template("registration/link_ended.html", withdrawn=True), 404
    remember(registrant)
    return redirect(url_for("dashboard.me", slug=registrant.event.slug))


@bp.route("/e/<slug>/me/edit", methods=["GET", "POST"])
@registrant_page
def edit_me(event: Event, registrant: Registrant) -> ResponseReturnValue:
    """Correct one's own data, until the event's deadline."""
    if not signup.may_edit_alone(event):
        return render_template("registration/edit_closed.html", event=event)
    form, answers = OwnDataForm(registrant), answers_form(event)
    if request.method == "GET":
        form.show(registrant, food_consent=consents.stands(registrant, consents.FOOD))
        answers.show(answering.values_of(registrant))
    elif all([form.validate_on_submit(), answers.validate_on_submit()]):
        try:
            signup.edit(registrant, actor=None, unit=None, **form.name_values(), **form.contact_values())
            signup.choose_food(
                registrant, form.food.data or "", consent=bool(form.food_consent.data), channel="own_page"
            )
            answering.store(registrant, answers.questions, answers.values())
        except RuleBroken as problem:
            (answers if problem.field in answers else form).add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for("dashboard.me", slug=event.slug))
    page = render_template(
        "registration/edit_me.html", event=event, form=form, answers=answers, purposes=dict(PURPOSES)
    )
    return page, 422 if request.method == "POST" else 200


@bp.get("/e/<slug>/me/data")
@registrant_page
def my_data(event: Event, registrant: Registrant) -> ResponseReturnValue:
    """What the event keeps about this person, the consents, the way out."""
    form = consents_form(notice.shown(event).consents)
    form.show(consents.standing(registrant))
    return render_template(
        "registration/my_data.html",
        event=event,
        registrant=registrant,
        form=form,
        sections=own_data.sections(registrant),
        may_edit=signup.may_edit_alone(event),
    )


@bp.post("/e/<slug>/me/consents")
@registrant_page
def my_consents(event: Event, registrant: Registrant) -> ResponseReturnValue:
    """Give or take back optional consents, one as easily as the other."""
    form = consents_form(notice.shown(event).consents)
    if form.validate_on_submit():
        consents.answer(registrant, form.given(), channel="own_page")
        flash(_("บันทึกความยินยอมแล้ว"))
    return redirect(url_for(".my_data", slug=event.slug))


@bp.get("/e/<slug>/me/data.<kind>")
@registrant_page
def my_data_file(event: Event, registrant: Registrant, kind: str) -> ResponseReturnValue:
    """One's own data as a file, for programs or for a spreadsheet."""
    makers = {"json": (own_data.as_json, "application/json"), "csv": (own_data.as_csv, "text/csv")}
    if kind not in makers:
        abort(404)
    make, mimetype = makers[kind]
    name = f"{_('ข้อมูลของฉัน')}.{kind}"
    return send_file(io.BytesIO(make(registrant)), mimetype, as_attachment=True, download_name=name)


@bp.post("/e/<slug>/me/withdraw")
@registrant_page
def withdraw_me(event: Event, registrant: Registrant) -> ResponseReturnValue:
    """Step back oneself; the seat is free at once."""
    if not signup.may_edit_alone(event):
        flash(_("เลยกำหนดถอนชื่อเองแล้ว โปรดแจ้งผู้จัดงาน"), "warning")
        return redirect(url_for(".my_data", slug=event.slug))
    signup.withdraw(registrant)
    flash(_("ถอนชื่อแล้ว ที่นั่งของท่านว่างให้ผู้อื่น หากเปลี่ยนใจ โปรดแจ้งผู้จัดงาน"))
    return redirect(url_for(".event_page", slug=event.slug))
