"""Merging: the pairs that may be one thing, a decision chosen by hand, what was decided, taking it back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core.errors import RuleBroken
from app.events.models import Event, Role
from app.exercises.access import SEES_ALL, exercise_page, group_page
from app.exercises.linkage.merging import candidates, telling
from app.exercises.linkage.merging.deciding import Decision, LinksDoNotFit, decide
from app.exercises.linkage.merging.models import REPLACES, MergeKind, MergeRecord, MergeSource
from app.exercises.linkage.merging.undoing import undo
from app.exercises.linkage.merging.united import TEXTS
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.vocabulary import FIELD_NAMES, KINDS, LEVELS, OVERLAP
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author

from ..linkage.document.rows import item_part
from ..linkage.group_work import work
from ..linkage.group_work.fields import baht, year
from . import bp
from .page_words import group_arg

MOST_PAIRS = 30
MOST_CHOICES = 200
MERGE_WORDS = {
    MergeKind.DUPLICATE: _l("ซ้ำ ใช้รายการแรก"),
    MergeKind.MERGE: _l("รวมเป็นรายการเดียว"),
    MergeKind.BUNDLE: _l("รวมเป็นชุด"),
    MergeKind.MOVE: _l("ย้ายระดับแผน"),
    MergeKind.ESCALATE: _l("ส่งประสานแผน"),
    MergeKind.JOINT: _l("ทำร่วม"),
    MergeKind.APART: _l("ไม่ซ้ำ"),
}
MERGE_MEANING = {
    MergeKind.DUPLICATE: _l("เป็นเรื่องเดียวกัน ใช้ข้อความของรายการแรก ข้อเชื่อมของทุกรายการรวมกัน"),
    MergeKind.MERGE: _l("เขียนรายการใหม่จากทุกรายการ รายการเดิมเก็บไว้อ่านได้"),
    MergeKind.BUNDLE: _l("ตั้งแผนงานไว้ด้านบน โครงการเดิมยังอยู่ครบ"),
    MergeKind.MOVE: _l("เป็นเรื่องของแผนอีกระดับ รายการเดิมเก็บไว้อ่านได้"),
    MergeKind.ESCALATE: _l("เกินศักยภาพ ตั้งโครงการของอำเภอหรือจังหวัด โครงการเดิมยังอยู่"),
}
BUDGETS = (
    ("sum", _l("นำงบประมาณทุกรายการมารวมกัน")),
    ("max", _l("ใช้งบประมาณของรายการที่สูงที่สุด")),
    ("enter", _l("กำหนดใหม่")),
)
PAIR_WORDS = {**OVERLAP, candidates.SAME_AIM: _l("เขียนต่างกัน แต่ประเด็น พื้นที่ และภาคส่วนเดียวกัน")}


@bp.get("/events/<slug>/exercises/<exercise_id>/merging")
@exercise_page(Role.ORGANISER, Role.FACILITATOR)
def merging(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """Pairs side by side, items to choose by hand, and what was decided."""
    return render_template("exercises/merging.html", **_list(event, exercise))


def _list(event: Event, exercise: Exercise) -> dict[str, Any]:
    wanted = request.args.get("q", "")[:100].strip()
    found_pairs = candidates.undecided(exercise, MOST_PAIRS)
    found = candidates.choosable(exercise, wanted) if wanted else []
    return {
        "event": event,
        "exercise": exercise,
        "pairs": found_pairs.pairs,
        "pairs_left": found_pairs.count - len(found_pairs.pairs),
        "wanted": wanted,
        "found": found[:MOST_CHOICES],
        "decisions": candidates.decisions(exercise),
        "may_decide": bool(g.roles & SEES_ALL) and not exercise.is_final,
        "merge_words": MERGE_WORDS,
        "pair_words": PAIR_WORDS,
        "item_part": item_part,
        "area_names": {area["code"]: area.get("th") or area["code"] for area in exercise.areas},
    }


@bp.route("/events/<slug>/exercises/<exercise_id>/merging/new", methods=["GET", "POST"])
@exercise_page(Role.ORGANISER)
def merge_new(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """One decision: which kind, what the new item is called, whose words, which money."""
    items = candidates.by_ids(exercise, request.values.getlist("item")[:50])
    if not items:
        flash(_("โปรดเลือกรายการที่จะรวม"), "warning")
        return redirect(_home(event, exercise))
    problem: RuleBroken | None = None
    if request.method == "POST":
        try:
            merge = decide(exercise, [i.public_id for i in items], _decision(items), _user())
        except RuleBroken as broken:
            problem = broken
        else:
            flash(_said(merge))
            return redirect(_home(event, exercise, "decisions"))
    page = render_template("exercises/merge_new.html", **_form(event, exercise, items, problem))
    return page, 422 if problem else 200


@bp.post("/events/<slug>/exercises/<exercise_id>/merging/pair")
@exercise_page(Role.ORGANISER)
def merge_pair(event: Event, exercise: Exercise) -> ResponseReturnValue:
    """One tap on a pair: they are different things, or they work together."""
    kind = request.form.get("kind")
    if kind not in (MergeKind.JOINT, MergeKind.APART):
        abort(400)
    try:
        decide(exercise, request.form.getlist("item"), Decision(MergeKind(kind), ""), _user())
        flash(_("บันทึกแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(_home(event, exercise, "pairs"))


@bp.post("/events/<slug>/exercises/<exercise_id>/merging/<merge_id>/undo")
@exercise_page(Role.ORGANISER)
def merge_undo(event: Event, exercise: Exercise, merge_id: str) -> ResponseReturnValue:
    """Take a decision back."""
    merge = candidates.find(exercise, merge_id) or abort(404)
    try:
        undo(merge, _user())
        flash(_("เลิกแล้ว ทุกอย่างกลับมาเหมือนก่อนตัดสินใจ"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(_home(event, exercise, "decisions"))


@bp.post("/events/<slug>/exercises/<exercise_id>/merging/<merge_id>/answer")
@exercise_page(Role.ORGANISER)
def merge_answer(event: Event, exercise: Exercise, merge_id: str) -> ResponseReturnValue:
    """Let a decision stand against a group's objection, and say why."""
    merge = candidates.find(exercise, merge_id) or abort(404)
    try:
        telling.answer_objection(_source(merge), request.form.get("text", ""), _user())
        flash(_("บันทึกคำตอบถึงกลุ่มแล้ว"))
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    return redirect(_home(event, exercise, "decisions"))


@bp.route("/x/<exercise_id>/merges", methods=["GET", "POST"])
@group_page
def group_merges(exercise: Exercise, submission: Submission, author: Author) -> ResponseReturnValue:
    """What became of the group's cards; the group may object while the plan is open."""
    found = telling.decisions_about(submission)
    problem = typed = ""
    if request.method == "POST":
        source = next((one for one in found if str(one.item.public_id) == request.form.get("card")
                       and one.merge.public_id == request.form.get("merge")), None) or abort(404)  # fmt: skip
        typed = request.form.get("text", "")
        try:
            telling.object_to(source, submission, typed, author)
        except RuleBroken as broken:
            problem = str(broken.sentence)
        else:
            flash(_("ส่งความเห็นถึงผู้จัดแล้ว"))
            arg = group_arg(submission, author)
            return redirect(url_for(".group_merges", exercise_id=exercise.public_id, group=arg))
    page = render_template(
        "exercises/group_merges.html",
        exercise=exercise,
        submission=submission,
        decisions=found,
        merge_words=MERGE_WORDS,
        problem=problem,
        typed=typed,
        typed_for=request.form.get("merge", ""),
        group_arg=group_arg(submission, author),
    )
    return page, 422 if problem else 200


# -- reading the form ----------------------------------------------------------------------------------


def _decision(items: list[PlanItem]) -> Decision:
    kind = request.form.get("kind", "")
    if kind not in MERGE_MEANING:
        raise RuleBroken(_l("โปรดเลือกว่าจะทำอย่างไร"), "kind")
    texts = {
        name: request.form[f"take-{name}"] for name in (*TEXTS, "lead_agency") if request.form.get(f"take-{name}")
    }
    return Decision(
        kind=MergeKind(kind),
        reason=request.form.get("reason", ""),
        title=request.form.get("title", ""),
        level=request.form.get("level", ""),
        budget=request.form.get("budget", ""),
        lines=_lines() if request.form.get("budget") == "enter" else (),
        texts=texts,
        leave_unfit=request.form.get("leave_unfit") == "1",
    )


def _lines() -> tuple[dict[str, Any], ...]:
    """The budget as typed: a year, an amount, a source for each line; empty lines are left out."""
    rows = zip(
        request.form.getlist("fy_be"), request.form.getlist("amount"), request.form.getlist("source"), strict=False
    )
    found = [
        {"fy_be": year(fy), "amount": baht(amount), "source": source[:200] or None} for fy, amount, source in rows
    ]
    return tuple({k: v for k, v in row.items() if v is not None} for row in found if row["amount"] is not None)


def _form(event: Event, exercise: Exercise, items: list[PlanItem], problem: RuleBroken | None) -> dict[str, Any]:
    kinds = [MergeKind.MOVE, MergeKind.ESCALATE] if len(items) == 1 else list(MERGE_MEANING)
    kinds = [k for k in kinds if (k == MergeKind.MOVE) == (len(items) == 1) or k == MergeKind.ESCALATE]
    if items[0].kind != "project":
        kinds = [k for k in kinds if k in REPLACES]
    parts = [item_part(item) for item in items]
    differing = [
        name
        for name in (*TEXTS, "lead_agency")
        if len({str(part[name]) for part in parts if part.get(name)}) > 1
        and name in FIELD_NAMES | {"lead_agency": ""}
    ]
    levels = {level["code"]: level.get("label_th") or LEVELS.get(level["code"]) for level in exercise.levels}
    return {
        "event": event,
        "exercise": exercise,
        "items": items,
        "parts": parts,
        "totals": [sum(line.get("amount") or 0 for line in part.get("budget") or ()) for part in parts],
        "differing": differing,
        "field_words": {**FIELD_NAMES, "lead_agency": FIELD_NAMES["lead_name"]},
        "kinds": [(kind, MERGE_WORDS[kind], MERGE_MEANING[kind]) for kind in kinds],
        "chosen": request.values.get("kind") or "",
        "typed": request.form,
        "budgets": BUDGETS,
        "budget_lines": _shown_lines(parts),
        "sources": work.choices(exercise)["sources"],
        "levels": list(levels.items()),
        "kind_words": KINDS,
        "level_words": levels,
        "problem": str(problem.sentence) if problem else "",
        "unfit": problem.why if isinstance(problem, LinksDoNotFit) else [],
    }


def _shown_lines(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines to begin from when the money is entered anew: what was typed, else every year of the sources."""
    typed = [
        {"fy_be": fy, "amount": amount, "source": source}
        for fy, amount, source in zip(
            request.form.getlist("fy_be"),
            request.form.getlist("amount"),
            request.form.getlist("source"),
            strict=False,
        )
    ]
    years = sorted({line.get("fy_be") for part in parts for line in part.get("budget") or () if line.get("fy_be")})
    return typed or [{"fy_be": fy, "amount": "", "source": ""} for fy in years or [""]]


def _said(merge: MergeRecord) -> str:
    title = merge.item.shown_title if merge.item is not None else ""
    if merge.left_out:
        return _("บันทึก “%(title)s” แล้ว มีข้อเชื่อม %(count)d ข้อที่ไม่ได้ยกไป", title=title, count=len(merge.left_out))
    return _("บันทึก “%(title)s” แล้ว กลุ่มเจ้าของเรื่องเห็นข้อความบนการ์ดทันที", title=title)


def _source(merge: MergeRecord) -> MergeSource:
    card = request.form.get("card", "")
    return next((source for source in merge.sources if source.item.public_id == card), None) or abort(404)


def _user() -> Any:
    return current_user._get_current_object()


def _home(event: Event, exercise: Exercise, anchor: str = "") -> str:
    return url_for(
        ".merging",
        slug=event.slug,
        exercise_id=exercise.public_id,
        q=request.values.get("q") or None,
        _anchor=anchor or None,
    )
