"""What does not arrive: where chains break, who has to join them on, and what waits for that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import gettext as _

from .reading import Reading, Thing


@dataclass(frozen=True)
class Break:
    """Where a chain ends, who has to join it on, and what waits for that."""

    at: Thing
    waiting: list[Thing]


@dataclass(frozen=True)
class Gaps:
    """Everything that does not arrive, by what is missing."""

    breaks: list[Break]
    needs: list[Thing]
    projects: list[Thing]
    goals: list[Thing]
    beyond_capacity: list[Thing]
    without_need: list[Thing]
    incomplete_chains: list[Thing]


def gaps_of(reading: Reading, district: str | None = None) -> Gaps:
    """Gaps of one district or of all; a break belongs where it has to be mended."""

    def own(codes: list[str]) -> list[Thing]:
        return reading.things([code for code in codes if _lies_in(reading, code, district)])

    found, chain = reading.gaps, reading.chain
    reached = set(chain["strict"])
    short = [need for need in reading.graph.needs if need not in reached and need not in found["unanswered_needs"]]
    return Gaps(
        breaks=[one for one in breaks(reading) if _concerns(reading, one, district)],
        needs=own(found["unanswered_needs"]),
        projects=own(found["orphan_projects"]),
        goals=own(found["orphan_goals"]),
        beyond_capacity=own(reading.result["beyond_capacity_not_escalated"]),
        without_need=own(reading.result["projects_without_need"]),
        incomplete_chains=own(short),
    )


def breaks(reading: Reading) -> list[Break]:
    """Break points, those most wait for first."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for item, points in reading.gaps["break_points"].items():
        for point in points:
            waiting[point].append(item)
    order = sorted(waiting, key=lambda point: (-len(waiting[point]), point))
    return [Break(reading.thing(point), reading.things(waiting[point])) for point in order]


def _concerns(reading: Reading, one: Break, district: str | None) -> bool:
    """A break is of the district where it has to be mended, and of those that wait for it."""
    return any(_lies_in(reading, thing.code, district) for thing in (one.at, *one.waiting))


def _lies_in(reading: Reading, code: str, district: str | None) -> bool:
    return district is None or district in reading.graph.districts(code)


def gaps_in_words(found: Gaps) -> str:
    """How much one link at each break would bring through."""
    waiting = {thing.code for one in found.breaks for thing in one.waiting}
    if not found.breaks:
        return _("ทุกรายการที่เชื่อมแล้วไปถึงประเด็นของจังหวัด")
    return _(
        "ขาดกลางทาง %(breaks)d จุด ถ้าต่อครบ อีก %(waiting)d รายการจะไปถึงประเด็นของจังหวัด",
        breaks=len(found.breaks),
        waiting=len(waiting),
    )
