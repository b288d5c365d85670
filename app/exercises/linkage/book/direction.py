"""Part 3: the issues of the province, the goals under them, how each is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.core.formatting import thai_number

from ..analysis.graph import Item
from ..map.columns import natural_key
from ..vocabulary import SUPPORT
from .blocks import Block, Chapter, Grid, Heading, Points, Words
from .source import BookSource


def direction(source: BookSource) -> Chapter:
    """Each issue with the strategy above it, the goals below it, and their indicators."""
    blocks: list[Block] = []
    vision = source.document["meta"].get("vision_th")
    if vision:
        blocks.append(Words(_("วิสัยทัศน์: %(vision)s", vision=vision)))
    anchors = sorted(source.graph.anchors, key=natural_key)
    if not anchors:
        blocks.append(Words(_("ยังไม่มีประเด็นของจังหวัดในกิจกรรมนี้")))
    shown: set[str] = set()
    for anchor in anchors:
        blocks += _issue(source, anchor, shown)
    loose = [goal for goal in _district_goals(source) if goal["id"] not in shown]
    if loose:
        blocks.append(Heading(_("เป้าหมายที่ยังไม่เชื่อมกับประเด็นของจังหวัด")))
        blocks.append(Points([_goal_line(source, goal) for goal in loose]))
        blocks += _indicators(source, loose)
    return Chapter(_("ส่วนที่ 3 ประเด็น เป้าหมาย และตัวชี้วัด"), blocks)


def _district_goals(source: BookSource) -> list[Item]:
    own = (i for i in source.analyses["goal_support"] if i in source.graph.items and i not in source.graph.anchors)
    return source.ordered(own)


def _issue(source: BookSource, anchor: str, shown: set[str]) -> list[Block]:
    column = source.analyses["coverage_by_anchor"][anchor]
    above = sorted(
        {edge.other for edge in source.graph.up[anchor]}, key=lambda i: (source.graph.rank(i), natural_key(i))
    )
    under = source.graph.ancestors(anchor)
    goals = [goal for goal in _district_goals(source) if goal["id"] in under]
    shown |= {goal["id"] for goal in goals}
    told = _(
        "%(support)s · โครงการ %(projects)d โครงการ ปัญหา %(needs)d ข้อ",
        support=SUPPORT[source.analyses["goal_support"][anchor]],
        projects=column["projects"],
        needs=column["needs"],
    )
    blocks: list[Block] = [Heading(f"{anchor} {source.title(anchor)}"), Words(told, is_soft=True)]
    if above:
        blocks.append(Words(_("สอดคล้องกับ: %(names)s", names=" · ".join(source.title(i) for i in above))))
    if goals:
        blocks.append(Points([_goal_line(source, goal) for goal in goals]))
    return blocks + _indicators(source, [source.graph.nodes[anchor], *goals])


def _goal_line(source: BookSource, goal: Item) -> str:
    support = SUPPORT[source.analyses["goal_support"][goal["id"]]]
    return f"{source.title(goal['id'])} ({source.owner(goal)}) – {support}"


def _indicators(source: BookSource, items: list[Item]) -> list[Block]:
    rows = [
        [source.title(item["id"]), *indicator_cells(row)] for item in items for row in item.get("indicators") or ()
    ]
    if not rows:
        return []
    header = [_("เป้าหมาย"), _("ตัวชี้วัด"), _("หน่วย"), _("ค่าฐาน (ปี)"), _("ค่าเป้าหมาย (ปี)")]
    return [Grid(header, rows, [32, 32, 10, 13, 13])]


def indicator_cells(row: Mapping[str, Any]) -> list[str]:
    """Name, unit, baseline and target of an indicator, each with its year."""
    return [row.get("name") or "", row.get("unit") or "", *(step(row, name) for name in ("baseline", "target"))]


def step(row: Mapping[str, Any], name: str) -> str:
    """30 (2561), the words themselves where there is no number, or a dash."""
    value, year = row.get(name), row.get(f"{name}_year_be")
    if value is None or value == "":
        return "–"
    said = thai_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    return f"{said} ({year})" if year else said
