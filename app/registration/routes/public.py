"""What anybody may open: the event's page, the form, the notice, a badge's address."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core import clock
from app.core.access import public
from app.core.errors import RuleBroken
from app.core.forms import Form
from app.core.qr import svg
from app.database import begin_writing, looks_first, reading
from app.events import timetable
from app.events.access import public_event_page, roles_of
from app.events.models import Event, Role

from .. import consents, emails, notice, queries, signup
from ..access import current_registrant, registrant_page, remember
from ..consent_forms import ConsentsForm, consents_form
from ..forms import ContactForm, WhoForm
from ..links import personal_link, ticket_link
from ..models import Registrant, Standing
from ..questions import answering
from ..questions.forms import PURPOSES, AnswersForm, answers_form
from ..records import standing_record
from ..seats.fullness import Full, full_now
from ..seats.waiting import place_of
from . import bp

_STALE = _l("แบบฟอร์มนี้เปิดค้างไว้นาน ข้อมูลที่พิมพ์ยังอยู่ครบ โปรดกดปุ่มอีกครั้ง")


@bp.get("/e/<slug>/")
@public_event_page
def event_page(event: Event) -> ResponseReturnValue:
    """What the training is, when and where, and the way to answer the invitation."""
    days = timetable.agenda(event)
    return render_template(
        "registration/event_page.html",
        event=event,
        days=days,
        moment=timetable.at(days, clock.now()),
        registrant=current_registrant(event),
    )


@bp.route("/e/<slug>/register", methods=["GET", "POST"])
@public_event_page
@looks_first
def register(event: Event) -> ResponseReturnValue:
    """Answer the invitation on two short pages, without an account.

    Everything typed travels in the form itself, so either page can be sent again after a lost connection. The
    form is checked before the lock is taken; seats, the standing of the event and doubles behind it.
    """
    if not event.registration_open:
        return render_template("registration/closed.html", event=event)
    forms = _Forms.asked(event)
    if not forms.contact.submission_key.data:
        forms.contact.submission_key.data = secrets.token_hex(16)
    step = request.form.get("step", "send")
    if request.method == "GET" or step == "back":
        return _page(event, forms, 1)
    if not _holds(forms.who):
        return _page(event, forms, 2 if step == "send" and not _faults(forms.who) else 1, 422)
    if step == "who":
        return _page(event, forms, 2)
    held = [_holds(form) for form in (forms.contact, forms.answers, forms.consents)]  # every fault at once
    if not all(held):
        return _page(event, forms, 2, 422)
    begin_writing()
    try:
        registrant = _take_in(event, forms)
    except RuleBroken as problem:
        with reading():  # nobody waits while the page of a refusal is made
            forms = _Forms.asked(event)
            return _page(event, forms, forms.show_problem(problem), 422)
    remember(registrant)
    return redirect(url_for(".registered", slug=event.slug))


@dataclass
class _Forms:
    """What is asked on the two pages; only the first of them stands on the first page, and carries the token."""

    who: WhoForm
    contact: ContactForm
    answers: AnswersForm
    consents: ConsentsForm
    notice: notice.Shown

    @classmethod
    def asked(cls, event: Event) -> _Forms:
        """The forms as the event asks now, with what was sent."""
        words = notice.shown(event)
        of_page_2 = {"meta": {"csrf": False}}
        return cls(
            WhoForm(event),
            ContactForm(**of_page_2),
            answers_form(event, **of_page_2),
            consents_form(words.consents, **of_page_2),
            words,
        )

    def show_problem(self, problem: RuleBroken) -> int:
        """Put a refusal beside its field; returns the number of the page it is on."""
        form = next((form for form in (self.who, self.answers) if problem.field in form), self.contact)
        form.add_error(problem)
        return 1 if form is self.who else 2


def _take_in(event: Event, forms: _Forms) -> Registrant:
    """One transaction for the person, the answers and the consents."""
    registrant = signup.register(
        event,
        **forms.who.who_values(),
        **forms.contact.contact_values(),
        notice_version=forms.notice.version,
    )
    answering.store(registrant, forms.answers.questions, forms.answers.values())
    consents.answer(registrant, forms.consents.given(), channel="form")
    emails.confirm(registrant)
    return registrant


def _holds(form: Form) -> bool:
    """Validate; a token of yesterday's browser session is a sentence and another press, never a lost form."""
    if form.validate():
        return True
    if "csrf_token" in form and form.csrf_token.errors:
        form.csrf_token.errors = []
        form.form_errors.append(_STALE)
    return False


def _faults(form: Form) -> bool:
    return any(field.errors for field in form)


def _page(event: Event, forms: _Forms, number: int, status: int = 200) -> ResponseReturnValue:
    names = ("registration/register_who.html", "registration/register_contact.html")
    full = full_now(event) if number == 1 else Full()
    if number == 1:
        forms.who.offer(event.units, full, _("เต็ม ลงชื่อสำรองได้") if event.has_waiting_list else _("เต็ม"))
    page = render_template(
        names[number - 1],
        event=event,
        who=forms.who,
        contact=forms.contact,
        answers=forms.answers,
        consents=forms.consents,
        purposes=dict(PURPOSES),
        notice=forms.notice,
        full=full,
    )
    return page, status


@bp.get("/e/<slug>/registered")
@registrant_page
def registered(event: Event, registrant: Registrant) -> ResponseReturnValue:
    """After answering: the personal link, how to keep it, and the QR for the morning."""
    return render_template(
        "registration/registered.html",
        event=event,
        registrant=registrant,
        place=place_of(registrant) if registrant.standing == Standing.WAITING else 0,
        link=personal_link(registrant),
        qr=svg(ticket_link(registrant), str(_l("QR สำหรับลงทะเบียนหน้างาน"))),
    )


@bp.get("/e/<slug>/privacy")
@public_event_page
def privacy(event: Event) -> ResponseReturnValue:
    """The privacy notice as it is shown now."""
    return render_template(
        "registration/privacy.html", event=event, notice=notice.shown(event), older=notice.versions(event)
    )


@bp.get("/T/<code>")
@bp.get("/t/<code>")
@public
def ticket(code: str) -> ResponseReturnValue:
    """A badge's address. Its owner's browser goes to the own page; nobody else learns whose it is."""
    registrant = standing_record(queries.find_by_ticket(code) or abort(404))
    event = registrant.event
    current = current_registrant(event)
    if current is not None and current.id == registrant.id:
        return redirect(url_for("dashboard.me", slug=event.slug))
    desk = current_user.is_authenticated and roles_of(current_user, event) & {
        Role.OWNER,
        Role.ORGANISER,
        Role.REGISTRAR,
    }
    return render_template("registration/ticket.html", event=event, person=registrant if desk else None)
