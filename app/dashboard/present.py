"""The slides of a plenary, gathered when they are shown; frozen, they are gathered from what was then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.core import qr
from app.core.addresses import base_url
from app.exercises.linkage.analysis import LinkageGraph, Scope
from app.exercises.linkage.analysis.graph import STAGES, total_budget
from app.exercises.linkage.map.hall import draw_for_hall
from app.exercises.linkage.merging.candidates import decisions
from app.exercises.linkage.merging.models import MAKES_ITEM
from app.exercises.linkage.presenting import showing
from app.exercises.linkage.presenting.models import Presentation
from app.exercises.linkage.scopes import WRITING
from app.exercises.linkage.vocabulary import STAGES as STAGE_WORDS
from app.exercises.linkage.voting import rounds
from app.exercises.linkage.voting.models import RoundState
from app.exercises.linkage.voting.showing import CORNERS, results_of
from app.exercises.models import Exercise

from .linkage.goals import goals_of
from .linkage.headline import percent
from .linkage.heat import coverage_of
from .linkage.items import path_in_words
from .linkage.reading import Reading, Thing, read

MOST_ROWS = 7


@dataclass(frozen=True)
class Slide:
    """One slide: its key, which template draws it, its heading, and what stands on it."""

    key: str
    kind: str
    title: str
    shown: dict[str, Any]


@dataclass(frozen=True)
class Show:
    """An exercise as its hall sees it now."""

    exercise: Exercise
    presentation: Presentation

    @cached_property
    def reading(self) -> Reading:
        """The figures: of now, or of the moment they were frozen."""
        frozen = showing.frozen_document(self.presentation)
        if frozen is None:
            return read(self.exercise, Scope(statuses=WRITING))
        return Reading(frozen, LinkageGraph.from_document(frozen, Scope(statuses=WRITING)), {})

    @property
    def as_of(self) -> datetime | None:
        """When the figures were frozen."""
        return self.presentation.frozen_at

    def stood_then(self, moment: datetime | None) -> bool:
        """Whether something that happened at that moment belongs on frozen slides."""
        return moment is not None and (self.as_of is None or moment <= self.as_of)

    @cached_property
    def outline(self) -> list[tuple[str, str]]:
        """Key and heading of every slide in order."""
        fixed = [
            ("title", self.exercise.name),
            ("participation", _("ผู้ร่วมคิด")),
            ("map", _("จากปัญหาของหมู่บ้านถึงประเด็นของจังหวัด")),
            ("coverage", _("อำเภอกับประเด็นของจังหวัด")),
            ("goals", _("ประเด็นของจังหวัดมีโครงการรองรับหรือยัง")),
        ]
        chains = [(f"chain:{code}", str(name)) for code, name in self.reading.chains.items()]
        groups = [(f"group:{code}", name) for code, name in self.reading.groups.items()]
        merges = [("merges", _("โครงการที่รวมกัน"))] if self._merges() else []
        return [*fixed, *chains, *groups, *merges, *self._votes()]

    def _merges(self) -> list[Any]:
        return [
            merge
            for merge in decisions(self.exercise)
            if merge.kind in MAKES_ITEM and merge.stands and self.stood_then(merge.at)
        ]

    def _votes(self) -> list[tuple[str, str]]:
        found = []
        for one in reversed(rounds.rounds_of(self.exercise)):
            if one.state == RoundState.OPEN:
                found.append((f"vote:{one.public_id}", one.name))
            elif one.state == RoundState.CLOSED and self.stood_then(one.closed_at):
                found.append((f"result:{one.public_id}", one.name))
        return found

    @property
    def keys(self) -> list[str]:
        """The keys of the slides in order."""
        return [key for key, _title in self.outline]

    @property
    def current(self) -> str:
        """The slide on the screens. A vote that was shown and is closed by now has become its result."""
        wanted = self.presentation.slide
        if wanted not in self.keys and wanted.startswith("vote:"):
            wanted = wanted.replace("vote:", "result:", 1)
        return wanted if wanted in self.keys else self.keys[0]

    def slide(self, key: str) -> Slide:
        """One slide with everything on it."""
        kind, _colon, rest = key.partition(":")
        title = dict(self.outline)[key]
        makers: dict[str, Callable[[str], dict[str, Any]]] = {
            "title": self._title,
            "participation": self._participation,
            "map": self._map,
            "coverage": self._coverage,
            "goals": self._goals,
            "chain": self._chain,
            "group": self._group,
            "merges": lambda _rest: {"merges": self._merges()},
            "vote": self._vote,
            "result": self._result,
        }
        return Slide(key, kind, title, makers[kind](rest))

    # -- one kind of slide each ------------------------------------------------------------------------

    def _title(self, _rest: str) -> dict[str, Any]:
        return {"event": self.exercise.event}

    def _participation(self, _rest: str) -> dict[str, Any]:
        groups = self.reading.document.get("groups") or ()
        count = self.reading.result["counts"]
        return {
            "numbers": [
                (len(groups), _("กลุ่ม")),
                (sum(group.get("size") or 0 for group in groups), _("คน")),
                (count["needs"], _("ปัญหา/ความต้องการ")),
                (count["projects"], _("โครงการ")),
                (count["links"], _("ข้อเชื่อม")),
            ]
        }

    def _map(self, _rest: str) -> dict[str, Any]:
        chain = self.reading.chain
        return {
            "drawing": draw_for_hall(self.reading.graph, self.reading.result),
            "rate": percent(chain["strict_rate"]),
        }

    def _coverage(self, _rest: str) -> dict[str, Any]:
        return {"coverage": coverage_of(self.reading, None)}

    def _goals(self, _rest: str) -> dict[str, Any]:
        return {"goals": goals_of(self.reading)[0]}

    def _chain(self, code: str) -> dict[str, Any]:
        found = self.reading.result["value_chain"][code]
        names = self.reading.districts
        return {
            "stages": [(stage, str(STAGE_WORDS[stage]), found["all"]["count"][stage]) for stage in STAGES],
            "rows": [
                (names.get(district, district), [row["count"][stage] for stage in STAGES])
                for district, row in found["by_district"].items()
            ],
        }

    def _group(self, code: str) -> dict[str, Any]:
        """The three projects that reach furthest, the best chain, and what the group needs from others."""
        graph, matrix = self.reading.graph, self.reading.matrix
        own = [i for i, item in graph.items.items() if item.get("group") == code]

        def reach(item_id: str) -> tuple[int, int, float, str]:
            row = matrix.get(item_id, {})
            baht = float(total_budget(graph.items[item_id]))
            return (-max(row.values(), default=0), -len(graph.ancestors(item_id)), -baht, item_id)

        projects = sorted((i for i in own if graph.items[i]["kind"] == "project"), key=reach)[:3]
        needs = sorted((i for i in own if graph.items[i]["kind"] == "need" and matrix.get(i)), key=reach)[:1]
        best = [(need, min(matrix[need], key=lambda a: (-matrix[need][a], a))) for need in needs]
        return {
            "group": self.reading.groups[code],
            "projects": [(self.reading.thing(i), float(total_budget(graph.items[i]))) for i in projects],
            "chain": [self.reading.thing(needs[0]), *(step.to for step in path_in_words(self.reading, *best[0]))]
            if best
            else [],
            "wanted": self._wanted(own),
        }

    def _wanted(self, own: list[str]) -> list[tuple[Thing, str]]:
        """What others must do: take on what is beyond this group, or answer what it could not."""
        graph = self.reading.graph
        waiting = set(self.reading.result["beyond_capacity_not_escalated"])
        unanswered = set(self.reading.gaps["unanswered_needs"])
        found = [(self.reading.thing(i), _("เกินศักยภาพ รอหน่วยรับประสาน")) for i in own if i in waiting]
        for link in graph.links:
            if link["type"] == "escalated_to" and link["source"] in own:
                found.append((self.reading.thing(link["source"]), _("ส่งประสานแล้ว ขอให้รับไว้ในแผน")))
        found += [(self.reading.thing(i), _("ยังไม่มีโครงการตอบสนอง")) for i in own if i in unanswered]
        return found[:3]

    def _vote(self, round_id: str) -> dict[str, Any]:
        vote = rounds.find(self.exercise, round_id)
        address = base_url() + url_for("exercises.vote", exercise_id=self.exercise.public_id)
        return {
            "turnout": rounds.turnout(vote) if vote else None,
            "qr": qr.svg(address, _("QR สำหรับลงคะแนน")),
            "address": address.partition("://")[2],
        }

    def _result(self, round_id: str) -> dict[str, Any]:
        vote = rounds.find(self.exercise, round_id)
        assert vote is not None  # its key came from the outline
        return {"round": vote, "results": results_of(vote), "most": MOST_ROWS, "corners": CORNERS}


def show_of(exercise: Exercise) -> Show:
    """The hall's show as it stands."""
    return Show(exercise, showing.shown(exercise))
