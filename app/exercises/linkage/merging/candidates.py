"""What there is to decide: pairs that the overlap analysis names and nobody decided on; and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.exercises.linkage.analysis import LinkageGraph, Scope
from app.exercises.linkage.analysis.coverage import coverage_matrix
from app.exercises.linkage.analysis.overlap import overlap, paraphrase_candidates
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.once import OncePerChange
from app.exercises.linkage.scopes import WRITING
from app.exercises.models import Exercise, Status

from ..document.storing import document_of
from .models import MergeRecord, MergeSource

SAME_AIM = "same_aim"  # differently worded: same issue, same area, same kind of lead agency


@dataclass(frozen=True)
class Pair:
    """Two projects of different groups that may be one; ``alike`` in hundredths, 0 for the second kind."""

    one: PlanItem
    other: PlanItem
    cls: str
    alike: int


@dataclass(frozen=True)
class Undecided:
    """The first pairs to ask about, and how many there are in all."""

    pairs: list[Pair]
    count: int


def undecided(exercise: Exercise, most: int | None = None) -> Undecided:
    """Pairs to ask about, most alike first. A pair decided on once is never asked again unless undone."""
    decided = decided_pairs(exercise)
    open_pairs = [pair for pair in _found.get(exercise) if frozenset(pair[:2]) not in decided]
    shown = open_pairs[:most]
    items = _items(exercise, {code for pair in shown for code in pair[:2]})
    return Undecided([Pair(items[a], items[b], cls, alike) for a, b, cls, alike in shown], len(open_pairs))


def _alike(exercise: Exercise) -> list[tuple[str, str, str, int]]:
    """Every pair that may be one thing: both codes, why, how alike in hundredths."""
    graph = LinkageGraph.from_document(document_of(exercise), Scope(statuses=WRITING))
    pairs = overlap(graph)
    found = [(pair["a"], pair["b"], pair["cls"], round(100 * pair["dice"])) for pair in pairs]
    found += [(a, b, SAME_AIM, 0) for a, b in paraphrase_candidates(graph, coverage_matrix(graph), pairs)]
    return found


_found = OncePerChange(_alike)


def decided_pairs(exercise: Exercise) -> set[frozenset[str]]:
    """Pairs that a standing decision was about: kept apart, joint, in one bundle, handed on together."""
    found: set[frozenset[str]] = set()
    for merge in decisions(exercise):
        if merge.stands:
            codes = [source.item.code for source in merge.sources] + ([merge.item.code] if merge.item else [])
            found |= {frozenset((a, b)) for n, a in enumerate(codes) for b in codes[n + 1 :]}
    return found


def _items(exercise: Exercise, codes: set[str]) -> dict[str, PlanItem]:
    query = (
        select(PlanItem)
        .where(PlanItem.exercise_id == exercise.id, PlanItem.code.in_(codes))
        .options(joinedload(PlanItem.submission), selectinload(PlanItem.areas), selectinload(PlanItem.budget))
    )
    return {item.code: item for item in db.session.scalars(query)}


def decisions(exercise: Exercise) -> list[MergeRecord]:
    """Every decision, undone ones too, newest first."""
    query = (
        select(MergeRecord)
        .where(MergeRecord.exercise_id == exercise.id)
        .options(selectinload(MergeRecord.sources).joinedload(MergeSource.item), joinedload(MergeRecord.item))
        .order_by(MergeRecord.id.desc())
    )
    return list(db.session.scalars(query))


def find(exercise: Exercise, public_id: str) -> MergeRecord | None:
    """A decision by the id in its address."""
    query = select(MergeRecord).where(MergeRecord.exercise_id == exercise.id, MergeRecord.public_id == public_id)
    return db.session.scalar(query)


def open_objections(exercise: Exercise) -> list[MergeSource]:
    """What groups said against standing decisions and nobody has answered."""
    return [
        source
        for merge in decisions(exercise)
        if merge.stands
        for source in merge.sources
        if source.is_open_objection
    ]


def choosable(exercise: Exercise, wanted: str = "", kind: str = "project") -> list[PlanItem]:
    """Items that may be chosen by hand, those whose title or group holds the words asked for."""
    query = (
        select(PlanItem)
        .where(
            PlanItem.exercise_id == exercise.id,
            PlanItem.kind == kind,
            PlanItem.deleted_at.is_(None),
            PlanItem.origin.is_distinct_from("reference"),
            PlanItem.status.is_distinct_from(Status.MERGED),
            PlanItem.status.is_distinct_from(Status.REJECTED),
        )
        .options(joinedload(PlanItem.submission), selectinload(PlanItem.areas), selectinload(PlanItem.budget))
        .order_by(PlanItem.submission_id, PlanItem.position, PlanItem.id)
    )
    words = wanted.casefold().split()
    return [item for item in db.session.scalars(query) if all(word in _searched(item) for word in words)]


def _searched(item: PlanItem) -> str:
    group = item.submission.name if item.submission else ""
    return f"{item.shown_title} {item.code} {group} {item.lead_name or ''}".casefold()


def by_ids(exercise: Exercise, public_ids: Iterable[str]) -> list[PlanItem]:
    """Items of the exercise in the order asked for; unknown ones are left out."""
    wanted = list(dict.fromkeys(public_ids))
    query = select(PlanItem).where(PlanItem.exercise_id == exercise.id, PlanItem.public_id.in_(wanted))
    found = {item.public_id: item for item in db.session.scalars(query)}
    return [found[public_id] for public_id in wanted if public_id in found]
