"""A unit's coordinator: the unit's people and nobody else's. And the organiser's side: the links."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.audit import trail
from app.core.access import public
from app.core.errors import RuleBroken
from app.events.access import event_page
from app.events.models import Event, Role, Unit

from .. import coordinators, invitations, queries, signup, substitution
from ..access import coordinator_page, remember_coordinator
from ..coordinator_forms import UnitPersonForm
from ..models import Coordinator, Registrant, Standing
from . import bp


@bp.get("/k/<public_id>/<token>")
@public
def open_unit(public_id: str, token: str) -> ResponseReturnValue:
    """Let this browser be the unit's coordinator. Changes nothing on the server: previews fetch links too."""
    coordinator = coordinators.find_by_link(public_id, token)
    if coordinator is None:
        return render_template("registration/link_ended.html", withdrawn=False), 404
    remember_coordinator(coordinator)
    return redirect(url_for(".unit_people", slug=coordinator.event.slug))


@bp.get("/e/<slug>/unit")
@coordinator_page
def unit_people(event: Event, coordinator: Coordinator) -> ResponseReturnValue:
    """The unit's people with what has become of each."""
    people = queries.of_unit(event, coordinator.unit)
    return render_template(
        "registration/unit_people.html",
        event=event,
        unit=coordinator.unit,
        people=[person for person in people if person.standing != Standing.WITHDRAWN],
        gone=[person for person in people if person.standing == Standing.WITHDRAWN],
        successors={person.replaces_id: person for person in people if person.replaces_id},
        may_edit=signup.may_edit_alone(event),
    )


@bp.route("/e/<slug>/unit/new", methods=["GET", "POST"])
@coordinator_page
def unit_add(event: Event, coordinator: Coordinator) -> ResponseReturnValue:
    """Enter a person of the unit."""
    _refuse_late(event)
    form = UnitPersonForm()
    if form.validate_on_submit():
        try:
            person = signup.register(
                event, **form.values(), unit=coordinator.unit, source="coordinator", actor=coordinator
            )
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("เพิ่ม %(name)s แล้ว", name=person.full_name))
            return redirect(url_for(".unit_people", slug=event.slug))
    return _form(event, coordinator, form, None, "new")


@bp.route("/e/<slug>/unit/<public_id>/edit", methods=["GET", "POST"])
@coordinator_page
def unit_edit(event: Event, coordinator: Coordinator, public_id: str) -> ResponseReturnValue:
    """Correct a person of the unit."""
    _refuse_late(event)
    person = _person(event, coordinator, public_id)
    form = UnitPersonForm(person)
    if request.method == "GET":
        form.show(person)
    elif form.validate_on_submit():
        try:
            signup.edit(person, actor=coordinator, **form.values())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for(".unit_people", slug=event.slug))
    return _form(event, coordinator, form, person, "edit")


@bp.route("/e/<slug>/unit/<public_id>/substitute", methods=["GET", "POST"])
@coordinator_page
def unit_substitute(event: Event, coordinator: Coordinator, public_id: str) -> ResponseReturnValue:
    """Somebody else comes in this person's seat."""
    _refuse_late(event)
    person = _person(event, coordinator, public_id)
    form = UnitPersonForm(person)
    if request.method == "GET":
        form.show_post(person)
    elif form.validate_on_submit():
        try:
            come = substitution.substitute(person, actor=coordinator, source="coordinator", **form.values())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("เปลี่ยนตัวเป็น %(name)s แล้ว ที่นั่งเดิมยังอยู่", name=come.full_name))
            return redirect(url_for(".unit_people", slug=event.slug))
    return _form(event, coordinator, form, person, "substitute")


@bp.post("/e/<slug>/unit/<public_id>/withdraw")
@coordinator_page
def unit_withdraw(event: Event, coordinator: Coordinator, public_id: str) -> ResponseReturnValue:
    """Give a seat of the unit back."""
    _refuse_late(event)
    person = _person(event, coordinator, public_id)
    signup.withdraw(person, actor=coordinator)
    flash(_("ถอนชื่อ %(name)s แล้ว", name=person.full_name))
    return redirect(url_for(".unit_people", slug=event.slug))


@bp.post("/e/<slug>/unit/links")
@coordinator_page
def unit_personal_links(event: Event, coordinator: Coordinator) -> ResponseReturnValue:
    """The unit's personal links as one text, for passing each on to its owner. Showing them is written down."""
    people = queries.everybody(event, coordinator.unit)
    trail.record(coordinator, event, "links.shown", coordinator.unit, people=len(people))
    text = invitations.for_unit(event, coordinator.unit, people)
    return render_template("registration/unit_links_text.html", event=event, unit=coordinator.unit, text=text)


def _form(
    event: Event, coordinator: Coordinator, form: UnitPersonForm, person: Registrant | None, task: str
) -> ResponseReturnValue:
    page = render_template(
        "registration/unit_person_form.html",
        event=event,
        unit=coordinator.unit,
        form=form,
        person=person,
        task=task,
    )
    return page, 422 if request.method == "POST" else 200


def _person(event: Event, coordinator: Coordinator, public_id: str) -> Registrant:
    """A person of the coordinator's own unit who takes part or waits; anybody else does not exist here."""
    person = queries.find(event, public_id)
    if person is None or person.unit_id != coordinator.unit_id or person.merged_into_id is not None:
        abort(404)
    if person.standing == Standing.WITHDRAWN:
        abort(404)
    return person


def _refuse_late(event: Event) -> None:
    if not signup.may_edit_alone(event):
        flash(_("เลยกำหนดแก้ไขแล้ว โปรดแจ้งผู้จัดงาน"), "warning")
        abort(redirect(url_for(".unit_people", slug=event.slug)))


@bp.route("/events/<slug>/coordinators", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def unit_coordinators(event: Event) -> ResponseReturnValue:
    """The units' links. Showing one is a POST, because it is written down."""
    chosen = None
    if request.method == "POST":
        chosen = coordinators.of_unit(event, _unit(event, request.form.get("unit", "")))
        trail.record(current_user, event, "coordinator.shown", chosen)
    return render_template(
        "registration/unit_coordinators.html",
        event=event,
        numbers=queries.unit_numbers(event),
        links=coordinators.of_event(event),
        chosen=chosen,
        text=coordinators.invitation(chosen) if chosen and chosen.is_open else "",
    )


@bp.post("/events/<slug>/coordinators/<public_id>/renew")
@event_page(Role.ORGANISER)
def renew_coordinator(event: Event, public_id: str) -> ResponseReturnValue:
    """Make a unit's link anew; the old one stops."""
    coordinators.renew(coordinators.of_unit(event, _unit(event, public_id)), actor=current_user)
    flash(_("ออกลิงก์ใหม่แล้ว ลิงก์เดิมใช้ไม่ได้ กด “แสดงลิงก์” เพื่อคัดลอก"))
    return redirect(url_for(".unit_coordinators", slug=event.slug))


@bp.post("/events/<slug>/coordinators/<public_id>/close")
@event_page(Role.ORGANISER)
def close_coordinator(event: Event, public_id: str) -> ResponseReturnValue:
    """Close a unit's link."""
    coordinators.close(coordinators.of_unit(event, _unit(event, public_id)), actor=current_user)
    flash(_("ปิดลิงก์แล้ว"))
    return redirect(url_for(".unit_coordinators", slug=event.slug))


def _unit(event: Event, public_id: str) -> Unit:
    return next((unit for unit in event.units if unit.public_id == public_id), None) or abort(404)
