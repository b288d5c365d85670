"""The attendance register's pages: sums for everybody who may see figures, names unit by unit, excuses."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectMultipleField, widgets

from app.core import clock
from app.core.errors import RuleBroken
from app.core.forms import CleanString, Form, at_most, required
from app.events.access import event_page
from app.events.models import Event, Role

from .. import excusing
from ..figures import register as sums
from . import bp
from .overview import SEEN_BY, check_point_or_404, person_or_404


class ExcuseForm(Form):
    """Why, and from what."""

    reason = CleanString(_l("เหตุผล"), [required(), at_most(excusing.REASON_LENGTH)])
    points = SelectMultipleField(
        _l("ช่วง"), option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False)
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.points.choices = [(point.public_id, point.name) for point in sums.registers_of(event)]


@bp.get("/events/<slug>/register")
@event_page(*SEEN_BY)
def register(event: Event) -> ResponseReturnValue:
    """Target against actual by unit, half-day and category; the names of one unit when it is chosen."""
    read = sums.read(event, clock.now())
    unit = next((unit for unit in event.units if unit.public_id == request.args.get("unit")), None)
    lines = [line for line in read.lines if unit is not None and line.registrant.unit_id == unit.id]
    return render_template(
        "checkin/register.html",
        event=event,
        points=read.points,
        unit=unit,
        lines=lines,
        units=sums.by_unit(read, event.units),
        categories=sums.by_category(read),
        whole=sums.whole(read, event.units),
    )


@bp.route("/events/<slug>/register/<person_id>/excuse", methods=["GET", "POST"])
@event_page(Role.ORGANISER, Role.REGISTRAR)
def excuse(event: Event, person_id: str) -> ResponseReturnValue:
    """ลา / ติดราชการ: a reason, at one half-day or several."""
    person = person_or_404(event, person_id)
    form = ExcuseForm(event)
    if request.method == "POST" and form.validate():
        points = [point for point in sums.registers_of(event) if point.public_id in (form.points.data or [])]
        try:
            excusing.excuse(event, points, person, form.reason.data or "", current_user)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกการลาของ %(name)s แล้ว", name=person.full_name))
            return redirect(url_for(".register", slug=event.slug, unit=person.unit.public_id))
    if request.method == "GET":
        form.points.data = [request.args.get("point", "")]
    page = render_template(
        "checkin/excuse.html", event=event, person=person, form=form, reasons=excusing.reasons(event)
    )
    return page, 422 if request.method == "POST" else 200


@bp.post("/events/<slug>/register/<person_id>/excuse/<public_id>/take-back")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def take_back_excuse(event: Event, person_id: str, public_id: str) -> ResponseReturnValue:
    """The person comes after all, or the excuse was somebody else's."""
    person = person_or_404(event, person_id)
    excusing.take_back(event, check_point_or_404(event, public_id), person, current_user)
    flash(_("ยกเลิกการลาของ %(name)s แล้ว", name=person.full_name))
    return redirect(url_for(".register", slug=event.slug, unit=person.unit.public_id))
