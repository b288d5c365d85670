"""Each product's value chain: what it has at each stage, and what it lacks where (A8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from app.exercises.linkage.analysis.value_chain import stage_members
from app.exercises.linkage.charts.lanes import draw_lanes
from app.exercises.linkage.vocabulary import STAGES

from .money import baht
from .reading import Reading, Thing

LinkTo = Callable[[str], str | None]
LinkToCell = Callable[[str, str, str], str | None]  # chain, stage, district


@dataclass(frozen=True)
class ChainView:
    """One product: what it has at each stage, what it lacks where, and its drawing."""

    code: str
    name: str
    meaning: str
    gaps: list[str]
    stages: list[tuple[str, list[Thing], str]]
    drawing: Markup
    figure: str


def chains(reading: Reading, link_to: LinkTo, link_to_cell: LinkToCell) -> list[ChainView]:
    """Every value chain; with a district chosen, its part of it."""
    found = []
    for number, (code, facts) in enumerate(reading.result["value_chain"].items(), 1):
        everywhere = facts["all"]
        members = stage_members(reading.graph, code)
        counted = " ".join(f"{STAGES[stage]} {n}" for stage, n in everywhere["count"].items())
        gaps = [_("ทั้งพื้นที่ยังขาด%(stage)s", stage=STAGES[stage]) for stage in everywhere["missing"]]
        for district, part in facts["by_district"].items():
            lacks = [str(STAGES[s]) for s in part["missing"] if s not in everywhere["missing"]]
            if lacks:
                name = reading.districts.get(district, district)
                gaps.append(_("%(name)s ยังขาด%(stages)s", name=name, stages=" ".join(lacks)))
        gaps += [
            _("มีทั้ง%(early)sและ%(late)s แต่ยังไม่ส่งต่อกัน", early=STAGES[early], late=STAGES[late])
            for early, late in everywhere["unlinked_adjacent"]
        ]
        stages = [
            (str(STAGES[stage]), reading.things(sorted(ids)), baht(everywhere["budget"][stage]))
            for stage, ids in members.items()
        ]
        meaning = _("%(counted)s โครงการ/กิจกรรม", counted=counted)
        short = [district for district, part in facts["by_district"].items() if part["missing"]]
        if short:
            meaning += " · " + _(
                "ยังขาดบางขั้นใน %(n)d จาก %(all)d อำเภอ", n=len(short), all=len(facts["by_district"])
            )
        drawing = draw_lanes(reading.graph, code, link_to, link_to_cell)
        found.append(
            ChainView(code, reading.chains.get(code, code), meaning, gaps, stages, drawing, f"chain-{number}")
        )
    return found
