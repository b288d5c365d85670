"""Versions of a plan: keeping one, comparing two, settling the plan, changing it by number."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.models import Event, Role
from app.exercises.access import SEES_ALL, exercise_page
from app.exercises.linkage.snapshots import keeping, settling
from app.exercises.linkage.snapshots.differences import Field, difference
from app.exercises.linkage.snapshots.models import AmendmentKind, Purpose
from app.exercises.linkage.vocabulary import FIELD_NAMES, KINDS, LEVELS, LINK_TYPES, STATUSES
from app.exercises.models import Exercise

from ..linkage.document.storing import document_of
from . import bp

NOW = "now"
MOST_SHOWN = 300
PARTS = {
    "settings": _l("การตั้งค่า"),
    "levels": _l("ระดับแผน"),
    "areas": _l("พื้นที่"),
    "groups": _l("กลุ่ม"),
    "chains": _l("ห่วงโซ่คุณค่า"),
    "reviews": _l("ผลกลั่นกรอง"),
    "dot_votes": _l("คะแนนจัดลำดับความสำคัญ"),
    "meta": _l("ข้อมูลของงาน"),
}
KIND_MEANING = {
    AmendmentKind.ADD: _l("เพิ่มรายการหรือข้อเชื่อมใหม่เท่านั้น"),
    AmendmentKind.CHANGE: _l("เปลี่ยนสาระของรายการ เพิ่มหรือลบได้"),
    AmendmentKind.CORRECT: _l("แก้ข้อความหรือตัวเลขของรายการที่มีอยู่"),
}
WORDS = {
    **FIELD_NAMES,
    "title_th": _l("ชื่อ/ข้อความ"),
    "status": _l("สถานะ"),
    "lead_agency": _l("หน่วยงานรับผิดชอบหลัก"),
    "expected_result": _l("ผลที่คาดว่าจะได้รับ"),
    "form_code": _l("แบบฟอร์ม"),
    "indicators.target": _l("ค่าเป้าหมาย"),
    "indicators.target_year_be": _l("ปี พ.ศ. ของเป้าหมาย"),
    "indicators.baseline": _l("ค่าปัจจุบัน"),
    "indicators.baseline_year_be": _l("ปี พ.ศ. ของค่าปัจจุบัน"),
    "indicators.unit": _l("หน่วยนับ"),
    "source": _l("จาก"),
    "target": _l("ไปยัง"),
}
_VALUES = {"status": STATUSES, "level": LEVELS, "kind": KINDS, "type": LINK_TYPES}


@bp.get("/events/<slug>/exercises/<exercise_id>/versions")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def versions(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """The versions there are, two to compare, and where the plan stands on its way to being settled."""
    return _page(event, exercise)


def _page(event: Event, exercise: Exercise, problem: object = "") -> ResponseReturnValue:
    amendment = settling.open_amendment(exercise)
    page = render_template(
        "exercises/versions.html",
        event=event,
        exercise=exercise,
        versions=keeping.versions_of(exercise),
        purposes=keeping.PURPOSES,
        by_hand=keeping.BY_HAND,
        readiness=settling.readiness(exercise),
        in_force=settling.settled_version(exercise),
        amendment=amendment,
        amendment_name=settling.name_of(amendment) if amendment else "",
        amendments=[(one, settling.name_of(one)) for one in settling.amendments_of(exercise) if one.closed_at],
        kinds=[(kind, settling.KINDS[kind], KIND_MEANING[kind]) for kind in AmendmentKind],
        may_keep=bool(g.roles & SEES_ALL),
        problem=problem,
        typed=request.form,
    )
    return page, 422 if problem else 200


@bp.post("/events/<slug>/exercises/<exercise_id>/versions/keep")
@exercise_page(Role.ORGANISER)
def keep_version(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Keep the plan as it stands."""
    purpose = request.form.get("purpose", "")
    if purpose not in keeping.BY_HAND:
        abort(400)
    try:
        kept = keeping.keep(exercise, Purpose(purpose), request.form.get("name", ""), _user())
    except RuleBroken as problem:
        return _page(event, exercise, problem.sentence)
    flash(_("เก็บฉบับที่ %(number)d “%(name)s” แล้ว", number=kept.number, name=kept.name))
    return redirect(_home(event, exercise))


@bp.get("/events/<slug>/exercises/<exercise_id>/versions/<version_id>.json")
@exercise_page(Role.ORGANISER, Role.VIEWER)
def version_file(event: Event, exercise: Exercise, version_id: str) -> ResponseReturnValue:
    """The very text that was hashed."""
    snapshot = keeping.find(exercise, version_id) or abort(404)
    headers = {"Content-Disposition": f'attachment; filename="version-{snapshot.number}.json"'}
    return Response(snapshot.content, mimetype="application/json", headers=headers)


@bp.get("/events/<slug>/exercises/<exercise_id>/versions/compare")
@exercise_page(Role.ORGANISER, Role.FACILITATOR, Role.VIEWER)
def compare_versions(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """What changed between two versions, or between one and now."""
    sides = [_side(exercise, request.args.get(name, "")) for name in ("from", "to")]
    found = difference(sides[0]["document"], sides[1]["document"])
    return render_template(
        "exercises/compare_versions.html",
        event=event,
        exercise=exercise,
        sides=sides,
        found=found,
        parts=PARTS,
        most=MOST_SHOWN,
        link_words=LINK_TYPES,
        field_word=_field_word,
        shown=_shown,
    )


def _side(exercise: Exercise, wanted: str) -> dict[str, Any]:
    if wanted == NOW:
        return {
            "name": _("ปัจจุบัน"),
            "number": None,
            "at": None,
            "document": document_of(exercise),
            "is_whole": True,
        }
    snapshot = keeping.find(exercise, wanted) or abort(404)
    return {
        "name": snapshot.name,
        "number": snapshot.number,
        "at": snapshot.at,
        "document": keeping.document_in(snapshot),
        "is_whole": keeping.is_whole(snapshot),
    }


def _field_word(field: Field) -> str:
    word = WORDS.get(field.name) or WORDS.get(field.name.partition(".")[0]) or field.name
    return f"{field.part} · {word}" if field.part else str(word)


def _shown(value: Any, name: str = "") -> str:
    """A value of a document as a person reads it."""
    if value in (None, "", [], {}):
        return _("(ว่าง)")
    if name in _VALUES and isinstance(value, str):
        return str(_VALUES[name].get(value, value))
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    if isinstance(value, dict):
        return " ".join(_shown(one) for one in value.values())
    if isinstance(value, list):
        return " · ".join(_shown(one) for one in value)
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)


# -- settling ------------------------------------------------------------------------------------------


@bp.post("/events/<slug>/exercises/<exercise_id>/versions/settle")
@exercise_page(Role.ORGANISER)
def settle_plan(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Make the plan final."""
    try:
        settling.settle(exercise, _user())
    except RuleBroken as problem:
        return _page(event, exercise, problem.sentence)
    flash(_("แผนเป็นฉบับสมบูรณ์แล้ว"))
    return redirect(_home(event, exercise))


@bp.post("/events/<slug>/exercises/<exercise_id>/versions/amend")
@exercise_page(Role.ORGANISER)
def begin_amendment(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Open the settled plan for one numbered change."""
    kind = request.form.get("kind", "")
    if kind not in settling.KINDS:
        abort(400)
    try:
        amendment = settling.begin(exercise, AmendmentKind(kind), request.form.get("reason", ""), _user())
    except RuleBroken as problem:
        return _page(event, exercise, problem.sentence)
    flash(_("เปิด “%(name)s” แล้ว", name=settling.name_of(amendment)))
    return redirect(_home(event, exercise))


@bp.post("/events/<slug>/exercises/<exercise_id>/versions/amend/close")
@exercise_page(Role.ORGANISER)
def close_amendment(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """End the change: it becomes the version in force. Or give it up, when nothing has changed."""
    amendment = settling.open_amendment(exercise) or abort(404)
    name = settling.name_of(amendment)
    try:
        if request.form.get("action") == "cancel":
            settling.cancel(amendment, _user())
            flash(_("ยกเลิก “%(name)s” แล้ว แผนเหมือนฉบับเดิม", name=name))
        else:
            settling.close(amendment, _user())
            flash(_("ปิด “%(name)s” แล้ว เป็นฉบับที่ใช้อยู่", name=name))
    except RuleBroken as problem:
        return _page(event, exercise, problem.sentence)
    return redirect(_home(event, exercise))


def _user() -> Any:
    return current_user._get_current_object()


def _home(event: Event, exercise: Exercise) -> str:
    return url_for(".versions", slug=event.slug, exercise_id=exercise.public_id)
