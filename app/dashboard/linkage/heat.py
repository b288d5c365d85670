"""The heat tables: districts, and the items of one, against the issues of the province."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from app.exercises.linkage.analysis.coverage import direct_matrix, district_matrix

from .reading import Reading, Thing


def coverage_in_words(found: Coverage) -> str:
    """Which issues every district reaches and which none does."""
    columns = list(zip(*(cells for _code, _name, cells in found.districts), strict=True))
    pairs = list(zip(found.issues, columns, strict=False))
    everywhere = [issue.code for issue, cells in pairs if all(cells)]
    nowhere = [f"“{issue.title}”" for issue, cells in pairs if not any(cells)]
    words = [_("ทุกอำเภอมีโครงการไปถึง %(codes)s", codes=" ".join(everywhere))] if everywhere else []
    words += [_("ยังไม่มีอำเภอใดไปถึง %(names)s", names=" · ".join(nowhere))] if nowhere else []
    return " ".join(words) or _("ทุกประเด็นมีบางอำเภอไปถึง และบางอำเภอยังไม่ถึง")


@dataclass(frozen=True)
class Row:
    """A line of a heat table: cells are strengths 0 to 3 in the order of the columns."""

    thing: Thing
    cells: list[int]


@dataclass(frozen=True)
class Coverage:
    """Districts against issues, and one district's items against issues."""

    issues: list[Thing]
    totals: list[tuple[int, int, int]]  # projects, needs, districts that reach each issue
    districts: list[tuple[str, str, list[int]]]  # code, name, cells
    rows: list[Row]


def coverage_of(reading: Reading, district: str | None, *, direct: bool = False) -> Coverage:
    """The heat tables; rows of items only where a district is chosen; `direct` counts links into an issue only."""
    anchors = reading.graph.anchors
    matrix = direct_matrix(reading.graph) if direct else reading.matrix
    folded = district_matrix(reading.graph, matrix) if direct else reading.by_district
    columns = [reading.result["coverage_by_anchor"][anchor] for anchor in anchors]
    chosen = [code for code in reading.graph.items if district in reading.graph.districts(code)]
    return Coverage(
        issues=[reading.thing(anchor) for anchor in anchors],
        totals=[(c["projects"], c["needs"], len(c["districts"])) for c in columns],
        districts=[
            (code, name, [folded.get(code, {}).get(anchor, 0) for anchor in anchors])
            for code, name in reading.districts.items()
        ],
        rows=[
            Row(thing, [matrix.get(thing.code, {}).get(anchor, 0) for anchor in anchors])
            for thing in reading.things(chosen if district else [])
        ],
    )
