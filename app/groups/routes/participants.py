"""What participants do themselves: find or choose a table by its sign, ask for topics."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import RuleBroken
from app.events.models import Event
from app.groups import on_the_day, queries, topics
from app.registration.access import registrant_page
from app.registration.models import Registrant

from . import bp


@bp.route("/e/<slug>/tables/<group_id>", methods=["GET", "POST"])
@registrant_page
def at_table(event: Event, registrant: Registrant, group_id: str) -> ResponseReturnValue:
    """The sign on a table leads here: whether one sits here, else where, and a seat where tables are chosen."""
    group = queries.find_group(event, group_id) or abort(404)
    newest = queries.current_grouping(event)
    if newest is None or group.grouping_id != newest.id:
        abort(404)
    problem = None
    if request.method == "POST":
        try:
            on_the_day.sit_down(registrant, group)
        except RuleBroken as broken:
            problem = broken.sentence
        else:
            flash(_("ท่านนั่งกลุ่ม %(group)s แล้ว", group=group.name))
            return redirect(url_for(".at_table", slug=event.slug, group_id=group.public_id))
    own = queries.group_of(registrant)
    page = render_template(
        "groups/at_table.html",
        event=event,
        group=group,
        own=own,
        may_choose=on_the_day.may_choose(newest, own),
        room=on_the_day.capacity(newest) - queries.sizes(newest)[group.id],
        others=[pair for pair in on_the_day.tables_with_room(newest) if pair[0].id != group.id],
        problem=problem,
    )
    return page, 422 if problem else 200


@bp.route("/e/<slug>/topics", methods=["GET", "POST"])
@registrant_page
def choose_topics(event: Event, registrant: Registrant) -> ResponseReturnValue:
    """Up to three topics in order."""
    offered = topics.topics_of(event)
    if not offered:
        abort(404)
    if request.method == "POST":
        by_id = {topic.public_id: topic for topic in offered}
        asked = (request.form.get(f"wish-{rank}", "") for rank in range(1, topics.MOST_WISHES + 1))
        topics.wish(registrant, [by_id[one] for one in asked if one in by_id])
        flash(_("บันทึกหัวข้อที่ท่านเลือกแล้ว"))
        return redirect(url_for(".choose_topics", slug=event.slug))
    return render_template(
        "groups/choose_topics.html",
        event=event,
        topics=offered,
        chosen=topics.wishes_by(registrant),
        most=topics.MOST_WISHES,
    )
