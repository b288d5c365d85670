"""The review list: what a person must look at, cleared by name."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.text import UnreadableText
from app.database import looks_first
from app.events.access import event_page
from app.events.models import Event, Role
from app.registration.models import Registrant

from .. import review
from ..door import searching
from ..ledger import sentences
from ..ledger.sent import named_person
from ..models import Scan
from . import bp
from .overview import topics_of

_CLEARED_BY = (Role.ORGANISER, Role.REGISTRAR)


@bp.get("/events/<slug>/check-in/review")
@event_page(*_CLEARED_BY)
def review_list(event: Event) -> ResponseReturnValue:
    """What waits, then what was cleared and by whom."""
    return render_template("checkin/review_list.html", topics=topics_of(event), **_shown(event))


@bp.get("/events/<slug>/check-in/review/list")
@event_page(*_CLEARED_BY)
def review_part(event: Event) -> ResponseReturnValue:
    """The live part."""
    return render_template("checkin/_review.html", **_shown(event))


@bp.get("/events/<slug>/check-in/review/<client_uuid>")
@event_page(*_CLEARED_BY)
def review_entry(event: Event, client_uuid: str) -> ResponseReturnValue:
    """One entry, and the ways to clear it."""
    return _entry_page(_scan_or_404(event, client_uuid))


@bp.post("/events/<slug>/check-in/review/<client_uuid>/search")
@event_page(*_CLEARED_BY)
@looks_first
def review_search(event: Event, client_uuid: str) -> ResponseReturnValue:
    """Whose scan was it? By name, as at the door; names do not belong in addresses."""
    scan = _scan_or_404(event, client_uuid)
    typed, found, problem = request.form.get("q", ""), None, None
    try:
        found = searching.search(event, typed)
    except RuleBroken as broken:
        problem = broken.sentence
    return _entry_page(scan, found=found, typed=typed, problem=problem), 422 if problem else 200


@bp.post("/events/<slug>/check-in/review/<client_uuid>")
@event_page(*_CLEARED_BY)
def clear_entry(event: Event, client_uuid: str) -> ResponseReturnValue:
    """Decide, by name."""
    scan = _scan_or_404(event, client_uuid)
    try:
        _decide(event, scan)
    except RuleBroken as broken:
        return _entry_page(scan, problem=broken.sentence), 422
    except UnreadableText:
        return _entry_page(scan, problem=_("มีตัวอักษรที่ระบบอ่านไม่ได้ โปรดพิมพ์ใหม่")), 422
    flash(_("บันทึกการตรวจแล้ว"))
    return redirect(url_for(".review_list", slug=event.slug))


@bp.post("/events/<slug>/check-in/review/seats/<public_id>")
@event_page(*_CLEARED_BY)
def settle_seat(event: Event, public_id: str) -> ResponseReturnValue:
    """Both came: whose seat it is."""
    seat = review.find_seat(event, public_id) or abort(404)
    review.settle_seat(event, seat, request.form.get("holder", ""), _me())
    flash(_("บันทึกการตรวจแล้ว"))
    return redirect(url_for(".review_list", slug=event.slug))


def _decide(event: Event, scan: Scan) -> None:
    form = request.form
    decision, note = form.get("decision", ""), form.get("reason", "")
    if decision == "count":
        review.count_in(scan, _person(event, scan), _me(), note)
    elif decision == "walk-in":
        unit = next((unit for unit in event.units if unit.public_id == form.get("unit")), None)
        review.count_walk_in(scan, form.get("name", ""), unit, form.get("phone", ""), _me())
    elif decision == "void":
        review.void(scan, _me(), note)
    elif decision == "seen":
        review.mark_seen(scan, _me(), note)
    else:
        review.dismiss(scan, _me(), note)


def _person(event: Event, scan: Scan) -> Registrant:
    return named_person(event, request.form.get("who")) or scan.registrant or abort(404)


def _me() -> Any:
    return current_user._get_current_object()


def _shown(event: Event) -> dict[str, Any]:
    entries = review.open_entries(event)
    typed = {scan.id: review.typed_in(scan).get("name", "") for scan in entries.scans}
    why = {scan.id: sentences.why_for_review(scan.reason, scan.action) for scan in entries.scans}
    shown = {"event": event, "open": entries, "settlements": review.settlements(event)}
    return {**shown, "typed_names": typed, "why": why}


def _entry_page(scan: Scan, **extra: Any) -> str:
    shown = {"found": None, "typed": "", "problem": None, **extra}
    return render_template(
        "checkin/review_entry.html",
        event=scan.event,
        scan=scan,
        was_typed=review.typed_in(scan),
        about=review.meant(scan),
        settlement=review.settlement_of(scan),
        why=sentences.why_for_review(scan.reason, scan.action),
        **shown,
    )


def _scan_or_404(event: Event, client_uuid: str) -> Scan:
    return review.find(event, client_uuid) or abort(404)
