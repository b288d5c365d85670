"""Seats: how many may come of the event, of units and categories; the waiting list; who must be approved."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken
from app.core.form_fields import read_whole_number
from app.events.access import event_page
from app.events.models import Event, Role

from .. import queries
from ..forms import CATEGORIES
from ..models import Registrant
from ..seats import setting
from ..seats.figures import Figures, read_figures
from . import bp


@bp.route("/events/<slug>/seats", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def seats(event: Event) -> ResponseReturnValue:
    """Seats beside what is taken, all changed at once."""
    figures = read_figures(event, [value for value, _label in CATEGORIES])
    wrong: dict[str, object] = {}
    if request.method == "POST":
        wanted, wrong = _wanted(event, figures)
        if not wrong:
            try:
                lucky = setting.set_seats(event, wanted, actor=current_user)
            except RuleBroken as problem:
                wrong = {"": problem.sentence}
            else:
                _flash_saved(lucky)
                return redirect(url_for(".seats", slug=event.slug))
    page = render_template(
        "registration/seats.html",
        event=event,
        figures=figures,
        counts=queries.standing_counts(event),
        typed=request.form,
        wrong=wrong,
    )
    return page, 422 if wrong else 200


@bp.post("/events/<slug>/seats/share")
@event_page(Role.ORGANISER)
def set_share(event: Event) -> ResponseReturnValue:
    """Target and seats of one category in one unit."""
    unit = next((unit for unit in event.units if unit.public_id == request.form.get("unit")), None)
    try:
        if unit is None:
            raise RuleBroken(_("โปรดเลือกอำเภอหรือหน่วยงานจากรายการ"))
        target, number = (_typed(name) for name in ("target", "seats"))
        lucky = setting.set_share(
            event, unit, request.form.get("category", ""), target=target or 0, seats=number, actor=current_user
        )
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        _flash_saved(lucky)
    return redirect(url_for(".seats", slug=event.slug))


def _typed(name: str) -> int | None:
    try:
        return read_whole_number(request.form.get(name, ""))
    except ValueError:
        raise RuleBroken(_("โปรดใส่จำนวนเต็ม")) from None


def _wanted(event: Event, figures: Figures) -> tuple[setting.Wanted, dict[str, object]]:
    """What was typed, and the fields that hold no number."""
    wrong: dict[str, object] = {}

    def number(name: str) -> int | None:
        try:
            return _typed(name)
        except RuleBroken as problem:
            wrong[name] = problem.sentence
            return None

    wanted = setting.Wanted(
        whole=number("whole"),
        units={unit.public_id: number(f"unit-{unit.public_id}") for unit in event.units},
        categories={
            line.name: (number(f"target-{place}") or 0, number(f"seats-{place}"))
            for place, line in enumerate(figures.categories)
            if request.form.get(f"category-{place}") == line.name
        },
        has_waiting_list="has_waiting_list" in request.form,
        asks_approval="asks_approval" in request.form,
    )
    return wanted, wrong


def _flash_saved(lucky: list[Registrant]) -> None:
    if lucky:
        flash(_("บันทึกแล้ว และเลื่อนจากบัญชีสำรองขึ้นมา %(count)d คน", count=len(lucky)))
    else:
        flash(_("บันทึกแล้ว"))
