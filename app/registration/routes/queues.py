"""Who asked and who waits: two lists, many people at one press, and the way back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.paging import asked_page
from app.events.access import event_page
from app.events.models import Event, Role

from .. import invitations, queries
from ..models import Standing
from ..seats import approval as deciding
from ..seats import telling
from ..seats import waiting as line
from ..seats.approval import Outcome
from . import bp

_ACTIONS = {
    "approve": (deciding.approve, "approval"),
    "decline": (deciding.decline, "approval"),
    "admit": (deciding.admit, "waiting"),
    "first": (deciding.move_first, "waiting"),
}
LABELS = {
    "approve": _l("อนุมัติ"),
    "decline": _l("ไม่รับ"),
    "admit": _l("รับเกินที่นั่ง"),
    "first": _l("เลื่อนขึ้นก่อน"),
}
_PER_PAGE = 200


@bp.get("/events/<slug>/approval")
@event_page(Role.ORGANISER)
def approval(event: Event) -> ResponseReturnValue:
    """Who answered by the form and waits for a yes; and who got a no."""
    asked = "declined" if request.args.get("show") == "declined" else "pending"
    page = queries.asking(event, Standing(asked), asked_page(request.args.get("page")), _PER_PAGE)
    return render_template("registration/approval.html", page=page, asked=asked, **_around(event))


@bp.get("/events/<slug>/waiting")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def waiting(event: Event) -> ResponseReturnValue:
    """The waiting list in its order, of all units or of one."""
    turns = line.turns(event)
    unit = next((unit for unit in event.units if unit.public_id == request.args.get("unit")), None)
    shown = [turn for turn in turns if unit is None or turn.registrant.unit_id == unit.id]
    units = [one for one in event.units if any(turn.registrant.unit_id == one.id for turn in turns)]
    return render_template(
        "registration/waiting.html",
        turns=shown[:_PER_PAGE],
        total=len(shown),
        unit=unit,
        units=units,
        untold=[(person, invitations.for_seated(person)) for person in telling.untold(event)],
        **_around(event),
    )


@bp.post("/events/<slug>/people/<public_id>/told")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def told_person(event: Event, public_id: str) -> ResponseReturnValue:
    """Somebody without an address has been told of the seat."""
    person = queries.find(event, public_id) or abort(404)
    telling.note_told(person)
    flash(_("บันทึกว่าบอก %(name)s แล้ว", name=person.full_name))
    return redirect(url_for(".waiting", slug=event.slug))


def _around(event: Event) -> dict[str, object]:
    decisions = [decision for decision in deciding.newest(event) if decision.undone_at is None]
    return {"event": event, "counts": queries.standing_counts(event), "decisions": decisions, "labels": LABELS}


@bp.post("/events/<slug>/decisions")
@event_page(Role.ORGANISER)
def decide(event: Event) -> ResponseReturnValue:
    """One press over the people whose boxes are ticked."""
    action = request.form.get("action", "")
    rule, page = _ACTIONS.get(action) or abort(400)
    page = "waiting" if request.form.get("back") == "waiting" else page
    try:
        outcome = rule(event, request.form.getlist("who"), actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_said(action, outcome))
    return redirect(url_for(f".{page}", slug=event.slug))


@bp.post("/events/<slug>/decisions/<public_id>/undo")
@event_page(Role.ORGANISER)
def undo_decision(event: Event, public_id: str) -> ResponseReturnValue:
    """Take one press back as a whole."""
    decision = deciding.find(event, public_id) or abort(404)
    try:
        number = deciding.undo(event, decision, actor=current_user)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("คืนสถานะเดิมแล้ว %(count)d คน", count=number))
    return redirect(url_for(f".{_ACTIONS[decision.action][1]}", slug=event.slug))


def _said(action: str, outcome: Outcome) -> str:
    if action == "first":
        return _("เลื่อนขึ้นก่อนแล้ว %(count)d คน", count=outcome.waiting)
    if action == "decline":
        return _("บันทึกว่าไม่รับแล้ว %(count)d คน", count=outcome.other)
    if outcome.waiting:
        return _(
            "รับแล้ว %(count)d คน ที่นั่งเต็ม จึงลงบัญชีสำรอง %(waiting)d คน",
            count=outcome.seated,
            waiting=outcome.waiting,
        )
    return _("รับแล้ว %(count)d คน", count=outcome.seated)
