"""Dividing people: try out, look, use."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.access import event_page
from app.events.models import Event, Role
from app.groups import assigning, queries, topics, wanting
from app.groups.dividing import Plan, plan
from app.groups.forms import DividingForm, joining, neighbours, new_seed
from app.groups.signals import present_people

from . import bp


@bp.get("/events/<slug>/groups/divide")
@event_page(Role.ORGANISER)
def divide(event: Event) -> ResponseReturnValue:
    """Try a division out: counts and names, seen by nobody else yet."""
    form = DividingForm(request.args, meta={"csrf": False}) if request.args else DividingForm()
    planned = None
    try:
        if form.validate() if request.args else True:
            planned = plan(event, form.settings(request.args))
    except RuleBroken as problem:
        if not request.args:  # nothing was asked for yet: what is missing is said, not what is wrong
            return render_template("groups/nobody_yet.html", event=event, sentence=problem.sentence)
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


def _divide_page(event: Event, form: DividingForm, planned: Plan | None) -> str:
    joined = planned.settings.joined if planned else {}
    settings = planned.settings if planned else None
    again = {"only_present": "1"} if settings and settings.only_present else {}
    return render_template(
        "groups/divide.html",
        event=event,
        form=form,
        plan=planned,
        joined=joined,
        join_fields=joining(joined) | again,
        neighbours=neighbours(event),
        next_seed=new_seed(),
        current=queries.current_grouping(event),
        present=len(present_people(event)),
        seating=wanting.wishes_of(event),
        has_topics=bool(topics.topics_of(event)),
    )
