"""The organiser's pages of groups: try out, make, look, move people, give tables their facilitators."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.events.access import event_page
from app.events.models import Event, Role
from app.registration.models import Registrant

from . import assigning, queries
from .forms import DividingForm, joining, neighbours, new_seed
from .models import Group, Grouping

bp = Blueprint("groups", __name__)


@bp.get("/events/<slug>/groups")
@event_page(Role.ORGANISER, Role.REGISTRAR, Role.VIEWER)
def overview(event: Event) -> ResponseReturnValue:
    """The tables with their people."""
    grouping = queries.current_grouping(event)
    if grouping is None:
        return redirect(url_for(".divide", slug=event.slug))
    return render_template(
        "groups/overview.html",
        event=event,
        grouping=grouping,
        tables=queries.seated(grouping),
        waiting=queries.without_group(event, grouping),
        facilitators=queries.facilitators(event),
    )


@bp.get("/events/<slug>/groups/divide")
@event_page(Role.ORGANISER)
def divide(event: Event) -> ResponseReturnValue:
    """Try a division out: counts and names, seen by nobody else yet."""
    form = DividingForm(request.args, meta={"csrf": False}) if request.args else DividingForm()
    planned = None
    try:
        if form.validate() if request.args else True:
            planned = assigning.plan(event, form.settings(request.args))
    except RuleBroken as problem:
        form.add_error(problem)
    return _divide_page(event, form, planned)


@bp.post("/events/<slug>/groups/divide")
@event_page(Role.ORGANISER)
def make(event: Event) -> ResponseReturnValue:
    """Carry a division out as it was shown."""
    form = DividingForm()
    planned = None
    if form.validate_on_submit():
        settings = form.settings(request.form)
        try:
            grouping = assigning.make_groups(current_user, event, settings)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("จัดกลุ่มแล้ว %(count)d กลุ่ม ผู้เข้าร่วมเห็นกลุ่มของตนแล้ว", count=len(grouping.groups)))
            return redirect(url_for(".overview", slug=event.slug))
    return _divide_page(event, form, planned), 422


def _divide_page(event: Event, form: DividingForm, planned: assigning.Plan | None) -> str:
    joined = planned.settings.joined if planned else {}
    return render_template(
        "groups/divide.html",
        event=event,
        form=form,
        plan=planned,
        joined=joined,
        join_fields=joining(joined),
        neighbours=neighbours(event),
        next_seed=new_seed(),
        current=queries.current_grouping(event),
    )


@bp.get("/events/<slug>/groups/<group_id>")
@event_page(Role.ORGANISER, Role.REGISTRAR, Role.VIEWER)
def table(event: Event, group_id: str) -> ResponseReturnValue:
    """One table: its people, and where each can be moved with one tap."""
    group = queries.find_group(event, group_id) or abort(404)
    groups = queries.groups_of(group.grouping)
    sizes = queries.sizes(group.grouping)
    others = [other for other in groups if other.id != group.id]
    return render_template(
        "groups/table.html",
        event=event,
        group=group,
        people=queries.people_of(group),
        near=[other for other in others if other.unit_id == group.unit_id][:6],
        others=others,
        sizes=sizes,
        facilitators=queries.facilitators(event),
    )


@bp.post("/events/<slug>/groups/<group_id>/people")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def move(event: Event, group_id: str) -> ResponseReturnValue:
    """Seat a person at this table."""
    return _move(event, group_id)


@bp.post("/events/<slug>/groups/people")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def move_to(event: Event) -> ResponseReturnValue:
    """Seat a person at the table chosen from the list of all."""
    if not request.form.get("group"):
        raise RuleBroken(_("ยังไม่ได้เลือกกลุ่มปลายทาง โปรดกลับไปเลือกกลุ่มแล้วกดย้ายอีกครั้ง"))
    return _move(event, request.form["group"])


def _move(event: Event, group_id: str) -> ResponseReturnValue:
    group = queries.find_group(event, group_id) or abort(404)
    registrant = _registrant(event, request.form.get("registrant", ""))
    origin = queries.group_of(registrant)
    assigning.move(current_user, group.grouping, registrant, group)
    flash(_("%(name)s ย้ายไปกลุ่ม %(group)s แล้ว", name=registrant.full_name, group=group.name))
    if origin is None:
        return redirect(url_for(".overview", slug=event.slug))
    return redirect(url_for(".table", slug=event.slug, group_id=origin.public_id))


@bp.post("/events/<slug>/groups/latecomers")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def latecomers(event: Event) -> ResponseReturnValue:
    """Seat everyone who has no table yet."""
    seated = assigning.seat_latecomers(current_user, _grouping(event))
    flash(_("จัดที่นั่งให้ผู้ที่ยังไม่มีกลุ่มแล้ว %(count)d คน", count=len(seated)))
    return redirect(url_for(".overview", slug=event.slug))


@bp.post("/events/<slug>/groups/<group_id>/facilitator")
@event_page(Role.ORGANISER)
def facilitator(event: Event, group_id: str) -> ResponseReturnValue:
    """Give this table its วิทยากรประจำกลุ่ม."""
    group = queries.find_group(event, group_id) or abort(404)
    chosen = request.form.get("facilitator", "")
    user = next((one for one in queries.facilitators(event) if one.public_id == chosen), None)
    if chosen and user is None:
        abort(404)
    assigning.assign_facilitator(current_user, event, group, user)
    flash(_facilitator_sentence(group))
    return redirect(url_for(".table", slug=event.slug, group_id=group.public_id))


@bp.post("/events/<slug>/groups/facilitators")
@event_page(Role.ORGANISER)
def share_out(event: Event) -> ResponseReturnValue:
    """Share all tables among the event's facilitators."""
    count = assigning.share_out_facilitators(current_user, event, _grouping(event))
    flash(_("แบ่งกลุ่มให้วิทยากรประจำกลุ่ม %(count)d คนแล้ว", count=count))
    return redirect(url_for(".overview", slug=event.slug))


def _facilitator_sentence(group: Group) -> str:
    if group.facilitator is None:
        return _("กลุ่ม %(group)s ยังไม่มีวิทยากรประจำกลุ่ม", group=group.name)
    return _("%(name)s เป็นวิทยากรประจำกลุ่ม %(group)s แล้ว", name=group.facilitator.name, group=group.name)


def _grouping(event: Event) -> Grouping:
    return queries.current_grouping(event) or abort(404)


def _registrant(event: Event, public_id: str) -> Registrant:
    query = select(Registrant).where(Registrant.event_id == event.id, Registrant.public_id == public_id)
    return db.session.scalar(query) or abort(404)
