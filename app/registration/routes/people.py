"""The organiser's list of people and each person's page."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.languages import language
from app.core.paging import asked_page
from app.events.access import event_page
from app.events.models import Event, Role, Unit

from .. import emails, invitations, merging, queries, retention, signup, substitution
from ..forms import CATEGORIES, PersonForm
from ..models import Part, Registrant, Standing
from ..parts import LABELS as PART_LABELS
from ..questions import answering
from ..questions.forms import shown_value
from ..records import standing_record
from ..seats import telling
from ..seats.waiting import place_of
from . import bp

_STANDINGS = {"": Standing.REGISTERED, "withdrawn": Standing.WITHDRAWN, "all": None}
STANDING_LABELS = {
    Standing.REGISTERED: _l("มีที่นั่งแล้ว"),
    Standing.PENDING: _l("รออนุมัติ"),
    Standing.WAITING: _l("บัญชีสำรอง"),
    Standing.DECLINED: _l("ไม่รับ"),
    Standing.WITHDRAWN: _l("ถอนชื่อ"),
}
# Food can reveal religion or health: it is for those who order the meals.
_SEE_FOOD = {Role.OWNER, Role.ORGANISER}


@bp.get("/events/<slug>/people")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def people(event: Event) -> ResponseReturnValue:
    """The event's people: searched, narrowed by unit and standing, a page at a time."""
    asked = request.args.get("standing", "")
    standing = asked if asked in _STANDINGS else ""
    search = request.args.get("q", "")[:100]
    asked_part = request.args.get("part", "")
    part = Part(asked_part) if asked_part in set(Part) else None
    heads = queries.heads(event)
    numbers = queries.unit_numbers(event, heads)
    unit = _unit([row.unit for row in numbers], request.args.get("unit", ""))
    found = queries.people(
        event,
        search=search,
        unit=unit,
        standing=_STANDINGS[standing],
        part=part,
        page=asked_page(request.args.get("page")),
    )
    return render_template(
        "registration/people.html",
        event=event,
        page=found,
        search=search,
        unit=unit,
        standing=standing,
        numbers=numbers,
        counts=queries.standing_counts(event, heads),
        part=part,
        parts=PART_LABELS,
        part_counts=queries.part_counts(event, heads),
        labels=STANDING_LABELS,
        untold=len(telling.untold(event)),
        is_food_overdue=bool(g.roles & _SEE_FOOD) and retention.is_food_overdue(event),
    )


@bp.route("/events/<slug>/people/new", methods=["GET", "POST"])
@event_page(Role.ORGANISER, Role.REGISTRAR)
def add_person(event: Event) -> ResponseReturnValue:
    """Add one person by hand."""
    form = PersonForm(event)
    if form.validate_on_submit():
        try:
            registrant = signup.register(event, **form.values(), source="organiser", actor=current_user)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            if registrant.standing == Standing.WAITING:
                flash(_("ที่นั่งเต็ม %(name)s อยู่ในบัญชีสำรอง", name=registrant.full_name), "warning")
            else:
                flash(_("เพิ่ม %(name)s แล้ว", name=registrant.full_name))
            return redirect(url_for(".person", slug=event.slug, public_id=registrant.public_id))
    page = render_template(
        "registration/person_form.html", event=event, form=form, person=None, **_suggestions(event)
    )
    return page, 422 if request.method == "POST" else 200


@bp.get("/events/<slug>/people/<public_id>")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def person(event: Event, public_id: str) -> ResponseReturnValue:
    """One person: data, personal link as text for LINE, and what can be done."""
    registrant = _registrant(event, public_id)
    return render_template(
        "registration/person.html",
        event=event,
        person=registrant,
        labels=STANDING_LABELS,
        parts=PART_LABELS,
        place=place_of(registrant) if registrant.standing == Standing.WAITING else 0,
        line_text=invitations.for_one(registrant),
        sees_food=bool(g.roles & _SEE_FOOD),
        mergers=merging.mergers_into(registrant),
        last_mail=emails.last_mail(registrant),
        replaced=substitution.replaced(registrant),
        replaced_by=substitution.replaced_by(registrant),
        answers=[
            (answer.question.label, shown_value(answer.question, answer.value, language()))
            for answer in answering.answers_of(registrant)
            if g.roles & _SEE_FOOD or not answer.question.is_sensitive
        ],
    )


@bp.route("/events/<slug>/people/<public_id>/edit", methods=["GET", "POST"])
@event_page(Role.ORGANISER, Role.REGISTRAR)
def edit_person(event: Event, public_id: str) -> ResponseReturnValue:
    """Correct what is written about a person."""
    registrant = _registrant(event, public_id)
    name = registrant.full_name
    form = PersonForm(event)
    if request.method == "GET":
        form.show(registrant)
    elif form.validate_on_submit():
        try:
            signup.edit(registrant, actor=current_user, **form.values())
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for(".person", slug=event.slug, public_id=public_id))
    page = render_template(
        "registration/person_form.html",
        event=event,
        form=form,
        person=registrant,
        name=name,
        **_suggestions(event),
    )
    return page, 422 if request.method == "POST" else 200


@bp.post("/events/<slug>/people/<public_id>/withdraw")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def withdraw_person(event: Event, public_id: str) -> ResponseReturnValue:
    """Take a person off the list; the person's page offers to undo it."""
    registrant = _registrant(event, public_id)
    signup.withdraw(registrant, actor=current_user)
    flash(_("ถอนชื่อ %(name)s แล้ว หากกดผิดให้กด “คืนรายชื่อ” ด้านล่าง", name=registrant.full_name))
    return redirect(url_for(".person", slug=event.slug, public_id=public_id))


@bp.post("/events/<slug>/people/<public_id>/restore")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def restore_person(event: Event, public_id: str) -> ResponseReturnValue:
    """Put a withdrawn person back on the list."""
    registrant = _registrant(event, public_id)
    try:
        signup.restore(registrant, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        said = _("คืนรายชื่อ %(name)s แล้ว", name=registrant.full_name)
        if registrant.standing == Standing.WAITING:
            said += " " + _("แต่ที่นั่งเต็ม จึงเป็นลำดับแรกของบัญชีสำรอง")
        flash(said)
    return redirect(url_for(".person", slug=event.slug, public_id=public_id))


def _registrant(event: Event, public_id: str) -> Registrant:
    """The record that stands, also by the address of one that was merged into it."""
    return standing_record(queries.find(event, public_id) or abort(404))


def _unit(units: list[Unit], public_id: str) -> Unit | None:
    return next((unit for unit in units if unit.public_id == public_id), None)


def _suggestions(event: Event) -> dict[str, list[str]]:
    """Categories to choose from while typing: those in use first."""
    usual = [value for value, _label in CATEGORIES]
    return {"categories": list(dict.fromkeys([*queries.categories(event), *usual]))}
