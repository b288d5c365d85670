"""Personal links by e-mail: to everybody with an address, to one unit, to one person; and what became of them."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.events.access import event_page
from app.events.models import Event, Role
from app.notifications import outbox

from .. import emails, queries
from . import bp


@bp.get("/events/<slug>/mail")
@event_page(Role.ORGANISER)
def mail(event: Event) -> ResponseReturnValue:
    """How many links went by mail, and who has not got one."""
    return render_template(
        "registration/mail.html",
        event=event,
        counts=outbox.counts(event.id),
        left=len(emails.not_yet_invited(event)),
        units=event.units,
    )


@bp.post("/events/<slug>/mail")
@event_page(Role.ORGANISER)
def send_links(event: Event) -> ResponseReturnValue:
    """Send the personal link to everybody who has an address and has not got one yet."""
    asked = request.form.get("unit", "")
    unit = next((unit for unit in event.units if unit.public_id == asked), None)
    if asked and unit is None:
        abort(404)
    number = emails.invite(event, emails.not_yet_invited(event, unit), actor=current_user)
    flash(_("กำลังส่งอีเมลถึง %(count)d คน", count=number))
    return redirect(url_for(".mail", slug=event.slug))


@bp.post("/events/<slug>/mail/again")
@event_page(Role.ORGANISER)
def mail_again(event: Event) -> ResponseReturnValue:
    """Try once more what was given up."""
    number = outbox.try_again(event.id)
    flash(_("ลองส่งใหม่ %(count)d ฉบับ", count=number))
    return redirect(url_for(".mail", slug=event.slug))


@bp.post("/events/<slug>/people/<public_id>/mail")
@event_page(Role.ORGANISER, Role.REGISTRAR)
def mail_person(event: Event, public_id: str) -> ResponseReturnValue:
    """Send one person's link to the person's address."""
    person = queries.find(event, public_id) or abort(404)
    if emails.invite(event, [person], actor=current_user):
        flash(_("กำลังส่งลิงก์ส่วนตัวไปที่ %(address)s", address=person.email))
    else:
        flash(_("ยังไม่ได้ส่ง เพราะไม่มีอีเมลหรือมีฉบับที่รอส่งอยู่แล้ว"), "warning")
    return redirect(url_for(".person", slug=event.slug, public_id=public_id))
