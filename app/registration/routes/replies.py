"""ตอบรับ: which unit answered what, posts held before names are known, the letter's link and its QR picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core import qr
from app.core.addresses import base_url
from app.core.errors import RuleBroken
from app.core.text import UnreadableText, clean_text
from app.events import units
from app.events.access import event_page, public_event_page
from app.events.models import Event, Role, Unit

from ..forms import CATEGORIES
from ..seats import answering, places, replies
from ..seats.models import Answer, Place
from . import bp

ANSWERS = {
    Answer.COMING: _l("มา"),
    Answer.REPRESENTATIVE: _l("ส่งผู้แทน"),
    Answer.DECLINED: _l("ไม่มา"),
    Answer.NONE: _l("ยังไม่ตอบ"),
}


@bp.get("/events/<slug>/replies")
@event_page(Role.ORGANISER)
def replies_of(event: Event) -> ResponseReturnValue:
    """Every unit's answer, who is waited for with a text for LINE, and posts with two holders."""
    found = replies.states(event)
    waited = replies.waited_for(found)
    return render_template(
        "registration/replies.html",
        event=event,
        states=found,
        counts=replies.counts(found),
        answers=ANSWERS,
        waited=waited,
        reminder=replies.reminder(event, waited),
        two_holders=replies.two_holders(event),
        categories=[value for value, _label in CATEGORIES],
        picture=qr.svg(_event_link(event), _("QR หน้าตอบรับของงาน")),
    )


@bp.post("/events/<slug>/replies/hold")
@event_page(Role.ORGANISER)
def hold_places(event: Event) -> ResponseReturnValue:
    """Ask for posts: of every district, or of one unit."""
    chosen = request.form.get("units", "")
    asked = [unit for unit in event.units if chosen in (unit.public_id, str(unit.kind))]
    try:
        posts = places.read_posts(_text(request.form.get("posts", "")))
        number = places.hold(
            event, asked, posts, category=request.form.get("category", "")[:100], actor=current_user
        )
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("กันที่นั่งตามตำแหน่งแล้ว %(count)d ที่", count=number))
    if len(asked) == 1:
        return redirect(url_for(".unit_reply", slug=event.slug, unit_id=asked[0].public_id))
    return redirect(url_for(".replies_of", slug=event.slug))


@bp.route("/events/<slug>/replies/<unit_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def unit_reply(event: Event, unit_id: str) -> ResponseReturnValue:
    """One unit's posts with their answers and names, filled in for the unit; its letter's text and QR."""
    unit = units.find(event, unit_id) or abort(404)
    found, problem = places.places_of(event, unit), None
    if request.method == "POST":
        try:
            names = answering.answer(event, _lines(found), source="organiser", actor=current_user)
        except RuleBroken as broken:
            problem = broken
        else:
            flash(_("บันทึกแล้ว แจ้งชื่อเพิ่ม %(count)d คน", count=names))
            return redirect(url_for(".unit_reply", slug=event.slug, unit_id=unit_id))
    page = render_template(
        "registration/unit_reply.html",
        event=event,
        unit=unit,
        state=next(state for state in replies.states(event) if state.unit.id == unit.id),
        places=found,
        answers=ANSWERS,
        problem=problem,
        typed=request.form,
        letter=replies.letter_text(event, unit),
        picture=qr.svg(replies.reply_link(event, unit), _("QR ตอบรับของ %(unit)s", unit=unit.name)),
        people=[one for one in replies.two_holders(event) if one.unit.id == unit.id],
    )
    return page, 422 if problem else 200


@bp.post("/events/<slug>/replies/<unit_id>/whole")
@event_page(Role.ORGANISER)
def whole_unit(event: Event, unit_id: str) -> ResponseReturnValue:
    """What a unit said on the telephone about the whole invitation."""
    unit = units.find(event, unit_id) or abort(404)
    replies.set_unit_answer(event, unit, _answer(request.form.get("answer", "")), actor=current_user)
    flash(_("บันทึกคำตอบของ %(unit)s แล้ว", unit=unit.name))
    return redirect(url_for(".unit_reply", slug=event.slug, unit_id=unit_id))


@bp.post("/events/<slug>/places/<public_id>/remove")
@event_page(Role.ORGANISER)
def remove_place(event: Event, public_id: str) -> ResponseReturnValue:
    """Hold a seat for this post no longer."""
    place = places.find(event, public_id) or abort(404)
    unit_id = place.unit.public_id
    places.remove(event, place, actor=current_user)
    flash(_("เลิกกันที่นั่งของตำแหน่งนี้แล้ว"))
    return redirect(url_for(".unit_reply", slug=event.slug, unit_id=unit_id))


@bp.get("/events/<slug>/replies/<unit_id>/qr.<kind>")
@event_page(Role.ORGANISER)
def reply_qr(event: Event, unit_id: str, kind: str) -> ResponseReturnValue:
    """The QR as a picture for the letter: of one unit's own reply page, or (``event``) of the public page."""
    unit = None if unit_id == "event" else units.find(event, unit_id) or abort(404)
    link = replies.reply_link(event, unit) if unit else _event_link(event)
    if kind not in ("png", "svg"):
        abort(404)
    data = qr.png(link) if kind == "png" else qr.svg(link, "QR").encode()
    name = f"QR ตอบรับ {unit.name if unit else event.slug}.{kind}"
    mimetype = "image/png" if kind == "png" else "image/svg+xml"
    return send_file(BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=name)


@bp.route("/e/<slug>/reply/<unit_id>/<token>", methods=["GET", "POST"])
@public_event_page
def reply(event: Event, unit_id: str, token: str) -> ResponseReturnValue:
    """The page of a unit's letter. Names that have come are not shown: letters are passed on."""
    unit = units.find(event, unit_id)
    if unit is None or not replies.is_reply_link(event, unit, token):
        abort(404)
    if not event.registration_open:
        return render_template("registration/closed.html", event=event)
    found, problem = places.places_of(event, unit), None
    if request.method == "POST":
        try:
            _take_reply(event, unit, found)
        except RuleBroken as broken:
            problem = broken
        else:
            flash(_("ได้รับคำตอบของ %(unit)s แล้ว ขอบคุณ แก้ไขได้จากลิงก์เดิมจนกว่าจะปิดรับ", unit=unit.full_name))
            return redirect(url_for(".reply", slug=event.slug, unit_id=unit_id, token=token))
    page = render_template(
        "registration/reply.html",
        event=event,
        unit=unit,
        token=token,
        places=found,
        answers=ANSWERS,
        problem=problem,
        typed=request.form,
    )
    return page, 422 if problem else 200


def _take_reply(event: Event, unit: Unit, found: Sequence[Place]) -> None:
    more = _text(request.form.get("posts", ""))
    lines = _lines(found)
    if more:
        places.hold(event, [unit], places.read_posts(more), answer=Answer.COMING, actor="unit-letter")
    whole = request.form.get("whole", "")
    if whole in (Answer.COMING, Answer.REPRESENTATIVE, Answer.DECLINED):
        replies.set_unit_answer(event, unit, Answer(whole), actor="unit-letter")
    elif not found and not more:
        raise RuleBroken(_("โปรดเลือกคำตอบ"))
    answering.answer(event, lines, source="reply", actor="unit-letter")


def _lines(found: Sequence[Place]) -> list[answering.Line]:
    """What was sent about each post; what was left out stays as it is."""
    lines = []
    for place in found:
        sent = request.form.get(f"answer-{place.public_id}", "")
        name = _text(request.form.get(f"name-{place.public_id}", ""))
        answer = Answer(sent) if sent in set(Answer) else place.answer
        if name and answer == Answer.NONE:
            answer = Answer.COMING
        if name or answer != place.answer:
            phone = _text(request.form.get(f"phone-{place.public_id}", ""))
            lines.append(answering.Line(place, answer, name, phone))
    return lines


def _answer(sent: str) -> Answer:
    return Answer(sent) if sent in set(Answer) else abort(400)


def _text(sent: str) -> str:
    try:
        return clean_text(sent[:4000], multiline=True)
    except UnreadableText:
        raise RuleBroken(_("มีตัวอักษรที่ระบบอ่านไม่ได้ โปรดพิมพ์ใหม่")) from None


def _event_link(event: Event) -> str:
    return base_url() + url_for(".event_page", slug=event.slug)
