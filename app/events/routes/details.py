"""Name, days, place, office of an event."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.addresses import base_url
from app.core.errors import RuleBroken

from .. import details as rules
from ..access import event_page
from ..forms import DetailsForm
from ..models import Event, Role
from . import bp


@bp.route("/events/<slug>/details", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def details(event: Event) -> ResponseReturnValue:
    """See and change the details."""
    form = DetailsForm(obj=event if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            rules.edit(
                event,
                name=form.name.data,
                venue=form.venue.data or "",
                organiser_name=form.organiser_name.data or "",
                contact=form.contact.data or "",
                registration_open=form.registration_open.data,
                first_day=form.first_day.data,
                last_day=form.last_day.data,
                edit_until=form.edit_until.data,
                actor=current_user,
            )
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for(".details", slug=event.slug))
    address = base_url() + url_for("registration.event_page", slug=event.slug)
    page = render_template("events/details.html", event=event, form=form, public_address=address)
    return page, 422 if request.method == "POST" else 200
