"""Units' pages: all targets on one, each unit's own form on another."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.form_fields import read_whole_number

from .. import units as rules
from ..access import event_page
from ..forms import KINDS, UnitForm
from ..models import Event, Role, Unit
from ..queries import tree
from . import bp


@bp.route("/events/<slug>/units", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def units(event: Event) -> ResponseReturnValue:
    """Every unit with its target, all changed at once."""
    typed = {
        unit.public_id: request.form.get(f"target-{unit.public_id}", str(unit.target)) for unit in event.units
    }
    errors: dict[str, object] = {}
    if request.method == "POST":
        targets = {key: _number(value) for key, value in typed.items()}
        errors = {key: _("โปรดใส่จำนวนเต็ม") for key, number in targets.items() if number is None}
        if not errors:
            try:
                changed = rules.set_targets(
                    event, {k: n for k, n in targets.items() if n is not None}, actor=current_user
                )
            except RuleBroken as problem:
                errors = {problem.field or "": problem.sentence}
            else:
                flash(_("บันทึกเป้าหมายแล้ว เปลี่ยน %(count)d หน่วย", count=changed))
                return redirect(url_for(".units", slug=event.slug))
    page = render_template(
        "events/units.html", event=event, tree=tree(event), typed=typed, errors=errors, kinds=KINDS
    )
    return page, 422 if errors else 200


def _number(typed: str) -> int | None:
    """What was typed as a number; empty is 0, nonsense None."""
    try:
        return read_whole_number(typed) or 0
    except ValueError:
        return None


@bp.route("/events/<slug>/units/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def add_unit(event: Event) -> ResponseReturnValue:
    """Add an agency, a local government or a tambon."""
    return _save(event, None, UnitForm(event))


@bp.route("/events/<slug>/units/<public_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def edit_unit(event: Event, public_id: str) -> ResponseReturnValue:
    """Change a unit that was added by hand."""
    unit = _unit(event, public_id)
    form = UnitForm(event)
    if request.method == "GET":
        form.show(unit)
    return _save(event, unit, form)


@bp.post("/events/<slug>/units/<public_id>/remove")
@event_page(Role.ORGANISER)
def remove_unit(event: Event, public_id: str) -> ResponseReturnValue:
    """Remove a unit from which nobody comes."""
    unit = _unit(event, public_id)
    try:
        rules.remove_unit(event, unit, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ลบ “%(name)s” แล้ว", name=unit.name))
    return redirect(url_for(".units", slug=event.slug))


def _save(event: Event, unit: Unit | None, form: UnitForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            saved = rules.save_unit(event, unit, actor=current_user, **form.values())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึก “%(name)s” แล้ว", name=saved.name))
            return redirect(url_for(".units", slug=event.slug))
    page = render_template("events/unit_form.html", event=event, form=form, unit=unit)
    return page, 422 if request.method == "POST" else 200


def _unit(event: Event, public_id: str) -> Unit:
    """A unit that has a form of its own; the province's districts have only targets."""
    unit = rules.find(event, public_id)
    return unit if unit is not None and unit.kind in rules.ADDABLE else abort(404)
