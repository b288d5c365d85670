"""A new way of sitting while an exercise runs: every card stays with its table, every table finds its people.

A table of the old grouping goes on as the new table that holds most of its people. A table that nobody goes on
with stays as it was, for the team to read; a new table without a forerunner begins empty.
"""

from __future__ import annotations

from collections import Counter

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import User
from app.audit.trail import record
from app.core.errors import RuleBroken
from app.database import db
from app.groups.models import Grouping, Membership

from . import lifecycle
from .models import Exercise, Submission


def follow(exercise: Exercise, grouping: Grouping, actor: User) -> int:
    """Let an exercise follow another grouping of its event; returns how many tables went on with their cards."""
    if grouping.event_id != exercise.event_id or grouping.id == exercise.grouping_id:
        raise RuleBroken(_l("กิจกรรมนี้ใช้ผังกลุ่มนี้อยู่แล้ว โปรดโหลดหน้าใหม่"))
    lifecycle.lock(exercise)
    lifecycle.check_not_final(exercise)
    carried = _successors(exercise, grouping)
    numbers = {group.id: group for group in grouping.groups}
    for submission in exercise.submissions:
        if submission.id in carried:
            group = numbers[carried[submission.id]]
            submission.group, submission.name, submission.position = group, group.name, group.number
    exercise.grouping = grouping
    db.session.flush()
    lifecycle.note(exercise, None, "regroup", entity="exercise", entity_id=exercise.public_id, user=actor)
    record(actor, exercise.event, "exercise.regrouped", exercise, grouping=grouping.id, carried=len(carried))
    lifecycle.moved(exercise)
    return len(carried)


def _successors(exercise: Exercise, grouping: Grouping) -> dict[int, int]:
    """Submission id → the id of the new table that goes on with it; each table at most once."""
    shared = _shared_people(exercise, grouping)
    names = {group.name: group.id for group in grouping.groups}
    taken: dict[int, int] = {}
    free = {group.id for group in grouping.groups} - {one.group_id for one in exercise.submissions}
    for submission, group_id in _best_first(exercise.submissions, shared, names):
        if submission.id not in taken and group_id in free:
            taken[submission.id] = group_id
            free.discard(group_id)
    return taken


def _best_first(
    submissions: list[Submission], shared: Counter[tuple[int, int]], names: dict[str, int]
) -> list[tuple[Submission, int]]:
    """Pairs of an old table's work and a new table, those with most people in common first, then by name."""
    by_group = {submission.group_id: submission for submission in submissions}
    ranked = [(count, by_group[old], new) for (old, new), count in shared.items() if old in by_group]
    ranked += [(0, one, names[one.name]) for one in submissions if one.name in names]
    ranked.sort(key=lambda row: (-row[0], names.get(row[1].name) != row[2], row[1].position, row[2]))
    return [(submission, group_id) for _, submission, group_id in ranked]


def _shared_people(exercise: Exercise, grouping: Grouping) -> Counter[tuple[int, int]]:
    """(old table, new table) → how many people sat at the one and sit at the other."""
    before = {
        seat.registrant_id: seat.group_id
        for seat in db.session.scalars(select(Membership).where(Membership.grouping_id == exercise.grouping_id))
    }
    now = db.session.scalars(select(Membership).where(Membership.grouping_id == grouping.id))
    return Counter((before[seat.registrant_id], seat.group_id) for seat in now if seat.registrant_id in before)
