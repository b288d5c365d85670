"""Deciding on items of several groups. Sources are never deleted; undoing.py takes a decision back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.rules import check_item, check_link
from app.exercises.models import Exercise, Status

from ..document import rows
from ..group_work.making import LETTERS
from ..group_work.sentences import sentence_of
from .models import MAKES_ITEM, REPLACES, MergeKind, MergeRecord, MergeSource
from .storing import free_code, join, note, store_item, store_links
from .surroundings import surroundings_of
from .telling import tell_groups
from .united import BUDGET_RULES, Choice, Plan, Surroundings, money, united_item, united_links

MOST_SOURCES = 40
LONGEST_TITLE = 300
LONGEST_REASON = 1000


@dataclass(frozen=True)
class Decision:
    """What the organiser chose. ``texts`` names, by field, the public id of the source whose words to take."""

    kind: MergeKind
    reason: str
    title: str = ""
    level: str = ""
    budget: str = ""
    lines: tuple[dict[str, Any], ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    leave_unfit: bool = False  # the organiser has seen which links do not fit and goes on without them


class CircleClosed(RuleBroken):
    """The new item would lead back to itself; ``path`` names the cards on the way."""

    def __init__(self, path: list[str]) -> None:
        shown = " → ".join(f"“{title}”" for title in path)
        super().__init__(_l("รวมไม่ได้ เพราะจะวนกลับมาที่เดิม: %(path)s โปรดลบข้อเชื่อมที่ทำให้วนก่อน", path=shown))
        self.path = path


class LinksDoNotFit(RuleBroken):
    """Some links may not stand at the new level; ``why`` holds a sentence for each."""

    def __init__(self, why: list[str]) -> None:
        super().__init__(
            _l("มีข้อเชื่อม %(count)d ข้อที่ใช้กับรายการใหม่ไม่ได้ โปรดดูด้านล่างแล้วเลือกว่าจะทำอย่างไร", count=len(why))
        )
        self.why = why


def decide(exercise: Exercise, ids: Sequence[str], decision: Decision, user: User) -> MergeRecord:
    """Carry a decision out. ``ids`` are public ids of items, the one that leads first."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    sources = _sources(exercise, ids, decision)
    merge = MergeRecord(
        exercise_id=exercise.id,
        kind=decision.kind,
        reason=_reason(decision),
        budget_rule=decision.budget if decision.kind in MAKES_ITEM else "",
        user=user,
    )
    merge.sources = [
        MergeSource(
            item=item,
            status_before=item.status,
            group_status_before=item.submission.status if item.submission else None,
        )
        for item in sources
    ]
    db.session.add(merge)
    if decision.kind in MAKES_ITEM:
        _make(exercise, merge, sources, decision, user)
    elif decision.kind == MergeKind.JOINT:
        join(exercise, sources, merge.reason, user)
    db.session.flush()
    if decision.kind != MergeKind.APART:
        tell_groups(exercise, merge, user)
    record(user, exercise.event, f"exercise.{decision.kind}", merge, sources=len(sources))
    lifecycle.moved(exercise)
    return merge


def _sources(exercise: Exercise, ids: Sequence[str], decision: Decision) -> list[PlanItem]:
    """The items, in the order asked for, found to be such as may be decided on."""
    wanted = list(dict.fromkeys(ids))
    query = select(PlanItem).where(PlanItem.exercise_id == exercise.id, PlanItem.public_id.in_(wanted))
    found = {i.public_id: i for i in db.session.scalars(query.execution_options(populate_existing=True))}
    items = [found[public_id] for public_id in wanted if public_id in found]
    if len(items) < len(wanted) or any(item.deleted_at is not None for item in items):
        raise RuleBroken(_l("ไม่พบรายการที่เลือก อาจถูกลบไปแล้ว โปรดเลือกใหม่"))
    _check_sources(items, decision.kind)
    return items


def _check_sources(items: list[PlanItem], kind: MergeKind) -> None:
    alone = kind in (MergeKind.MOVE, MergeKind.ESCALATE)
    pair = kind in (MergeKind.JOINT, MergeKind.APART)
    if (
        len(items) < (1 if alone else 2)
        or (kind == MergeKind.MOVE and len(items) > 1)
        or (pair and len(items) != 2)
    ):
        sentence = _l("โปรดเลือก 1 รายการ") if kind == MergeKind.MOVE else _l("โปรดเลือกอย่างน้อย 2 รายการ")
        raise RuleBroken(_l("โปรดเลือก 1 รายการขึ้นไป") if kind == MergeKind.ESCALATE else sentence, "items")
    if len(items) > MOST_SOURCES:
        raise RuleBroken(_l("เลือกได้ไม่เกิน %(most)d รายการ", most=MOST_SOURCES), "items")
    if any(item.is_reference for item in items):
        raise RuleBroken(_l("ประเด็นและเป้าหมายที่กำหนดมาจากแผนระดับบนรวมไม่ได้ โปรดเลือกรายการของกลุ่ม"), "items")
    if len({item.kind for item in items}) > 1:
        raise RuleBroken(_l("รวมได้เฉพาะรายการประเภทเดียวกัน เช่น โครงการกับโครงการ"), "items")
    if kind in (MergeKind.BUNDLE, MergeKind.ESCALATE, MergeKind.JOINT) and items[0].kind != "project":
        raise RuleBroken(_l("ทำเช่นนี้ได้เฉพาะโครงการ"), "items")
    if any(item.status in (Status.MERGED, Status.REJECTED) for item in items):
        raise RuleBroken(_l("มีรายการที่รวมไปแล้วหรือไม่ผ่านการกลั่นกรอง โปรดโหลดหน้าใหม่แล้วเลือกอีกครั้ง"), "items")


def _reason(decision: Decision) -> str:
    said = clean_text(decision.reason, multiline=True)
    if not said and decision.kind in MAKES_ITEM:
        raise RuleBroken(_l("โปรดเขียนเหตุผลสั้น ๆ เพื่อให้กลุ่มเจ้าของเรื่องเข้าใจ"), "reason")
    if len(said) > LONGEST_REASON:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_REASON), "reason")
    return said


def _make(exercise: Exercise, merge: MergeRecord, sources: list[PlanItem], decision: Decision, user: User) -> None:
    parts = [rows.item_part(item) for item in sources]
    around = surroundings_of(exercise)
    new_id = free_code(
        exercise, PlanItem, LETTERS["programme" if decision.kind == MergeKind.BUNDLE else sources[0].kind]
    )
    part = united_item(new_id, parts, _choice(exercise, sources, parts, decision), _homes(exercise))
    if decision.kind not in REPLACES:
        part.pop("beyond_capacity", None)  # the sources stay, and it is they who pass it on
    if decision.kind == MergeKind.BUNDLE:
        part.pop("chains", None)  # its projects stand on the stages
    problems = check_item(part)
    if problems:
        raise RuleBroken(sentence_of(problems[0]), "level" if problems[0].code != "title_empty" else "title")
    kept = decision.kind not in REPLACES
    plan = united_links(part, parts, around, outgoing_only=kept)
    if plan.circle:
        raise CircleClosed(plan.circle)
    upward = _upward(part, parts, decision.kind, around) if kept else []
    if plan.unfit and not kept and not decision.leave_unfit:
        raise LinksDoNotFit([sentence_of(problem) for _, problem in plan.unfit])
    merge.item = store_item(exercise, part, user)
    store_links(exercise, merge.item, [*upward, *plan.links], user)
    merge.left_out = [] if kept else _left_out(plan)
    for item in sources:
        if not kept:
            item.status = Status.MERGED
        note(exercise, item, "merge", user)


def _choice(exercise: Exercise, sources: list[PlanItem], parts: list[Any], decision: Decision) -> Choice:
    level = decision.level or sources[0].level
    if level not in {one["code"] for one in exercise.levels}:
        raise RuleBroken(_l("แบบฝึกนี้ไม่มีระดับแผนนี้ โปรดเลือกจากรายการ"), "level")
    title = clean_text(decision.title) or sources[0].shown_title
    if len(title) > LONGEST_TITLE:
        raise RuleBroken(_l("ชื่อยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_TITLE), "title")
    bundle = decision.kind == MergeKind.BUNDLE
    codes = {item.public_id: item.code for item in sources}
    return Choice(
        title=title,
        level=level,
        kind="programme" if bundle else sources[0].kind,
        budget="" if bundle else _budget_rule(parts, decision),
        lines=decision.lines,
        texts={name: codes[public_id] for name, public_id in decision.texts.items() if public_id in codes},
    )


def _budget_rule(parts: list[Any], decision: Decision) -> str:
    """A rule must be chosen where there is money and more than one item."""
    if len(parts) == 1 and decision.budget not in BUDGET_RULES:
        return "sum"
    if not money(parts) and decision.budget not in BUDGET_RULES:
        return "sum"
    if decision.budget not in BUDGET_RULES:
        raise RuleBroken(_l("โปรดเลือกว่าจะคิดงบประมาณอย่างไร"), "budget")
    if decision.budget == "enter" and not decision.lines:
        raise RuleBroken(_l("โปรดใส่งบประมาณของรายการใหม่ หรือเลือกวิธีอื่น"), "budget")
    return decision.budget


def _upward(part: Any, sources: list[Any], kind: MergeKind, around: Surroundings) -> list[dict[str, Any]]:
    """The links from the sources, which stay, to the new item above them."""
    made = []
    for source in sources:
        same = source["level"] == part["level"]
        link_type = "escalated_to" if kind == MergeKind.ESCALATE else "part_of" if same else "included_in"
        problem = check_link(source, part, link_type, around.ranks, (), by_facilitator=True)
        if problem is not None:
            raise RuleBroken(sentence_of(problem), "level")
        made.append({"source": source["id"], "target": part["id"], "type": link_type, "strength": 3})
    return made


def _left_out(plan: Plan) -> list[dict[str, Any]]:
    unfit = [(link, sentence_of(problem)) for link, problem in plan.unfit]
    inner = [(link, str(_l("เป็นข้อเชื่อมระหว่างรายการที่รวมกัน"))) for link in plan.inner]
    return [
        {"source": link["source"], "target": link["target"], "type": link["type"], "why": why}
        for link, why in [*unfit, *inner]
    ]


def _homes(exercise: Exercise) -> dict[str, str | None]:
    return {submission.code: submission.district for submission in exercise.submissions}
