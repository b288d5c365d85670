"""Checking oneself in, in the hall: the screen's code, who one is, one button. Opening a link checks nobody in."""

from __future__ import annotations

import json
import uuid

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.attempts import counting
from app.core import clock
from app.core.errors import RuleBroken
from app.core.ids import is_public_id, new_public_id
from app.events.models import Event
from app.registration.access import current_registrant
from app.registration.models import Registrant

from ..access import hall_page
from ..hall import rotating, self_checkin, shut
from ..hall.self_checkin import PresenceTicket
from ..ledger.deciding import stored_answer
from ..ledger.sent import form_uuid
from . import bp

_BROWSER, _DONE = "browser", "checked_in"
_CODE_IS_OLD = _l("รหัสนี้หมดอายุแล้ว โปรดสแกน QR ที่อยู่บนจอในห้องอีกครั้ง")


@bp.get("/C/<slug>")
@bp.get("/c/<slug>")
@hall_page
def hall(event: Event) -> ResponseReturnValue:
    """Where one stands: type the digits, say who one is, or press the button."""
    ticket = _ticket(event)
    if ticket is None:
        return render_template("checkin/hall_digits.html", event=event, problem=None)
    registrant = None if "other" in request.args else current_registrant(event)
    if registrant is None:
        return render_template("checkin/hall_who.html", event=event, ticket=ticket, problem=None, people=None)
    return _confirm(event, ticket, registrant)


@bp.get("/C/<slug>/<code>")
@bp.get("/c/<slug>/<code>")
@hall_page
def hall_code(event: Event, code: str) -> ResponseReturnValue:
    """What the screen's QR opens. A fresh code gives a presence ticket; an old one gives a sentence."""
    now = clock.now()
    check_point = rotating.find_by_qr(self_checkin.open_now(event, now), code, now)
    if check_point is None:
        at_another_hour = rotating.find_by_qr(event.check_points, code, now)
        problem = shut.sentence(at_another_hour, now) if at_another_hour is not None else _CODE_IS_OLD
        return render_template("checkin/hall_digits.html", event=event, problem=problem), 410
    session[self_checkin.IN_COOKIE] = PresenceTicket(check_point, now, "self_qr").packed()
    return redirect(url_for(".hall", slug=event.slug))


@bp.post("/c/<slug>/digits")
@hall_page
def hall_digits(event: Event) -> ResponseReturnValue:
    """The six digits on the screen, for who cannot scan."""
    now, typed = clock.now(), request.form.get("digits", "")
    limits = self_checkin.digit_limits(event, _browser())
    if not counting.take(limits):
        problem = _("พิมพ์รหัสผิดหลายครั้งเกินไป โปรดสแกน QR บนจอแทน หรือไปที่โต๊ะลงทะเบียน")
        return render_template("checkin/hall_digits.html", event=event, problem=problem), 429
    check_point = rotating.find_by_digits(self_checkin.open_now(event, now), typed, now)
    at_another_hour = rotating.find_by_digits(event.check_points, typed, now) if check_point is None else None
    if at_another_hour is not None:
        counting.give_back(limits)  # right, only not at this hour: nobody has guessed
        problem = shut.sentence(at_another_hour, now)
        return render_template("checkin/hall_digits.html", event=event, problem=problem), 410
    if check_point is None:
        problem = _("รหัสไม่ตรงกับบนจอ หรือเปลี่ยนไปแล้ว โปรดพิมพ์รหัสที่เห็นบนจอขณะนี้")
        return render_template("checkin/hall_digits.html", event=event, problem=problem), 422
    session[self_checkin.IN_COOKIE] = PresenceTicket(check_point, now, "self_code").packed()
    counting.give_back(limits)
    return redirect(url_for(".hall", slug=event.slug))


@bp.post("/c/<slug>/who")
@hall_page
def hall_who(event: Event) -> ResponseReturnValue:
    """Somebody without a link on this phone: the last digits of the telephone number, then a name to pick."""
    ticket = _ticket(event)
    if ticket is None:
        return _ended(event)
    digits = request.form.get("digits", "")
    if not counting.take(self_checkin.lookup_limits(event, _browser())):
        problem: object = _("ค้นหาหลายครั้งเกินไป โปรดรอ 10 นาที หรือไปที่โต๊ะลงทะเบียน")
        return _who_page(event, ticket, problem, 429)
    try:
        offered = self_checkin.people_with(event, digits)
    except RuleBroken as broken:
        return _who_page(event, ticket, broken.sentence, 422)
    return render_template(
        "checkin/hall_who.html",
        event=event,
        ticket=ticket,
        problem=None,
        people=offered.people,
        most=self_checkin.MOST_NAMES if offered.has_more else None,
        digits=digits,
        new_uuid=_new_uuid,
    )


@bp.post("/c/<slug>/check-in")
@hall_page
def hall_check_in(event: Event) -> ResponseReturnValue:
    """The button: written with the time the code was read."""
    ticket = _ticket(event)
    if ticket is None:
        return _ended(event)
    registrant = _chosen(event)
    if registrant is None:
        return _who_page(event, ticket, _("โปรดเลือกชื่อของท่านอีกครั้ง"), 422)
    client_uuid = form_uuid(request.form.get("client_uuid", ""))
    self_checkin.check_in(ticket, registrant, _browser(), client_uuid)
    session[_DONE] = client_uuid
    return redirect(url_for(".hall_done", slug=event.slug))


@bp.get("/c/<slug>/done")
@hall_page
def hall_done(event: Event) -> ResponseReturnValue:
    """The answer, as large as it can be: name, time, group and table."""
    stored = stored_answer(event, session.get(_DONE, ""))
    if stored is None:
        return redirect(url_for(".hall", slug=event.slug))
    return render_template(
        "checkin/hall_done.html",
        event=event,
        answer=json.loads(stored),
        ticket=_ticket(event),
        is_own=current_registrant(event) is not None,
    )


def _ticket(event: Event) -> PresenceTicket | None:
    return self_checkin.unpack(event, session.get(self_checkin.IN_COOKIE), clock.now())


def _browser() -> str:
    """A random name for this browser, for as long as it keeps the cookie."""
    return session.setdefault(_BROWSER, new_public_id())


def _chosen(event: Event) -> Registrant | None:
    """Who the button is for: the link's owner, or a name that was offered for the telephone digits typed."""
    who = request.form.get("who", "")
    if not who:
        return current_registrant(event)
    if not is_public_id(who):
        return None
    try:
        offered = self_checkin.people_with(event, request.form.get("digits", ""))
    except RuleBroken:
        return None
    return next((person for person in offered.people if person.public_id == who), None)


def _confirm(event: Event, ticket: PresenceTicket, registrant: Registrant) -> str:
    return render_template(
        "checkin/hall.html", event=event, ticket=ticket, registrant=registrant, client_uuid=_new_uuid()
    )


def _who_page(event: Event, ticket: PresenceTicket, problem: object, status: int) -> ResponseReturnValue:
    page = render_template("checkin/hall_who.html", event=event, ticket=ticket, problem=problem, people=None)
    return page, status


def _ended(event: Event) -> ResponseReturnValue:
    flash(_("เวลายืนยันว่าอยู่ในห้องหมดแล้ว โปรดสแกน QR หรือพิมพ์รหัสบนจออีกครั้ง"), "warning")
    return redirect(url_for(".hall", slug=event.slug))


def _new_uuid() -> str:
    return str(uuid.uuid4())
