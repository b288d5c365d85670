"""An exercise as a file and back: ``document_of`` writes it, ``create_from_document`` makes a new one of it."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.core.ids import new_public_id
from app.core.text import clean_text
from app.database import db
from app.events.models import Event
from app.exercises.models import Change, Exercise, Phase, Submission
from app.exercises.seating import groups_by_name
from app.exercises.templates_data import default_form, default_phases
from app.groups.models import Membership
from app.live.topics import touch

from ..group_work.sentences import sentence_of
from ..models import Chain, DotVote, PlanItem, PlanLink
from ..rules import block_problems
from . import bare_rows, rows
from .reading import load_document

Part = dict[str, Any]

DEFAULT_NAME = "การเชื่อมโยงแผน (One Plan)"
MAX_ID = 200
_KNOWN = {
    "schema_version",
    *("meta", "settings", "levels", "areas", "groups", "chains", "items", "links", "reviews", "dot_votes"),
}
# What even an imported file must keep: everything else was decided by those who wrote it and is only warned of.
_REFUSED = {"cycle", "link_to_itself", "link_repeated", "title_empty"}


# -- out ---------------------------------------------------------------------------------------------


def document_of(exercise: Exercise) -> Part:
    """The whole exercise in the schema of an exercise file; deleted cards and links to them are left out."""
    return {
        "meta": exercise.meta,
        "settings": exercise.settings,
        "levels": exercise.levels,
        "areas": exercise.areas,
        "groups": _group_parts(exercise),
        "chains": [rows.chain_part(chain) for chain in chains_of(exercise)],
        "items": bare_rows.item_parts(exercise),
        "links": bare_rows.link_parts(exercise),
        "reviews": bare_rows.review_parts(exercise),
        "dot_votes": _votes_part(exercise),
        **exercise.extra,
    }


def live_items(exercise: Exercise) -> list[PlanItem]:
    """Every item that is not deleted, with its rows."""
    query = (
        select(PlanItem)
        .where(PlanItem.exercise_id == exercise.id, PlanItem.deleted_at.is_(None))
        .options(
            *(
                selectinload(getattr(PlanItem, name))
                for name in ("submission", "areas", "chains", "partners", "budget", "indicators", "evidence")
            )
        )
        .order_by(PlanItem.position, PlanItem.id)
    )
    return list(db.session.scalars(query))


def live_links(exercise: Exercise) -> list[PlanLink]:
    """Every link that is not deleted and joins two items that are not."""
    query = (
        select(PlanLink)
        .where(PlanLink.exercise_id == exercise.id, PlanLink.deleted_at.is_(None))
        .options(
            *(selectinload(getattr(PlanLink, name)) for name in ("source", "target", "submission", "evidence"))
        )
        .order_by(PlanLink.position, PlanLink.id)
    )
    found = db.session.scalars(query)
    return [link for link in found if link.source.deleted_at is None and link.target.deleted_at is None]


def chains_of(exercise: Exercise) -> list[Chain]:
    """The value chains in their order."""
    query = select(Chain).where(Chain.exercise_id == exercise.id).order_by(Chain.position, Chain.id)
    return list(db.session.scalars(query))


def _group_parts(exercise: Exercise) -> list[Part]:
    seated = (
        select(Membership.group_id, func.count())
        .join(Submission, Submission.group_id == Membership.group_id)
        .where(Submission.exercise_id == exercise.id)
        .group_by(Membership.group_id)
    )
    members = dict(db.session.execute(seated).tuples().all())
    return [_group_part(submission, members.get(submission.group_id, 0)) for submission in exercise.submissions]


def _group_part(submission: Submission, members: int) -> Part:
    part = {
        "id": submission.code,
        "name": submission.name,
        "district": submission.district,
        "size": members if submission.size is None else submission.size,
    }
    return {**{key: value for key, value in part.items() if value is not None}, **submission.extra}


def _votes_part(exercise: Exercise) -> Part:
    query = (
        select(Submission.code, PlanItem.code, DotVote.dots)
        .select_from(DotVote)
        .join(DotVote.submission)
        .join(DotVote.item)
        .where(Submission.exercise_id == exercise.id, PlanItem.deleted_at.is_(None))
        .order_by(DotVote.id)
    )
    by_group: dict[str, Part] = {}
    for group, item, dots in db.session.execute(query):
        by_group.setdefault(group, {})[item] = rows.plain_number(dots)
    return {**exercise.vote_settings, "by_group": by_group}


# -- in ----------------------------------------------------------------------------------------------


def create_from_document(event: Event, document: Part, actor: User | str = "command") -> Exercise:
    """Make a new exercise of a file's content; its ids become the short codes. All of it or, refused, none."""
    document = _checked(document)
    exercise = Exercise(
        event=event,
        name=document["meta"].get("name") or DEFAULT_NAME,
        meta=document["meta"],
        settings=document["settings"],
        levels=document["levels"],
        areas=document.get("areas") or [],
        vote_settings=rows.unknown(document.get("dot_votes") or {}, ("by_group",)),
        form=default_form(),
        extra=rows.unknown(document, _KNOWN),
    )
    db.session.add(exercise)
    db.session.flush()
    db.session.add_all(
        Phase(exercise_id=exercise.id, position=place, **phase) for place, phase in enumerate(default_phases())
    )
    submissions = _add_submissions(exercise, document)
    items = _add_items(exercise, document, submissions)
    _add_votes(document, submissions, items)
    exercise.last_seq = 1
    db.session.add(
        Change(
            exercise_id=exercise.id,
            seq=1,
            op_id=f"import-{new_public_id()}",
            entity="exercise",
            entity_id=exercise.public_id,
            action="import",
            after={"items": len(items), "links": len(document["links"])},
            user=actor if isinstance(actor, User) else None,
        )
    )
    db.session.flush()
    record(actor, event, "exercise.imported", exercise, items=len(items), links=len(document["links"]))
    touch(event, f"exercise-{exercise.public_id}")
    return exercise


def _checked(document: Part) -> Part:
    """The document cleaned as all input is, read again in its new spelling, and found to keep the rules."""
    cleaned = load_document(json.dumps(_cleaned(document)).encode())
    codes = [part["id"] for name in ("groups", "chains", "items", "links") for part in cleaned.get(name) or ()]
    if any(len(code) > MAX_ID for code in codes):
        raise RuleBroken(_l("รหัสในไฟล์ยาวเกิน %(most)d ตัวอักษร โปรดใช้รหัสที่สั้นลง", most=MAX_ID))
    problems = [problem for problem in block_problems(cleaned) if problem.code in _REFUSED]
    if problems:
        raise RuleBroken(sentence_of(problems[0]))
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value, multiline=True)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    return value


def _add_submissions(exercise: Exercise, document: Part) -> dict[str, Submission]:
    """A submission for each group of the file, at the event's table of that name."""
    parts = list(document.get("groups") or ())
    named = {part["id"] for part in parts}
    wanted = [item.get("group") for item in document["items"]]
    wanted += list((document.get("dot_votes") or {}).get("by_group") or {})
    parts += [{"id": code, "name": code} for code in dict.fromkeys(wanted) if code and code not in named]
    names = [(part.get("name") or part["id"], part.get("district")) for part in parts]
    grouping, groups = groups_by_name(exercise.event, names, exercise.name)
    exercise.grouping = grouping
    found = {}
    for position, (part, group) in enumerate(zip(parts, groups, strict=True)):
        found[part["id"]] = Submission(
            exercise_id=exercise.id,
            group=group,
            code=part["id"],
            name=part.get("name") or part["id"],
            district=part.get("district"),
            size=part.get("size"),
            position=position,
            extra=rows.unknown(part, ("id", "name", "district", "size")),
        )
    db.session.add_all(found.values())
    db.session.flush()
    return found


def _add_items(exercise: Exercise, document: Part, submissions: dict[str, Submission]) -> dict[str, PlanItem]:
    chains = document.get("chains") or ()
    db.session.add_all(rows.chain_row(part, exercise.id, place) for place, part in enumerate(chains))
    items = {}
    for place, part in enumerate(document["items"]):
        submission = submissions[part["group"]] if part.get("group") else None
        items[part["id"]] = rows.item_row(part, exercise.id, submission, place)
    db.session.add_all(items.values())
    links = document["links"]
    db.session.add_all(rows.link_row(part, items, exercise.id, place) for place, part in enumerate(links))
    db.session.add_all(rows.review_row(part, items) for part in document.get("reviews") or ())
    db.session.flush()
    return items


def _add_votes(document: Part, submissions: dict[str, Submission], items: dict[str, PlanItem]) -> None:
    for code, dots in ((document.get("dot_votes") or {}).get("by_group") or {}).items():
        for item, count in dots.items():
            db.session.add(DotVote(submission=submissions[code], item=items[item], dots=count))
            db.session.flush()
