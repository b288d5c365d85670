"""Behind the sums of money (A13)."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import gettext as _

from app.core.formatting import thai_number
from app.exercises.linkage.analysis.budget import NO_SOURCE
from app.exercises.linkage.analysis.figures import money
from app.exercises.linkage.analysis.graph import STAGES
from app.exercises.linkage.analysis.settings import exact
from app.exercises.linkage.vocabulary import STAGES as STAGE_WORDS

from ..reading import Reading
from .listed import Keys, Listed, Row, titled


def _money_rows(heading: str, parts: dict[str, Fraction]) -> Listed:
    rows = [
        Row(code, _("%(baht)s บาท", baht=thai_number(money(Fraction(round(baht, 2))))))
        for code, baht in sorted(parts.items(), key=lambda pair: (-pair[1], pair[0]))
        if baht
    ]
    return Listed(heading, rows, sum(parts.values(), Fraction(0)), is_ordered=True)


def of_issue(reading: Reading, keys: Keys) -> Listed | None:
    """Key: issue, or "" for what serves none."""
    anchor = (*keys, "")[0]
    counted = reading.graph.counted_budgets
    if not anchor:
        lost = {code: baht for code, baht in counted.items() if not reading.matrix.get(code)}
        return _money_rows(_("งบประมาณที่ไม่สอดคล้องประเด็นใด"), lost)
    if anchor not in reading.graph.anchors:
        return None
    rows = {code: row for code in counted if (row := reading.matrix.get(code, {})) and anchor in row}
    parts = {code: Fraction(counted[code] * row[anchor]) / sum(row.values()) for code, row in rows.items()}
    return _money_rows(_("งบประมาณของ “%(issue)s”", issue=titled(reading, anchor)), parts)


def of_district(reading: Reading, keys: Keys) -> Listed | None:
    district = (*keys, "")[0]
    if district not in reading.districts:
        return None
    homes = {code: reading.graph.districts(code) for code in reading.graph.counted_budgets}
    counted = reading.graph.counted_budgets
    parts = {code: counted[code] / len(own) for code, own in homes.items() if district in own}
    return _money_rows(_("งบประมาณใน%(name)s", name=reading.districts[district]), parts)


def of_stage(reading: Reading, keys: Keys) -> Listed | None:
    stage = (*keys, "")[0]
    if stage not in STAGES:
        return None
    parts = {}
    for code, baht in reading.graph.counted_budgets.items():
        own = [s for _chain, s in reading.graph.chain_stages(code) if s in STAGES]
        if stage in own:
            parts[code] = baht * own.count(stage) / len(own)
    return _money_rows(_("งบประมาณของขั้น%(stage)s", stage=STAGE_WORDS[stage]), parts)


def of_source(reading: Reading, keys: Keys) -> Listed | None:
    source = (*keys, "")[0]
    parts = {}
    for code in reading.graph.counted_budgets:
        lines = reading.graph.items[code].get("budget") or ()
        own = [line for line in lines if (line.get("source") or NO_SOURCE) == source]
        parts[code] = sum((Fraction(exact(line.get("amount") or 0)) for line in own), Fraction(0))
    return _money_rows(_("งบประมาณจาก%(source)s", source=source), parts) if any(parts.values()) else None
