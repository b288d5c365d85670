"""An exercise as it stands at one change, read once and analysed once however many screens ask.

Kept per process by the exercise, its change number and what is counted: a new change is a new reading, an old
one is forgotten.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy import select

from app.database import db
from app.exercises.linkage.analysis import Analyses, LinkageGraph, Scope
from app.exercises.linkage.analysis.coverage import Matrix, district_matrix
from app.exercises.linkage.document.storing import document_of
from app.exercises.linkage.models import PlanItem
from app.exercises.linkage.rules import title_of
from app.exercises.linkage.vocabulary import KINDS, LEVELS
from app.exercises.models import Exercise

_KEPT = 24

_readings: OrderedDict[tuple[str, int, Scope], Reading] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Thing:
    """An item as a page names it."""

    code: str
    public_id: str
    title: str
    kind: str
    level: str
    group: str
    districts: tuple[str, ...]

    @property
    def place(self) -> str:
        """Whose it is: the group, else the level it was given on."""
        return self.group or self.level


@dataclass(frozen=True)
class Reading:
    """One exercise at one change; everything derived is worked out at first need."""

    document: dict[str, Any]
    graph: LinkageGraph
    public_ids: dict[str, str]  # by short code

    @cached_property
    def result(self) -> Analyses:
        """The analyses of the exercise, each made when a page asks for it."""
        return Analyses(self.graph)

    @cached_property
    def by_district(self) -> dict[str, dict[str, int]]:
        """The coverage matrix folded to district and issue."""
        return district_matrix(self.graph, self.matrix)

    @property
    def matrix(self) -> Matrix:
        """How strongly each item reaches each issue."""
        return self.result["coverage_matrix"]

    @property
    def gaps(self) -> dict[str, Any]:
        """Orphans, detached items, break points."""
        return self.result["orphans"]

    @property
    def chain(self) -> dict[str, Any]:
        """How many needs get how far."""
        return self.result["full_chain"]

    @property
    def support(self) -> dict[str, str]:
        """What stands under each goal."""
        return self.result["goal_support"]

    @cached_property
    def districts(self) -> dict[str, str]:
        """Names of the districts, in the order of the exercise."""
        areas = self.document.get("areas") or ()
        return {area["code"]: area.get("th") or area["code"] for area in areas if area.get("type") == "district"}

    @cached_property
    def chains(self) -> dict[str, str]:
        """Names of the value chains, in the order of the exercise."""
        return {chain["id"]: chain.get("th") or chain["id"] for chain in self.document.get("chains") or ()}

    @cached_property
    def groups(self) -> dict[str, str]:
        """Names of the groups by their code."""
        return {group["id"]: group.get("name") or group["id"] for group in self.document.get("groups") or ()}

    @cached_property
    def codes(self) -> dict[str, str]:
        """Short codes by public id."""
        return {public_id: code for code, public_id in self.public_ids.items()}

    def thing(self, code: str) -> Thing:
        """An item in words."""
        item = self.graph.nodes[code]
        return Thing(
            code=code,
            public_id=self.public_ids.get(code, ""),
            title=title_of(item),
            kind=str(KINDS.get(item["kind"], item["kind"])),
            level=str(LEVELS.get(item["level"], item["level"])),
            group=self.groups.get(item.get("group") or "", ""),
            districts=tuple(self.districts.get(code, code) for code in sorted(self.graph.districts(code))),
        )

    def things(self, codes: list[str]) -> list[Thing]:
        """Items in words, by district and group as people sit."""
        seats = {code: place for place, code in enumerate(self.groups)}
        nodes = self.graph.nodes

        def order(code: str) -> tuple[int, str]:
            return seats.get(nodes[code].get("group") or "", -1), code

        return [self.thing(code) for code in sorted(codes, key=order)]


def agency_key(name: str) -> str:
    """What stands for an agency in an address: a name of any length or kind does not."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def read(exercise: Exercise, scope: Scope) -> Reading:
    """The exercise as it stands, in a scope; the cards are read once for each change, whatever the scope."""
    key = (exercise.public_id, exercise.last_seq, scope)
    with _lock:
        if key in _readings:
            _readings.move_to_end(key)
            return _readings[key]
    document, ids = _cards_of(exercise)
    reading = Reading(document, LinkageGraph.from_document(document, scope), ids)
    with _lock:
        _readings[key] = reading
        while len(_readings) > _KEPT:
            _readings.popitem(last=False)
    return reading


def _cards_of(exercise: Exercise) -> tuple[dict[str, Any], dict[str, str]]:
    """The document and the public ids, from another reading of the same change where there is one."""
    with _lock:
        for (public_id, seq, _scope), known in _readings.items():
            if (public_id, seq) == (exercise.public_id, exercise.last_seq):
                return known.document, known.public_ids
    ids = select(PlanItem.code, PlanItem.public_id).where(
        PlanItem.exercise_id == exercise.id, PlanItem.deleted_at.is_(None)
    )
    return document_of(exercise), dict(db.session.execute(ids).tuples().all())
