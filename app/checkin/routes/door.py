"""The door staff's pages: choose a check-point, scan, search, take in who is on no list. None needs a script."""

from __future__ import annotations

import json
import uuid
from typing import Any

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from app.core import clock
from app.core.errors import RuleBroken
from app.core.forms import CleanString, Form, at_most, required
from app.core.headers import allow_camera
from app.database import looks_first
from app.events.models import CheckPoint, Event
from app.live import topics

from .. import check_points
from ..access import device_page
from ..devices.doors import Place
from ..door import people, searching, stand_in, walk_in
from ..door.codes import ticket_in
from ..ledger import presence, sentences
from ..ledger.deciding import record_scan, stored_answer
from ..ledger.sent import attempt_from, form_uuid, named_person
from ..models import Device
from . import bp
from .overview import check_point_or_404, topics_of

_CHOSEN = "door"  # the check-point this phone worked at last


class WalkInForm(Form):
    """The least that makes a participant: a name and where from."""

    client_uuid = HiddenField()
    name = CleanString(_l("ชื่อ นามสกุล"), [required(), at_most(250)], render_kw={"autofocus": True})
    unit = SelectField(_l("อำเภอ/หน่วยงาน"), [required()])
    phone = CleanString(_l("โทรศัพท์ (ถ้ามี)"), [at_most(60)])

    def __init__(self, event: Event) -> None:
        super().__init__()
        choose = [("", _l("เลือกอำเภอ/หน่วยงาน"))]
        self.unit.choices = choose + [(unit.public_id, unit.name) for unit in event.units]
        self.client_uuid.data = form_uuid(self.client_uuid.data or "")


class StandInForm(Form):
    """Who came instead."""

    client_uuid = HiddenField()
    name = CleanString(_l("ชื่อ นามสกุลของผู้มาแทน"), [required(), at_most(250)], render_kw={"autofocus": True})
    position = CleanString(_l("ตำแหน่ง"), [at_most(200)])

    def __init__(self) -> None:
        super().__init__()
        self.client_uuid.data = form_uuid(self.client_uuid.data or "")


@bp.get("/staff/")
@device_page
def staff(device: Device) -> ResponseReturnValue:
    """Choose where this phone stands."""
    return render_template(
        "checkin/staff.html",
        device=device,
        event=device.event,
        counts=presence.counts(device.event),
        likely=check_points.likely(device.event, clock.now()),
    )


@bp.get("/staff/at/<public_id>")
@device_page
def scanner(device: Device, public_id: str) -> ResponseReturnValue:
    """The scanner. ``?scan=`` shows the answer of a scan made without a script."""
    check_point = check_point_or_404(device.event, public_id)
    session[_CHOSEN] = check_point.public_id
    allow_camera()
    return _scanner_page(device, check_point, answer=_answer(device.event, request.args.get("scan", "")))


@bp.get("/staff/at/<public_id>/count")
@device_page
def scanner_count(device: Device, public_id: str) -> ResponseReturnValue:
    """The live part of the scanner: how many are in."""
    check_point = check_point_or_404(device.event, public_id)
    return render_template("checkin/_count.html", turnout=presence.turnout(check_point))


@bp.post("/staff/at/<public_id>/search")
@device_page
@looks_first
def search(device: Device, public_id: str) -> ResponseReturnValue:
    """Find by name. A POST that writes nothing: names do not belong in addresses and logs."""
    check_point = check_point_or_404(device.event, public_id)
    typed, found, problem = request.form.get("q", ""), None, None
    try:
        found = searching.search(device.event, typed)
    except RuleBroken as broken:
        problem = broken.sentence
    shown = {"device": device, "event": device.event, "check_point": check_point}
    name = "checkin/_found.html" if "part" in request.args else "checkin/search.html"
    page = render_template(name, **shown, typed=typed, found=found, problem=problem, new_uuid=_new_uuid)
    return page, 422 if problem else 200


@bp.post("/staff/check-in")
@device_page
def check_in(device: Device) -> ResponseReturnValue:
    """A scan by a plain form: a typed code or a person found by name."""
    attempt = attempt_from(device, {**request.form, "client_uuid": form_uuid(request.form.get("client_uuid", ""))})
    if attempt.check_point is None:
        abort(404)
    if attempt.registrant_id is None and not attempt.code.strip():
        return redirect(url_for(".scanner", public_id=attempt.check_point.public_id))
    record_scan(device.event, attempt)
    return _to_scanner(attempt.check_point, attempt.client_uuid)


@bp.route("/staff/at/<public_id>/walk-in", methods=["GET", "POST"])
@device_page
def walk_in_form(device: Device, public_id: str) -> ResponseReturnValue:
    """ผู้เข้าร่วมเพิ่มเติม: register and let in with one form; a search that found nobody brings the name along."""
    event, check_point = device.event, check_point_or_404(device.event, public_id)
    form = WalkInForm(event)
    if request.method == "POST" and "typed" in request.form:
        form.name.data = request.form["typed"][:250]
    elif request.method == "POST" and form.validate():
        unit = next(unit for unit in event.units if unit.public_id == form.unit.data)
        attempt = attempt_from(device, {"client_uuid": form.client_uuid.data, "check_point": public_id})
        try:
            walk_in.take_in(event, attempt, form.name.data or "", unit, form.phone.data or "", device)
            topics.touch(event, "checkin")
        except RuleBroken as problem:
            form.add_error(RuleBroken(problem.sentence, "name" if problem.field == "last_name" else problem.field))
        else:
            return _to_scanner(check_point, attempt.client_uuid)
    page = render_template(
        "checkin/walk_in_form.html", device=device, event=event, check_point=check_point, form=form
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/staff/at/<public_id>/instead-of/<person_id>", methods=["GET", "POST"])
@device_page
def stand_in_form(device: Device, public_id: str, person_id: str) -> ResponseReturnValue:
    """มาแทน: who came instead of somebody on the list."""
    event, check_point = device.event, check_point_or_404(device.event, public_id)
    absent = named_person(event, person_id) or abort(404)
    form = StandInForm()
    if form.validate_on_submit():
        attempt = attempt_from(device, {"client_uuid": form.client_uuid.data, "check_point": public_id})
        try:
            stand_in.take_in(event, attempt, absent, form.name.data or "", form.position.data or "", device)
            topics.touch(event, "checkin")
        except RuleBroken as problem:
            form.add_error(RuleBroken(problem.sentence, "name" if problem.field == "last_name" else problem.field))
        else:
            return _to_scanner(check_point, attempt.client_uuid)
    page = render_template(
        "checkin/stand_in_form.html", device=device, check_point=check_point, absent=absent, form=form
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.get("/staff/badge/<code>")
@device_page
def badge(device: Device, code: str) -> ResponseReturnValue:
    """A badge opened by the phone's own camera: whose it is, and a button. Looking lets nobody in."""
    check_point = check_points.find(device.event, session.get(_CHOSEN))
    if check_point is None:
        return redirect(url_for(".staff"))
    ticket = ticket_in(code)
    person = people.find_by_code(ticket) if ticket else None
    if person is not None and person.event_id != device.event_id:
        person = None
    return render_template(
        "checkin/badge.html",
        device=device,
        event=device.event,
        check_point=check_point,
        person=person,
        code=ticket,
        new_uuid=_new_uuid,
    )


def _scanner_page(device: Device, check_point: CheckPoint, answer: dict[str, Any] | None) -> str:
    secure = request.is_secure or request.host.split(":")[0] in ("localhost", "127.0.0.1")
    return render_template(
        "checkin/scanner.html",
        device=device,
        event=device.event,
        check_point=check_point,
        points=[(point.public_id, point.name) for point in device.event.check_points],
        topics=topics_of(device.event),
        turnout=presence.turnout(check_point),
        typed="",
        answer=answer,
        can_undo=answer is not None and answer["outcome"] == "accepted" and bool(answer["first_at"]),
        is_secure=secure,
        new_uuid=_new_uuid,
        words=sentences.without_network(),
        unit_choices=[(unit.public_id, unit.name) for unit in device.event.units],
    )


def _answer(event: Event, client_uuid: str) -> dict[str, Any] | None:
    stored = stored_answer(event, client_uuid)
    return json.loads(stored) if stored else None


def _to_scanner(check_point: Place, client_uuid: str) -> ResponseReturnValue:
    return redirect(url_for(".scanner", public_id=check_point.public_id, scan=client_uuid))


def _new_uuid() -> str:
    return str(uuid.uuid4())
