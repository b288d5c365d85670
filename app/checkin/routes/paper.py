"""The signed sheets: keying them in by page and number, and settling where they and the scans disagree."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.ids import is_public_id
from app.events.access import event_page
from app.events.models import Event, Role
from app.registration import queries as registrants

from ..door import searching
from ..ledger import undoing
from ..models import SignInSheet
from ..paper import comparing, sheets, signing
from . import bp
from .overview import check_point_or_404, person_or_404

_KEYERS = (Role.ORGANISER, Role.REGISTRAR)


@bp.get("/events/<slug>/paper/<public_id>")
@event_page(*_KEYERS)
def paper(event: Event, public_id: str) -> ResponseReturnValue:
    """The printed pages of a check-point and how far they are keyed in."""
    return _paper_page(event, public_id)


@bp.post("/events/<slug>/paper/<public_id>")
@event_page(*_KEYERS)
def key_in(event: Event, public_id: str) -> ResponseReturnValue:
    """A page's number and the numbers of the lines signed: the quickest way through a pile."""
    sheet = _sheet(event, public_id, request.form.get("edition", ""))
    page = _whole_number(request.form.get("page", ""))
    try:
        known = [line.number for line in signing.lines(sheet, page) if line.registrant_id is not None]
        if not known:
            raise RuleBroken(_("ไม่มีหน้า %(page)s ในใบลงทะเบียนชุดนี้", page=request.form.get("page", "")[:10]), "page")
        numbers = signing.read_numbers(request.form.get("numbers", ""), known)
        signing.sign(sheet, page, numbers, current_user)
    except RuleBroken as problem:
        return _paper_page(event, public_id, problem, request.form), 422
    flash(_("หน้า %(page)s: ลงชื่อ %(count)s คน", page=page, count=len(numbers)))
    return redirect(url_for(".paper", slug=event.slug, public_id=public_id, edition=sheet.edition, after=page))


@bp.route("/events/<slug>/paper/<public_id>/<edition>/<page>", methods=["GET", "POST"])
@event_page(*_KEYERS)
def paper_page(event: Event, public_id: str, edition: str, page: str) -> ResponseReturnValue:
    """One page as it was printed, a box to tick beside each name."""
    sheet, number = _sheet(event, public_id, edition), _whole_number(page)
    lines = signing.lines(sheet, number) or abort(404)
    if request.method == "POST":
        own = {line.number for line in lines if line.registrant_id is not None}
        ticked = (
            own if "everybody" in request.form else {_whole_number(one) for one in request.form.getlist("line")}
        )
        filled = {one.number for one in _signed_on(sheet, number).values() if one.number not in own}
        signing.set_page(sheet, number, (ticked & own) | filled, current_user)
        flash(_("หน้า %(page)s: ลงชื่อ %(count)s คน", page=number, count=len(ticked & own)))
        return redirect(url_for(".paper", slug=event.slug, public_id=public_id, edition=edition, after=number))
    return _one_page(event, sheet, number)


@bp.post("/events/<slug>/paper/<public_id>/<edition>/<page>/empty/<number>")
@event_page(*_KEYERS)
def fill_line(event: Event, public_id: str, edition: str, page: str, number: str) -> ResponseReturnValue:
    """A name written on an empty line: find it, pick it; or take it back."""
    sheet, where, line = _sheet(event, public_id, edition), _whole_number(page), _whole_number(number)
    here = url_for(".paper_page", slug=event.slug, public_id=public_id, edition=edition, page=page)
    who = request.form.get("who", "")
    try:
        if "take_back" in request.form:
            signing.take_back(sheet, where, line, current_user)
        elif who:
            person = (registrants.find(event, who) if is_public_id(who) else None) or abort(404)
            signing.sign_empty_line(sheet, where, line, person, current_user)
        else:
            found = searching.search(event, request.form.get("q", ""))
            return _one_page(event, sheet, where, number=line, found=found)
    except RuleBroken as problem:
        return _one_page(event, sheet, where, number=line, problem=problem.sentence), 422
    return redirect(here)


@bp.get("/events/<slug>/paper/<public_id>/compare")
@event_page(*_KEYERS)
def compare(event: Event, public_id: str) -> ResponseReturnValue:
    """Signed and not scanned, scanned and not signed; what was decided, and by whom."""
    return _compare_page(event, public_id)


@bp.post("/events/<slug>/paper/<public_id>/compare/everybody")
@event_page(*_KEYERS)
def count_all(event: Event, public_id: str) -> ResponseReturnValue:
    """Every signature without a scan counts."""
    check_point = check_point_or_404(event, public_id)
    try:
        number = comparing.count_all_as_present(check_point, current_user)
    except RuleBroken as problem:
        return _compare_page(event, public_id, problem.sentence), 422
    flash(_("นับว่ามาตามลายมือชื่อ %(count)s คน", count=number))
    return redirect(url_for(".compare", slug=event.slug, public_id=public_id))


@bp.post("/events/<slug>/paper/<public_id>/compare/<person_id>")
@event_page(*_KEYERS)
def settle(event: Event, public_id: str, person_id: str) -> ResponseReturnValue:
    """Decide one case: it counts, it does not, it stands, it is void."""
    check_point, person = check_point_or_404(event, public_id), person_or_404(event, person_id)
    decision, remark = request.form.get("decision", ""), request.form.get("remark", "")
    try:
        if decision == "came":
            comparing.count_as_present(check_point, person, current_user)
        elif decision == "void":
            undoing.void_by_supervisor(event, check_point, person, remark, current_user)
        else:
            comparing.settle(check_point, person, decision, remark, current_user)
    except RuleBroken as problem:
        return _compare_page(event, public_id, problem.sentence), 422
    flash(_("บันทึกผลของ %(name)s แล้ว", name=person.full_name))
    return redirect(url_for(".compare", slug=event.slug, public_id=public_id))


@bp.post("/events/<slug>/paper/<public_id>/compare/reopen")
@event_page(*_KEYERS)
def reopen(event: Event, public_id: str) -> ResponseReturnValue:
    """Take a decision back."""
    check_point = check_point_or_404(event, public_id)
    try:
        comparing.take_back(check_point, _whole_number(request.form.get("scan", "")), current_user)
    except RuleBroken as problem:
        return _compare_page(event, public_id, problem.sentence), 422
    return redirect(url_for(".compare", slug=event.slug, public_id=public_id))


def _paper_page(
    event: Event, public_id: str, problem: RuleBroken | None = None, typed: dict[str, str] | None = None
) -> str:
    check_point = check_point_or_404(event, public_id)
    printed = sheets.editions(check_point)
    asked = (typed or request.args).get("edition", "")
    sheet = next((one for one in printed if str(one.edition) == asked), printed[0] if printed else None)
    pages = signing.pages(sheet) if sheet is not None else []
    last = _whole_number(request.args.get("after", ""))
    following = next((page.number for page in pages if page.number > last), "")
    return render_template(
        "checkin/paper.html",
        event=event,
        check_point=check_point,
        editions=printed,
        sheet=sheet,
        pages=pages,
        page=typed.get("page", "") if typed else following,
        numbers=typed.get("numbers", "") if typed else "",
        problem=problem,
        comparison=comparing.compare(check_point),
    )


def _one_page(
    event: Event,
    sheet: SignInSheet,
    page: int,
    *,
    number: int = 0,
    found: searching.Found | None = None,
    problem: object = "",
) -> str:
    return render_template(
        "checkin/paper_page.html",
        event=event,
        check_point=sheet.check_point,
        sheet=sheet,
        page=page,
        lines=signing.lines(sheet, page),
        signed=_signed_on(sheet, page),
        number=number,
        found=found,
        problem=problem,
    )


def _signed_on(sheet: SignInSheet, page: int) -> dict[int, signing.Signature]:
    """Line number → the signature keyed in there."""
    known = signing.signatures(sheet.check_point).values()
    return {one.number: one for one in known if (one.edition, one.page) == (sheet.edition, page)}


def _compare_page(event: Event, public_id: str, problem: object = "") -> str:
    check_point = check_point_or_404(event, public_id)
    return render_template(
        "checkin/compare.html",
        event=event,
        check_point=check_point,
        comparison=comparing.compare(check_point),
        has_sheets=bool(sheets.editions(check_point)),
        problem=problem,
    )


def _sheet(event: Event, public_id: str, edition: str) -> SignInSheet:
    printed = sheets.editions(check_point_or_404(event, public_id))
    return next((one for one in printed if not edition or str(one.edition) == edition), None) or abort(404)


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
