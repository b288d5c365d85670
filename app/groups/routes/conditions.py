"""What the organiser wants before people are divided: seats of some people, and topics to choose from."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField
from wtforms.validators import Optional

from app.core.addresses import base_url
from app.core.errors import RuleBroken
from app.core.forms import CleanText, Form, WholeNumber, required
from app.events.access import event_page
from app.events.models import Event, Role
from app.groups import queries, topics, wanting
from app.groups.models import SeatingKind

from . import bp

KINDS = {
    SeatingKind.PIN: _l("นั่งโต๊ะที่กำหนด"),
    SeatingKind.TOGETHER: _l("นั่งด้วยกัน"),
    SeatingKind.APART: _l("แยกกลุ่มกัน"),
}


class SeatingForm(Form):
    """Some people and where they are wanted."""

    kind = RadioField(
        _l("เงื่อนไข"), choices=[(kind.value, label) for kind, label in KINDS.items()], default=SeatingKind.TOGETHER
    )
    names = CleanText(_l("ชื่อ"), validators=[required()])
    table_number = WholeNumber(_l("โต๊ะที่"), validators=(Optional(),), low=1, high=999)


class TopicsForm(Form):
    """The topics, pasted."""

    topics = CleanText(_l("หัวข้อ"))


@bp.route("/events/<slug>/groups/seating", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def seating(event: Event) -> ResponseReturnValue:
    """Who is wanted at a table, together, or apart."""
    form = SeatingForm()
    if form.validate_on_submit():
        try:
            people = wanting.people_named(event, form.names.data or "")
            wanting.add(current_user, event, SeatingKind(form.kind.data), people, form.table_number.data)
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("เพิ่มเงื่อนไขแล้ว จะใช้เมื่อดูผังครั้งต่อไป"))
            return redirect(url_for(".seating", slug=event.slug))
    page = render_template(
        "groups/seating.html", event=event, form=form, wishes=wanting.wishes_of(event), kinds=KINDS
    )
    return page, 422 if request.method == "POST" else 200


@bp.post("/events/<slug>/groups/seating/<wish_id>/remove")
@event_page(Role.ORGANISER)
def remove_seating(event: Event, wish_id: str) -> ResponseReturnValue:
    """Forget a seating wish."""
    wanting.remove(current_user, event, wanting.find(event, wish_id) or abort(404))
    flash(_("ลบเงื่อนไขแล้ว"))
    return redirect(url_for(".seating", slug=event.slug))


@bp.post("/events/<slug>/groups/<group_id>/pin")
@event_page(Role.ORGANISER)
def pin(event: Event, group_id: str) -> ResponseReturnValue:
    """Keep a person at this table whenever people are divided again."""
    group = queries.find_group(event, group_id) or abort(404)
    person = next(
        (one for one in queries.people_of(group) if one.public_id == request.form.get("registrant")), None
    )
    if person is None:
        abort(404)
    wanting.add(current_user, event, SeatingKind.PIN, [person], group.number)
    flash(_("ตรึง %(name)s ไว้ที่โต๊ะ %(number)d แล้ว", name=person.full_name, number=group.number))
    return redirect(url_for(".table", slug=event.slug, group_id=group.public_id))


@bp.route("/events/<slug>/groups/topics", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def set_topics(event: Event) -> ResponseReturnValue:
    """The topics participants may ask for, and how many asked for each."""
    there = topics.topics_of(event)
    form = TopicsForm(topics=topics.as_text(there))
    if form.validate_on_submit():
        try:
            topics.set_topics(event, form.topics.data or "")
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(url_for(".set_topics", slug=event.slug))
    page = render_template(
        "groups/topics.html",
        event=event,
        form=form,
        topics=there,
        asked=topics.asked_first(event),
        public_address=base_url() + url_for(".choose_topics", slug=event.slug),
    )
    return page, 422 if request.method == "POST" else 200
