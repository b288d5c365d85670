"""Behind the figures of stages and districts (A8, A10)."""

from __future__ import annotations

from flask_babel import gettext as _

from app.exercises.linkage.analysis.graph import STAGES
from app.exercises.linkage.analysis.value_chain import stage_members
from app.exercises.linkage.vocabulary import STAGES as STAGE_WORDS

from ..reading import Reading
from .listed import Keys, Listed, Row, plain


def stage(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: chain, stage, district or nothing."""
    chain, stage, district = (*keys, "", "", "")[:3]
    if chain not in reading.graph.chains or stage not in STAGES:
        return None
    members = sorted(stage_members(reading.graph, chain)[stage])
    heading = f"{reading.chains.get(chain, chain)} · {STAGE_WORDS[stage]}"
    if len(keys) > 2:
        homes = {code: reading.graph.districts(code) for code in members}
        members = [code for code in members if (district in homes[code] if district else not homes[code])]
        heading += " · " + reading.districts.get(district, _("ไม่ระบุอำเภอ"))
    return plain(heading, members)


def opening(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: chain, district, stage, other district, next stage: who could hand over to whom."""
    if len(keys) != 5:
        return None
    chain, here, early, there, late = keys
    first, then = stage(reading, (chain, early, here)), stage(reading, (chain, late, there))
    if first is None or then is None:
        return None
    rows = [
        Row(row.code, f"{reading.districts.get(place, place)} · {STAGE_WORDS[stage]}")
        for found, place, stage in ((first, here, early), (then, there, late))
        for row in found.rows
    ]
    return Listed(_("%(chain)s: ส่งต่อกันได้", chain=reading.chains.get(chain, chain)), rows, is_ordered=True)


def crossing(reading: Reading, keys: Keys) -> Listed | None:
    """Keys: from district, to district."""
    here, there = (*keys, "", "")[:2]
    if here not in reading.districts or there not in reading.districts:
        return None
    graph, crossing = reading.graph, set(reading.result["cross_district"]["links"])
    rows = [
        Row(link["source"], link.get("rationale") or "", link["target"])
        for link in graph.group_links
        if link["id"] in crossing
        and here in graph.districts(link["source"])
        and there in graph.districts(link["target"])
    ]
    return Listed(
        _("ข้อเชื่อมจาก%(here)sไป%(there)s", here=reading.districts[here], there=reading.districts[there]), rows
    )
