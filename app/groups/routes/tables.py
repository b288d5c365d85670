"""The tables as they are: looking, moving people, latecomers, no-shows, facilitators."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.database import db
from app.events.access import event_page
from app.events.models import Event, Role
from app.groups import assigning, on_the_day, queries
from app.groups.models import Group, Grouping
from app.registration.models import Registrant

from . import bp


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
        absent=on_the_day.absent(grouping),
        facilitators=queries.facilitators(event),
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
        advisers=queries.advisers_of(group),
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


@bp.post("/events/<slug>/groups/hand-over")
@event_page(Role.ORGANISER)
def hand_over(event: Event) -> ResponseReturnValue:
    """Give all tables of one facilitator to another."""
    by_id = {one.public_id: one for one in queries.facilitators(event)}
    origin, target = (by_id.get(request.form.get(name, "")) for name in ("origin", "target"))
    if origin is None or target is None or origin is target:
        raise RuleBroken(_("โปรดเลือกวิทยากรสองคนที่ต่างกัน"))
    count = assigning.hand_over(current_user, event, _grouping(event), origin, target)
    flash(_("ส่งมอบ %(count)d กลุ่มให้ %(name)s แล้ว", count=count, name=target.name))
    return redirect(url_for(".overview", slug=event.slug))


@bp.post("/events/<slug>/groups/absent")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def clear_absent(event: Event) -> ResponseReturnValue:
    """Free the seats of those who did not come."""
    count = on_the_day.clear_absent(current_user, _grouping(event))
    flash(_("นำผู้ที่ยังไม่มาออกจากผัง %(count)d คนแล้ว หากมาภายหลังจะอยู่ในรายชื่อผู้ยังไม่มีกลุ่ม", count=count))
    return redirect(url_for(".overview", slug=event.slug))


@bp.post("/events/<slug>/groups/tables")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def add_table(event: Event) -> ResponseReturnValue:
    """One table more."""
    group = on_the_day.add_table(current_user, _grouping(event), request.form.get("name", ""))
    flash(_("เพิ่มโต๊ะ %(number)d “%(name)s” แล้ว", number=group.number, name=group.name))
    return redirect(url_for(".table", slug=event.slug, group_id=group.public_id))


@bp.post("/events/<slug>/groups/<group_id>/name")
@event_page(Role.ORGANISER)
def rename(event: Event, group_id: str) -> ResponseReturnValue:
    """Call a table something else."""
    group = queries.find_group(event, group_id) or abort(404)
    on_the_day.rename(current_user, event, group, request.form.get("name", ""))
    flash(_("บันทึกแล้ว"))
    return redirect(url_for(".table", slug=event.slug, group_id=group.public_id))


@bp.post("/events/<slug>/groups/<group_id>/join")
@event_page(Role.ORGANISER)
def join_tables(event: Event, group_id: str) -> ResponseReturnValue:
    """Seat everyone of this table at another."""
    group = queries.find_group(event, group_id) or abort(404)
    other = queries.find_group(event, request.form.get("group", "")) or abort(404)
    count = on_the_day.join_tables(current_user, event, group, other)
    flash(_("ย้าย %(count)d คนไปกลุ่ม %(name)s แล้ว งานที่เขียนไว้ยังอยู่กับกลุ่มเดิม", count=count, name=other.name))
    return redirect(url_for(".table", slug=event.slug, group_id=other.public_id))


def _facilitator_sentence(group: Group) -> str:
    if group.facilitator is None:
        return _("กลุ่ม %(group)s ยังไม่มีวิทยากรประจำกลุ่ม", group=group.name)
    return _("%(name)s เป็นวิทยากรประจำกลุ่ม %(group)s แล้ว", name=group.facilitator.name, group=group.name)


def _grouping(event: Event) -> Grouping:
    return queries.current_grouping(event) or abort(404)


def _registrant(event: Event, public_id: str) -> Registrant:
    query = select(Registrant).where(Registrant.event_id == event.id, Registrant.public_id == public_id)
    return db.session.scalar(query) or abort(404)
