"""Who may be in the list twice: the pairs, two records side by side, uniting them and taking that back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.paging import PER_PAGE, Page, asked_page
from app.events.access import event_page
from app.events.models import Event, Role

from .. import candidates, merging, queries
from ..importing.row.facts import field_label
from ..models import Registrant
from . import bp


@bp.get("/events/<slug>/duplicates")
@event_page(Role.ORGANISER)
def duplicates(event: Event) -> ResponseReturnValue:
    """Pairs that may be one person, the likeliest first, and the mergers that can be taken back."""
    pairs = candidates.pairs_of(event)
    number = min(asked_page(request.args.get("page")), max(1, -(-len(pairs) // PER_PAGE)))
    page = Page(pairs[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(pairs))
    people = queries.by_ids(event, {record for pair in page.items for record in (pair.one_id, pair.other_id)})
    return render_template(
        "registration/duplicates.html",
        event=event,
        page=page,
        people=people,
        mergers=merging.mergers_of(event),
        apart=queries.kept_apart(event),
    )


@bp.route("/events/<slug>/duplicates/<one_id>/<other_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def compare(event: Event, one_id: str, other_id: str) -> ResponseReturnValue:
    """Two records side by side; where they differ, one of the two is chosen."""
    one, other = _two(event, one_id, other_id)
    if request.method == "POST":
        taken = {name: request.form.get(name) == "other" for name in (*merging.FIELDS, "unit_id")}
        try:
            merger = merging.merge(one, other, actor=current_user, take_other=taken)
        except RuleBroken as problem:
            flash(str(problem.sentence), "danger")
            return redirect(url_for(".duplicates", slug=event.slug))
        flash(_("รวมเป็นรายการเดียวแล้ว หากรวมผิด ยกเลิกการรวมได้ด้านล่าง"))
        return redirect(url_for(".person", slug=event.slug, public_id=merger.kept.public_id))
    differing = merging.differences(one, other)
    rows = [(name, field_label(name), getattr(one, name), getattr(other, name)) for name in merging.FIELDS]
    rows.append(("unit_id", field_label("unit"), one.unit.name, other.unit.name))
    return render_template(
        "registration/compare.html",
        event=event,
        one=one,
        other=other,
        rows=[row for row in rows if row[2] or row[3]],
        differing=differing,
    )


@bp.post("/events/<slug>/duplicates/<one_id>/<other_id>/not-the-same")
@event_page(Role.ORGANISER)
def not_the_same(event: Event, one_id: str, other_id: str) -> ResponseReturnValue:
    """Remember that these are two people."""
    merging.keep_apart(*_two(event, one_id, other_id), actor=current_user)
    flash(_("จำไว้แล้วว่าเป็นคนละคน จะไม่ถามคู่นี้อีก"))
    return redirect(url_for(".duplicates", slug=event.slug))


@bp.post("/events/<slug>/duplicates/<one_id>/<other_id>/look-again")
@event_page(Role.ORGANISER)
def look_again(event: Event, one_id: str, other_id: str) -> ResponseReturnValue:
    """Take back that these are two people."""
    merging.look_again(*_two(event, one_id, other_id), actor=current_user)
    return redirect(url_for(".duplicates", slug=event.slug))


@bp.post("/events/<slug>/mergers/<public_id>/undo")
@event_page(Role.ORGANISER)
def undo_merger(event: Event, public_id: str) -> ResponseReturnValue:
    """Make two records of one again."""
    merger = merging.find_merger(event, public_id) or abort(404)
    try:
        merging.undo(merger, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ยกเลิกการรวมแล้ว กลับเป็นสองรายการ"))
    return redirect(url_for(".duplicates", slug=event.slug))


def _two(event: Event, one_id: str, other_id: str) -> tuple[Registrant, Registrant]:
    """The two records of an address, the older first; both stand, and they are not the same one."""
    one, other = (queries.find(event, public_id) or abort(404) for public_id in (one_id, other_id))
    if one.id == other.id:
        abort(404)
    return (one, other) if one.id < other.id else (other, one)
