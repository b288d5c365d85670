"""Organisers: an exercise's own definition, templates of their own, the province's workbook, a new seating."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core.bodies import accepts_upload
from app.core.errors import RuleBroken
from app.core.formatting import buddhist_year
from app.events.access import event_page
from app.events.models import Event, Role
from app.exercises import definition, own_templates, regrouping
from app.exercises.access import exercise_page
from app.exercises.linkage import loading
from app.exercises.models import Exercise
from app.exercises.templates_data import MORE_CRITERIA, TEMPLATES
from app.groups.models import IMPORTED
from app.groups.queries import current_grouping

from . import bp

LOADED = {
    "issue": _l("ประเด็น"),
    "goal": _l("เป้าหมาย"),
    "indicator": _l("ตัวชี้วัด"),
    "cluster": _l("ประเด็นกลุ่มจังหวัด"),
    "place": _l("พื้นที่"),
    "chain": _l("ห่วงโซ่คุณค่า"),
    "listed": _l("โครงการที่มีอยู่ให้เลือก"),
}


@bp.get("/events/<slug>/exercises/templates")
@event_page(Role.ORGANISER)
def templates(event: Event) -> ResponseReturnValue:
    """The shipped templates, to be copied, and the office's own."""
    return render_template(
        "exercises/templates.html",
        event=event,
        shipped=TEMPLATES,
        own=own_templates.templates_for(event, current_user._get_current_object()),
    )


@bp.post("/events/<slug>/exercises/templates")
@event_page(Role.ORGANISER)
def copy_template(event: Event) -> ResponseReturnValue:
    """Begin an own template as a copy."""
    own = own_templates.copy_template(
        event, current_user._get_current_object(), request.form.get("template", ""), request.form.get("name", "")
    )
    return redirect(url_for(".edit_template", slug=event.slug, template_id=own.public_id))


@bp.route("/events/<slug>/exercises/templates/<template_id>", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def edit_template(event: Event, template_id: str) -> ResponseReturnValue:
    """Phases, questions, kinds, criteria and labels of an own template."""
    own = own_templates.find(event, template_id) or abort(404)
    return _edit(
        event,
        definition.of_template(own, buddhist_year(event.first_day)),
        lambda data: definition.write_template(own, data),
        url_for(".templates", slug=event.slug),
        template=own,
    )


@bp.post("/events/<slug>/exercises/templates/<template_id>/remove")
@event_page(Role.ORGANISER)
def remove_template(event: Event, template_id: str) -> ResponseReturnValue:
    """Forget an own template."""
    own_templates.remove(own_templates.find(event, template_id) or abort(404))
    flash(_("ลบแบบกิจกรรมแล้ว กิจกรรมที่เริ่มจากแบบนี้ไม่เปลี่ยน"))
    return redirect(url_for(".templates", slug=event.slug))


@bp.route("/events/<slug>/exercises/<exercise_id>/settings", methods=["GET", "POST"])
@exercise_page(Role.ORGANISER)
def settings(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The same of an exercise, while it runs too."""
    newest = current_grouping(event)
    return _edit(
        event,
        definition.of_exercise(exercise),
        lambda data: definition.write_exercise(exercise, data),
        url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id),
        exercise=exercise,
        newest=newest if newest and newest.id != exercise.grouping_id and newest.mode != IMPORTED else None,
    )


def _edit(
    event: Event, shown: dict[str, Any], write: Callable[[dict[str, Any]], None], back: str, **more: Any
) -> ResponseReturnValue:
    problem = None
    if request.method == "POST":
        try:
            write(definition.read(request.form, shown))
        except RuleBroken as broken:
            problem = broken
        else:
            flash(_("บันทึกแล้ว"))
            return redirect(back)
    page = render_template(
        "exercises/definition.html",
        event=event,
        shown=shown,
        typed=request.form,
        problem=problem,
        back=back,
        phase_codes=definition.PHASE_CODES,
        phase_rows=min(len(shown["phases"]) + 2, definition.MOST_PHASES),
        kinds=definition.KINDS,
        questions=definition.QUESTIONS,
        minimums=definition.MINIMUMS,
        criteria=definition.criteria_text(shown["criteria"]),
        more_criteria=MORE_CRITERIA,
        **more,
    )
    return page, 422 if problem else 200


@bp.post("/events/<slug>/exercises/<exercise_id>/template")
@exercise_page(Role.ORGANISER)
def keep_as_template(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Keep what this exercise asks as an own template."""
    own = own_templates.copy_exercise(exercise)
    flash(_("เก็บ “%(name)s” เป็นแบบกิจกรรมแล้ว", name=own.name))
    return redirect(url_for(".edit_template", slug=event.slug, template_id=own.public_id))


@bp.post("/events/<slug>/exercises/<exercise_id>/regroup")
@exercise_page(Role.ORGANISER)
def regroup(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Let the exercise follow the grouping now in force."""
    grouping = current_grouping(event) or abort(404)
    count = regrouping.follow(exercise, grouping, current_user._get_current_object())
    flash(_("ใช้ผังกลุ่มใหม่แล้ว %(count)d กลุ่มทำงานต่อจากเดิม การ์ดทุกใบยังอยู่", count=count))
    return redirect(url_for(".tiles", slug=event.slug, exercise_id=exercise.public_id))


@bp.get("/events/<slug>/exercises/<exercise_id>/workbook")
@exercise_page(Role.ORGANISER)
def empty_workbook(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The workbook to fill in; nobody's data is in it."""
    return send_file(
        BytesIO(loading.empty_workbook(exercise)),
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_attachment=True,
        download_name=_("แบบข้อมูลจังหวัด %(slug)s.xlsx", slug=event.slug),
    )


@bp.route("/events/<slug>/exercises/<exercise_id>/load", methods=["GET", "POST"])
@exercise_page(Role.ORGANISER)
@accepts_upload
def load(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The province's issues, goals, places and chains from one workbook."""
    problem, loaded = None, None
    if request.method == "POST":
        sent = request.files.get("file")
        try:
            if sent is None or not sent.filename:
                raise RuleBroken(_("โปรดเลือกไฟล์"))
            loaded = loading.load(exercise, sent.filename, sent.read(), current_user._get_current_object())
        except RuleBroken as broken:
            problem = broken.sentence
    page = render_template(
        "exercises/load.html", event=event, exercise=exercise, problem=problem, loaded=loaded, words=LOADED
    )
    return page, 422 if problem else 200
