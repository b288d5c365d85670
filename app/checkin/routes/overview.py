"""The organiser's pages: how many have come, who they are, taking a record back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.ids import is_public_id
from app.core.paging import PER_PAGE, Page, asked_page
from app.events.access import event_page
from app.events.models import CheckPoint, Event, Role
from app.live import topics
from app.registration import queries as registrants
from app.registration.models import Registrant

from .. import check_points, review
from ..door import replacing
from ..ledger import presence, undoing
from . import bp

SEEN_BY = (Role.ORGANISER, Role.REGISTRAR, Role.VIEWER)


def check_point_or_404(event: Event, public_id: str) -> CheckPoint:
    """A check-point of the event by its id in an address."""
    return check_points.find(event, public_id) or abort(404)


def topics_of(event: Event) -> list[str]:
    """What figures of presence depend on, for a live block; to be asked before the figures are read."""
    return [topics.signed(event, "checkin"), topics.signed(event, "registration")]


@bp.get("/events/<slug>/check-in")
@event_page(*SEEN_BY)
def overview(event: Event) -> ResponseReturnValue:
    """Every check-point with its figures, and the ways to the wall, the screens and the phones."""
    moved = topics_of(event)  # before what is shown, so that no change falls between
    turnouts = presence.turnouts(event)
    waiting = review.open_count(event)
    return render_template("checkin/overview.html", event=event, turnouts=turnouts, topics=moved, waiting=waiting)


@bp.get("/events/<slug>/check-in/figures")
@event_page(*SEEN_BY)
def overview_figures(event: Event) -> ResponseReturnValue:
    """The live part of the overview."""
    turnouts, waiting = presence.turnouts(event), review.open_count(event)
    return render_template("checkin/_figures.html", event=event, turnouts=turnouts, waiting=waiting)


@bp.get("/events/<slug>/check-in/<public_id>")
@event_page(*SEEN_BY)
def attendance(event: Event, public_id: str) -> ResponseReturnValue:
    """Who is present at a check-point, with time and gate."""
    check_point = check_point_or_404(event, public_id)
    unit = next((unit for unit in event.units if unit.public_id == request.args.get("unit")), None)
    entries = presence.entries(check_point, unit=unit)
    number = min(asked_page(request.args.get("page")), max(1, -(-len(entries) // PER_PAGE)))
    return render_template(
        "checkin/attendance.html",
        event=event,
        check_point=check_point,
        unit=unit,
        page=Page(entries[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(entries), PER_PAGE),
        turnout=presence.turnout(check_point),
    )


@bp.route("/events/<slug>/check-in/<public_id>/void/<person_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER, Role.REGISTRAR)
def void(event: Event, public_id: str, person_id: str) -> ResponseReturnValue:
    """Take somebody's record back, with a reason, after the phone's ten seconds are over."""
    check_point = check_point_or_404(event, public_id)
    person = person_or_404(event, person_id)
    problem = None
    if request.method == "POST":
        try:
            reason = request.form.get("reason", "")
            undoing.void_by_supervisor(event, check_point, person, reason, current_user)
        except RuleBroken as broken:
            problem = broken.sentence
        else:
            flash(_("ยกเลิกรายการของ %(name)s แล้ว", name=person.full_name))
            return redirect(url_for(".attendance", slug=event.slug, public_id=public_id))
    page = render_template(
        "checkin/void.html", event=event, check_point=check_point, person=person, problem=problem
    )
    return page, 422 if problem else 200


@bp.post("/events/<slug>/people/<person_id>/new-ticket")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def new_ticket(event: Event, person_id: str) -> ResponseReturnValue:
    """The badge was lost: a new code, the old one admits no longer."""
    person = person_or_404(event, person_id)
    replacing.replace_ticket(person, current_user)
    flash(_("ออกรหัสบัตรใหม่ให้ %(name)s แล้ว โปรดพิมพ์ป้ายชื่อใบใหม่", name=person.full_name))
    return redirect(url_for("registration.person", slug=event.slug, public_id=person_id))


def person_or_404(event: Event, public_id: str) -> Registrant:
    """A registrant of the event by the id in an address."""
    return (registrants.find(event, public_id) if is_public_id(public_id) else None) or abort(404)
