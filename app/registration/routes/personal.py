"""The personal link, and what a person corrects alone."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import public
from app.core.errors import RuleBroken
from app.events.models import Event

from .. import consents, signup
from ..access import registrant_page, remember
from ..forms import OwnDataForm
from ..links import find_by_link
from ..models import Registrant, Standing
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
    """Correct one's own data."""
    form = OwnDataForm(registrant)
    if request.method == "GET":
        form.show(registrant, food_consent=consents.stands(registrant, consents.FOOD))
    elif form.validate_on_submit():
        try:
            signup.edit(registrant, actor=None, unit=None, **form.name_values(), **form.contact_values())
            signup.choose_food(
                registrant, form.food.data or "", consent=bool(form.food_consent.data), channel="own_page"
            )
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for("dashboard.me", slug=event.slug))
    page = render_template("registration/edit_me.html", event=event, form=form)
    return page, 422 if request.method == "POST" else 200
