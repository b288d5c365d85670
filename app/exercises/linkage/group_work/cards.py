"""Items and links as cards: finding, making and checking them, and how a phone sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, selectinload

from app.core.errors import RuleBroken
from app.database import db
from app.exercises.models import Exercise, Status, Submission

from ..listed import picking
from ..models import ItemArea, PlanItem, PlanLink
from ..rules import check_item, check_link, link_ends
from .fields import Card, check_line_count, fields_of, read_field, write_field
from .sentences import sentence_of

ENTITIES: dict[str, type[Card]] = {"item": PlanItem, "link": PlanLink}
# The letter of a kind in the codes people see: แกลง1-โ03.
LETTERS = {
    "need": "ป",
    "project": "โ",
    "goal": "ม",
    "activity": "ก",
    "issue": "ด",
    "approach": "น",
    "programme": "ผ",
    "link": "ช",
}
LINES = ("areas", "chains", "partners", "budget", "indicators", "evidence")
NEW_CARDS_FROM = 1_000_000  # positions below belong to what an imported file held
MERGED_END = _l("การ์ดนี้ถูกรวมเข้ากับรายการอื่นแล้ว โปรดเลือกการ์ดอื่น")
UNKNOWN_END = _l("ไม่พบการ์ดที่จะเชื่อม อาจถูกลบไปแล้ว โปรดเลือกใหม่")


class CycleFound(RuleBroken):
    """A link that would lead back to where it starts; ``path`` names the cards on the way."""

    def __init__(self, sentence: object, path: list[str]) -> None:
        super().__init__(sentence)
        self.path = path


# -- finding -----------------------------------------------------------------------------------------


def find(exercise: Exercise, entity: str, public_id: str) -> Card | None:
    """A card of the exercise, deleted ones too, as it is now."""
    model: Any = ENTITIES[entity]
    query = (
        select(model)
        .where(model.exercise_id == exercise.id, model.public_id == public_id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(query)


def is_taken(entity: str, public_id: str) -> bool:
    """Whether a card of any exercise has this id."""
    model: Any = ENTITIES[entity]
    return db.session.scalar(select(model.id).where(model.public_id == public_id)) is not None


def cards_of_group(
    exercise: Exercise, submission: Submission, entity: str, only: Collection[tuple[str, str]] | None = None
) -> list[Card]:
    """Every card a group sees, deleted ones too: its own and the reference ones; links that touch its items.

    ``only`` narrows it to these (entity, id) and the links of these items: what sixty phones ask for all the time.
    """
    items_only = {card_id for kind, card_id in only or () if kind == "item"}
    if entity == "item":
        if only is not None and not items_only:
            return []
        query = (
            select(PlanItem)
            .where(
                PlanItem.exercise_id == exercise.id,
                or_(PlanItem.submission_id == submission.id, PlanItem.submission_id.is_(None)),
            )
            .options(*(selectinload(getattr(PlanItem, name)) for name in LINES))
            .order_by(PlanItem.position, PlanItem.id)
        )
        if only is not None:
            query = query.where(PlanItem.public_id.in_(items_only))
        return list(db.session.scalars(query))
    source, target = aliased(PlanItem), aliased(PlanItem)
    links = (
        select(PlanLink)
        .join(source, PlanLink.source)
        .join(target, PlanLink.target)
        .where(
            PlanLink.exercise_id == exercise.id,
            or_(source.submission_id == submission.id, target.submission_id == submission.id),
        )
        .options(selectinload(PlanLink.source), selectinload(PlanLink.target), selectinload(PlanLink.evidence))
        .order_by(PlanLink.position, PlanLink.id)
    )
    if only is not None:
        links_only = {card_id for kind, card_id in only if kind == "link"}
        touched = or_(source.public_id.in_(items_only), target.public_id.in_(items_only))
        links = links.where(or_(PlanLink.public_id.in_(links_only), touched))
    return list(db.session.scalars(links))


# -- making ------------------------------------------------------------------------------------------


def create(
    exercise: Exercise, submission: Submission, public_id: str, entity: str, sent: Mapping[str, Any], staff: bool
) -> Card:
    """A new card with its first fields, checked. ``submission`` is the group it is written for."""
    number = NEW_CARDS_FROM + exercise.last_seq + 1
    if entity == "item":
        card: Card = _new_item(exercise, submission, sent)
    else:
        card = _new_link(exercise, submission, sent)
    card.public_id, card.exercise_id, card.submission, card.position = (
        public_id,
        exercise.id,
        submission,
        number,
    )
    given = {"type": card.type, **sent} if isinstance(card, PlanLink) else sent
    fields = {name: read_field(card, name, value) for name, value in given.items() if name not in _ONLY_AT_FIRST}
    check(exercise, card, fields, staff)
    card.code = _next_code(exercise, submission, card)
    db.session.add(card)
    for name, value in fields.items():
        write_field(card, name, value)
    if isinstance(card, PlanItem) and not card.areas and submission.district:
        card.areas.append(ItemArea(code=submission.district))
    db.session.flush()
    return card


_ONLY_AT_FIRST = {"kind", "source", "target", "listed"}


def _new_item(exercise: Exercise, submission: Submission, sent: Mapping[str, Any]) -> PlanItem:
    kind = str(sent.get("kind"))
    kinds = kinds_of(exercise)
    if kind not in kinds:
        raise RuleBroken(_l("แบบฝึกนี้ไม่มีการ์ดประเภทนี้ โปรดโหลดหน้าใหม่"))
    listed = picking.find(exercise, str(sent.get("listed"))) if sent.get("listed") else None
    return PlanItem(
        kind=kind,
        level=sent.get("level") or kinds[kind],
        origin="imported" if listed is not None else "group",
        extra={"derived_from": {"listed": listed.code or listed.public_id}} if listed is not None else {},
        status=Status.DRAFT,
        form_code=exercise.form.get("form_code") or None if kind == "project" else None,
        **{name: [] for name in LINES},  # known to be empty: nothing to ask the database about
    )


def kinds_of(exercise: Exercise) -> dict[str, str]:
    """The kinds of card a group may write, each with the level it begins on. Projects have activities."""
    kinds: dict[str, str] = exercise.form.get("kinds") or DEFAULT_LEVELS
    return {"activity": kinds["project"], **kinds} if "project" in kinds else kinds


# The level of a new card where the template names none.
DEFAULT_LEVELS = {"need": "VIL", "project": "LOC", "activity": "LOC", "goal": "DIS"}


def _new_link(exercise: Exercise, submission: Submission, sent: Mapping[str, Any]) -> PlanLink:
    ends = [find(exercise, "item", str(sent.get(end, ""))[:40]) for end in ("source", "target")]
    source, target = ends
    if not isinstance(source, PlanItem) or not isinstance(target, PlanItem):
        raise RuleBroken(UNKNOWN_END)
    if source.deleted_at is not None or target.deleted_at is not None:
        raise RuleBroken(UNKNOWN_END)
    if Status.MERGED in (source.status, target.status):
        raise RuleBroken(MERGED_END)
    if submission.id not in (source.submission_id, target.submission_id):
        raise RuleBroken(UNKNOWN_END)
    kind = str(sent.get("type") or natural_type(exercise, source, target))
    if (source.public_id, target.public_id) != link_ends(source.public_id, target.public_id, kind):
        source, target = target, source
    return PlanLink(source=source, target=target, type=kind)


def natural_type(exercise: Exercise, source: PlanItem, target: PlanItem) -> str:
    """What somebody means who only says that one card helps another."""
    if source.kind == "need":
        return "answered_by"
    if source.kind == "activity" and target.kind == "project":
        return "part_of"
    if source.kind != "project" or target.kind != "project":
        return "supports"
    ranks = _ranks(exercise)
    if ranks.get(target.level, 0) > ranks.get(source.level, 0):
        return "escalated_to" if source.beyond_capacity else "included_in"
    return "joint_with"


def _next_code(exercise: Exercise, submission: Submission, card: Card) -> str:
    """แกลง1-โ03: the group's name without spaces, the kind's letter, a number that is never given again."""
    model = type(card)
    query = select(func.count()).where(model.exercise_id == exercise.id, model.submission_id == submission.id)
    if isinstance(card, PlanItem):
        query = query.where(PlanItem.kind == card.kind)
    letter = LETTERS.get(card.kind if isinstance(card, PlanItem) else "link", "")
    number = (db.session.scalar(query) or 0) + 1
    name = "".join(submission.name.split())
    while True:
        code = f"{name}-{letter}{number:02d}"
        taken = select(model.id).where(model.exercise_id == exercise.id, model.code == code)
        if db.session.scalar(taken) is None:
            return code
        number += 1


# -- checking ----------------------------------------------------------------------------------------


def check(exercise: Exercise, card: Card, changed: Mapping[str, Any], staff: bool) -> None:
    """Raise RuleBroken when the card, with these fields changed, may not be kept so."""
    check_line_count(card, changed)
    if isinstance(card, PlanItem):
        _check_item(exercise, card, changed)
    elif card.id is None or {"type"} & changed.keys():
        _check_link(exercise, card, changed.get("type", card.type), staff)


def _check_item(exercise: Exercise, item: PlanItem, changed: Mapping[str, Any]) -> None:
    part = _as_part(item)
    part["title_th"] = changed.get("title", item.shown_title) or ""
    part["level"] = changed.get("level", item.level) or ""
    problems = check_item(part)
    if problems:
        raise RuleBroken(sentence_of(problems[0]), "title" if problems[0].code == "title_empty" else None)
    if part["level"] not in {level["code"] for level in exercise.levels}:
        raise RuleBroken(_l("แบบฝึกนี้ไม่มีระดับแผนนี้ โปรดเลือกจากรายการ"), "level")
    if item.id is not None and part["level"] != item.level:
        _check_links_of(exercise, item, part)


def _check_links_of(exercise: Exercise, item: PlanItem, part: dict[str, Any]) -> None:
    """A card moved to another level must still fit its links."""
    query = select(PlanLink).where(
        PlanLink.deleted_at.is_(None), or_(PlanLink.source_id == item.id, PlanLink.target_id == item.id)
    )
    for link in db.session.scalars(query):
        ends = [part if end is item else _as_part(end) for end in (link.source, link.target)]
        problem = check_link(ends[0], ends[1], link.type, _ranks(exercise), (), by_facilitator=True)
        if problem is not None:
            raise RuleBroken(_("ย้ายระดับแผนไม่ได้ เพราะมีข้อเชื่อมเดิมอยู่: %(why)s", why=sentence_of(problem)), "level")


def _check_link(exercise: Exercise, link: PlanLink, link_type: str | None, staff: bool) -> None:
    source, target = _as_part(link.source), _as_part(link.target)
    titles = dict(
        db.session.execute(
            select(PlanItem.public_id, func.coalesce(PlanItem.title_th, PlanItem.title, PlanItem.title_en)).where(
                PlanItem.exercise_id == exercise.id
            )
        )
        .tuples()
        .all()
    )
    problem = check_link(
        source,
        target,
        link_type or "",
        _ranks(exercise),
        _all_links(exercise),
        titles=titles,
        link_id=link.public_id,
        by_facilitator=staff,
        upward_types=exercise.settings.get("upward_link_types") or UPWARD,
    )
    if problem is None:
        return
    words = {"source_title": link.source.shown_title, "target_title": link.target.shown_title}
    sentence = sentence_of(type(problem)(problem.code, problem.item, problem.link, {**words, **problem.params}))
    if problem.code == "cycle":
        raise CycleFound(sentence, list(problem.params["titles"]))
    raise RuleBroken(sentence)


UPWARD = ("answered_by", "included_in", "escalated_to", "supports", "part_of")


def check_restored(exercise: Exercise, card: Card, staff: bool) -> None:
    """A deleted card may come back unless, as a link, it no longer fits what was drawn since."""
    if isinstance(card, PlanLink):
        _check_link(exercise, card, card.type, staff)


def _all_links(exercise: Exercise) -> list[dict[str, Any]]:
    """Every link that is not deleted itself, as its ids. One whose ends are deleted counts: they may come back."""
    source, target = aliased(PlanItem), aliased(PlanItem)
    query = (
        select(PlanLink.public_id, source.public_id, target.public_id, PlanLink.type)
        .join(source, PlanLink.source_id == source.id)
        .join(target, PlanLink.target_id == target.id)
        .where(PlanLink.exercise_id == exercise.id, PlanLink.deleted_at.is_(None))
    )
    keys = ("id", "source", "target", "type")
    return [dict(zip(keys, row, strict=True)) for row in db.session.execute(query)]


def _ranks(exercise: Exercise) -> dict[str, int]:
    return {level["code"]: level["rank"] for level in exercise.levels}


def _as_part(item: PlanItem) -> dict[str, Any]:
    """What the rules look at."""
    return {
        "id": item.public_id,
        "kind": item.kind,
        "level": item.level,
        "origin": item.origin,
        "title_th": item.shown_title,
        "chains": [{"chain": row.chain, "stage": row.stage} for row in item.chains],
    }


# -- how a phone sees a card -------------------------------------------------------------------------


def as_json(card: Card, submission: Submission) -> dict[str, Any]:
    """A card for a group's phone; what it has nothing of is left out."""
    found: dict[str, Any] = {
        "id": card.public_id,
        "entity": "item" if isinstance(card, PlanItem) else "link",
        "code": card.code,
        "rev": card.rev,
        "status": card.status,
        "deleted": card.deleted_at is not None,
        "own": card.submission_id == submission.id,
        "fields": fields_of(card),
    }
    if isinstance(card, PlanItem):
        found |= {"kind": card.kind, "level": card.level, "reference": card.is_reference}
        found["fields"].setdefault("title", card.shown_title)
    else:
        found |= {"source": card.source.public_id, "target": card.target.public_id}
        found |= {"source_title": card.source.shown_title, "target_title": card.target.shown_title}
        found["deleted"] = found["deleted"] or any(
            end.deleted_at is not None for end in (card.source, card.target)
        )
    return found


def all_as_json(cards: Iterable[Card], submission: Submission) -> list[dict[str, Any]]:
    """Several cards for a group's phone."""
    return [as_json(card, submission) for card in cards]
