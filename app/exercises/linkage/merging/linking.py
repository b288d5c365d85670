"""Links of what merging made: its item belongs to no group, so the team says what it leads to."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit.trail import record
from app.core import clock
from app.core.errors import RuleBroken
from app.database import db
from app.exercises import lifecycle
from app.exercises.linkage.models import PlanItem, PlanLink
from app.exercises.models import Exercise, Status

from ..group_work import allowing
from ..group_work.fields import read_field, write_field
from ..group_work.making import LETTERS, NEW_CARDS_FROM, natural_type
from ..rules import link_ends
from .storing import free_code, note

GOALS = ("issue", "goal", "approach")


def find_team_item(exercise: Exercise, public_id: str) -> PlanItem | None:
    """An item of the team's own, such as merging makes; those of groups and of the plans above are others'."""
    query = select(PlanItem).where(
        PlanItem.exercise_id == exercise.id,
        PlanItem.public_id == public_id,
        PlanItem.submission_id.is_(None),
        PlanItem.origin.is_distinct_from("reference"),
        PlanItem.deleted_at.is_(None),
        PlanItem.status.is_distinct_from(Status.MERGED),
    )
    return db.session.scalar(query)


def goals_for(exercise: Exercise, item: PlanItem) -> list[PlanItem]:
    """What such an item may lead to: issues and goals, those of the province first."""
    ranks = {level["code"]: level["rank"] for level in exercise.levels}
    query = select(PlanItem).where(
        PlanItem.exercise_id == exercise.id,
        PlanItem.kind.in_(GOALS),
        PlanItem.id != item.id,
        PlanItem.deleted_at.is_(None),
        PlanItem.status.is_distinct_from(Status.MERGED),
    )
    known = {link.target_id for link in links_of(item)}
    found = [one for one in db.session.scalars(query) if one.id not in known]
    return sorted(found, key=lambda one: (-ranks.get(one.level, 0), one.position, one.id))


def links_of(item: PlanItem) -> list[PlanLink]:
    """What the item leads to."""
    query = select(PlanLink).where(PlanLink.source_id == item.id, PlanLink.deleted_at.is_(None))
    return list(db.session.scalars(query.order_by(PlanLink.position, PlanLink.id)))


def link_up(exercise: Exercise, item: PlanItem, sent: Mapping[str, str], user: User) -> PlanLink:
    """Draw a link from a team's item to the goal whose public id is ``target``, with strength and rationale."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    target = next((one for one in goals_for(exercise, item) if one.public_id == sent.get("target")), None)
    if target is None:
        raise RuleBroken(_l("โปรดเลือกประเด็นหรือเป้าหมายจากรายการ"), "target")
    kind = natural_type(exercise, item, target)
    ends = {one.public_id: one for one in (item, target)}
    source_id, target_id = link_ends(item.public_id, target.public_id, kind)
    link = PlanLink(source=ends[source_id], target=ends[target_id], type=kind)
    link.exercise_id, link.position = exercise.id, NEW_CARDS_FROM + exercise.last_seq + 1
    values = {name: read_field(link, name, sent.get(name) or None) for name in ("strength", "rationale")}
    with db.session.no_autoflush:
        allowing.check(exercise, link, {"type": kind, **values}, staff=True)
        link.code = free_code(exercise, PlanLink, LETTERS["link"])
    for name, value in values.items():
        write_field(link, name, value)
    db.session.add(link)
    db.session.flush()
    note(exercise, link, "create", user)
    record(user, exercise.event, "exercise.team_link_drawn", link)
    lifecycle.moved(exercise)
    return link


def unlink(exercise: Exercise, item: PlanItem, link_id: str, user: User) -> None:
    """Take a link of a team's item away; as everywhere, it stays in the store."""
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    link = next((one for one in links_of(item) if one.public_id == link_id), None)
    if link is None:
        return  # taken away already
    link.deleted_at, link.rev = clock.now(), link.rev + 1
    note(exercise, link, "delete", user)
    record(user, exercise.event, "exercise.team_link_removed", link)
    lifecycle.moved(exercise)
