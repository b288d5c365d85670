"""Parts 1 and 2: what the plan knows of the place, every figure with its year; what was evaluated before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from ..analysis.evidence import age_allowed
from ..analysis.graph import Item
from ..charts.years import draw_years
from ..vocabulary import EVIDENCE_TYPES
from .blocks import Block, Chapter, Drawing, Grid, Heading, Points, Words
from .source import BookSource

PAST = "past_evaluation"


def situation(source: BookSource) -> Chapter:
    """Needs with their data, then the data under projects and goals."""
    blocks: list[Block] = [
        Words(_("ปีข้อมูลเป็น พ.ศ. เครื่องหมาย * คือข้อมูลเก่ากว่าที่กำหนด ควรหาข้อมูลปีล่าสุดก่อนเสนอแผน"), is_soft=True),
        Heading(_("ปัญหาและความต้องการของหมู่บ้าน")),
    ]
    needs = source.items("need")
    if needs:
        rows = [_need_row(source, need) for need in needs]
        header = [_("ปัญหา/ความต้องการ"), _("กลุ่ม"), _("ข้อมูล/หลักฐาน"), _("ปีข้อมูล")]
        blocks.append(Grid(header, rows, [44, 14, 31, 11]))
    else:
        blocks.append(Words(_("ยังไม่มีปัญหา/ความต้องการที่นับได้")))
    others = [item for item in source.ordered(source.graph.items) if item["kind"] != "need" and _current(item)]
    if others:
        rows = [_evidence_row(source, item) for item in others]
        header = [_("รายการ"), _("ประเภท"), _("ข้อมูล/หลักฐาน"), _("ปีข้อมูล")]
        blocks += [Heading(_("ข้อมูลที่โครงการและเป้าหมายอ้างอิง")), Grid(header, rows, [44, 14, 31, 11])]
    years = draw_years(source.graph)
    if years:
        blocks += [
            Heading(_("ข้อมูลเป็นปัจจุบันเพียงใด")),
            Words(_currency(source)),
            Drawing(years, _("จำนวนหลักฐานตามปีข้อมูล")),
        ]
    return Chapter(_("ส่วนที่ 1 ข้อมูลและสถานการณ์"), blocks)


def _current(item: Item) -> list[Mapping[str, Any]]:
    return [row for row in item.get("evidence") or () if row.get("type") != PAST]


def _need_row(source: BookSource, need: Item) -> list[str]:
    rows = list(need.get("evidence") or ())
    told = _lines(source, rows) if rows else [_("ยังไม่มีข้อมูลรองรับ"), ""]
    return [source.title(need["id"]), source.group(need), *told]


def _evidence_row(source: BookSource, item: Item) -> list[str]:
    kind = source.kind(item)
    return [source.title(item["id"]), kind, *_lines(source, _current(item))]


def _lines(source: BookSource, rows: list[Mapping[str, Any]]) -> list[str]:
    """What the data are, and their years, line by line."""
    names, years = [], []
    for row in rows:
        kind = str(EVIDENCE_TYPES.get(row.get("type") or "", ""))
        name = row.get("title") or kind or _("ไม่ระบุชื่อ")
        names.append(f"{name} ({kind})" if kind and row.get("title") else name)
        year = row.get("data_year_be")
        old = "*" if age_allowed(source.graph, row) is False else ""
        years.append(f"{year}{old}" if year is not None else _("ไม่ระบุปี"))
    if len(set(years)) == 1:
        years = years[:1]
    elif len(years) > 1:
        names = [f"{name} – {year}" for name, year in zip(names, years, strict=True)]
        years = [f"{min(years)}–{max(years)}"]
    return ["\n".join(names), years[0]]


def _currency(source: BookSource) -> str:
    found = source.analyses["evidence"]
    return _(
        "หลักฐานทั้งหมด %(n)d รายการ เป็นข้อมูลไม่เกิน %(years)s ปี %(current)d รายการ ปัญหาที่ยังไม่มีข้อมูลรองรับ %(bare)d ข้อ",
        n=found["n"],
        years=source.graph.settings.max_data_age_years,
        current=found["current"],
        bare=len(found["needs_without_evidence"]),
    )


def evaluation(source: BookSource) -> Chapter:
    """Results of what was done before that cards rest on."""
    items = source.ordered(source.analyses["evidence"]["past_evaluation_items"])
    blocks: list[Block] = []
    if items:
        rows = [
            [
                source.title(item["id"]),
                source.kind(item),
                source.group(item),
                *_lines(source, [row for row in item.get("evidence") or () if row.get("type") == PAST]),
            ]
            for item in items
        ]
        blocks.append(Words(_("รายการที่เขียนขึ้นจากผลการประเมินหรือผลการดำเนินงานที่ผ่านมา")))
        header = [_("รายการ"), _("ประเภท"), _("กลุ่ม"), _("ผลการประเมินที่อ้าง"), _("ปีข้อมูล")]
        blocks.append(Grid(header, rows, [34, 13, 13, 29, 11]))
    else:
        blocks.append(Words(_("ยังไม่มีรายการใดอ้างผลการประเมินที่ผ่านมา")))
    projects = source.graph.projects
    without = [p for p in projects if p not in set(source.analyses["evidence"]["past_evaluation_items"])]
    if projects:
        told = _(
            "โครงการ %(without)d จาก %(all)d โครงการ ยังไม่เชื่อมโยงกับผลการประเมินสถานการณ์ที่ผ่านมา",
            without=len(without),
            all=len(projects),
        )
        blocks.append(Points([told]))
    return Chapter(_("ส่วนที่ 2 ผลการประเมินที่ผ่านมา"), blocks)
