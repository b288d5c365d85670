"""Deciding on one item of the former plan. Kept and changed ones live on as cards with their past as evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_text
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.models import Evidence, PlanItem, PlanLink
from app.exercises.linkage.rules import cycle_path
from app.exercises.models import Exercise, Status, Submission
from app.exercises.ops import Author

from ..document import rows
from ..group_work.fields import year
from ..group_work.making import NEW_CARDS_FROM
from .models import LIVES_ON, Fate, FormerItem, ReviewRound

LONGEST = 1000
FATES = {
    Fate.KEPT: _l("คงไว้"),
    Fate.CHANGED: _l("ปรับปรุง"),
    Fate.DROPPED: _l("ยกเลิก"),
    Fate.DONE: _l("แล้วเสร็จ"),
}


@dataclass(frozen=True)
class Verdict:
    """What was said of an item, as typed."""

    fate: str
    reason: str = ""
    result: str = ""
    year: str = ""


def decide(former: FormerItem, verdict: Verdict, author: Author) -> None:
    """Keep, change, drop, or call done. It may be decided anew until the plan is settled."""
    exercise = db.session.get_one(Exercise, former.exercise_id)
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    if not author.is_staff and former.submission is not None:
        lifecycle.check_open(exercise, former.submission, None)
    if verdict.fate not in FATES:
        raise RuleBroken(_l("โปรดเลือก คงไว้ ปรับปรุง ยกเลิก หรือแล้วเสร็จ"), "fate")
    former.fate = Fate(verdict.fate)
    former.reason = _said(verdict.reason, "reason")
    former.result = _said(verdict.result, "result")
    former.year_be = _year(exercise, verdict.year)
    _check_words(former)
    former.decided_at, former.registrant, former.user = clock.now(), author.registrant, author.user
    if former.fate in LIVES_ON:
        _live_on(exercise, former, author)
    else:
        _give_up(exercise, former, author)
    db.session.flush()
    record(author.registrant or author.user, exercise.event, f"exercise.former_{former.fate}", former)
    lifecycle.moved(exercise)


def _said(text: str, field: str) -> str:
    said = clean_text(text, multiline=True)
    if len(said) > LONGEST:
        raise RuleBroken(_l("ข้อความยาวเกิน %(most)d ตัวอักษร โปรดย่อให้สั้นลง", most=LONGEST), field)
    return said


def _year(exercise: Exercise, typed: str) -> int | None:
    """The year of the result: none in the future of the event."""
    found = year(typed)
    now = exercise.meta.get("event_year_be")
    if found is not None and now and found > now:
        raise RuleBroken(_l("ปีของผลต้องไม่เกินปี %(year)d", year=now), "year")
    return found


def _check_words(former: FormerItem) -> None:
    if former.fate != Fate.KEPT and not former.reason:
        raise RuleBroken(_l("โปรดบอกเหตุผลที่ปรับปรุง ยกเลิก หรือถือว่าแล้วเสร็จ"), "reason")
    if former.fate == Fate.DONE and not former.result:
        raise RuleBroken(_l("โปรดบอกผลที่เกิดขึ้นจริง"), "result")


# -- living on -----------------------------------------------------------------------------------------


def _live_on(exercise: Exercise, former: FormerItem, author: Author) -> None:
    """The item as a card of the group, with its result as past evaluation: what criterion C5 asks for."""
    item = former.item
    if item is None:
        if former.former_item is None:
            raise RuleBroken(_l("แผนเดิมถูกลบไปแล้ว จึงยกรายการนี้มาไม่ได้ โปรดเขียนเป็นการ์ดใหม่"))
        part = rows.item_part(former.former_item) | {
            "status": str(Status.DRAFT),
            "id": _free_code(exercise, former),
        }
        item = rows.item_row(part, exercise.id, former.submission, NEW_CARDS_FROM + exercise.last_seq + 1)
        item.origin = "group" if former.submission is not None else "imported"
        db.session.add(item)
        former.item = item
        db.session.flush()
        _note(exercise, item, "create", author)
    elif item.deleted_at is not None:
        item.deleted_at, item.rev = None, item.rev + 1
        _note(exercise, item, "restore", author)
    _write_past(former, item)
    item.rev += 1
    _note(exercise, item, "update", author)
    _carry_links(exercise, former, author)


def _free_code(exercise: Exercise, former: FormerItem) -> str:
    """The former code where nobody has it, so that the item is found under its old number."""
    codes = set(db.session.scalars(select(PlanItem.code).where(PlanItem.exercise_id == exercise.id)))
    code, number = former.code, 2
    while code in codes:
        code, number = f"{former.code}-{number}", number + 1
    return code


def _write_past(former: FormerItem, item: PlanItem) -> None:
    """One line of evidence for what became of it, written over when it is decided anew."""
    line = f"former-{former.public_id}"
    found = next((row for row in item.evidence if row.public_id == line), None)
    if found is None:
        found = Evidence(public_id=line, type="past_evaluation")
        item.evidence.append(found)
    with force_locale("th"):
        words = former.result or former.reason or str(_l("อยู่ในแผนเดิม %(fate)s", fate=FATES[former.fate]))
    found.title, found.data_year_be = words[:200], former.year_be


def _carry_links(exercise: Exercise, former: FormerItem, author: Author) -> None:
    """Links of the former plan whose other end lives on; none twice, none that would close a circle."""
    if former.former_item_id is None or former.item is None:
        return
    query = select(PlanLink).where(
        or_(PlanLink.source_id == former.former_item_id, PlanLink.target_id == former.former_item_id),
        PlanLink.deleted_at.is_(None),
    )
    links = list(db.session.scalars(query))
    ends = _living(exercise, {end for link in links for end in (link.source_id, link.target_id)}, links)
    there = _there(exercise)
    for old in links:
        source, target = ends.get(old.source_id), ends.get(old.target_id)
        if source is None or target is None or (source.code, target.code, old.type) in there:
            continue
        known = [{"source": a, "target": b, "type": kind} for a, b, kind in there]
        if cycle_path(source.code, target.code, known):
            continue
        part = rows.link_part(old) | {
            "id": _link_code(exercise, old),
            "source": source.code,
            "target": target.code,
        }
        link = rows.link_row(part, {source.code: source, target.code: target}, exercise.id, old.position)
        db.session.add(link)
        db.session.flush()
        there.add((source.code, target.code, old.type))
        _note(exercise, link, "create", author)


def _living(exercise: Exercise, former_ids: set[int], links: list[PlanLink]) -> dict[int, PlanItem]:
    """By the id of a former item, the item it lives on as: decided so, or given from above under the same code."""
    query = (
        select(FormerItem)
        .where(FormerItem.exercise_id == exercise.id, FormerItem.former_item_id.in_(former_ids))
        .options(joinedload(FormerItem.item))
    )
    found = {
        one.former_item_id: one.item
        for one in db.session.scalars(query)
        if one.former_item_id is not None and one.item is not None and one.item.deleted_at is None
    }
    codes = {end.code: end.id for link in links for end in (link.source, link.target) if end.is_reference}
    given = select(PlanItem).where(
        PlanItem.exercise_id == exercise.id, PlanItem.code.in_(codes), PlanItem.origin == "reference"
    )
    return found | {codes[item.code]: item for item in db.session.scalars(given)}


def _there(exercise: Exercise) -> set[tuple[str, str, str]]:
    query = select(PlanLink).where(PlanLink.exercise_id == exercise.id, PlanLink.deleted_at.is_(None))
    return {(link.source.code, link.target.code, link.type) for link in db.session.scalars(query)}


def _link_code(exercise: Exercise, old: PlanLink) -> str:
    codes = set(db.session.scalars(select(PlanLink.code).where(PlanLink.exercise_id == exercise.id)))
    code, number = old.code, 2
    while code in codes:
        code, number = f"{old.code}-{number}", number + 1
    return code


def _give_up(exercise: Exercise, former: FormerItem, author: Author) -> None:
    """Dropped or done: no card; one that was kept before goes, and can come back."""
    item = former.item
    if item is not None and item.deleted_at is None:
        item.deleted_at, item.rev = clock.now(), item.rev + 1
        _note(exercise, item, "delete", author)


def _note(exercise: Exercise, card: PlanItem | PlanLink, action: str, author: Author) -> None:
    lifecycle.note(
        exercise,
        card.submission,
        action,
        entity="item" if isinstance(card, PlanItem) else "link",
        entity_id=card.public_id,
        rev=card.rev,
        registrant=author.registrant,
        user=author.user,
    )


# -- reading -------------------------------------------------------------------------------------------


def review_of(exercise: Exercise) -> ReviewRound | None:
    """Which plan this exercise reviews; None when it begins afresh."""
    return db.session.get(ReviewRound, exercise.id)


def former_items(exercise: Exercise, submission: Submission | None = None) -> list[FormerItem]:
    """Everything to decide on, or one group's part, in the former plan's order."""
    query = (
        select(FormerItem)
        .where(FormerItem.exercise_id == exercise.id)
        .options(joinedload(FormerItem.submission), joinedload(FormerItem.registrant), joinedload(FormerItem.user))
        .order_by(FormerItem.position)
    )
    if submission is not None:
        query = query.where(FormerItem.submission_id == submission.id)
    return list(db.session.scalars(query))


def open_count(submission: Submission) -> int:
    """How many items of the former plan still wait for this group's word."""
    return sum(item.fate == Fate.OPEN for item in former_items(submission.exercise, submission))


def counts(items: list[FormerItem]) -> list[tuple[Any, int]]:
    """How many of each fate, the open ones last."""
    found = Counter(item.fate for item in items)
    return [*((words, found[fate]) for fate, words in FATES.items()), (_l("ยังไม่ตัดสิน"), found[Fate.OPEN])]


def of_group(items: list[FormerItem], submission: Submission | None) -> tuple[int, int]:
    """How many items one group decides on, or the team for None; and how many of them are still open."""
    own = [item for item in items if item.submission_id == (submission.id if submission else None)]
    return len(own), sum(item.fate == Fate.OPEN for item in own)
