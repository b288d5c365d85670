"""Personal links in the organiser's hands: a unit's list as text, and a new link for one person."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.audit import trail
from app.events.access import event_page
from app.events.models import Event, Role

from .. import invitations, queries
from ..links import reissue
from . import bp


@bp.route("/events/<slug>/links", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def unit_links(event: Event) -> ResponseReturnValue:
    """The personal links of one unit as one text. Showing them is a POST, because it is written down."""
    numbers = queries.unit_numbers(event)
    asked = request.values.get("unit", "")
    unit = next((row.unit for row in numbers if row.unit.public_id == asked), None)
    text = ""
    if request.method == "POST":
        if unit is None:
            abort(404)
        found = queries.everybody(event, unit)
        text = invitations.for_unit(event, unit, found)
        trail.record(current_user, event, "links.shown", unit, people=len(found))
    return render_template("registration/unit_links.html", event=event, numbers=numbers, unit=unit, text=text)


@bp.post("/events/<slug>/people/<public_id>/new-link")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def new_link(event: Event, public_id: str) -> ResponseReturnValue:
    """Give a person a new link; the old one stops at once."""
    registrant = queries.find(event, public_id) or abort(404)
    reissue(registrant, actor=current_user)
    flash(_("ออกลิงก์ใหม่แล้ว ลิงก์เดิมใช้ไม่ได้ตั้งแต่บัดนี้ โปรดส่งข้อความด้านล่างให้เจ้าตัว"))
    return redirect(url_for(".person", slug=event.slug, public_id=public_id))
