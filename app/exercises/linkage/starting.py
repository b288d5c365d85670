"""Starting an exercise: a template's copy, the event's tables, the province's issues, the nation's strategies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.core.formatting import buddhist_year
from app.core.text import clean_text
from app.database import db
from app.events.models import Event, UnitKind
from app.events.provinces import province_name
from app.exercises import lifecycle, own_templates
from app.exercises.models import Exercise, Phase, Submission
from app.exercises.templates_data import SETTINGS, levels_in
from app.groups.models import Grouping

from .models import Chain, PlanItem, PlanLink
from .reference_sets import ReferenceSet, reference_set

MOST_LINES = 60
LONGEST_LINE = 300
DIRECT = 3  # the strength of a link that the organiser draws between plans


@dataclass(frozen=True)
class Beginning:
    """What the organiser decides before the tables begin."""

    template: str
    name: str
    issues: str  # one line each
    chains: str = ""  # one line each
    reference: str = ""  # the code of a reference list, or empty
    plan_years: tuple[int, int] | None = None  # Buddhist era


def start(event: Event, grouping: Grouping, beginning: Beginning, actor: User) -> Exercise:
    """Make an exercise for the tables of a grouping."""
    template = own_templates.data_of(event, actor, beginning.template)
    issues, chains = lines_of(beginning.issues, "issues"), lines_of(beginning.chains, "chains")
    if not grouping.groups:
        raise RuleBroken(_l("ยังไม่มีกลุ่ม โปรดจัดกลุ่มก่อนเริ่มกิจกรรม"))
    if not issues:
        raise RuleBroken(_l("โปรดใส่ประเด็นของจังหวัดอย่างน้อย 1 ข้อ"), "issues")
    exercise = Exercise(
        event=event,
        grouping=grouping,
        template=template["code"],
        name=clean_text(beginning.name) or template["name"],
        meta=_meta(event, beginning.plan_years),
        settings={**SETTINGS, **template.get("settings", {})},
        levels=template.get("levels") or levels_in(buddhist_year(event.first_day)),
        areas=_areas(event),
        form=template["form"],
    )
    db.session.add(exercise)
    db.session.flush()
    db.session.add_all(
        Phase(exercise_id=exercise.id, position=place, **phase) for place, phase in enumerate(template["phases"])
    )
    db.session.add_all(
        Chain(exercise_id=exercise.id, code=f"VC{place}", title_th=line, position=place)
        for place, line in enumerate(chains, start=1)
    )
    add_groups(exercise)
    if beginning.reference:
        _add_reference(exercise, reference_set(beginning.reference))
    add_issues(exercise, issues)
    lifecycle.note(exercise, None, "start", entity="exercise", entity_id=exercise.public_id, user=actor)
    record(actor, event, "exercise.started", exercise, groups=len(grouping.groups), issues=len(issues))
    lifecycle.moved(exercise)
    return exercise


def lines_of(pasted: str, field: str) -> list[str]:
    """The lines of a paste box without numbering, blanks and repeats."""
    found = []
    for line in clean_text(pasted, multiline=True).splitlines():
        text = clean_text(_without_number(line))
        if len(text) > LONGEST_LINE:
            raise RuleBroken(_l("มีบรรทัดที่ยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST_LINE), field)
        if text:
            found.append(text)
    if len(found) > MOST_LINES:
        raise RuleBroken(_l("ใส่ได้ไม่เกิน %(most)d บรรทัด", most=MOST_LINES), field)
    return list(dict.fromkeys(found))


def _without_number(line: str) -> str:
    """1. เกษตร, ๑) เกษตร, - เกษตร, • เกษตร: the words alone. A year at the start stays."""
    text = line.strip().lstrip("-•*·–").strip()
    head, dot, rest = text.partition(".") if "." in text[:4] else text.partition(")")
    return rest.strip() if dot and head.strip("() ").isdigit() and len(head) <= 4 else text


def _meta(event: Event, plan_years: tuple[int, int] | None) -> dict[str, Any]:
    meta: dict[str, Any] = {
        "province": province_name(event.province_code),
        "province_code": event.province_code,
        "event_year_be": buddhist_year(event.first_day),
        "event": event.name,
    }
    if plan_years is not None:
        if plan_years[0] > plan_years[1] or plan_years[1] - plan_years[0] > 30:
            raise RuleBroken(_l("ปีของแผนไม่ถูกต้อง ปีสุดท้ายต้องไม่มาก่อนปีแรก"), "last_year")
        meta["plan_period_be"] = list(plan_years)
    return meta


def _areas(event: Event) -> list[dict[str, Any]]:
    districts = (unit for unit in event.units if unit.kind == UnitKind.DISTRICT and unit.code)
    return [{"code": unit.code, "th": unit.name, "type": "district"} for unit in districts]


def add_groups(exercise: Exercise) -> int:
    """Give every table of the grouping its place in the exercise; returns how many were new."""
    if exercise.grouping is None:
        return 0
    lifecycle.check_not_final(exercise)
    known = {submission.group_id: submission for submission in exercise.submissions}
    codes = {submission.code for submission in exercise.submissions}
    new = [group for group in exercise.grouping.groups if group.id not in known]
    for group in new:
        code = f"G{group.number}"
        while code in codes:
            code += "ก"
        codes.add(code)
        is_district = group.unit is not None and group.unit.kind == UnitKind.DISTRICT
        submission = Submission(
            exercise_id=exercise.id,
            group=group,
            code=code,
            name=group.name,
            district=group.unit.code if is_district and group.unit else None,
            position=group.number,
        )
        db.session.add(submission)
    db.session.flush()
    db.session.refresh(exercise, ["submissions"])
    return len(new)


def add_issues(exercise: Exercise, lines: list[str]) -> list[PlanItem]:
    """Add provincial issues behind those there are; a title that is there already is not added again.

    A line that begins with "เป้าหมาย:" is a goal of the issue above it.
    """
    lifecycle.check_not_final(exercise)
    there = {item.title_th: item for item in issues_of(exercise)}
    codes = set(db.session.scalars(select(PlanItem.code).where(PlanItem.exercise_id == exercise.id)))
    made: list[PlanItem] = []
    above: PlanItem | None = None
    for line in lines:
        goal = _GOAL.match(line) if above is not None else None
        title = line[goal.end() :] if goal else line
        if title in there:
            above = above if goal else there[title]
            continue
        item = _issue(exercise, title, codes, above if goal else None, len(there))
        there[title] = item
        made.append(item)
        above = above if goal else item
    db.session.flush()
    return made


_GOAL = re.compile(r"(?:เป้าหมาย|เป้าประสงค์)(?:การพัฒนา)?\s*(?:(?:ที่)?\s*[0-9๐-๙.]+)?\s*[:：]\s*")


def _issue(exercise: Exercise, title: str, codes: set[str], issue: PlanItem | None, place: int) -> PlanItem:
    """An issue under the next free number, or a goal under its issue's."""
    start = f"{issue.code}." if issue is not None else "P"
    code = next(one for number in range(1, 10_000) if (one := f"{start}{number}") not in codes)
    codes.add(code)
    position = issue.position if issue is not None else 500 + place
    item = reference_item(exercise, code, "PRO", "goal" if issue is not None else "issue", title, position)
    db.session.add(item)
    db.session.flush()
    if issue is not None:
        link = PlanLink(exercise_id=exercise.id, source=item, target=issue, type="part_of", strength=DIRECT)
        link.code = _free_link_code(exercise)
        db.session.add(link)
        db.session.flush()
    return item


def issues_of(exercise: Exercise) -> list[PlanItem]:
    """The issues and goals of the province that groups link to."""
    anchor = exercise.settings.get("anchor_level") or "PRO"
    kinds = exercise.settings.get("anchor_kinds") or ["issue", "goal"]
    query = (
        select(PlanItem)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.level == anchor,
            PlanItem.kind.in_(kinds),
            PlanItem.submission_id.is_(None),
            PlanItem.deleted_at.is_(None),
        )
        .order_by(PlanItem.position, PlanItem.id)
    )
    return list(db.session.scalars(query))


def strategies_of(exercise: Exercise) -> list[PlanItem]:
    """The items of plans above the province's that issues may be linked to."""
    anchor = exercise.settings.get("anchor_level") or "PRO"
    ranks = {level["code"]: level["rank"] for level in exercise.levels}
    query = (
        select(PlanItem)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.submission_id.is_(None),
            PlanItem.deleted_at.is_(None),
            PlanItem.level.in_([code for code, rank in ranks.items() if rank > ranks.get(anchor, 0)]),
        )
        .order_by(PlanItem.position, PlanItem.id)
    )
    return list(db.session.scalars(query))


def _add_reference(exercise: Exercise, listed: ReferenceSet) -> None:
    db.session.add_all(
        reference_item(
            exercise, item.code, listed.level or "NAT1", listed.kind, item.title_th, place, item.title_en
        )
        for place, item in enumerate(listed.items)
    )
    db.session.flush()


def reference_item(
    exercise: Exercise, code: str, level: str, kind: str, title: str, position: int, title_en: str | None = None
) -> PlanItem:
    return PlanItem(
        exercise_id=exercise.id,
        code=code,
        level=level,
        kind=kind,
        origin="reference",
        title_th=title,
        title_en=title_en,
        position=position,
    )


def chosen_strategies(issues: list[PlanItem], above: list[PlanItem]) -> dict[int, str]:
    """Which strategy each issue serves now, by the issue's id."""
    query = select(PlanLink).where(
        PlanLink.source_id.in_([issue.id for issue in issues]),
        PlanLink.target_id.in_([item.id for item in above]),
        PlanLink.submission_id.is_(None),
        PlanLink.deleted_at.is_(None),
    )
    return {link.source_id: link.target.public_id for link in db.session.scalars(query)}


def set_strategy(
    exercise: Exercise, issue: PlanItem, strategy: PlanItem | None, actor: User, strength: int = DIRECT
) -> None:
    """Say which national strategy an issue serves; None takes the link away."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    above = {item.id for item in strategies_of(exercise)}  # a goal's link to its own issue is none of these
    query = select(PlanLink).where(PlanLink.source_id == issue.id, PlanLink.deleted_at.is_(None))
    links = [link for link in db.session.scalars(query) if link.submission_id is None and link.target_id in above]
    if strategy is not None and [link.target_id for link in links] == [strategy.id]:
        return
    for link in links:
        link.deleted_at = clock.now()
        link.rev += 1
        _note_link(exercise, link, "delete", actor)
    if strategy is not None:
        link = PlanLink(
            exercise_id=exercise.id,
            code=_free_link_code(exercise),
            source=issue,
            target=strategy,
            type="supports",
            strength=strength,
            position=exercise.last_seq,
        )
        db.session.add(link)
        db.session.flush()
        _note_link(exercise, link, "create", actor)
    lifecycle.moved(exercise)


def _note_link(exercise: Exercise, link: PlanLink, action: str, actor: User) -> None:
    lifecycle.note(exercise, None, action, entity="link", entity_id=link.public_id, rev=link.rev, user=actor)


def _free_link_code(exercise: Exercise) -> str:
    codes = set(db.session.scalars(select(PlanLink.code).where(PlanLink.exercise_id == exercise.id)))
    number = 1
    while f"n{number}" in codes:
        number += 1
    return f"n{number}"
